"""Lists of people: reading files of numbers, keeping them sealed, reviewing, purging, forgetting."""

from loa.recipients.bring_in import Imported, import_changed, import_list
from loa.recipients.lookup import lists_fingerprint, lists_of

__all__ = ["Imported", "import_changed", "import_list", "lists_fingerprint", "lists_of"]
