"""Content packs: bundles of content, templates and pictures that one office shares and others take in."""

from loa.packs.bring_in import Arrival, bring_in_pack
from loa.packs.build import build_pack
from loa.packs.manifest import Manifest, PackedFile
from loa.packs.opened import OpenedPack, open_pack
from loa.packs.usage import Usage, read_usage, usage_note, usages

__all__ = [
    "Arrival",
    "Manifest",
    "OpenedPack",
    "PackedFile",
    "Usage",
    "bring_in_pack",
    "build_pack",
    "open_pack",
    "read_usage",
    "usage_note",
    "usages",
]
