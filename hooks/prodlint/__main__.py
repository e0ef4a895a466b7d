"""`python -m prodlint`."""

import sys

# Python looks for modules in the working directory first, which is the repository to lint: none of it may be run.
if not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
    del sys.path[0]

from prodlint.cli import run

run()
