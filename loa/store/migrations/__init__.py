"""The steps of the book from version to version, for Alembic. A version that was released is never changed again.

To add one: a module and its two SQL files in ``versions``, and its number in ``loa.store.schema.VERSIONS``. A test
compares a book that was brought up with one that was laid out new.
"""
