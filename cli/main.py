"""The door of `dash`: a build with nothing to do is answered here, all else by the program behind it.

To import click takes longer than to look at two hundred pages, and most builds find that nothing has changed.
"""

# ruff: noqa: E402 - before anything is imported, Python is told how often to look for garbage

import atexit
import gc

# What is imported stays, and pages are values without cycles: only their modules are garbage, and few. Never to look
# holds 90 MB more in a build, though.
gc.set_threshold(1_000_000, 50, 100)
# At the end Python looks through all that is left, some 30 ms, and then the memory is given back anyway.
atexit.register(gc.freeze)

import sys
from collections.abc import Sequence

from cli.exit_codes import Exit


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `dash` and exit with one of the promised codes."""
    said = list(sys.argv[1:] if arguments is None else arguments)
    if said[:1] == ["build"] and _is_idle(said[1:]):
        sys.exit(Exit.OK)
    from cli.commands._program import run  # noqa: PLC0415 - see above

    run(said)


def _is_idle(said: Sequence[str]) -> bool:
    """Whether it was a build with nothing to do; then it has said so."""
    try:
        from cli.commands import _idle  # noqa: PLC0415 - only a build pays for it

        answer = _idle.answer(said)
        if answer is not None:
            sys.stdout.write(f"{answer}\n")
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("\ninterrupted\n")
        sys.exit(Exit.INTERRUPTED)
    except Exception:  # noqa: BLE001 - it goes wrong again in the command, which tells it
        return False
    return answer is not None
