"""The street door: ``python scheduler.py`` starts the scheduler of the workspace that it stands in."""

import sys

from loa.cli import main

if __name__ == "__main__":
    sys.argv = [sys.argv[0], "run", *sys.argv[1:]]
    main()
