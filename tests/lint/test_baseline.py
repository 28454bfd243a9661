"""A house with old findings: only new ones are told, wherever lines move; and the file can be reviewed."""

import json
from collections import Counter

import orjson
import pytest

from cli.errors import UsageError
from cli.lint.baseline import Fingerprint, compare, fingerprint, parsed, renewed, written
from cli.lint.finding import Finding
from tests.lint.findings import EXPR, WHERE, finding

OLD = Fingerprint("x.json", WHERE, "PQL121", EXPR)


def _seen(_: Fingerprint) -> bool:
    return True


def _baseline(*findings: Finding) -> Counter[Fingerprint]:
    return renewed(findings, Counter(), ".", _seen)


def test_a_finding_is_known_by_what_it_is_about_and_not_by_its_line_or_words() -> None:
    moved = finding(line=99, column=1, path="panels[7]", message="in other words", hint="")

    assert fingerprint(finding()) == fingerprint(moved) == OLD
    assert compare([moved], _baseline(finding()), ".", _seen) == ((), 1, Counter())


@pytest.mark.parametrize("said", [{"rule": "PQL1"}, {"file": "y.json"}, {"where": "alert A"}, {"expr": "up"}])
def test_what_is_about_another_thing_is_new(said: dict[str, str]) -> None:
    other = finding(**said)

    assert compare([other, finding()], _baseline(finding()), ".", _seen).new == (other,)


def test_of_several_that_are_the_same_one_more_is_new() -> None:
    findings = [finding(line=line) for line in (1, 2, 3)]

    assert compare(findings, _baseline(*findings[:2]), ".", _seen) == ((findings[2],), 2, Counter())


def test_what_is_gone_is_counted_where_it_was_looked_for() -> None:
    baseline = _baseline(finding(), finding(), finding(file="y.json"))

    assert compare([finding()], baseline, ".", lambda one: one.file == "x.json").gone == Counter({OLD: 1})


def test_renewing_keeps_what_nobody_looked_at() -> None:
    baseline = _baseline(finding(), finding(file="y.json"))
    new = renewed([finding(rule="PQL1")], baseline, ".", lambda one: one.file == "x.json")

    assert sorted((one.file, one.rule) for one in new) == [("x.json", "PQL1"), ("y.json", "PQL121")]


def test_files_are_named_from_the_baseline_on() -> None:
    assert fingerprint(finding(file="./pages//x.json"), "pages").file == "x.json"
    assert fingerprint(finding(file="x.json"), "house").file == "../x.json"
    assert fingerprint(finding(file="<stdin>"), "house").file == "<stdin>"


def test_the_file_is_sorted_and_the_same_for_every_order() -> None:
    some = [finding(file="y.json"), finding(), finding(rule="PQL1"), finding()]
    text = written(_baseline(*some))

    assert text == written(_baseline(*reversed(some)))
    assert json.loads(text) == {
        "type": "lint-baseline",
        "version": 1,
        "findings": [
            {"file": "x.json", "where": WHERE, "rule": "PQL1", "expr": EXPR, "count": 1},
            {"file": "x.json", "where": WHERE, "rule": "PQL121", "expr": EXPR, "count": 2},
            {"file": "y.json", "where": WHERE, "rule": "PQL121", "expr": EXPR, "count": 1},
        ],
    }


def test_what_is_written_is_read_again_whatever_the_names() -> None:
    odd = [finding(file="b\udcff.json", expr="\ud800"), finding(where="日本\n")]
    baseline = _baseline(*odd)

    assert parsed(written(baseline), "b.json") == baseline
    assert compare(odd, parsed(written(baseline), "b.json"), ".", _seen).new == ()


GOOD = {"file": "x", "where": "", "rule": "PQL1", "expr": "", "count": 1}


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (b"{", "this is no baseline but broken JSON"),
        (b"[]", "this is no baseline of dash lint"),
        (b'{"type": "lint"}', "this is no baseline of dash lint"),
        (b'{"type": "lint-baseline", "version": 2, "findings": []}', "a baseline of version 2"),
        (GOOD | {"count": 0}, "an entry of a baseline has"),
        (GOOD | {"count": True}, "an entry of a baseline has"),
        (GOOD | {"rule": 1}, "an entry of a baseline has"),
        (1, "an entry of a baseline has"),
    ],
)
def test_another_file_is_no_baseline(said: object, error: str) -> None:
    whole = {"type": "lint-baseline", "version": 1, "findings": [GOOD, said]}

    with pytest.raises(UsageError) as raised:
        parsed(said if isinstance(said, bytes) else orjson.dumps(whole), "b.json")
    assert error in raised.value.what
    assert raised.value.where.startswith("b.json")
    assert "--write-baseline" in raised.value.fix
