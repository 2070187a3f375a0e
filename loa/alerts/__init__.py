"""Telling the office of trouble: late, unknown, an account that needs a person, a scheduler that has gone silent."""
