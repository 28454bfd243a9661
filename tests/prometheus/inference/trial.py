"""Queries inferred, asked of Prometheus and judged: each of them and every part of it that has series of its own."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from queries.catalog import Catalogs
from queries.expr import Binary, Expr
from queries.infer import infer
from queries.inference.by_itself import by_itself
from queries.known import Known
from queries.parse import NotPromQL, parse
from queries.promql import to_promql
from queries.template import VARIABLE
from tests.prometheus.inference.answers import Answer, Asked, answers
from tests.prometheus.inference.judgement import faults

#: Of Grafana's own windows.
WINDOW = "5m"
MANY = re.compile("found duplicate series|multiple matches for labels|grouping labels must ensure unique matches")


@dataclass(slots=True)
class Report:
    """What came of a trial.

    Attributes:
        counts: of queries, answers and claims.
        faults: what is wrong, the shortest expression first.
    """

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join([", ".join(f"{count:,} {name}" for name, count in self.counts.items()), *self.faults[:20]])


@dataclass(frozen=True, slots=True)
class Question:
    """An expression to be judged, and all that is to be known about it.

    Attributes:
        text: as a person wrote it, with variables.
        asked: as Prometheus is asked, with their values.
        tree: the text parsed.
    """

    text: str
    asked: str
    tree: Expr


def questions(texts: Iterable[str], variables: Mapping[str, str]) -> tuple[list[Question], list[str]]:
    """Every query and every part of one, each once, and the texts that do not parse."""
    found: dict[str, Question] = {}
    refused = []
    for text in texts:
        try:
            tree = parse(text)
        except NotPromQL:
            refused.append(text)
            continue
        for known in infer(tree).walk():
            if known.type in ("vector", "scalar"):
                said = to_promql(known.node)
                found.setdefault(said, Question(said, filled(said, variables), known.node))
    return list(found.values()), refused


def filled(text: str, variables: Mapping[str, str]) -> str:
    """The text with a value for every variable; what is none of them stays: `$1` of a replacement."""

    def value(match: re.Match[str]) -> str:
        name = next(filter(None, match.groups()))
        return WINDOW if name.startswith("__") else variables.get(name, match.group())

    return VARIABLE.sub(value, text)


def judged(
    texts: Iterable[str],
    variables: Mapping[str, str],
    catalogs: Mapping[str, Catalogs],
    ask: Callable[[list[str]], Mapping[str, Answer]],
) -> Report:
    """All queries and their parts, in every state of knowledge."""
    report = Report()
    texts = list(dict.fromkeys(texts))
    wanted, refused = questions(texts, variables)
    report.counts.update({"queries": len(texts), "refused by the parser": len(refused), "expressions": len(wanted)})
    said = ask(list(dict.fromkeys(one.asked for one in wanted)))
    wrong: list[tuple[int, str]] = []
    for one in wanted:
        answer = said[one.asked]
        report.counts.update(_kinds(answer))
        for name, known_by in catalogs.items():
            known = infer(one.tree, known_by)
            report.counts.update(f"{claim} ({name})" for claim in _claims(known, answer))

            def part(of: Known) -> Answer:
                return said[filled(to_promql(of.node), variables)]

            wrong += [(len(one.asked), f"{one.text!r} ({name}): {fault}") for fault in faults(known, part)]
    report.faults = [fault for _, fault in sorted(wrong)]
    return report


def _kinds(answer: Answer) -> Iterator[str]:
    if answer.error:
        yield "many-to-many errors" if MANY.search(answer.error) else "other errors"
    else:
        yield "with series" if answer.samples else "without series"


def _claims(known: Known, answer: Answer) -> Iterator[str]:
    if answer.error:
        return
    if known.empty:
        yield "claimed empty"
    elif not answer.samples:
        yield "empty and not claimed"
    if known.sure:
        yield "claimed sure"
    if not answer.samples:
        return
    if known.value is not None and known.type == "vector":
        yield "constants"
    if not known.open:
        yield "label sets claimed in full"
    if isinstance(known.node, Binary) and by_itself(known.node, *known.parts):
        yield "by itself"


def asked_of(samples: Mapping[str, str], folder: Path) -> Callable[[list[str]], Mapping[str, Answer]]:
    """What Prometheus answers over these samples."""
    return lambda queries: answers([Asked(samples, queries)], folder)
