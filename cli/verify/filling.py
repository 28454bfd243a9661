"""A page's variables in a text, as Grafana's Prometheus data source fills them in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from queries.template import VARIABLE

#: `prometheusSpecialRegexEscape`: what stands in a string of PromQL that is a regular expression.
SPECIAL = re.compile(r"[$^*{}\[\]'+?.()|]")
#: `${x:regex}` is one backslash before each of these.
REGEX = re.compile(r"[\\^$*+?.()|\[\]{}/-]")
NAME = re.compile(r"(\w+)(?:\.\w+)?(?::(\w+))?")


class Chosen(NamedTuple):
    """What is chosen of a variable.

    Attributes:
        values: one, or those of a variable that takes several.
        many: whether it takes several, or All: then Grafana writes a regular expression.
        raw: what stands there as it is: somebody's own text for All; empty for none.
    """

    values: tuple[str, ...]
    many: bool = False
    raw: str = ""

    def written(self, style: str = "") -> str:
        """As `${x:style}` writes it; without a style as the data source does."""
        if self.raw:
            return self.raw
        if style in ("", "prometheus"):
            return _alternatives([_special(one) for one in self.values]) if self.many else _plain(self.values)
        if style == "regex":
            return _alternatives([REGEX.sub(r"\\\g<0>", one) for one in self.values])
        if style == "pipe":
            return "|".join(self.values)
        if style == "glob":
            return self.values[0] if len(self.values) == 1 else "{" + ",".join(self.values) + "}"
        if style in ("singlequote", "doublequote"):
            sign = "'" if style == "singlequote" else '"'
            return ",".join(f"{sign}{one}{sign}" for one in self.values)
        return ",".join(self.values)


def filled(text: str, chosen: Mapping[str, Chosen], own: Mapping[str, str]) -> str:
    """The text with every variable that is known; another one stays.

    Args:
        text: of a query.
        chosen: the page's variables, by name.
        own: Grafana's own (`__interval`), by name.
    """

    def value(found: re.Match[str]) -> str:
        name = NAME.fullmatch(next(filter(None, found.groups())))
        if name is None:
            return found[0]
        if name[1] in own:
            return own[name[1]]
        one = chosen.get(name[1])
        return found[0] if one is None else one.written(name[2] or "")

    return VARIABLE.sub(value, text) if "$" in text or "[[" in text else text


def _special(value: str) -> str:
    return SPECIAL.sub(r"\\\\\g<0>", value.replace("\\", "\\\\\\\\"))


def _plain(values: tuple[str, ...]) -> str:
    """`prometheusRegularEscape`."""
    return ",".join(one.replace("\\", "\\\\").replace("'", "\\\\'") for one in values)


def _alternatives(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"({'|'.join(values)})"
