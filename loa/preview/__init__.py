"""Pages on this machine: the reviewers' page with every slot, and the designer's page that follows a template."""

from loa.preview.app import application
from loa.preview.door import open_to_others
from loa.preview.live_page import write_proofs
from loa.preview.server import serve, serve_desk, serve_live
from loa.preview.static import write_page
from loa.preview.studio import Look, Studio

__all__ = [
    "Look",
    "Studio",
    "application",
    "open_to_others",
    "serve",
    "serve_desk",
    "serve_live",
    "write_page",
    "write_proofs",
]
