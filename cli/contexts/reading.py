"""The contexts of a `dash.toml`, each setting of the right kind, or the line that is wrong and what to write there."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cli import config
from cli.contexts.context import TABLE, Context, Contexts, near
from cli.contexts.lines import Lines
from cli.contexts.table import EXAMPLES, Table
from cli.errors import UsageError

NAME = re.compile(r"\w[\w.-]{0,62}")


def read(folder: str | os.PathLike[str]) -> Contexts:
    """The contexts in a folder; none where nobody wrote any."""
    said = config.read(folder)
    if said.contexts == {} and said.default_context == "":
        return Contexts()
    lines = Lines(config.FILE, Path(folder, config.FILE).read_text(encoding="utf-8"))
    if not isinstance(said.contexts, Mapping):
        raise UsageError("contexts must be a table", where=lines.where("contexts"), fix=TABLE)
    named = {name: _context(name, table, lines, Path(folder)) for name, table in said.contexts.items()}
    default = said.default_context
    if not isinstance(default, str) or (default and default not in named):
        what = f"default_context is {default!r}, which is no context"
        raise UsageError(what, where=lines.where("default_context"), fix=near(str(default), named))
    return Contexts(named, default)


def _context(name: str, said: Any, lines: Lines, folder: Path) -> Context:
    where = lines.where("contexts", name)
    if not NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} is no name for a context", where=where, fix="letters, digits, . - and _, at most 63"
        )
    if not isinstance(said, dict):
        raise UsageError(f"contexts.{name} must be a table", where=where, fix=TABLE)
    table = Table(name, said, lines, folder)
    for key in said:
        if key not in EXAMPLES:
            raise table.wrong(key, f"unknown setting contexts.{name}.{key}", near(key, EXAMPLES))
    if "token" in said and ("user" in said or "password" in said):
        raise table.wrong("token", f"contexts.{name} says who asks in two ways", "a token, or a user and a password")
    for one, other in (("user", "password"), ("password", "user"), ("key", "certificate")):
        if one in said and other not in said:
            raise table.wrong(one, f"contexts.{name} has a {one} and no {other}", EXAMPLES[other])
    if "url" not in said:
        raise UsageError(f"contexts.{name} has no url", where=where, fix=EXAMPLES["url"])
    return Context(
        name=name,
        where=where,
        url=table.url("url"),
        organisation=table.number("organisation") or 0,
        folder=table.titles("folder"),
        token=table.secret("token"),
        user=table.text("user"),
        password=table.secret("password"),
        protected=table.yes("protected"),
        ca=table.file("ca"),
        certificate=table.file("certificate"),
        key=table.file("key"),
        proxy=table.url("proxy"),
        api=table.api("api"),
        jobs=table.number("jobs"),
        datasources=table.texts("datasources"),
    )
