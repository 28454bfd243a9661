"""The `dash` commands of a shell's script, and whether `dash` would take them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import click

from cli.commands._program import group

#: What ends a command, or sends its answer elsewhere; all that is punctuation to a shell.
ENDS = frozenset("();<>|&")
CONTINUED = re.compile(r"\\\n\s*")


def commands(script: str) -> Iterator[tuple[str, ...]]:
    """The words of every `dash ...` in it, without `dash`."""
    for line in CONTINUED.sub(" ", script).splitlines():
        words: list[str] | None = None
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        for word in lexer:
            if set(word) <= ENDS:
                if words is not None:
                    yield tuple(words)
                words = None
            elif words is not None:
                words.append(word)
            elif word == "dash":
                words = []
        if words is not None:
            yield tuple(words)


def refusal(words: tuple[str, ...]) -> str:
    """Why `dash` would not take the words; empty where it would. Nothing is run."""
    if words in (("--version",), ("--help",)):
        return ""
    command: click.Command = group
    rest, name = list(words), "dash"
    try:
        while isinstance(command, click.Group):
            if not rest:
                return f"{name}: which command?"
            name = f"{name} {rest[0]}"
            with click.Context(command) as above:
                found = command.get_command(above, rest.pop(0))
            if found is None:
                return f"{name}: there is no such command"
            command = found
        command.make_context(name, rest)
    except click.ClickException as error:
        return f"{name}: {error.format_message()}"
    except click.exceptions.Exit:  # its help was asked for
        return ""
    return ""
