"""What a function yields, as a noun."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from cli.explain.nouns import clause, limit, percent, quantile
from cli.explain.phrase import Phrase, picking
from cli.explain.spans import ahead, over, within
from queries.expr import Call, Subquery, Window
from queries.known import Known
from queries.unit import BOOL, SECONDS

#: Of the values in a window.
OVER_TIME = {
    "avg_over_time": "average",
    "max_over_time": "highest",
    "min_over_time": "lowest",
    "last_over_time": "last",
    "first_over_time": "first",
}
#: Of a value or of the values in a window, as "so much of it".
OF = {
    "sum_over_time": "the sum of all values of",
    "stddev_over_time": "how much the values vary of",
    "stdvar_over_time": "how much the values vary (squared) of",
    "mad_over_time": "how much the values vary of",
    "count_over_time": "the number of samples of",
    "delta": "the change of",
    "idelta": "the last change of",
    "deriv": "the change per second of",
    "changes": "the number of changes of",
    "resets": "the number of times that the count started again of",
    "holt_winters": "the smoothed",
    "double_exponential_smoothing": "the smoothed",
    "sqrt": "the square root of",
    "exp": "e to the power of",
    "ln": "the natural logarithm of",
    "log2": "the logarithm (base 2) of",
    "log10": "the logarithm (base 10) of",
    "sgn": "the sign of",
    "abs": "the size, without its sign, of",
    "day_of_month": "the day of the month of",
    "day_of_week": "the day of the week of",
    "day_of_year": "the day of the year of",
    "days_in_month": "the length in days of the month of",
    "hour": "the hour of the day of",
    "minute": "the minute of",
    "month": "the month of",
    "year": "the year of",
    "histogram_count": "how many observations there are of",
    "histogram_sum": "the sum of",
    "histogram_avg": "the average of",
    "histogram_stddev": "how much the values vary of",
    "histogram_stdvar": "how much the values vary (squared) of",
}
ROUNDED = {"ceil": "rounded up", "floor": "rounded down", "round": "rounded"}
_SAME = "sort sort_desc sort_by_label sort_by_label_desc label_replace label_join scalar vector info"
SAME = frozenset(_SAME.split())
WITHOUT_INPUT = {"time": "now", "pi": "pi"}


def called(known: Known, parts: tuple[Phrase, ...]) -> Phrase:
    """What the call yields, from what its arguments are."""
    node = known.node
    assert isinstance(node, Call)  # noqa: S101 - the caller looks it up by type
    name = node.function
    if not parts:
        return Phrase(WITHOUT_INPUT.get(name, f"the {name.replace('_', ' ')} of now"), event="now" * (name == "time"))
    parts = tuple(part.whole for part in parts)
    if name in ("rate", "irate"):
        return _per_second(parts[0], known.parts[0])
    if name == "increase":
        return parts[0].noted(span=_in(known.parts[0]))
    told = _TOLD.get(name)
    if told is not None:
        return told(known, parts)
    main, of = _main(known, parts)
    if name in SAME:
        return main
    if name in OVER_TIME:
        return _over_time(name, main.noted(span=_over(of)), of)
    if name in ROUNDED:
        return main.renamed(f"{main.core}, {ROUNDED[name]}")
    main = main.noted(span=_over(of)) if of.type == "matrix" else main
    if name == "changes" and main.yes:
        return main.renamed(f"number of times that it changed whether {main.yes}", the=True)
    if name in OF:
        return main.renamed(f"{OF[name]} {main.core if not OF[name].endswith('smoothed') else main.bare}")
    return main.renamed(f"{name} of {main.core}")


def _main(known: Known, parts: tuple[Phrase, ...]) -> tuple[Phrase, Known]:
    """The argument that has series."""
    pairs = list(zip(parts, known.parts, strict=True))
    return next((pair for pair in pairs if pair[1].type in ("matrix", "vector")), pairs[0])


def _per_second(of: Phrase, window: Known) -> Phrase:
    if known_time(window) and not of.per:
        # so many seconds of each second
        time = of.noun.removesuffix("seconds") + "time"
        others = f"share of {time} without {of.which[0].removeprefix('with ')}" if len(of.which) == 1 else ""
        noun = f"share of {time}{' ' if of.which else ''}{picking(of.which)}"
        return of.renamed(noun, the=True, others=others).noted(span=_over(window))
    per = f"{of.per} per second" if of.per else "per second"
    return replace(of, per=per).noted(span=_over(window))


def known_time(window: Known) -> bool:
    """Whether it counts seconds."""
    return window.kind == "counter" and window.unit == SECONDS


def _span(window: Known) -> str:
    return window.node.span if isinstance(window.node, Window | Subquery) else ""


def _over(window: Known) -> str:
    return over(_span(window)) if _span(window) else ""


def _in(window: Known) -> str:
    return within(_span(window)) if _span(window) else ""


def _over_time(name: str, of: Phrase, window: Known) -> Phrase:
    if window.unit == BOOL and of.yes:
        said = {"avg_over_time": f"the share of the time in which {of.yes}", "last_over_time": of.noun}.get(name)
        if said:
            return of.renamed(said)
        everywhere = "always" if name == "min_over_time" else "at some time"
        return of.renamed(
            f"whether {everywhere} {of.yes}", yes=f"{everywhere} {of.yes}", no=f"not {everywhere} {of.yes}"
        )
    number = "number of " if of.many else ""
    if name == "avg_over_time" and of.noun.startswith("average "):
        return of
    return of.renamed(f"{OVER_TIME[name]} {number}{of.bare}", the=True)


def _quantile(known: Known, parts: tuple[Phrase, ...]) -> Phrase:
    of = known.parts[-1]
    return quantile(known.parts[0].value, of.series.of if of.series is not None else None, parts[-1])


def _absent(known: Known, parts: tuple[Phrase, ...]) -> Phrase:
    of = parts[0]
    window = _over(known.parts[0]) if known.parts[0].type == "matrix" else ""
    if of.one == "target":
        target = of.yes.removeprefix("the last scrape").replace(" worked", "", 1)
        yes, no = f"there is no target{target}", f"there is a target{target}"
    else:
        yes, no = (f"{who} reports {of.things or of.core}" for who in ("nothing", "something"))
    return replace(clause(yes, no), noun=f"1 while {yes}", notes=of.notes._replace(span=window, chosen=of.notes.chosen))


def _present(known: Known, parts: tuple[Phrase, ...]) -> Phrase:
    of = parts[0]
    yes, no = (f"there was {some} {of.bare}" for some in ("any", "no"))
    return replace(clause(yes, no), notes=of.notes._replace(span=_over(known.parts[0])))


def _scraped(_: Known, parts: tuple[Phrase, ...]) -> Phrase:
    event = f"the last scrape of {parts[0].bare}"
    return parts[0].renamed(f"time of {event}", the=True, event=event)


def _clamped(known: Known, parts: tuple[Phrase, ...]) -> Phrase:
    assert isinstance(known.node, Call)  # noqa: S101 - as above
    of, bounds = parts[0], known.parts[1:]
    said = [
        limit(one.value, known.unit) if one.value is not None else str(part)
        for one, part in zip(bounds, parts[1:], strict=True)
    ]
    name = known.node.function
    least = said[0] if name in ("clamp", "clamp_min") else ""
    most = said[-1] if name in ("clamp", "clamp_max") else ""
    told = [f"at least {least}"] * bool(least) + [f"at most {most}"] * bool(most)
    return of.renamed(f"{of.core} ({' and '.join(told)})", many=of.many)


def _predicted(known: Known, parts: tuple[Phrase, ...]) -> Phrase:
    of, seconds = parts[0], known.parts[1].value
    when = ahead(seconds) if seconds is not None else "later"
    window = _over(known.parts[0]) or "now"
    return of.renamed(f"{of.core} {when}", many=of.many).noted(span="", how=f"if it goes on as {window}")


def _quantile_over_time(known: Known, parts: tuple[Phrase, ...]) -> Phrase:
    share, of = known.parts[0].value, parts[1].noted(span=_over(known.parts[1]))
    time = "part of the time" if share is None else f"{percent(share)} of the time"
    return of.renamed(f"value that {of.core} stays below {time}", the=True)


def _fraction(known: Known, parts: tuple[Phrase, ...]) -> Phrase:
    low, high = (limit(one.value, None) if one.value is not None else "a value" for one in known.parts[:2])
    return parts[2].renamed(f"share of {parts[2].core} between {low} and {high}", the=True)


_TOLD: Mapping[str, Callable[[Known, tuple[Phrase, ...]], Phrase]] = {
    "histogram_quantile": _quantile,
    "histogram_fraction": _fraction,
    "absent": _absent,
    "absent_over_time": _absent,
    "present_over_time": _present,
    "timestamp": _scraped,
    "clamp": _clamped,
    "clamp_min": _clamped,
    "clamp_max": _clamped,
    "predict_linear": _predicted,
    "quantile_over_time": _quantile_over_time,
}
