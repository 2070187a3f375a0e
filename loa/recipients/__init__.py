"""Lists of people: reading files of numbers, keeping them sealed, reviewing, purging, forgetting."""
