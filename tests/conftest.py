"""For every test: planted secrets are searched for in all that the session left."""

from support.leaks import pytest_collection_finish, pytest_sessionfinish, pytest_terminal_summary

__all__ = ["pytest_collection_finish", "pytest_sessionfinish", "pytest_terminal_summary"]
