"""What is pure: texts from Prometheus' templates to Grafana's, and what of a rule counts."""

import pytest

from cli.deploy.alerts import normal, subtree
from cli.deploy.alerts.decide import There, decided, left_over
from cli.deploy.alerts.rule import Into, wanted
from cli.deploy.alerts.rulefiles import Alert
from cli.deploy.alerts.template import told
from cli.deploy.decide import OnConflict
from cli.deploy.outcome import Result
from queries import unit

TEXTS = {
    "no template: $value": "no template: $value",
    "{{ $value }}": "{{ $values.A.Value }}",
    '{{ $value | printf "%.1f" }}%': '{{ $values.A.Value | printf "%.1f" }}%',
    "{{$value|humanizePercentage}} of {{ $labels.job }}": "{{$values.A.Value|humanizePercentage}} of {{ $labels.job }}",
    "{{ .Value }} {{ .Labels.job }}": "{{ $values.A.Value }} {{ .Labels.job }}",
    '{{ index $labels "$value" }}': '{{ index $labels "$value" }}',
    "{{ if gt $value 0.5 }}much{{ end }}": "{{ if gt $values.A.Value 0.5 }}much{{ end }}",
    "{{ $values.B.Value }} {{ $valued }}": "{{ $values.B.Value }} {{ $valued }}",
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_says_the_same_in_grafana(text: str) -> None:
    assert told(text) == (TEXTS[text], "")


@pytest.mark.parametrize(
    ("text", "unknown"),
    [('{{ query "up" | first | value }}', "query"), ("{{ $externalLabels.cluster }}", "$externalLabels")],
)
def test_what_grafana_does_not_know_is_named_and_stays(text: str, unknown: str) -> None:
    assert told(text) == (text, unknown)
    (rule,) = wanted([Alert(name="A", group="g", expr="up", annotations={"summary": text})], Into("p", "s", None))
    assert rule.notes == (f"Grafana's templates know no {unknown}, and its summary is sent as it is",)


def test_the_template_of_every_unit_is_known_to_grafana() -> None:
    for one in (value for value in vars(unit).values() if isinstance(value, unit.Unit)):
        text = told(one.template)
        assert not text.unknown
        assert "$value " not in text.text.replace("$values.A.Value", "")
        assert "$values.A.Value" in text.text


def test_what_a_server_or_a_browser_adds_is_no_edit() -> None:
    (rule,) = wanted([Alert(name="A", group="g", expr="up", lasting="90s")], Into("p", "s", (9, 4)))
    body = {**rule.body, "folderUID": "f"}
    query, condition = body["data"]
    seen = {
        **body,
        "id": 7,
        "updated": "2026-01-01T00:00:00Z",
        "provenance": "api",
        "for": "1m30s",
        "notification_settings": None,
        "isPaused": False,
        "data": [
            {**query, "model": {**query["model"], "intervalMs": 1000, "maxDataPoints": 43200, "editorMode": "builder"}},
            {**condition, "datasourceUid": "-100", "model": {**condition["model"], "hide": False}},
        ],
    }

    assert normal.differences(body, seen) == ()
    assert normal.digest(body) == normal.digest(seen)
    assert normal.digest(body) != normal.digest({**seen, "condition": "A"})


def test_a_mark_is_read_back_and_no_part_of_what_it_names() -> None:
    rule = {"title": "A", "annotations": {"summary": "s"}}
    marked = normal.marked(rule, "shop", 60)

    assert normal.mark_of(marked) == (normal.digest(rule), "shop", 60)
    assert normal.digest(marked) == normal.digest(rule)
    assert normal.mark_of({"annotations": {normal.MARK: "dash 12 of shop every 60s"}}) is None


def test_a_new_route_comes_first_and_an_old_one_stays_where_it_is() -> None:
    theirs = {"receiver": "x", "object_matchers": [["a", "=", "b"]]}
    ours = subtree.wanted({"receiver": "y"}, "shop")
    tree = {"receiver": "root", "routes": [theirs]}

    assert subtree.replaced(tree, "shop", ours)["routes"] == [ours, theirs]
    assert subtree.replaced({"routes": [theirs, ours]}, "shop", {"receiver": "z"})["routes"] == [
        theirs,
        {"receiver": "z"},
    ]
    assert subtree.replaced({"routes": [ours, theirs]}, "shop", None) == {"routes": [theirs]}
    assert subtree.replaced({"receiver": "root"}, "other", None) == {"receiver": "root"}


def test_what_is_not_marked_as_this_projects_is_never_left_over() -> None:
    theirs = normal.marked({"title": "A"}, "other", 60)

    assert left_over(There(theirs, 60), "shop") is None
    assert left_over(There({"title": "A"}, 60), "shop") is None
    assert left_over(There(theirs, 60), "other") is not None


def test_what_belongs_to_a_file_is_a_conflict_before_anything_is_sent() -> None:
    wanted_rule = {"title": "A", "for": "5m"}
    there = There({**normal.marked({"title": "A"}, "shop", 60), "provenance": "file"}, 60)

    decision = decided(wanted_rule, 60, there, "shop", OnConflict.OVERWRITE)

    assert (decision.result, decision.writes) == (Result.CONFLICT, False)
