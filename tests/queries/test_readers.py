"""One tree, two readers: they differ in windows, variables and the job, and in nothing else."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given

from queries import ON_DASHBOARD, Counter, Query, Reader, Role, in_rule, increase, rate, share_below, to_promql
from queries.expr import Expr, Match, Select, Subquery, Window, rebuild, selects
from queries.labels import TARGET
from queries.metric import Metric
from queries.parse import parse
from queries.selector import like
from tests.queries.laws import LAW, bare, same
from tests.queries.numbers import (
    API,
    GUESS,
    GUESSED,
    LATENCY,
    NOBODYS,
    REQUESTED,
    SHARED,
    WORKED,
    WORKER,
    queries,
)

ALL = {one: one for one in ("job", "instance", "handler", "status", "model", "zone")}
PAGE = Reader(role=API, variables=ALL)
JOBS = {"shop.api": "api-blue", "shop.worker": "worker-blue", "shop.guess": "guess-blue"}


def _changed(expr: Expr, change: Callable[[Select], Select]) -> Expr:
    return rebuild(expr, lambda node: change(node) if isinstance(node, Select) else node)


def _without_scope(expr: Expr) -> Expr:
    """Without variables and jobs, with a rule's windows: what both readers have in common."""

    def unscoped(select: Select) -> Select:
        kept = [one for one in select.match if one.label != "job" and not one.value.startswith("$")]
        return replace(select, match=tuple(kept))

    def fixed(node: Expr) -> Expr:
        if isinstance(node, Window | Subquery) and node.span == "$__rate_interval":
            return replace(node, span="5m")
        return node

    return rebuild(_changed(expr, unscoped), fixed)


@LAW
@given(queries())
def test_a_number_of_the_builder_parses_back_and_prints_the_same(number: Query) -> None:
    for reader in (ON_DASHBOARD, PAGE, in_rule("10m", jobs=JOBS)):
        text = to_promql(number.expr, reader)
        assert to_promql(parse(text)) == text


@LAW
@given(queries())
def test_both_readers_differ_only_in_windows_variables_and_the_job(number: Query) -> None:
    page = parse(to_promql(number.expr, PAGE))
    rule = parse(to_promql(number.expr, in_rule("5m")))

    assert same(_without_scope(page), _without_scope(rule))
    assert _without_scope(rule) == _without_scope(bare(number.expr))


@LAW
@given(queries())
def test_a_rule_knows_no_variable(number: Query) -> None:
    assert "$" not in to_promql(number.expr, in_rule())


@LAW
@given(queries())
def test_a_variable_narrows_only_metrics_that_have_its_label_and_targets_only_of_the_pages_role(number: Query) -> None:
    printed = list(selects(parse(to_promql(number.expr, PAGE))))

    for said, select in zip(selects(number.expr), printed, strict=True):
        assert said.metric is not None
        exact = {one.label for one in said.match if one.op == "="}
        expected = {
            one
            for one in said.metric.label_names
            if one not in exact and (one not in TARGET or said.metric.role == API)
        }
        assert {one.label for one in select.match if one.value == f"${one.label}"} == expected
        assert set(said.match) <= set(select.match)


def _of(metric: Counter, reader: Reader, *by: str, **match: str) -> str:
    return to_promql(rate(metric, *by, **match).expr, reader)


@pytest.mark.parametrize(
    ("metric", "matchers"),
    [
        (REQUESTED, 'handler=~"$handler", instance=~"$instance", job=~"$job", model=~"$model", status=~"$status"'),
        (WORKED, 'handler=~"$handler", job="shop-worker", model=~"$model", status=~"$status"'),
        (NOBODYS, 'handler=~"$handler", model=~"$model", status=~"$status"'),
        (SHARED, 'handler=~"$handler", job="shop-guess", model=~"$model", status=~"$status"'),
        (GUESSED, 'handler=~"$handler", model=~"$model", status=~"$status"'),
    ],
)
def test_a_page_narrows_its_own_role_and_leaves_the_others_their_job(metric: Counter, matchers: str) -> None:
    assert _of(metric, PAGE) == f"sum(rate({metric.name}{{{matchers}}}[$__rate_interval]))"


@pytest.mark.parametrize(
    ("metric", "matchers"),
    [
        (REQUESTED, '{job="shop-api"}'),
        (WORKED, '{job="shop-worker"}'),
        (SHARED, '{job="shop-guess"}'),
        (GUESSED, ""),
        (NOBODYS, ""),
    ],
)
def test_a_rule_names_the_job_unless_it_is_a_guess_that_the_name_does_not_need(metric: Counter, matchers: str) -> None:
    assert _of(metric, in_rule("2m")) == f"sum(rate({metric.name}{matchers}[2m]))"


@pytest.mark.parametrize(
    ("metric", "job"),
    [(REQUESTED, "api-blue"), (WORKED, "worker-blue"), (SHARED, "guess-blue"), (GUESSED, "guess-blue")],
)
def test_a_renamed_job_is_printed_also_where_the_default_was_a_guess(metric: Counter, job: str) -> None:
    assert _of(metric, in_rule(jobs=JOBS)) == f'sum(rate({metric.name}{{job="{job}"}}[5m]))'


def test_a_page_without_a_job_variable_prints_its_roles_job() -> None:
    page = Reader(role=API, variables={"handler": "path"})

    assert _of(REQUESTED, page) == 'sum(rate(shop_requests_total{handler=~"$path", job="shop-api"}[$__rate_interval]))'
    assert 'job="api-blue"' in _of(REQUESTED, replace(page, jobs=JOBS))


def test_a_page_with_a_job_variable_does_not_print_a_renamed_job_of_its_own_role() -> None:
    assert "blue" not in _of(REQUESTED, replace(PAGE, jobs=JOBS))
    assert 'job="worker-blue"' in _of(WORKED, replace(PAGE, jobs=JOBS))


def test_a_page_about_no_role_leaves_every_job_alone() -> None:
    assert 'job="shop-api"' in _of(REQUESTED, Reader(variables=ALL))


def test_what_is_said_exactly_is_not_narrowed_again() -> None:
    text = _of(REQUESTED, PAGE, job="elsewhere", status="error", instance="a:1")

    assert text == (
        'sum(rate(shop_requests_total{handler=~"$handler", instance="a:1", job="elsewhere", model=~"$model", '
        'status="error"}[$__rate_interval]))'
    )
    assert 'job="elsewhere"}' in _of(WORKED, in_rule(), job="elsewhere")


def test_a_pattern_is_narrowed_by_the_variable_too() -> None:
    text = to_promql(rate(REQUESTED, status=like("err.*")).expr, Reader(variables={"status": "status"}))

    assert (
        text == 'sum(rate(shop_requests_total{job="shop-api", status=~"$status", status=~"err.*"}[$__rate_interval]))'
    )


def test_the_windows_of_grafana_are_fixed_in_a_rule_and_stay_on_a_page() -> None:
    spread = Subquery(Window(Select("a")), "$__range", "$__rate_interval")

    assert to_promql(spread, in_rule("90s")) == "a[90s][1d:90s]"
    assert to_promql(spread) == "a[$__rate_interval][$__range:$__rate_interval]"
    assert to_promql(increase(NOBODYS, "$__range").expr, in_rule()) == "sum(increase(shop_nobodys_total[1d]))"


def test_a_bucket_is_matched_in_float_form() -> None:
    text = to_promql(share_below(1, LATENCY).expr, in_rule())

    assert text.startswith('sum(rate(shop_latency_seconds_bucket{job="shop-api", le="1.0"}[5m]))')


def test_readers_are_values() -> None:
    assert Reader(role=API, variables=ALL) == PAGE
    assert repr(PAGE).startswith("Reader(windows={}, role=Role(")


def test_a_series_that_no_target_exposes_bears_no_job() -> None:
    recorded = Counter("a_total", "h", REQUESTED.unit, role=API, targets=())

    assert _of(recorded, in_rule(jobs=JOBS)) == "sum(rate(a_total[5m]))"
    assert _of(recorded, PAGE) == "sum(rate(a_total[$__rate_interval]))"


def test_roles_of_two_domains_are_not_one() -> None:
    other = Metric("b", "h", REQUESTED.unit, role=Role("bank", "api", "bank-api"))

    assert PAGE.scope(other, ()) == (Match("job", "=", "bank-api"),)
    assert str(WORKER) == "shop.worker"
    assert GUESS.up.names_its_job
