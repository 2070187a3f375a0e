"""For every test: no keyring of this machine is asked, and planted secrets are searched for in all that is left."""

import os

from support.leaks import pytest_collection_finish, pytest_sessionfinish, pytest_terminal_summary

__all__ = ["pytest_collection_finish", "pytest_sessionfinish", "pytest_terminal_summary"]

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
