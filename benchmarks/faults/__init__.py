"""Every fault that we can make, at its full size; each judged by the independent history checker."""
