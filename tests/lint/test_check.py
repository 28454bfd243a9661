"""One run over all that was read: what it keeps of each page, and which rules it asks at all."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from cli.lint.check import check
from cli.lint.example import EXAMPLE, inputs
from cli.lint.finding import Severity
from cli.lint.reading import read
from cli.lint.reading.json_text import JsonDocument
from cli.lint.rule import Example, Fault, Rule, World
from cli.lint.rules import all_rules
from cli.lint.sample import page, panel
from cli.lint.settings import Settings
from cli.lint.subject import Inputs
from queries.catalog import Catalogs

ALERT = {"groups": [{"name": "a", "rules": [{"alert": "Deep", "expr": "queue_depth > 1"}]}]}
RECORDING = {"groups": [{"name": "a", "rules": [{"record": "job:queue_depth:sum", "expr": "sum(queue_depth)"}]}]}


def _inputs(*values: Any) -> Inputs:
    together = Inputs()
    for value in values:
        text = orjson.dumps(value, option=orjson.OPT_INDENT_2)
        together += read(["-"], stdin=lambda text=text: text, settings=Settings())  # type: ignore[misc]
    return together


def _rule(**said: Any) -> Rule:
    kept: dict[str, Any] = {"severity": Severity.INFO, "why": "", "wrong": Example("a"), "right": Example("b")}
    return Rule(id="SHOP1", title="", **(kept | said))


def _messages(rule: Rule, read_in: Inputs, catalogs: Catalogs | None = None) -> list[str]:
    return [one.message for one in check(read_in, catalogs or Catalogs(), Settings(), [rule]).findings]


def test_of_pages_the_rules_about_everything_see_the_names_and_of_rules_the_expressions() -> None:
    variable = {"type": "query", "name": "shard", "query": "label_values(up, job)"}
    annotations = {"list": [{"name": "Deploys", "expr": "changes(deployed[5m])", "datasource": "prometheus"}]}
    shown = page(panel("sum(queue_depth)", "rate("), variables=(variable,), annotations=annotations)
    seen: list[World] = []

    def of_all(world: World) -> Iterator[Fault]:
        seen.append(world)
        yield from ()

    assert _messages(_rule(of_all=of_all), _inputs(shown, ALERT)) == []
    (world,) = seen
    assert world.shown == {"queue_depth"}
    assert world.read == {"queue_depth", "up", "deployed"}
    assert [one.text for one in world.ruled] == ["queue_depth > 1"]


def test_what_was_found_out_about_places_is_forgotten_with_its_page() -> None:
    read_in = _inputs(page(panel("sum(queue_depth)")))
    document: Any = read_in.documents[0]

    def of_page(*_: object) -> Iterator[Fault]:
        yield Fault("here", spot=read_in.pages[0].panels[0].targets[0].spot)

    (found,) = check(read_in, Catalogs(), Settings(), [_rule(of_page=of_page)]).findings
    assert document._levels == {}
    assert document.position(("panels", 0, "targets", 0)) == (found.place.line, found.place.column)


def test_a_file_of_many_pages_is_walked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[int] = []
    step = JsonDocument._next

    def counted(document: JsonDocument, level: Any) -> bool:
        walked.append(level.at)
        return step(document, level)

    monkeypatch.setattr(JsonDocument, "_next", counted)

    def steps(pages: int) -> int:
        walked.clear()
        # without descriptions, so that something is said of each panel besides its query
        every = [{"title": "x", "uid": f"{one}", "panels": [{"type": "graph", "id": one}]} for one in range(pages)]
        assert len(check(_inputs(every), Catalogs(), Settings(), all_rules()).findings) >= pages
        return len(walked)

    assert steps(400) < 2.5 * steps(200)


def test_how_many_are_judged_together_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = all_rules()
    wrong = sum((inputs(rule.wrong) for rule in rules), Inputs())
    found = []
    for batch in (1, 7, 10_000):
        monkeypatch.setattr("cli.lint.of_pages.BATCH", batch)
        found.append(check(wrong, Catalogs((EXAMPLE,)), Settings(), rules))

    assert found[0] == found[1] == found[2]
    assert len({one.rule for one in found[0].findings}) > len(rules) / 2


@pytest.mark.parametrize(("value", "asked"), [(ALERT, False), (RECORDING, True)])
def test_a_rule_that_needs_a_catalog_is_asked_where_one_or_a_recording_says_something(
    value: Any,
    asked: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    def of_query(_: object) -> Iterator[Fault]:
        yield Fault("asked")

    rule = _rule(of_query=of_query, needs_catalog=True)
    assert _messages(rule, _inputs(value)) == ["asked"] * asked
    assert _messages(rule, _inputs(value), Catalogs((EXAMPLE,))) == ["asked"]


def test_lines_are_counted_from_whatever_place_was_asked_for_before() -> None:
    document = _inputs(page(panel("up"), panel("down"))).documents[0]
    lines = document.text.splitlines()
    for path in (("panels", 1, "title"), ("uid",), ("panels", 0, "title"), ("panels", 1, "targets", 0, "expr")):
        line, column = document.position(path)
        value: Any = document.value
        for step in path:
            value = value[step]
        assert lines[line - 1][column - 1 :].startswith(f'"{value}"')
