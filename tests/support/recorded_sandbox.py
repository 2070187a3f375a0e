"""``python -m loa.sandbox`` that also writes down the addresses it was asked for, beside its journal."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from loa.sandbox.__main__ import main
from support.targets import record_targets

record_targets(Path(sys.argv[sys.argv.index("--journal") + 1]).with_name("request-targets.txt"))
main()
