"""Workers on many machines: they carry what the clock hands them, by account, from the same book."""
