"""What an aggregation yields, as a noun."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from cli.explain.nouns import SINCE, percent
from cli.explain.phrase import Phrase, label, listed, plural, singular
from queries.expr import Aggregate
from queries.known import Known
from queries.unit import BOOL

#: Nouns whose sum needs no words: numbers of things, sums, time.
COUNTED = ("number of", "total", "cost of", "time spent on")
SCRAPED = re.compile(r"the last scrape(.*?) (worked|failed)(.*)", re.DOTALL)
PICKS = frozenset({"topk", "bottomk", "limitk", "limit_ratio"})
EXTREMES = {
    "max": ("highest", "most"),
    "min": ("lowest", "fewest"),
    "topk": ("highest", "most"),
    "bottomk": ("lowest", "fewest"),
}


def aggregated(known: Known, parts: tuple[Phrase, ...]) -> Phrase:
    """What is left of the series of the last part."""
    node, of = known.node, parts[-1].whole
    assert isinstance(node, Aggregate)  # noqa: S101 - the caller looks it up by type
    param, inner = known.parts[0].value, known.parts[-1]
    if inner.unit == BOOL and of.yes and node.op in _OF_FLAGS:
        phrase = _OF_FLAGS[node.op](of)
    elif node.op in ("count", "group") or (node.op == "sum" and of.things):
        phrase = _counted(node.op, of, inner)
    elif node.op == "sum" and "le" in node.by and not node.without:
        phrase = of  # a histogram's buckets stay what they are
    else:
        told = _TOLD.get(node.op)
        phrase = told(of, param) if told is not None else of.renamed(f"some of {of.core}", many=of.many)
    kept = tuple(sorted(one for one in node.by if one != "le")) if not node.without else ()
    return replace(phrase, each=of.each if node.op in PICKS else kept)


def _for_which(of: Phrase) -> str:
    """Those of its series of which it is true."""
    scraped = SCRAPED.fullmatch(of.yes)
    if scraped and not of.each:
        return f"targets{scraped[1]} whose last scrape {scraped[2]}{scraped[3]}"
    return f"{_several(of)} for which {of.yes}"


def _several(of: Phrase) -> str:
    """What its series are, in the plural: "handlers"."""
    return plural(listed(map(label, of.each))) if of.each else plural(of.one)


def _added_up(of: Phrase, _: float | None) -> Phrase:
    """Things that are counted are simply more; of all else it is said."""
    if of.many or of.notes.how or of.noun.startswith(COUNTED):
        return replace(of, yes="", no="")
    if of.take is not None or of.noun.startswith(("how ", "100 %")):
        return of.noted(how="added up").renamed(of.core)
    total = ("" if "total" in of.noun else "total ") if of.the else "sum of "
    return replace(of, yes="", no="", the=True, total=of.total or total)


def _average(of: Phrase, _: float | None) -> Phrase:
    if of.noun.startswith("average ") and not of.each:
        return of
    over = f" over all {_several(of)}" if of.each else ""
    return replace(of.noted(how=f"on average{over}"), yes="", no="", take=None)


def _below(of: Phrase, share: float | None) -> Phrase:
    said = "a chosen share" if share is None else percent(share)
    return of.renamed(f"value that {said} of the {_several(of)} stay below of {of.core}", the=True)


def _apart(of: Phrase, _: float | None, squared: str = "") -> Phrase:
    return of.renamed(f"how far apart{squared} the {_several(of)} lie in {of.bare}")


def _anywhere(op: str, of: Phrase) -> Phrase:
    of_all = f"for every {of.one}" if of.one != "series" else "everywhere"
    of_some = f"for some {of.one}" if of.one != "series" else "somewhere"
    first, second = (of_all, of_some) if op == "min" else (of_some, of_all)
    yes, no = f"{of.yes} {first}", f"{of.no} {second}"
    return of.renamed(f"whether {yes}", yes=yes, no=no)


def _extreme(op: str, of: Phrase) -> Phrase:
    if of.one == "alert":
        return of  # a pending or firing one is 1
    if of.event and of.event != "now":
        return replace(of, noun=f"{'latest' if op == 'max' else 'earliest'} {of.noun}")
    number = "number of " if of.many else ""
    whose = f" of any {listed(map(label, of.each), 'or')}" if of.each else ""
    if of.take is not None or of.noun.startswith("how "):
        return of.renamed(f"{of.core}{whose}, the {EXTREMES[op][0]} of all")
    return of.renamed(f"{EXTREMES[op][0]} {number}{of.bare}{whose}", the=True)


def _first(op: str, count: float | None, of: Phrase) -> Phrase:
    few = "" if count is None else f"{count:g} "
    highest, most = EXTREMES[op]
    if of.take is not None or of.noun.startswith("how "):
        return of.renamed(f"the {few}{highest} of {of.core}")
    if of.the and of.noun.startswith("100"):
        return of.renamed(f"the {few}{highest} values of {of.core}")
    with_ = most if of.many else highest
    if count == 1:
        return of.renamed(f"{singular(_several(of))} with the {with_} {of.bare}", the=True)
    return of.renamed(f"{few}{_several(of)} with the {with_} {of.bare}", many=True, the=True)


def _counted(op: str, of: Phrase, inner: Known) -> Phrase:
    of = of.noted(span="") if of.notes.span == SINCE else of
    if op == "group":
        return of.renamed(f"1 while there is any {of.things or of.bare}", things=of.things or of.bare)
    if inner.filtered and of.yes:
        return of.renamed(f"number of {_for_which(of)}", the=True)
    if len(of.each) == 1:
        return of.renamed(f"number of {_several(of)} among {of.things or of.bare}", the=True)
    if of.one != "series":
        return of.renamed(f"number of {plural(of.one)}", the=True, things=plural(of.one))
    return of.renamed(f"number of series of {of.bare}", the=True, things=of.bare)


_OF_FLAGS: Mapping[str, Callable[[Phrase], Phrase]] = {
    "sum": lambda of: of.renamed(f"number of {_for_which(of)}", the=True),
    "avg": lambda of: of.renamed(f"share of {_for_which(of)}", the=True),
    "min": lambda of: _anywhere("min", of),
    "max": lambda of: _anywhere("max", of),
}
_TOLD: Mapping[str, Callable[[Phrase, float | None], Phrase]] = {
    "sum": _added_up,
    "avg": _average,
    "min": lambda of, _: _extreme("min", of),
    "max": lambda of, _: _extreme("max", of),
    "topk": lambda of, count: _first("topk", count, of),
    "bottomk": lambda of, count: _first("bottomk", count, of),
    "count_values": lambda of, _: of.renamed(f"how many series of {of.core} have which value"),
    "quantile": _below,
    "stddev": _apart,
    "stdvar": lambda of, _: _apart(of, None, " (squared)"),
}
