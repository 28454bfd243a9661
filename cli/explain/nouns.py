"""What a selector picks, as a noun: "HTTP requests with status 5xx"."""

from __future__ import annotations

import re
from dataclasses import replace

from cli.explain.matchers import picked
from cli.explain.phrase import Notes, Phrase, Take, number, picking
from cli.explain.spans import earlier, over, within
from cli.explain.titles import gauge, is_counted, is_duration, moment, observed, quality, things, words_of
from queries.exposed import Exposed
from queries.expr import Match, Select
from queries.known import Known
from queries.unit import BOOL, RATIO, Unit

UP = "up"
ALERTS = "ALERTS"
SINCE = "since the process started"
COUNTING = frozenset({"counter", "bucket", "sum", "count"})
#: How a recording rule's name says over how long it counts.
WINDOW = re.compile(r":(?P<counts>i?rate|increase)?[a-z_]*(?P<span>\d+[smhdw])$")


def selected(known: Known) -> Phrase:
    """The series of a selector."""
    node = known.node
    assert isinstance(node, Select)  # noqa: S101 - the caller looks it up by type
    said = picked(node.match)
    notes = Notes(ago=_moment(node), out=said.out, chosen=said.chosen)
    phrase = _named(known, node)
    if phrase.take is not None or phrase.yes:
        phrase = _taken_in(phrase, said.which)
    else:
        phrase = replace(phrase, which=(*phrase.which, *said.which))
    return replace(phrase, notes=notes._replace(span=phrase.notes.span))


def _taken_in(phrase: Phrase, which: tuple[str, ...]) -> Phrase:
    """With the matchers where they are understood: behind those who take so long."""
    text = f" {picking(which)}" if which else ""
    if phrase.take is not None:
        take = phrase.take._replace(who=f"{phrase.take.who}{text}")
        return replace(phrase, noun=lasting(take), take=take)
    return replace(phrase, noun=f"{phrase.noun}{text}", yes=f"{phrase.yes}{text}", no=f"{phrase.no}{text}")


def lasting(take: Take) -> str:
    """How long they take, as a noun."""
    if take.share is None:
        return f"how long {take.who} take on average"
    return f"how long {percent(take.share)} of {take.who} take at most"


def quantile(share: float | None, metric: Exposed | None, buckets: Phrase) -> Phrase:
    """The value that a share of the observations stays below."""
    if metric is None:
        name = buckets.noun.removesuffix("_bucket")
        below = f"that {_share(share)} of the observations stay below"
        return buckets.renamed(f"value of {name}{_which(buckets)} {below}", the=True)
    who = f"{observed(metric)[0]}{_which(buckets)}"
    if is_duration(metric) and share is not None:
        take = Take(who, share)
        return buckets.renamed(lasting(take), take=take)
    return buckets.renamed(f"{quality(metric)} that {_share(share)} of {who} stay below", the=True)


def mean(metric: Exposed, counted: Phrase) -> Phrase:
    """What is observed, on average."""
    who = f"{observed(metric)[0]}{_which(counted)}"
    if is_duration(metric):
        take = Take(who, None)
        return counted.renamed(lasting(take), take=take)
    return counted.renamed(f"average {quality(metric)}{_which(counted)}", the=True)


def percent(share: float) -> str:
    """A share as people say it."""
    return f"{share * 100:.6g} %"


def _share(share: float | None) -> str:
    return "a chosen share" if share is None else percent(share)


def _which(phrase: Phrase) -> str:
    return f" {picking(phrase.which)}" if phrase.which else ""


def _named(known: Known, node: Select) -> Phrase:
    if node.name == UP:
        return _up(node)
    if node.name == ALERTS:
        return Phrase("alerts", many=True, one="alert")
    series = known.series
    if series is None or (series.kind == "unknown" and known.unit is None):
        return Phrase(node.name or _nameless(node))
    metric = series.of
    if series.part or series.kind in ("histogram", "bucket", "bucket rate", "quantile"):
        return _observed(known, node, metric)
    words = words_of(metric)
    if known.kind == "counter":
        noun, many = things(words, known.unit)
        return Phrase(noun, many, notes=Notes(SINCE))
    if known.unit == BOOL:
        noun, _ = gauge(words, known.unit)
        return replace(clause(f"{noun} is yes", f"{noun} is no"), things=noun)
    event = moment(metric)
    if event:
        return Phrase(f"time of {event}", the=True, event=event)
    noun, many = gauge(words, known.unit)
    found = WINDOW.search(node.name) if metric.recorded else None
    if found is None:
        return Phrase(noun, many, the=not many)
    many = many or (bool(found["counts"]) and words[-1].endswith("s"))
    span = within(found["span"]) if found["counts"] == "increase" else over(found["span"])
    per = "per second" if found["counts"] in ("rate", "irate") else ""
    return Phrase(noun, many, the=not many, per=per, notes=Notes(span))


def clause(yes: str, no: str, one: str = "series") -> Phrase:
    """What is true or not."""
    return Phrase(f"whether {yes}", yes=yes, no=no, one=one)


def _up(node: Select) -> Phrase:
    job = next((one.value for one in node.match if one.label == "job" and one.op == "=" and "$" not in one.value), "")
    of = f" of {job}" if job else ""
    return clause(f"the last scrape{of} worked", f"the last scrape{of} failed", "target")


def _observed(known: Known, node: Select, metric: Exposed) -> Phrase:
    who, is_known = observed(metric)
    part = known.series.part if known.series is not None else ""
    if not is_known:
        who = f"{who} of the {quality(metric)}"
    if part == "sum":
        noun, the = (f"time spent on {who}", False) if is_duration(metric) else (f"total {quality(metric)}", True)
        return Phrase(noun, the=the, notes=Notes(SINCE))
    if known.kind == "quantile":
        share = next((one.value for one in node.match if one.label == "quantile" and one.op == "="), None)
        return quantile(_number(share), metric, Phrase(who)) if share else Phrase(f"quantiles of the {quality(metric)}")
    bound = next((one for one in node.match if one.label == "le" and one.op == "="), None)
    which = (at_most(metric, bound),) if bound is not None and at_most(metric, bound) else ()
    return Phrase(who, many=True, which=which, notes=Notes(SINCE))


def at_most(metric: Exposed, bound: Match) -> str:
    """Which observations a bucket holds; nothing for the one that holds all."""
    value = _number(bound.value)
    if value is None or value == float("inf"):
        return ""
    said = limit(value, metric.unit)
    return f"that take at most {said}" if is_duration(metric) else f"of at most {said}"


def limit(value: float, unit: Unit | None) -> str:
    """A value beside a noun that says what is counted."""
    if unit is None or is_counted(unit) or not (unit.has_a_name or unit == RATIO) or value != value:  # noqa: PLR0124
        return number(value)
    return unit.says(value)


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _nameless(node: Select) -> str:
    named = next((one for one in node.match if one.label == "__name__"), None)
    return f"series that are named {named.value}" if named is not None and named.op in ("=", "=~") else "series"


def _moment(node: Select) -> str:
    at = {"": "", "start()": "as of the beginning", "end()": "as of the end"}.get(node.at, f"as of {node.at}")
    ago = earlier(node.offset) if node.offset else ""
    return " ".join(one for one in (ago, at) if one)
