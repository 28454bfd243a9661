"""`python -m cli`: the same command where `dash` would be Debian's shell."""

import sys
from pathlib import Path

from cli.main import main

# `-m` looks for modules in the current folder first, which `dash` does not: both shall find the same
if sys.path[0] == str(Path.cwd()) and sys.path[0] != str(Path(__file__).resolve().parents[1]):
    del sys.path[0]

main()
