"""What a rule said as a finding: with its place in the file, and the part of the expression that it means."""

from __future__ import annotations

from cli.lint.asked import Asked
from cli.lint.finding import Change, Finding, Place
from cli.lint.fixing import edit
from cli.lint.rule import Fault, Rule
from cli.lint.settings import Settings
from cli.lint.spot import Spot, spelled
from cli.lint.written import line_of


def finding(
    rule: Rule, fault: Fault, spot: Spot | None, settings: Settings, *, written: str = "", asked: Asked | None = None
) -> Finding:
    """What the rule said, with its place; of an expression also the part of it that is meant."""
    spot = fault.spot or spot
    if spot is None:
        raise TypeError(f"{rule.id} speaks of everything and says no place")
    inside = asked if fault.spot is None else None
    begins = inside.begins if inside is not None else 0
    span = _span(inside, fault) if inside is not None else None
    document = spot.document
    if span is not None:
        line, column = document.position_in(spot.path, begins + span[0])
    else:
        line, column = document.position_of_key(spot.path) if fault.is_name else document.position(spot.path)
    place = Place(document.file, line, column, spelled(spot.path), line_of(written, spot.where) if written else "")
    severity = settings.severity.get(rule.id, fault.severity or rule.severity)
    expr = inside.text if inside is not None else ""
    mended = edit(spot, _moved(fault.change, begins)) if fault.change is not None else None
    return Finding(rule.id, severity, fault.message, fault.hint, place, spot.where, expr, span, mended)


def _span(asked: Asked, fault: Fault) -> tuple[int, int] | None:
    """From where to where in the expression what is meant stands; None where the expression does not parse."""
    if asked.known is None:
        return None
    from queries.position import span_of  # noqa: PLC0415 - only a finding pays for it

    start, end = span_of(asked.text, asked.known.node, asked.path(fault.at or asked.known), fault.match)
    return start, end


def _moved(change: Change, by: int) -> Change:
    return change if change.path else change._replace(start=change.start + by, end=change.end + by)
