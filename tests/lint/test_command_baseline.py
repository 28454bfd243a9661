"""`dash lint --baseline`: what it lets pass, how it is renewed, and where it may stand."""

import json
from pathlib import Path

from tests.command_line import Dash, Run
from tests.lint.findings import put
from tests.lint.typed import BAD, GOOD, lint_of


def test_a_baseline_lets_old_findings_pass_and_new_ones_not(dash: Dash, tmp_path: Path) -> None:
    baseline = ("bad.yml", "--baseline", "old.json")
    written = lint_of(dash, *baseline, "--write-baseline")
    put(tmp_path, "bad.yml", f"# moved\n\n{BAD}")

    assert (written.code, written.err) == (0, "note: old.json has 1 finding now\n")
    assert lint_of(dash, *baseline) == Run(0, "no findings in 1 expression of 1 file; 1 in the baseline\n", "")
    put(tmp_path, "bad.yml", BAD + BAD.partition("rules:\n")[2].replace("a:", "b:"))
    assert lint_of(dash, *baseline).out.count("error PQL121") == 1


def test_what_the_baseline_has_and_is_gone_is_mentioned_and_renewed(dash: Dash, tmp_path: Path) -> None:
    baseline = ("--baseline", "old.json")
    put(tmp_path, "worse.yml", BAD)
    lint_of(dash, "bad.yml", "worse.yml", *baseline, "--write-baseline")
    put(tmp_path, "bad.yml", GOOD)

    assert lint_of(dash, "worse.yml", *baseline).err == ""
    said = lint_of(dash, "bad.yml", *baseline)
    assert (said.code, said.err) == (0, "note: 1 finding of the baseline is gone: --write-baseline renews it\n")
    lint_of(dash, "bad.yml", *baseline, "--write-baseline")
    assert [one["file"] for one in json.loads((tmp_path / "old.json").read_text())["findings"]] == ["worse.yml"]
    (tmp_path / "worse.yml").unlink()
    assert "1 finding of the baseline is gone" in lint_of(dash, "bad.yml", *baseline).err


def test_a_baseline_in_another_folder_names_files_from_there(dash: Dash, tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    lint_of(dash, "bad.yml", "--baseline", "house/old.json", "--write-baseline")

    assert json.loads((tmp_path / "house/old.json").read_text())["findings"][0]["file"] == "../bad.yml"
    assert lint_of(dash, str(tmp_path / "bad.yml"), "--baseline", "house/old.json").code == 0


def test_a_baseline_that_cannot_be_written_is_said(dash: Dash, tmp_path: Path) -> None:
    (tmp_path / "old.json").mkdir()
    said = lint_of(dash, "bad.yml", "--baseline", "old.json", "--write-baseline")

    assert (said.code, said.out) == (2, "")
    assert "old.json: it cannot be read: Is a directory" in said.err
