"""A campaign as a folder that opens without a server: for somebody who looks, decides, and sends a file back.

slots (the views of the book) → page.py (both languages) → beside.py (pictures, clips, the program's own files)
                              → contact.py (a sheet on paper) → folder.py (all of it, and a ZIP)
"""

from loa.preview.proof.folder import Written, write_proof
from loa.preview.proof.page import Reviewing, Slots

__all__ = ["Reviewing", "Slots", "Written", "write_proof"]
