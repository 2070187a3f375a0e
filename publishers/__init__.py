"""The horns."""
