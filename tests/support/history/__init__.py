"""The history checker: an independent program that holds the book against what citizens saw.

It imports nothing of the program under test. It reads the book with sqlite3 or psycopg, the sandbox's journal and the
receipts journal as JSON lines, and the plan as JSON. ``python -m support.history --book … --journal …``.
"""

from support.history.check import History, Violation, check, read_history

__all__ = ["History", "Violation", "check", "read_history"]
