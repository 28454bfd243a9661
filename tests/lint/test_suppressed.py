"""Findings that somebody gave a reason for are not told; a reason that is none, or not needed, is told itself."""

from datetime import date
from pathlib import Path
from time import process_time

import orjson
import pytest

from cli.lint.check import check
from cli.lint.example import catalogs, inputs
from cli.lint.finding import Severity
from cli.lint.reading import read, read_build
from cli.lint.rule import Rule
from cli.lint.rules import pql121, pql990, pql991, pql992
from cli.lint.settings import Settings
from cli.lint.subject import Inputs
from cli.lint.suppressed import Judged, suppressed
from cli.lint.suppression import LONGEST, directive
from tests.lint.findings import put

TODAY = date(2026, 11, 21)
WHY = "because the exporter says gauge and means counter"
RULES = (pql121.RULE, pql990.RULE, pql991.RULE, pql992.RULE)
IDS = frozenset(rule.id for rule in RULES)
SUPPRESSIONS = (pql990.RULE, pql991.RULE, pql992.RULE)


def _judged(found: Inputs, settings: Settings | None = None) -> Judged:
    settings = settings or Settings()
    checked = check(found, catalogs(pql121.RULE.wrong), settings, RULES)
    return suppressed(checked.findings, found, settings, TODAY, IDS)


def _file(path: str, settings: Settings | None = None) -> Judged:
    return _judged(read([path], stdin=lambda: b"", settings=Settings()), settings)


def _told(judged: Judged) -> list[tuple[str, int]]:
    return [(one.rule, one.place.line) for one in judged.findings]


def _rules(*lines: str) -> str:
    return "\n".join(["groups:", "  - name: a", "    rules:", *lines, ""])


WRONG = ("      - record: a:b:c", "        expr: rate(queue_depth[5m])")
#: Where a YAML comment may stand, so that both faults of the file are, or only the first is, taken out.
PLACES = {
    "at the expression": (_rules(WRONG[0], f"{WRONG[1]} # dash: ignore PQL121 {WHY}"), 1),
    "before the expression": (_rules(WRONG[0], f"        # dash: ignore PQL121 {WHY}", WRONG[1]), 1),
    "at the rule": (_rules(f"{WRONG[0]}  # dash: ignore PQL121 {WHY}", WRONG[1], *WRONG), 1),
    "before the rule": (_rules(f"      # dash: ignore PQL121 {WHY}", *WRONG, *WRONG), 1),
    "before the rule, with other words": (_rules(f"      # dash: ignore PQL121 {WHY}", "", "      # b", *WRONG), 1),
    "before the group": (_rules(*WRONG, *WRONG).replace("  - name", f"  # dash: ignore PQL121 {WHY}\n  - name"), 2),
    "before all groups": (f"# dash: ignore PQL121 {WHY}\n" + _rules(*WRONG, *WRONG), 2),
    "before a list that is not indented": (
        f"# dash: ignore PQL121 {WHY}\n" + _rules(*WRONG).replace("\n  ", "\n"),
        1,
    ),
    "in PromQL": (
        _rules(
            WRONG[0], "        expr: |", f"          # dash: ignore PQL121 {WHY}", "          rate(queue_depth[5m])"
        ),
        1,
    ),
    "in PromQL, at its end": (
        _rules(
            WRONG[0], "        expr: |", f"          {WRONG[1][14:]}", f"          # dash: ignore PQL121 {WHY}", *WRONG
        ),
        1,
    ),
    "of two rules": (_rules(WRONG[0], f"{WRONG[1]} # dash: ignore PQL121 {WHY} until 2026-11-21."), 1),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_comment_of_yaml_takes_out_what_its_line_begins(tmp_path: Path, name: str) -> None:
    text, count = PLACES[name]
    faults = text.count("rate(queue_depth")
    judged = _file(put(tmp_path, "r.yml", text))

    assert judged.suppressed == count
    assert [rule for rule, _ in _told(judged)] == ["PQL121"] * (faults - count)


def test_a_comment_of_one_rule_leaves_the_next_alone(tmp_path: Path) -> None:
    judged = _file(put(tmp_path, "r.yml", _rules(f"      # dash: ignore PQL121 {WHY}", *WRONG, *WRONG)))

    assert _told(judged) == [("PQL121", 8)]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("PQL121", "PQL121 ignored without a reason, so it does not count"),
        ("PQL121 because", "PQL121 ignored without a reason, so it does not count"),
        ("PQL121 until 2027-01-31", "PQL121 ignored without a reason, so it does not count"),
        ("because I say so", "a suppression that names no rule, so it does not count"),
        ("", "a suppression that names no rule, so it does not count"),
        ("PQL121 because of it until 2027-02-30", "2027-02-30 is no date, so it does not count"),
        (f"PQL121 because {'very ' * LONGEST}long", "a suppression that cannot be understood, so it does not count"),
    ],
)
def test_one_that_says_too_little_does_not_count_and_is_told(tmp_path: Path, said: str, message: str) -> None:
    judged = _file(put(tmp_path, "r.yml", _rules(WRONG[0], f"        # dash: ignore {said}", WRONG[1])))

    assert judged.suppressed == 0
    assert _told(judged) == [("PQL990", 5), ("PQL121", 6)]
    assert judged.findings[0].message == message
    assert judged.findings[0].place.column == 11


def test_one_that_takes_nothing_out_is_told(tmp_path: Path) -> None:
    judged = _file(put(tmp_path, "r.yml", _rules(WRONG[0], f"        # dash: ignore PQL121 {WHY}", "        expr: x")))

    assert [(one.rule, one.message) for one in judged.findings] == [
        ("PQL991", "PQL121 finds nothing here that is to be ignored")
    ]


def test_of_several_rules_each_must_be_needed(tmp_path: Path) -> None:
    judged = _file(put(tmp_path, "r.yml", _rules(WRONG[0], f"{WRONG[1]} # dash: ignore PQL121, PQL990 {WHY}")))

    assert judged.suppressed == 1
    assert [one.message for one in judged.findings] == ["PQL990 finds nothing here that is to be ignored"]


def test_a_misspelt_rule_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    judged = _file(put(tmp_path, "r.yml", _rules(WRONG[0], f"        # dash: ignore PQL1211 {WHY}", "        expr: x")))

    assert [(one.rule, one.message, one.hint) for one in judged.findings] == [
        ("PQL991", "there is no rule PQL1211 to ignore", "did you mean 'PQL121'?")
    ]


def test_one_counts_on_its_last_day_and_not_on_the_next(tmp_path: Path) -> None:
    def told(day: str) -> list[str]:
        said = _rules(WRONG[0], f"{WRONG[1]} # dash: ignore PQL121 {WHY} until {day}")
        return [rule for rule, _ in _told(_file(put(tmp_path, "r.yml", said)))]

    assert told("2026-11-21") == []
    assert told("2026-11-20") == told("2026-11-20.") == ["PQL121", "PQL992"]


def test_of_a_rule_that_nobody_looked_for_nobody_knows_whether_it_is_needed(tmp_path: Path) -> None:
    path = put(tmp_path, "r.yml", _rules(WRONG[0], f"{WRONG[1]} # dash: ignore PQL121 {WHY}"))

    assert _told(_file(path, Settings(ignore=("PQL12",)))) == []
    assert _told(_file(path, Settings(select=("PQL99",)))) == []
    assert _told(_file(path, Settings(per_file={"*.yml": ("PQL121",)}))) == []


def test_what_is_told_of_suppressions_is_configured_like_every_rule(tmp_path: Path) -> None:
    path = put(tmp_path, "r.yml", _rules(WRONG[0], "        # dash: ignore PQL121", WRONG[1]))

    assert [one for one, _ in _told(_file(path, Settings(ignore=("PQL990",))))] == ["PQL121"]
    assert [one for one, _ in _told(_file(path, Settings(per_file={"*.yml": ("PQL99",)})))] == ["PQL121"]
    assert _file(path, Settings(severity={"PQL990": Severity.ERROR})).findings[0].severity is Severity.ERROR


def _page(tmp_path: Path, *, page: str = "", panel: str = "", comment: str = "") -> str:
    expr = f"{comment}rate(queue_depth[5m])"
    target = {"refId": "A", "expr": expr, "datasource": {"type": "prometheus", "uid": "x"}}
    panels = [
        {"id": 1, "type": "timeseries", "title": "One", "description": panel, "targets": [target]},
        {"id": 2, "type": "timeseries", "title": "Two", "targets": [target]},
    ]
    said = {"uid": "x", "title": "X", "description": page, "schemaVersion": 41, "panels": panels}
    return put(tmp_path, "x.json", orjson.dumps(said, option=orjson.OPT_INDENT_2).decode())


def test_a_line_of_a_panels_description_is_about_the_panel(tmp_path: Path) -> None:
    judged = _file(_page(tmp_path, panel=f"How deep.\ndash: ignore PQL121 {WHY}\nLook at it."))

    assert judged.suppressed == 1
    assert [(one.rule, one.place.path) for one in judged.findings] == [("PQL121", "panels[1].targets[0].expr")]


def test_a_description_may_hide_it_from_whoever_reads_the_page(tmp_path: Path) -> None:
    hidden = f"How deep. <!-- dash: ignore PQL121 {WHY} -->"

    assert _file(_page(tmp_path, panel=hidden)).suppressed == 1
    assert ("PQL992", 11) in _told(_file(_page(tmp_path, panel=hidden.replace(" -->", " until 2026-11-20 -->"))))


def test_a_line_of_the_pages_description_is_about_all_of_it(tmp_path: Path) -> None:
    judged = _file(_page(tmp_path, page=f"dash: ignore PQL121 {WHY}"))

    assert (judged.suppressed, judged.findings) == (2, ())


def test_a_comment_in_a_panels_promql_is_about_the_query(tmp_path: Path) -> None:
    judged = _file(_page(tmp_path, comment=f"# dash: ignore PQL121 {WHY}\n"))

    assert (judged.suppressed, judged.findings) == (2, ())


def test_a_fault_in_a_description_is_told_at_the_description(tmp_path: Path) -> None:
    judged = _file(_page(tmp_path, panel="dash: ignore PQL121"))
    told = next(one for one in judged.findings if one.rule == "PQL990")

    assert told.place.path == "panels[0].description"
    assert '"description": "dash: ignore' in Path(told.place.file).read_text().splitlines()[told.place.line - 1]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("PQL121", 2),
        ("PQL121 panels[0]", 1),
        ("PQL121 panels[0].targets[0].expr", 1),
        ('PQL121 panel "Two"', 1),
        ('PQL121 panel "Two", query A', 1),
        ("PQL121 panels", 2),
        ("PQL121 panel", 0),
        ("PQL121 panels[10]", 0),
        ('PQL121 panel "T"', 0),
        ("dash: ignore PQL121", 2),
    ],
)
def test_a_file_beside_the_json_says_what_it_is_about(tmp_path: Path, said: str, count: int) -> None:
    path = _page(tmp_path)
    put(tmp_path, "x.json.dash-ignore", f"# old\n\n{said} {WHY}\n")
    judged = _file(path)

    assert judged.suppressed == count
    assert [one.rule for one in judged.findings].count("PQL991") == (count == 0)


def test_a_fault_in_the_file_beside_it_is_told_there(tmp_path: Path) -> None:
    path = _page(tmp_path)
    put(tmp_path, "x.json.dash-ignore", "\nPQL121\n")
    told = next(one for one in _file(path).findings if one.rule == "PQL990")

    assert (told.place.file, told.place.line) == (f"{path}.dash-ignore", 2)


def test_a_comment_in_python_is_about_what_its_line_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(_page(tmp_path))
    page = {"uid": "x", "title": "X", "folder": "", "file": path.name, "digest": "", "source": "shop.py:4"}
    put(tmp_path, "manifest.json", orjson.dumps(_manifest(page)).decode())

    def judged(*lines: str) -> Judged:
        put(tmp_path, "shop.py", "\n".join(lines))
        return _judged(read_build(Path(), Settings()))

    assert judged("", "", "", f"dashboard = Dashboard(  # dash: ignore PQL121 {WHY}").suppressed == 2
    assert judged("", "", f"# dash: ignore PQL121 {WHY}", "dashboard = Dashboard(").suppressed == 2
    unused = judged("", f"x = 1  # dash: ignore PQL121 {WHY}", "", "dashboard = Dashboard(")
    assert (unused.suppressed, _told(unused)[0]) == (0, ("PQL991", 2))


def _manifest(page: dict[str, str]) -> dict[str, object]:
    return {"type": "manifest", "version": 1, "project": "x", "partial": False, "pages": [page], "rules": []}


def test_json_has_no_comments(tmp_path: Path) -> None:
    text = Path(_page(tmp_path)).read_text().replace('"One"', '"a # dash: ignore PQL121"')

    assert [rule for rule, _ in _told(_file(put(tmp_path, "x.json", text)))] == ["PQL121", "PQL121"]


@pytest.mark.parametrize("rule", SUPPRESSIONS, ids=lambda rule: rule.id)
def test_the_examples_of_the_rules_about_suppressions(rule: Rule) -> None:
    assert rule.id in {one.rule for one in _judged(inputs(rule.wrong)).findings}
    assert not _judged(inputs(rule.right)).findings


@pytest.mark.parametrize("part", ["PQL120 ", '"', "because ", "until 2", "A1,", " "])
def test_a_line_that_never_ends_costs_no_time(part: str) -> None:
    began = process_time()
    directive(part * 200_000)

    assert process_time() - began < 1


def test_a_reason_may_have_quotes_and_the_words_that_begin_it() -> None:
    said = directive('PQL121 panel "Because of" because "it" says so, until the migration')

    assert (said.rules, said.scope, said.fault) == (("PQL121",), 'panel "Because of"', "")
    assert said.reason == '"it" says so, until the migration'
    assert said.until is None
