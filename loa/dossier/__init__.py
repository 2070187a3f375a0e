"""The dossier for mobile operators: what they are asked to send to their own subscribers. It holds no phone numbers."""

from loa.dossier.appendix import write_appendix
from loa.dossier.gather import gather
from loa.dossier.letter import letter_of
from loa.dossier.model import Dossier, MessageForm, Round, Wording, dossier_of

__all__ = ["Dossier", "MessageForm", "Round", "Wording", "dossier_of", "gather", "letter_of", "write_appendix"]
