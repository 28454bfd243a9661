"""The values of a page's variables, in the order in which they stand: a later one may ask for those of an earlier."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from time import perf_counter
from typing import Any

from cli.errors import Unreachable
from cli.lint.question import ASKS_LABEL, ASKS_RESULT
from cli.lint.subject import Page, PageVariable
from cli.prometheus.api import Api
from cli.prometheus.failing import Declined, TooMuch, TooSlow
from cli.verify.filling import Chosen, filled
from cli.verify.question import Asking, place_of
from cli.verify.span import Span
from cli.verify.verdict import Status, Verdict

ALL = "$__all"
#: So many values of one variable are read; nobody chooses among more.
MOST = 1_000
BARE = re.compile(r"\s*label_values\(\s*([\w$.{}:]+)\s*\)\s*")
NAMES = re.compile(r"\s*label_names\(\s*(.*?)\s*\)\s*", re.DOTALL)
METRICS = re.compile(r"\s*metrics\(\s*(.*?)\s*\)\s*", re.DOTALL)
#: "text : value" of a custom variable; a comma may be escaped.
LISTED = re.compile(r"(?:\\,|[^,])+")
KEY_VALUE = re.compile(r"\s*(.+?)\s+:\s+(.+?)\s*")


class Variables:
    """Those of one page; `verdicts` are of the ones that were asked for."""

    def __init__(self, api: Api, page: Page, span: Span, asking: Asking) -> None:
        self.api, self.page, self.span, self.asking = api, page, span, asking
        self.chosen: dict[str, Chosen] = {}
        self.verdicts: list[Verdict] = []

    def read(self) -> None:
        """Ask for every one; Unreachable or Refused where nobody answers any more."""
        for variable in self.page.variables:
            if variable.kind in ("adhoc", "groupby", "datasource"):
                if variable.kind == "datasource":
                    self.chosen[variable.name] = Chosen(("default",))
                continue
            offered = self._offered(variable)
            if offered is not None:
                self.chosen[variable.name] = chosen(variable, offered)

    def _offered(self, variable: PageVariable) -> Sequence[str] | None:
        """What it lists; None where it could not be asked, or speaks another language."""
        if variable.kind != "query":
            return _listed(variable)
        if variable.language != "promql":
            return None
        text = filled(variable.query, self.chosen, self.span.variables(self.asking.now))
        began = perf_counter()
        status, why, found = Status.OK, "", list[str]()
        try:
            found = _narrowed(variable, self._asked(text))
        except Unreachable:
            raise
        except (Declined, TooSlow, TooMuch) as error:
            status = {TooSlow: Status.SLOW, TooMuch: Status.TOO_MANY}.get(type(error), Status.ERROR)
            why = error.what
        if not found and status is Status.OK:
            status, why = Status.EMPTY, "it offers no value: no series has this label here"
        took, place = perf_counter() - began, place_of(variable.spot, self.page.written)
        whose = self.page.uid or self.page.title
        self.verdicts.append(
            Verdict(whose, "", f"${variable.name}", text, status, why, len(found), round(took, 4), place)
        )
        return found

    def _asked(self, text: str) -> list[str]:
        end = self.asking.now
        start = end - self.span.length
        if found := ASKS_LABEL.fullmatch(text):
            return list(self.api.label_values(found["label"].strip('"'), [found["of"].strip()], start, end, limit=MOST))
        if found := BARE.fullmatch(text):
            return list(self.api.label_values(found[1], [], start, end, limit=MOST))
        if found := ASKS_RESULT.fullmatch(text):
            return [
                _spelled(one.labels, one.value, one.points[-1][0]) for one in self.api.query(found["of"], end).samples
            ]
        if found := NAMES.fullmatch(text):
            match = [f'{{__name__=~".*({found[1]}).*"}}'] if found[1] else []
            return list(self.api.labels(match, start, end))
        if found := METRICS.fullmatch(text):
            return [one for one in self.api.label_values("__name__", [], start, end) if re.search(found[1], one)]
        return [_spelled(one.labels, one.value, one.points[-1][0]) for one in self.api.query(text, end).samples]


def chosen(variable: PageVariable, offered: Sequence[str]) -> Chosen:
    """What Grafana has chosen when the page is opened: what the page says, where it is offered; else the first."""
    many = variable.multi or variable.all
    said = _current(variable)
    takes_all = variable.all and (ALL in said or not set(said) & set(offered))
    if takes_all:
        return Chosen(tuple(offered) or ("",), many=True, raw=variable.all_value)
    kept = tuple(one for one in said if one in offered)
    if variable.kind in ("textbox", "constant", "switch"):
        kept = said or tuple(offered)
    return Chosen(kept or tuple(offered[:1]) or ("",), many=many)


def _current(variable: PageVariable) -> tuple[str, ...]:
    current = variable.json.get("current")
    value = current.get("value") if isinstance(current, Mapping) else None
    values = value if isinstance(value, list) else [value]
    return tuple(str(one) for one in values if one not in (None, ""))


def _listed(variable: PageVariable) -> list[str]:
    """What a person wrote down."""
    if variable.kind in ("textbox", "constant", "switch"):
        return [variable.query]
    found = (one.replace("\\,", ",").strip() for one in LISTED.findall(variable.query))
    if variable.kind == "interval":
        return [one for one in found if one and one != "auto"]
    return [pair[2] if (pair := KEY_VALUE.fullmatch(one)) else one for one in found if one]


def _narrowed(variable: PageVariable, found: Sequence[str]) -> list[str]:
    """Those that its regular expression takes, in its order."""
    said: Any = variable.json.get("regex")
    kept = [one for one in found if one]
    if isinstance(said, str) and said:
        pattern = said[1 : said.rindex("/")] if said[:1] == "/" and said.rindex("/") else said
        with suppress(re.error):  # what only JavaScript understands narrows nothing here
            taken = re.compile(pattern.replace("(?<", "(?P<").replace("(?P<=", "(?<=").replace("(?P<!", "(?<!"))
            kept = [*dict.fromkeys(_taken(match) for one in kept if (match := taken.search(one)))]
    order: Any = variable.json.get("sort")
    return sorted(kept, reverse=order in (2, 4, 6)) if order else kept


def _taken(found: re.Match[str]) -> str:
    """The group `value`, the first one, or all of it."""
    named = found.groupdict()
    if named:
        return str(named.get("value") or named.get("text") or found[0])
    return str(found[1] or "") if found.groups() else found[0]


def _spelled(labels: Mapping[str, str], value: float, at: float) -> str:
    """As `query_result` lists a series: its name, its labels, its value and the time in milliseconds."""
    inside = ",".join(f'{name}="{of}"' for name, of in sorted(labels.items()) if name != "__name__")
    return f"{labels.get('__name__', '')}{{{inside}}} {value:g} {at * 1000:.0f}"
