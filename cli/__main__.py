"""`python -m cli`: the same command where `dash` would be Debian's shell."""

import os
import sys

from cli.main import main

# `-m` looks for modules in the current folder first, which `dash` does not: both shall find the same
if sys.path[0] == os.getcwd() != os.path.dirname(os.path.dirname(os.path.abspath(__file__))):  # noqa: PTH100, PTH109, PTH120 - pathlib is 5 ms
    del sys.path[0]

main()
