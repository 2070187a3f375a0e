"""Public posts on their way: claimed in windows, sent in the order of each account, written down in groups."""
