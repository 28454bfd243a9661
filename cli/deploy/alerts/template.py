"""Texts of an alert, from Prometheus' templates to Grafana's. Pure.

Both are Go's, over other values. In Grafana `$value` is a text about all queries of the rule ("[ var='A' ... ]"), and
the number is `$values.A.Value`; `$labels` is the same. Source: Grafana's documentation, "Template annotations and
labels", 9 to 13.
"""

import re
from typing import NamedTuple

#: The query whose number a text speaks of.
QUERY = "A"
NUMBER = f"$values.{QUERY}.Value"
ACTION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
#: Strings in an action are no code.
STRING = re.compile(r'("(?:[^"\\]|\\.)*"|`[^`]*`)')
VALUE = re.compile(r"(?:\$value|(?<![\w.$)])\.Value)\b(?!s)")
#: What is not there when Grafana expands a text: it does so with Prometheus' own functions, over no server to ask.
MISSING = re.compile(r"(?<![$.\w])query\b|\$external(?:Labels|URL)\b|(?<!\w)\.External(?:Labels|URL)\b")


class Told(NamedTuple):
    """A text for Grafana, and what in it Grafana does not know; empty where it knows all."""

    text: str
    unknown: str = ""


def told(text: str) -> Told:
    """The same text in Grafana; one with something that Grafana does not know stays as it is."""
    unknown = ""

    def action(found: re.Match[str]) -> str:
        nonlocal unknown
        parts = STRING.split(found[0])
        for code in parts[::2]:
            lack = MISSING.search(code)
            unknown = unknown or (lack[0] if lack else "")
        return "".join(part if at % 2 else VALUE.sub(lambda _: NUMBER, part) for at, part in enumerate(parts))

    made = ACTION.sub(action, text)
    return Told(text, unknown) if unknown else Told(made)
