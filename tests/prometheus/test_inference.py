"""What is inferred of queries is true: a real Prometheus evaluates each of them, and every part of it."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from queries.infer import infer
from queries.known import Empty, Known
from queries.parse import parse
from tests.prometheus.inference.answers import Answer, Sample
from tests.prometheus.inference.dashboards import World
from tests.prometheus.inference.grammar import Grammar
from tests.prometheus.inference.judgement import faults
from tests.prometheus.inference.regressions import REGRESSIONS
from tests.prometheus.inference.trial import Report, asked_of, judged
from tests.prometheus.inference.world import CATALOGS, VARIABLES, samples
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.queries.corpus import NEEDS_SHARED, dashboard_queries, source_expressions

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]

SEED = 2042
QUERIES = 3000
RATIOS = 1000


def _drawn(draw: Callable[[], str], many: int) -> list[str]:
    """So many different ones."""
    found: dict[str, None] = {}
    while len(found) < many:
        found[draw()] = None
    return list(found)


def _trial(texts: Iterable[str], folder: Path) -> Report:
    return judged(texts, VARIABLES, CATALOGS, asked_of(samples(), folder))


def test_nothing_that_is_inferred_of_random_queries_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = _trial(_drawn(Grammar(SEED).query, QUERIES), tmp_path)

    with capsys.disabled():
        sys.stderr.write(f"\nseed {SEED}: {report}\n")
    assert not report.faults, f"seed {SEED}: add the shortest of them to regressions.py"
    counts = report.counts
    assert counts["queries"] == QUERIES
    assert counts["refused by the parser"] < 10
    assert counts["with series"] > QUERIES
    assert counts["claimed empty (two catalogs)"] > counts["without series"] / 2
    assert counts["claimed empty (no catalog)"] > 300
    assert counts["label sets claimed in full (two catalogs)"] > counts["with series"] * 0.8
    assert counts["claimed sure (no catalog)"] > 100
    assert counts["constants (no catalog)"] > 100


def test_what_once_was_wrong_stays_right(tmp_path: Path) -> None:
    report = _trial(REGRESSIONS, tmp_path)

    assert not report.faults
    assert not report.counts["refused by the parser"]
    assert not report.counts["other errors"]


@NEEDS_SHARED
def test_nothing_that_is_inferred_of_real_dashboards_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [*dashboard_queries(), *source_expressions()]
    world = World(texts, SEED)

    report = judged(texts, world.variables, world.catalogs, lambda queries: world.ask(queries, tmp_path))

    with capsys.disabled():
        sys.stderr.write(f"\nseed {SEED}: {report}\n")
    assert not report.faults, f"seed {SEED}: {report}"
    assert report.counts["with series"] > len(texts)


def test_what_is_computed_with_itself_is_found_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = _trial(_drawn(Grammar(SEED).ratio, RATIOS), tmp_path)

    with capsys.disabled():
        sys.stderr.write(f"\nseed {SEED}: {report}\n")
    assert not report.faults, f"seed {SEED}: {report}"
    assert report.counts["by itself (no catalog)"] > 200


UP = infer(parse("up"), CATALOGS["strict"])
SEEN = Sample({"job": "j", "instance": "a"}, 1.0)


@pytest.mark.parametrize(
    "claim",
    [
        UP._replace(empty=Empty("never", "it is said so")),
        UP._replace(always=UP.always | {"zone"}),
        UP._replace(always=frozenset({"job"}), maybe=frozenset()),
        UP._replace(values={"job": frozenset({"k"})}),
        UP._replace(values={"job": frozenset({"j"}), "instance": frozenset({"a"})}, maybe=frozenset()),
        UP._replace(value=2.0),
    ],
    ids=["empty", "always", "no others", "values", "one", "value"],
)
def test_a_wrong_claim_is_seen(claim: Known) -> None:
    answer = Answer((SEEN, SEEN))

    assert list(faults(claim, lambda _: answer))


def test_that_there_is_a_series_is_seen_to_be_wrong() -> None:
    assert list(faults(UP._replace(sure=True), lambda _: Answer()))


@pytest.mark.parametrize("text", ["up / up", "up - up", "up % up", "up > up", "-up / -up"])
def test_a_value_that_moves_although_it_was_said_not_to_is_seen(text: str) -> None:
    known = infer(parse(text))

    assert list(faults(known, lambda _: Answer((SEEN._replace(value=7.0),))))


def test_an_error_and_what_is_right_prove_nothing() -> None:
    assert not list(faults(UP._replace(sure=True), lambda _: Answer(error="many-to-many")))
    assert not list(faults(UP, lambda _: Answer((SEEN,))))
