"""PQL005: Grafana's variables: undefined, several values behind `=`, and in a rule that Prometheus evaluates."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache

from cli.lint.asked import Asked
from cli.lint.finding import Change, Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.sample import page, panel
from queries.expr import Match, Select
from queries.known import Known
from queries.template import FORMAT, STRING, VARIABLE

#: Grafana's own, and what replaces a group of a regular expression in `label_replace`.
BUILT_IN = re.compile(r"__\w+|\d+|timeFilter|timeGroup|interval")
#: A matcher that compares with a variable; few do, and the tree is walked for them only.
COMPARED = re.compile(r"=\s*[\"'`](?:\$|\[\[)")
WHOLE = re.compile(r"\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)(?::\w+)?\]\]")


def _of_query(asked: Asked) -> Faults:
    if "$" not in asked.text and "[[" not in asked.text:
        return
    if asked.page is not None:
        if asked.page.whole:
            yield from _undefined(asked)
            yield from _several(asked)
    elif asked.alert is None or not asked.alert.managed:
        yield from _in_a_rule(asked)


def _undefined(asked: Asked) -> Faults:
    assert asked.page is not None  # noqa: S101 - the caller looked
    known = asked.page.known_variables
    names = [name for name in map(_named, VARIABLE.findall(asked.text)) if name is not None and name not in known]
    for name in dict.fromkeys(names):
        # a group of a regular expression that has a name is `${name}` in label_replace()
        if f"<{name}>" not in asked.text:
            from queries.source import did_you_mean  # noqa: PLC0415 - only a finding pays for it

            yield Fault(
                f"the page has no variable {name!r}, so that Grafana sends ${name} as it stands",
                hint=did_you_mean(name, (one for one in known if one), of="it has"),
            )


@lru_cache(maxsize=1000)
def _named(said: tuple[str, ...]) -> str | None:
    """The name of a variable as VARIABLE found it; None for one of Grafana's own."""
    name = FORMAT.split("".join(said), maxsplit=1)[0]
    return None if BUILT_IN.fullmatch(name) else name


def _several(asked: Asked) -> Faults:
    assert asked.page is not None  # noqa: S101 - the caller looked
    several = asked.page.multiple_variables
    if not several or asked.known is None or not COMPARED.search(asked.text):
        return
    for known in asked.known.walk():
        if isinstance(known.node, Select):
            yield from _compared(known, several, asked)


@lru_cache(maxsize=1000)
def _compared_with(match: Match) -> str:
    """The variable that a label is compared with; empty for anything else."""
    name = WHOLE.fullmatch(match.value) if match.op in ("=", "!=") else None
    return "" if name is None else name[name.lastindex or 0]


def _compared(known: Known, several: AbstractSet[str], asked: Asked) -> Faults:
    assert isinstance(known.node, Select)  # noqa: S101 - the caller looked
    for match in known.node.match:
        variable = _compared_with(match)
        if not variable or variable not in several:
            continue
        better = "=~" if match.op == "=" else "!~"
        yield Fault(
            f"${variable} can stand for several values, and {match.op} compares with one",
            known,
            f'{match.label}{better}"{match.value}"',
            match,
            change=_with(asked, known, match.label, match.value, better),
        )


def _with(asked: Asked, known: Known, label: str, value: str, better: str) -> Change | None:
    from queries.position import span_of  # noqa: PLC0415 - only a finding pays for it

    assert isinstance(known.node, Select)  # noqa: S101 - the caller looked
    assert asked.known is not None  # noqa: S101 - it was walked
    match = next(one for one in known.node.match if (one.label, one.value) == (label, value))
    start, end = span_of(asked.text, asked.known.node, asked.path(known), match)
    said = re.fullmatch(r"(\w+\s*)(!?=)(\s*[\"'].*)", asked.text[start:end], re.DOTALL)
    return Change(start, end, f"{said[1]}{better}{said[3]}") if said else None


def _in_a_rule(asked: Asked) -> Faults:
    code = STRING.split(asked.text)[::2]
    said = next((found[0] for part in code if (found := VARIABLE.search(part))), None)
    if said is not None:
        window = "a fixed window like 5m" if "interval" in said or "range" in said else "what it stands for"
        yield Fault(f"{said} is Grafana's, and Prometheus evaluates this rule: it refuses the file", hint=window)


RULE = Rule(
    id="PQL005",
    title="a variable that is not there, or stands for more than its place takes",
    severity=Severity.WARNING,
    why="""A variable that the page does not have is sent to Prometheus as it stands and matches nothing. One with
    several values becomes `a|b`, which `=` compares as one word: the panel is empty as soon as somebody chooses two, or
    All. Prometheus itself knows no variables: a rule file with `$__rate_interval` is refused, with all its other
    alerts.""",
    wrong=Example(page=page(panel('sum(queue_depth{shard=~"$shrad"})'))),
    right=Example(
        page=page(panel('sum(queue_depth{shard=~"$shard"})'), variables=({"type": "query", "name": "shard"},))
    ),
    also=("dashboard-linter target-promql-rule",),
    even_if_empty=True,
    of_query=_of_query,
)
