"""A comparison as something that is true or not: "the slowest 5 % of HTTP requests take more than 20 s"."""

from __future__ import annotations

from dataclasses import replace

from cli.explain.nouns import limit, percent
from cli.explain.phrase import Phrase, together
from cli.explain.titles import is_counted
from queries.unit import PERCENT, RATIO, Unit

SAID = {">": "above", "<": "below", ">=": "at or above", "<=": "at or below", "==": "exactly", "!=": "other than"}
THAN = {">": "more than", "<": "less than", ">=": "at least", "<=": "at most"}
FLIPPED = {">": "<", "<": ">", ">=": "<=", "<=": ">="}
#: What a comparison of something that is 0 or 1 asks for.
YES = frozenset({("==", 1.0), ("!=", 0.0), (">", 0.0), (">=", 1.0)})
NO = frozenset({("==", 0.0), ("!=", 1.0), ("<", 1.0), ("<=", 0.0)})


def compared(op: str, left: Phrase, right: Phrase, unit: Unit | None, *, as_bool: bool) -> Phrase:
    """What is left where the comparison holds; as a bool, whether it does."""
    if left.value is not None and right.value is None:
        left, right, op = right, left, FLIPPED.get(op, op)
    mine, its, notes = together(left, right)
    if right.value is None and same_again(mine, its) and notes.span:
        # "a week earlier" would seem to speak of the window behind it
        mine, its, notes = mine.noted(span=notes.span), its.noted(span=notes.span), notes._replace(span="")
    if notes.how == "in percent" and right.value is not None:
        notes = notes._replace(how="")  # the value says so
    if op in (">", ">=") and notes.gaps == "0":
        notes = notes._replace(gaps="")
    if mine.yes and (op, right.value) in YES | NO:
        yes, no = (mine.yes, mine.no) if (op, right.value) in YES else (mine.no, mine.yes)
    else:
        yes, no = _statement(op, mine, its, unit)
    told = Phrase("", yes=yes, no=no, notes=notes, each=left.each, one=left.one)
    if left.event and not as_bool and right.value == 0 and op in (">", "!="):
        return left  # a moment that never came is 0
    if as_bool:
        return replace(told, noun=f"whether {yes}")
    if mine.yes:
        return replace(told, noun=f"the cases in which {yes}", many=True)
    they = "they are" if mine.many else "it is"
    where = f"{mine.inline}, where {they} {SAID.get(op, op)} {_value(mine, its, unit)}"
    return replace(told, noun=where, many=mine.many)


def _statement(op: str, left: Phrase, right: Phrase, unit: Unit | None) -> tuple[str, str]:
    value = _value(left, right, unit)
    if left.take is not None and right.value is not None and op in THAN:
        return _lasting(op, left, value), f"not: {_lasting(op, left, value)}"
    if left.many and left.scaled == 1 and is_counted(unit) and not left.notes.how:
        yes = _there_are(op, left, right, value)
        if yes:
            return yes, f"not: {yes}"
    if left.ratio is not None and right.value is not None and unit in (RATIO, PERCENT):
        part, whole, many = left.ratio
        of = f"{SAID.get(op, op)} {value} of {whole}{left.notes.inline}"
        return f"{part} {'are' if many else 'is'} {of}", f"{part} {'are' if many else 'is'} not {of}"
    verb = "are" if left.many else "is"
    exactly = value if op == "==" and right.value is not None else f"{SAID.get(op, op)} {value}"
    return f"{left.inline} {verb} {exactly}", f"{left.inline} {verb} not {exactly}"


def _lasting(op: str, left: Phrase, value: str) -> str:
    """By who takes so long: of 95 % that take at most so long the other 5 % take longer."""
    take = left.take
    assert take is not None  # noqa: S101 - the caller asked
    notes = left.notes.inline
    if take.share is None:
        return f"{take.who} take {THAN[op]} {value} on average{notes}"
    if op in (">", ">="):
        return f"the slowest {percent(1 - take.share)} of {take.who} take {THAN[op]} {value}{notes}"
    return f"{percent(take.share)} of {take.who} take {THAN[op]} {value}{notes}"


def _there_are(op: str, left: Phrase, right: Phrase, value: str) -> str:
    if right.value == 0 and op in ("==", "<="):
        return f"there are no {replace(left, per='').inline}"
    if right.value == 0 and op in (">", "!="):
        return f"there are any {replace(left, per='').inline}"
    than = {**THAN, "<": "fewer than", "==": "exactly"}.get(op)
    if than is None:
        return ""
    return f"there are {than} {value} {left.inline}" if right.value is not None else ""


def _value(left: Phrase, right: Phrase, unit: Unit | None) -> str:
    """What it is compared with; of the same thing at another time only the time."""
    if right.value is not None:
        return limit(right.value, unit)
    return same_again(left, right) or right.inline


def same_again(left: Phrase, right: Phrase) -> str:
    """The same thing at another time: "what it was a week earlier"; nothing for another thing."""
    was = "what they were" if left.many else "what it was"
    times = f"{percent(right.scaled)} of " if right.scaled != 1 else ""
    same = replace(right, scaled=1.0).noted(ago="")
    if right.notes.ago and not left.notes.ago and (same.core, same.notes) == (left.core, left.notes):
        return f"{times}{was} {right.notes.ago}"
    return ""
