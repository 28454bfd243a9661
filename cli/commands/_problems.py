"""What is wrong with somebody's modules, on standard error: each fault once, and who is kept from being built."""

from collections import defaultdict
from collections.abc import Iterable

import click

from cli.compile.problem import Problem


def show(problems: Iterable[Problem], *, word: str = "error", debug: bool) -> None:
    """One message for each fault; a fault in a shared module names the modules that import it."""
    same: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        same[str(problem)].append(problem)
    for text, those in same.items():
        click.echo(f"{word}: {text}", err=True)
        asked = sorted({one.asked for one in those if one.asked})
        if asked:
            click.echo(f"  asked for at {', '.join(asked)}", err=True)
        if debug:
            click.echo(those[0].traceback, err=True)
