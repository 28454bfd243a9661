"""PQL558: a text asks Prometheus something that is no PromQL."""

import json
from collections.abc import Iterator, Sequence

from cli.lint.annotation import actions_in, texts
from cli.lint.finding import Severity
from cli.lint.go_template import Action
from cli.lint.go_words import Token
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.subject import Alert, Group
from queries.parse import NotPromQL, parse

#: What stands before a string that is handed on as it is, and is no argument of something else.
ALONE: tuple[list[str], ...] = ([], ["open"], ["assign"])


# What becomes of such a text is what `promtool test rules` of Prometheus 2.42 says of it.
def _of_alert(alert: Alert, _: Group, __: World) -> Faults:
    if alert.managed or alert.language != "promql":
        return  # Grafana's texts cannot ask, and other languages are not read here
    for kind, key, text in texts(alert):
        for query in dict.fromkeys(query for action in actions_in(text) for query in _queries(action)):
            try:
                parse(query)
            except NotPromQL as broken:
                what = "label" if kind == "labels" else "annotation"
                said = f"the {what} {key} asks {query!r}, which is no PromQL: {broken}"
                yield Fault(said, None, "a query that Prometheus answers", spot=alert.spot.below(kind, key))


def _queries(action: Action) -> Iterator[str]:
    """What `query "up"` and `"up" | query` ask; what `printf` makes is not known here."""
    said = action.tokens
    for at, one in enumerate(said):
        if (one.kind, one.text) != ("word", "query"):
            continue
        if _kinds(said[at + 1 : at + 2]) == ["string"]:
            yield from _literal(said[at + 1])
        elif _kinds(said[at - 2 : at]) == ["string", "pipe"] and _kinds(said[max(at - 3, 0) : at - 2]) in ALONE:
            yield from _literal(said[at - 2])


def _kinds(tokens: Sequence[Token]) -> list[str]:
    return [one.kind for one in tokens]


def _literal(token: Token) -> Iterator[str]:
    """What a string of Go says; nothing where only Go knows it."""
    if token.text.startswith("`"):
        yield token.text[1:-1]
        return
    try:
        found = json.loads(token.text)
    except ValueError:
        return
    if isinstance(found, str):
        yield found


RULE = Rule(
    id="PQL558",
    title="a text asks what is no PromQL",
    severity=Severity.WARNING,
    why="""A text can ask Prometheus while the alert fires: `{{ with query "up" }}`. Nobody reads that query when the
    file is loaded. When the alert fires, the whole text is replaced by the words `<error expanding template ...>`: who
    is woken reads neither what happened nor what to do.""",
    wrong=Example(
        rules="""groups:
- name: example
  rules:
  - alert: Busy
    expr: sum(queue_depth) > 100
    for: 5m
    annotations: {summary: 'of {{ with query "sum(queue_size" }}{{ . | first | value }}{{ end }} places'}
"""
    ),
    right=Example(
        rules="""groups:
- name: example
  rules:
  - alert: Busy
    expr: sum(queue_depth) > 100
    for: 5m
    annotations: {summary: 'of {{ with query "sum(queue_size)" }}{{ . | first | value }}{{ end }} places'}
"""
    ),
    of_alert=_of_alert,
)
