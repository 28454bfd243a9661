"""The texts of an alert: which labels and values they print, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from cli.lint.go_template import FUNCTIONS, GIVEN, Action, actions_of
from cli.lint.go_words import NotATemplate, Token
from cli.lint.subject import Alert

#: What Grafana gives to a text besides.
MANAGED = FUNCTIONS | {"filterLabels", "filterLabelsRe", "removeLabels", "removeLabelsRe", "mergeLabelValues"}
MANAGED_GIVEN = (*GIVEN, "$values")
#: The alert's value and its labels, by both of their names.
VALUE, LABELS = frozenset({"$value", ".Value"}), frozenset({"$labels", ".Labels"})
#: What asks whether there is something; `else if` does.
ASKS = frozenset({"if", "with", "else"})
#: What asks whether it is the same as something else.
COMPARES = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "match"})


class Used(NamedTuple):
    """A label that a text prints or asks, and the member in which it does.

    Attributes:
        kind: "annotations" or "labels".
        key: "summary".
        label: the label's name.
    """

    kind: str
    key: str
    label: str


def texts(alert: Alert) -> Iterator[tuple[str, str, str]]:
    """Every text that may hold a template: where it stands, its name, itself."""
    for kind, of in (("labels", alert.labels), ("annotations", alert.annotations)):
        for key, text in _strings(of):
            yield kind, key, text


def labels_used(alert: Alert) -> Iterator[Used]:
    """The labels of the alert's series that its texts print, each once a text.

    A text that asks for a label first, `{{ if $labels.x }}` or `{{ with $labels.x }}`, knows that it may be missing.
    """
    for kind, key, text in texts(alert):
        actions = actions_in(text, managed=alert.managed)
        asked = {label for action in actions if _asks(action) for label in _labels(action)}
        for label in dict.fromkeys(label for action in actions for label in _labels(action)):
            if label not in asked:
                yield Used(kind, key, label)


def prints_value(action: Action) -> bool:
    """Whether the alert's value gets into the text; a condition only looks at it."""
    return action.keyword in ("", "with") and any(_is_value(one, action) for one in action.tokens)


def is_bare_value(action: Action) -> bool:
    """Whether it is `{{ $value }}` and nothing else."""
    return not action.keyword and len(action.tokens) == 1 and _is_value(action.tokens[0], action)


def actions_in(text: str, *, managed: bool = False) -> tuple[Action, ...]:
    """Every action of a text; none where it does not parse."""
    found = template(text, managed=managed)
    return () if isinstance(found, NotATemplate) else found


def template(text: str, *, managed: bool = False) -> tuple[Action, ...] | NotATemplate:
    """Every action of a text, or why it does not parse."""
    return _read(text, managed) if "{{" in text else ()


@lru_cache(maxsize=256)
def _read(text: str, managed: bool) -> tuple[Action, ...] | NotATemplate:  # noqa: FBT001 - lru_cache
    try:
        return actions_of(text, MANAGED, MANAGED_GIVEN) if managed else actions_of(text)
    except NotATemplate as fault:
        return fault


def _asks(action: Action) -> bool:
    """Whether what stands in it may be missing: a label that is compared may not."""
    return action.keyword in ASKS and COMPARES.isdisjoint(one.text for one in action.tokens)


def _strings(of: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    return ((key, text) for key, text in of.items() if isinstance(text, str))


def _labels(action: Action) -> Iterator[str]:
    """`$labels.x`, `.Labels.x`, `$.Labels.x` and `index $labels "x"`."""
    said = list(_joined(action))
    for at, one in enumerate(said):
        if one.text not in LABELS or (one.text == ".Labels" and not action.is_root and one.kind != "own"):
            continue
        behind = said[at + 1] if at + 1 < len(said) else None
        if behind is None:
            continue
        if behind.kind == "field":
            yield behind.text[1:]
        elif behind.kind == "string" and at and said[at - 1].text == "index":
            yield behind.text[1:-1]


def _joined(action: Action) -> Iterator[Token]:
    """`$.Labels` as one token: `$` is the alert wherever it stands, but for a template of its own."""
    tokens = iter(action.tokens)
    for one in tokens:
        if one.text == "$":
            behind = next(tokens, None)
            if behind is not None:
                yield behind._replace(kind="own")
            continue
        yield one


def _is_value(token: Token, action: Action) -> bool:
    return token.text == "$value" or (token.text == ".Value" and action.is_root)
