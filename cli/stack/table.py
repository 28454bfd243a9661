"""One table of `dash.toml`: each kind of setting, or the line that is wrong and what to write there."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from cli.contexts.lines import Lines
from cli.errors import UsageError
from queries.duration import milliseconds, spelled
from queries.source import Mistake, did_you_mean

LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
#: host:port, where a process answers; no scheme, no credentials.
ADDRESS = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}", re.ASCII)


class Table:
    """What the table says; `path` is its way from the top: ("alertmanager", "receivers", "on-call")."""

    def __init__(self, path: tuple[str, ...], said: Any, lines: Lines, example: str) -> None:
        self.path, self.lines = path, lines
        if not isinstance(said, dict):
            raise UsageError(f"{'.'.join(path)} must be a table", where=lines.where(*path), fix=example)
        self.said: Mapping[str, Any] = said

    def knows(self, *names: str) -> None:
        """UsageError at the first setting that is none of these."""
        for key in self.said:
            if key not in names:
                fix = did_you_mean(key, names, of="there are")
                raise self.wrong(key, f"unknown setting {self.name(key)}", fix)

    def name(self, key: str) -> str:
        """What people call a setting."""
        return ".".join((*self.path, key))

    def wrong(self, key: str, what: str, fix: str) -> UsageError:
        """The error at a setting's line."""
        return UsageError(what, where=self.lines.where(*self.path, *([key] if key else [])), fix=fix)

    def table(self, key: str, example: str) -> "Table":
        """A table in it; an empty one where there is none."""
        return Table((*self.path, key), self.said.get(key, {}), self.lines, example)

    def tables(self, key: str, example: str) -> Iterator["Table"]:
        """Every table in the table of that name."""
        above = self.table(key, example)
        for name in above.said:
            yield above.table(name, example)

    def text(self, key: str, example: str, default: str = "") -> str:
        """A text of one line that says something."""
        value = self.said.get(key, default)
        if value == default:
            return default
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise self.wrong(key, f"{self.name(key)} must be a text of one line", example)
        return value

    def yes(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self.said.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, f"{self.name(key)} must be true or false", f"{key} = {str(default).lower()}")
        return value

    def duration(self, key: str, default: str) -> str:
        """A length of time, in its one spelling."""
        try:
            return spelled(milliseconds(self.said.get(key, default)))
        except Mistake as error:
            raise self.wrong(key, f"{self.name(key)}: {error.what}", f'{key} = "{default}"') from None

    def texts(
        self,
        key: str,
        example: str,
        default: Iterable[str] = (),
        *,
        fits: Callable[[str], object] = str.isprintable,
    ) -> tuple[str, ...]:
        """A list of texts, each once; `fits` says which can be meant."""
        value = self.said.get(key, tuple(default))
        if not isinstance(value, list | tuple) or not all(
            isinstance(one, str) and one.strip() and fits(one) for one in value
        ):
            raise self.wrong(key, f"{self.name(key)} must be a list like this", example)
        return tuple(dict.fromkeys(value))

    def labels(self, key: str, example: str) -> Mapping[str, str]:
        """Labels and their values, sorted."""
        value = self.said.get(key, {})
        if not isinstance(value, dict) or not all(
            LABEL.fullmatch(name) and not name.startswith("__") and isinstance(one, str) and one.isprintable()
            for name, one in value.items()
        ):
            raise self.wrong(key, f"{self.name(key)} must be a table of labels", example)
        return dict(sorted(value.items()))
