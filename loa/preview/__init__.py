"""Pages on this machine: the review desk, proofs that leave the office, the designer's page of a template."""

from loa.preview.door import open_to_others
from loa.preview.live_desk import Planning
from loa.preview.live_page import write_proofs
from loa.preview.proof import Reviewing, Slots, write_proof
from loa.preview.server import bring_in, serve_desk, serve_live
from loa.preview.studio import Look, Studio

__all__ = [
    "Look",
    "Planning",
    "Reviewing",
    "Slots",
    "Studio",
    "bring_in",
    "open_to_others",
    "serve_desk",
    "serve_live",
    "write_proof",
    "write_proofs",
]
