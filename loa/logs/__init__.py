"""Structured logs of the machine: one JSON line an event, with secrets and phone numbers taken out."""
