"""The door to promtool: which one, what it refuses, and what becomes of one that hangs, dies or is none."""

from pathlib import Path

import orjson
import pytest

from cli.errors import RemoteError
from cli.exit_codes import Exit
from cli.prometheus import promtool as door
from cli.prometheus.promtool import Promtool, find
from tests.prometheus.promtool import NEEDS_PROMTOOL

GOOD = {"rule_files": [], "tests": [{"interval": "1m", "promql_expr_test": []}]}
BAD = {"rule_files": [], "tests": [{"promql_expr_test": [{"expr": "1", "eval_time": "1m", "exp_samples": []}]}]}


def program(folder: Path, script: str) -> str:
    """A promtool that does what a script says."""
    path = folder / "promtool"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def put(folder: Path, **tests: object) -> list[str]:
    for name, test in tests.items():
        (folder / f"{name}.json").write_bytes(orjson.dumps(test))
    return [f"{name}.json" for name in tests]


def test_without_promtool_one_message_says_how_to_get_it() -> None:
    with pytest.raises(RemoteError) as stopped:
        find({"PATH": "/nowhere"})

    assert stopped.value.exit == Exit.REMOTE
    assert str(stopped.value) == f"promtool is not there\n  try: {door.INSTALL}"


def test_the_environment_names_another_one(tmp_path: Path) -> None:
    path = program(tmp_path, 'echo "promtool, version 9.1.0 (branch: x)"')
    found = find({"PATH": "/nowhere", "PROMTOOL": path})

    assert (found.path, found.version) == (path, "9.1.0")
    assert found.note == f"{path} is promtool 9.1.0, and 2.40 to 3 are known: it is used as it is"
    assert Promtool(path, "3.5.3").note == Promtool(path, "2.42.0+ds").note == Promtool(path, "2.40.0").note == ""
    assert Promtool(path, "2.39.1").note == f"{path} is promtool 2.39.1, and 2.40 to 3 are known: it is used as it is"
    assert Promtool(path, "1.8.2").note


@pytest.mark.parametrize(
    ("script", "what"),
    [("exit 3", "promtool says nothing"), ('echo "no such flag" >&2; exit 1', "promtool says: no such flag")],
)
def test_one_that_does_not_run_is_told_with_its_own_words(tmp_path: Path, script: str, what: str) -> None:
    path = program(tmp_path, script)

    with pytest.raises(RemoteError, match=what):
        find({"PATH": "", "PROMTOOL": path})


def test_one_that_does_not_end_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = program(tmp_path, 'case $1 in --version) echo "promtool, version 2.42.0";; *) exec sleep 60;; esac')
    monkeypatch.setattr(door, "A_FILE", 0.0)
    with pytest.raises(RemoteError, match=r"(?s)did not end.*is PROMTOOL the real one\? it did not end within 1 s"):
        Promtool(find({"PATH": "/bin", "PROMTOOL": path}).path, "", longest=1.0).check_rules(["a.yaml"], tmp_path)


def test_a_signal_that_ends_it_is_named(tmp_path: Path) -> None:
    path = program(tmp_path, "kill -SEGV $$")
    with pytest.raises(RemoteError, match="promtool was ended by SIGSEGV"):
        find({"PATH": "/bin", "PROMTOOL": path})
    with pytest.raises(RemoteError, match="promtool was ended by SIGSEGV"):
        Promtool(path, "").check_rules(["a.yaml"], tmp_path)


def test_a_name_that_is_no_program_is_told(tmp_path: Path) -> None:
    with pytest.raises(RemoteError, match=r"PROMTOOL says .*, which is no program"):
        find({"PATH": "", "PROMTOOL": str(tmp_path / "gone")})


def test_a_test_that_hangs_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "A_FILE", 0.0)
    script = """shift 2
for file; do
  echo "Unit Testing:  $file"
  case $file in hangs*) sleep 60;; *) echo "  SUCCESS";; esac
done"""
    tool = Promtool(program(tmp_path, script), "2.42.0", longest=1.5)
    before, behind = ([f"{name}{number}.json" for number in range(4)] for name in "ab")
    told = tool.test_rules([*before, "hangs.json", *behind], tmp_path)

    assert {name for name, one in told.items() if one.stuck} == {"hangs.json"}
    assert {name for name, one in told.items() if one.passed} == {*before, *behind}


def test_a_test_that_kills_promtool_stops_no_other(tmp_path: Path) -> None:
    script = """shift 2
for file; do
  echo "Unit Testing:  $file"
  case $file in dies*) echo "panic: oh"; exit 2;; *) echo "  SUCCESS";; esac
done"""
    tool = Promtool(program(tmp_path, script), "2.42.0")
    told = tool.test_rules(["dies1.json", "dies2.json", "a.json", "b.json", "c.json"], tmp_path)

    assert [name for name, one in sorted(told.items()) if one.passed] == ["a.json", "b.json", "c.json"]
    assert told["dies1.json"].stuck
    assert told["dies2.json"].stuck


def test_one_that_says_nothing_of_any_file_is_an_error_and_no_loop(tmp_path: Path) -> None:
    with pytest.raises(RemoteError, match="promtool says: unknown flag"):
        Promtool(program(tmp_path, "echo unknown flag; exit 1"), "2.42.0").test_rules(["a.json"], tmp_path)


@pytest.mark.prometheus
@NEEDS_PROMTOOL
def test_each_file_has_its_own_answer(tmp_path: Path, promtool: Promtool) -> None:
    told = promtool.test_rules(put(tmp_path, good=GOOD, bad=BAD, none=[]), tmp_path)

    assert told["good.json"].passed
    assert not told["bad.json"].passed
    assert "got: {} 1E+00" in told["bad.json"].text
    assert "cannot unmarshal" in told["none.json"].text


@pytest.mark.prometheus
@NEEDS_PROMTOOL
def test_a_refused_rule_file_is_told_by_its_name_and_the_others_are_not(tmp_path: Path, promtool: Promtool) -> None:
    (tmp_path / "bad.yaml").write_text("groups:\n- {name: a, rules: [{alert: A, expr: up ==}]}\n")
    (tmp_path / "good.yaml").write_text("groups:\n- {name: a, rules: [{alert: A, expr: up}]}\n")

    told = promtool.check_rules(["good.yaml", "bad.yaml"], tmp_path)

    assert list(told) == ["bad.yaml"]
    assert "could not parse expression: 1:6: parse error: unexpected end of input" in told["bad.yaml"]


@pytest.mark.prometheus
@NEEDS_PROMTOOL
def test_a_configuration_is_checked(tmp_path: Path, promtool: Promtool) -> None:
    (tmp_path / "good.yml").write_text("scrape_configs: []\n")
    (tmp_path / "bad.yml").write_text("scrape_config: []\n")

    assert promtool.check_config("good.yml", tmp_path) == ""
    assert "field scrape_config not found" in promtool.check_config("bad.yml", tmp_path)


@pytest.mark.prometheus
@NEEDS_PROMTOOL
def test_its_databases_are_in_the_folder_and_nothing_is_left_behind(
    tmp_path: Path, promtool: Promtool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "elsewhere"))
    told = promtool.test_rules(put(tmp_path, good=GOOD), tmp_path)

    assert told["good.json"].passed, told
    assert [one.name for one in tmp_path.iterdir()] == ["good.json"]
