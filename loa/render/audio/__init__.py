"""Bulletins for loudspeakers: the script, a voice where there is one, and sound of one loudness."""
