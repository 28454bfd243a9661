"""`python -m cli`: the same command where `dash` would be Debian's shell."""

from cli.main import main

main()
