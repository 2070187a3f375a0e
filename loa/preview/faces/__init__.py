"""Each delivery as its channel will show it, with its measures and what a reviewer should look at once more.

A template shows one by ``{% include "faces/face.html" %}`` with ``view`` and ``device`` set; its page links
``faces.css`` and ``faces.js``.
"""

from loa.preview.faces.face import Face, face_of
from loa.preview.faces.routes import ROUTES
from loa.preview.frame import templates

templates.globals["face_of"] = face_of

__all__ = ["ROUTES", "Face", "face_of"]
