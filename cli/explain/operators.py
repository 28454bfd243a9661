"""What two sides and an operator yield, as a noun: a share, a mean, a cost, a comparison."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import replace

from cli.explain.nouns import mean
from cli.explain.phrase import LOOSE, Phrase, held, label, listed, number, singular, together
from cli.explain.statements import compared, same_again
from queries.expr import COMPARISONS, Binary
from queries.known import Known
from queries.unit import BYTES, RATIO, TIMESTAMP, Unit

SIGNS = {"+": "plus", "-": "minus", "*": "times", "/": "divided by", "%": "modulo", "^": "to the power of"}
PER = {60.0: "per minute", 3600.0: "per hour", 86400.0: "per day"}
ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
}
SIZES = {
    1e3: "kB",
    1e6: "MB",
    1e9: "GB",
    1e12: "TB",
    1024.0: "KiB",
    1024.0**2: "MiB",
    1024.0**3: "GiB",
    1024.0**4: "TiB",
}
CLOSE = (" times ", " divided by ")
PERCENT = 100.0


def combined(known: Known, parts: tuple[Phrase, ...]) -> Phrase:
    """What the operator yields."""
    node = known.node
    assert isinstance(node, Binary)  # noqa: S101 - the caller looks it up by type
    (left, right), (mine, its) = parts, known.parts
    if node.op in COMPARISONS:
        unit = its.unit if mine.value is not None else mine.unit
        return compared(node.op, left, right, unit, as_bool=node.returns_bool)
    if node.op in ("and", "or", "unless"):
        return _set(node.op, left, right, its)
    told = _scaled(node.op, known, left, right)
    if told is None and node.op == "/":
        told = _quotient(known, left, right)
    if told is None and node.op == "*":
        told = _product(known, left, right)
    if told is None and node.op == "-":
        told = _difference(known, left, right)
    return told or _plain(node.op, left, right)


def _set(op: str, left: Phrase, right: Phrase, its: Known) -> Phrase:
    gap = _fill(its)
    if op == "or" and gap is not None:
        return left.noted(gaps=number(gap))
    mine, other, notes = together(left, right)
    yes = {
        "and": f"{mine.whether_inline} and {other.whether_inline}",
        "or": f"{mine.whether_inline}, or {other.whether_inline}",
        "unless": f"{mine.whether_inline}, unless {other.whether_inline}",
    }[op]
    noun = {
        "and": f"{mine.inline}, only while {other.whether_inline}",
        "or": f"{mine.inline}, or else {other.inline}",
        "unless": f"{mine.inline}, unless {other.whether_inline}",
    }[op]
    if op == "or" and mine.inline == other.inline:
        return replace(left, notes=notes)
    told = bool(left.yes or (op == "or" and right.yes))
    return Phrase(noun, left.many, notes=notes, each=left.each, one=left.one, yes=yes * told, no=f"not: {yes}" * told)


def _fill(known: Known) -> float | None:
    """The number that only fills gaps: `vector(0)`, `x * 0`."""
    if known.kind == "constant" and known.value is not None:
        return known.value
    node = known.node
    if isinstance(node, Binary) and node.op == "*" and any(part.value == 0 for part in known.parts):
        return 0.0
    return None


def _scaled(op: str, known: Known, left: Phrase, right: Phrase) -> Phrase | None:
    """Something times a number: the same in another unit, or so much of it."""
    if op == "*" and left.value is not None and right.value is None:
        of, unit, factor = right, known.parts[1].unit, left.value
    elif op in ("*", "/") and right.value is not None and left.value is None:
        of, unit, factor = left, known.parts[0].unit, right.value
    else:
        return None
    if op == "/" and unit == BYTES and factor in SIZES:
        return of.noted(how=_also(of, f"in {SIZES[factor]}"))
    factor = factor if op == "*" else 1 / factor if factor else 0.0
    if of.per.endswith("per second") and factor in PER:
        return replace(of, per=of.per.removesuffix("per second") + PER[factor])
    if factor == PERCENT and unit == RATIO:
        return of.noted(how=_also(of, "in percent"))
    if _is_converted(unit, known.unit, factor):
        return of.noted(how=_also(of, f"in {known.unit}".replace("usd", "US dollars")))
    return replace(of, scaled=of.scaled * factor, take=None, yes="", no="", ratio=None, event="", others="")


def _also(of: Phrase, how: str) -> str:
    return f"{of.notes.how}, {how}" if of.notes.how else how


def _is_converted(old: Unit | None, new: Unit | None, factor: float) -> bool:
    """Whether the same quantity is said in another unit that people know."""
    if old is None or new is None or factor <= 0 or not new.has_a_name:
        return False
    return old.dimension == new.dimension and old != new


def _quotient(known: Known, left: Phrase, right: Phrase) -> Phrase | None:
    mine = known.parts[0]
    if left.scaled == PERCENT and right.scaled == 1:
        # `100 * part / whole` is read from the left
        share = _quotient(known, replace(left, scaled=1.0), right)
        return share.noted(how=_also(share, "in percent")) if share is not None else None
    if known.kind == "mean" and mine.series is not None:
        return mean(mine.series.of, right)
    again = same_again(left, right) if left.scaled == right.scaled == 1 else ""
    if again:
        noun = f"{left.core}{f' {left.notes.span}' if left.notes.span else ''}, as a multiple of {again}"
        return left.renamed(noun, many=left.many).noted(span="")
    one, other, notes = together(left, right)
    share = _share(known, left, right)
    if share is not None:
        return share
    if known.kind == "ratio":
        # 0 parts of something are a share of 0
        notes = notes._replace(gaps=notes.gaps or one.notes.gaps)
        one = one.noted(gaps="")
        if one.per == other.per:
            one, other = replace(one, per=""), replace(other, per="")
        if one.which == other.which:
            one = replace(one, which=())
        one, other = replace(one, total=""), replace(other, total="")
        both = (one.inline, other.inline, one.many)
        return one.renamed(f"{both[0]} as a share of {both[1]}", many=one.many, notes=notes, ratio=both)
    one, other = one.whole, other.whole
    per = not one.notes.inline and not other.notes.inline and one.per == other.per
    if per and one.many and other.many and not other.which:
        noun = f"{replace(one, per='').core} per {singular(other.noun)}"
        return one.renamed(noun, many=True, notes=notes)
    return None


def _share(known: Known, left: Phrase, right: Phrase) -> Phrase | None:
    """A part among the whole: but for what picks it both sides are one thing."""
    sides = [(one.noun, one.scaled, one.per, one.notes.span, one.notes.ago, one.notes.how) for one in (left, right)]
    if sides[0] != sides[1] or left.notes.how or left.take is not None:
        return None
    if not ({*right.which} <= {*left.which} and {*right.notes.out} <= {*left.notes.out}):
        return None
    which = [one for one in left.which if one not in right.which]
    out = [one for one in left.notes.out if one not in right.notes.out]
    notes = left.notes._replace(out=right.notes.out, chosen=left.notes.chosen or right.notes.chosen)
    among = "".join(f" {one}" for one in right.which)
    if which or out:
        picked = " ".join([*which, f"without {listed(out)}"] if out else which)
        noun = f"share of {left.noun} {picked} among all {right.noun}{among}"
        others = f"share of {left.noun} {_others(which, out)} among all {right.noun}{among}"
        return left.renamed(noun, the=True, notes=notes, others=others if _others(which, out) else "")
    mine, its = known.parts
    kept = [one for one in left.each if one not in right.each]
    if kept and mine.labels != its.labels and (left.many or left.total):
        noun = f"share of each {listed(map(label, kept))} in all {right.noun}{among}"
        return left.renamed(noun, the=True, notes=notes)
    return None


def _others(which: list[str], out: list[str]) -> str:
    """What picks the rest; nothing where that is hard to say."""
    if len(which) + len(out) != 1:
        return ""
    one = which[0] if which else f"without {out[0]}"
    for mine, its in (("with ", "without "), ("without ", "with "), ("that take at most", "that take more than")):
        if one.startswith(mine):
            return its + one.removeprefix(mine)
    return ""


def _product(known: Known, left: Phrase, right: Phrase) -> Phrase | None:
    mine, its = known.parts
    for phrase, side, other in ((left, mine, its), (right, its, mine)):
        if other.names and all(name.endswith("_info") for name in other.names):
            return phrase  # it is 1 and brings labels
        is_price = other.unit is not None and dict(other.unit.dimension).get("usd", 0) > 0
        if is_price and side.unit is not None and known.unit is not None and "usd" not in dict(side.unit.dimension):
            return phrase.renamed(f"cost of {phrase.core}", the=True)
    return None


def _difference(known: Known, left: Phrase, right: Phrase) -> Phrase | None:
    mine, its = known.parts
    if left.event == "now" and right.event:
        return right.renamed(f"time since {right.event}", the=True)
    if mine.unit == TIMESTAMP and its.unit == TIMESTAMP and left.event and right.event:
        return left.renamed(f"time from {right.event} to {left.event}", the=True)
    if mine.value == 1 and (RATIO in (its.unit, known.unit)):
        others = right.others or f"100 % minus {right.core}"
        return right.renamed(others, the=bool(right.others))
    if right.scaled == 1 and same_again(left, right):
        span = f" {left.notes.span}" if left.notes.span else ""
        return left.renamed(f"change of {left.core}{span} against {right.notes.ago}", the=True).noted(span="")
    return None


def _plain(op: str, left: Phrase, right: Phrase) -> Phrase:
    if left.value is not None and right.value is not None:
        return _computed(op, left.value, right.value)
    one, other, notes = together(left, right)
    tight = op not in ("+", "-")
    first = number(one.value) if one.value is not None else held(one.inline, LOOSE if tight else ())
    ends = (*LOOSE, *CLOSE) if tight else (" minus ", " plus ") if op == "-" else ()
    second = number(other.value) if other.value is not None else held(other.inline, ends)
    many = one.many and op in ("+", "-")
    return Phrase(f"{first} {SIGNS.get(op, op)} {second}", many, notes=notes, each=left.each or right.each)


def _computed(op: str, left: float, right: float) -> Phrase:
    """Two numbers, and what they come to where that is known."""
    try:
        value = ARITHMETIC[op](left, right)
    except (KeyError, ArithmeticError):
        value = None
    if not isinstance(value, float):
        return Phrase(f"{number(left)} {SIGNS.get(op, op)} {number(right)}")
    return Phrase(number(value), value=value)
