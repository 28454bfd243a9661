"""One rule of a document: the value that says the same, or what Prometheus would have against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.adopt.strict import Strict
from cli.lint.go_template import FUNCTIONS, actions_of
from cli.lint.go_words import NotATemplate
from cli.lint.reading.language import is_logql
from cli.lint.reading.managed import is_managed
from cli.lint.spot import Path
from queries import GivenAlert, GivenRecording, Mistake
from queries.given import accepted, as_written
from queries.template import STRING

ALERT = ("alert", "expr", "for", "keep_firing_for", "labels", "annotations")
RECORD = ("record", "expr", "labels")
#: Functions that Prometheus 3 gives to templates besides.
NEWER = FUNCTIONS | {"now", "toDuration", "urlQueryEscape"}
#: What every series has already.
NAME = "__name__"


def rule(strict: Strict, path: Path) -> GivenAlert | GivenRecording | None:
    """The rule at a path; None where it cannot be taken over, which was said then."""
    said = strict.at(path)
    if not isinstance(said, dict):
        strict.refuse(path, "this rule is no mapping")
        return None
    if is_managed(said):
        strict.refuse(path, "Grafana evaluates this rule, and Prometheus does not")
        return None
    alert, record = strict.text((*path, "alert"), "alert"), strict.text((*path, "record"), "record")
    if alert is None or record is None:
        return None
    if bool(alert) == bool(record):
        which = "both `alert` and `record`" if alert else "neither `alert` nor `record`"
        strict.refuse(path, f"this rule says {which}")
        return None
    what = f"alert {alert!r}" if alert else f"recording {record!r}"
    misplaced = [name for name in said if record and name in ALERT[2:] and name not in RECORD and said[name]]
    if misplaced:
        strict.refuse((*path, misplaced[0]), f"{what}: a recording has no `{misplaced[0]}`")
        return None
    strict.known(path, (*ALERT, "record"), what)
    return _alert(strict, path, alert, what) if alert else _recording(strict, path, record, what)


def _alert(strict: Strict, path: Path, alert: str, what: str) -> GivenAlert | None:
    expr = _expr(strict, path, what)
    lasting, longer = length(strict, (*path, "for"), what), length(strict, (*path, "keep_firing_for"), what)
    labels, annotations = labels_at(strict, (*path, "labels"), what), _texts(strict, (*path, "annotations"), what)
    if expr is None or lasting is None or longer is None or labels is None or annotations is None:
        return None
    if not _are_templates(strict, path, {"labels": labels, "annotations": annotations}, what):
        return None
    return GivenAlert(
        alert=alert, expr=expr, lasting=lasting, keep_firing_for=longer, labels=labels, annotations=annotations
    )


def _recording(strict: Strict, path: Path, record: str, what: str) -> GivenRecording | None:
    expr, labels = _expr(strict, path, what), labels_at(strict, (*path, "labels"), what)
    return None if expr is None or labels is None else GivenRecording(record=record, expr=expr, labels=labels)


def length(strict: Strict, path: Path, what: str) -> str | None:
    """A duration as it is written; empty where nothing is said, None where it is none."""
    said = strict.text(path, f"{what}: `{path[-1]}`")
    if said is None:
        return None
    if not said and strict.at(path) is not None:
        strict.refuse(path, f"{what}: `{path[-1]}` says no duration")
        return None
    try:
        as_written(said, strict.line(path))
    except Mistake as error:
        strict.refuse(path, f"{what}: `{path[-1]}`: {error.what}" + (f" ({error.fix})" if error.fix else ""))
        return None
    return said


def labels_at(strict: Strict, path: Path, what: str) -> dict[str, str] | None:
    """Labels that are added; None where they cannot be."""
    found = _texts(strict, path, what)
    if found is not None and NAME in found:
        strict.refuse((*path, NAME), f"{what}: no rule may say {NAME}")
        return None
    return found


def _texts(strict: Strict, path: Path, what: str) -> dict[str, str] | None:
    return strict.texts(path, f"{what}: `{path[-1]}`")


def _expr(strict: Strict, path: Path, what: str) -> str | None:
    where = (*path, "expr")
    expr = strict.text(where, f"{what}: `expr`")
    if expr is None:
        return None
    try:
        accepted(expr, what, strict.line(where))
    except Mistake as error:
        code = " ".join(STRING.split(expr)[::2])
        if "{{" in code or "{%" in code:
            why = f"{what}: its expression is a template: let the tool that it was written for fill it in first"
        elif is_logql(expr):
            why = f"{what}: this is LogQL, which Loki evaluates and Prometheus does not"
        else:
            why = error.what
        strict.refuse(where, why)
        return None
    return expr


def _are_templates(strict: Strict, path: Path, texts: Mapping[str, Mapping[str, Any]], what: str) -> bool:
    """Whether Prometheus can read every text; it takes no rule of a file in which there is one that it cannot."""
    for kind, said in texts.items():
        for name, text in said.items():
            try:
                if "{{" in text:
                    actions_of(text, NEWER)
            except NotATemplate as fault:
                strict.refuse((*path, kind, name), f"{what}: the template of {name!r} does not parse: {fault}")
                return False
    return True
