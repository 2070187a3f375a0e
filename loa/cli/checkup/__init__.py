"""The checks of ``loa doctor``, by what they look at."""
