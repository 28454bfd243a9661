"""`dash diff`: files and folders of pages, and what CI makes of the answer."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.main import main
from tests.normalise.pages import Json, ours, panel

Diff = Callable[..., tuple[int, str]]


@pytest.fixture
def diff(capsys: pytest.CaptureFixture[str]) -> Diff:
    """The command line: exit code and what it says."""

    def run(*arguments: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(["diff", *map(str, arguments)])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out + said.err

    return run


def written(path: Path, page: Json) -> Path:
    """A page in a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(page), encoding="utf-8")
    return path


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders: a page renamed a panel of, one gone, one come."""
    live = ours()
    panel(live, "Latency")["title"] = "Slow\x1b[31m"
    live["schemaVersion"] = 37
    written(tmp_path / "a" / "one.json", ours())
    written(tmp_path / "b" / "deep" / "one.json", {"dashboard": live, "meta": {}})
    written(tmp_path / "a" / "old.json", {"uid": "old", "title": "Old", "panels": []})
    written(tmp_path / "b" / "new.json", {"uid": "new", "title": "New", "panels": []})
    return tmp_path / "a", tmp_path / "b"


def test_one_line_for_each_edit_and_exit_1(diff: Diff, sides: tuple[Path, Path]) -> None:
    code, said = diff(*sides)
    assert code == 1
    assert said.splitlines() == [
        'every-kind "Every kind"',
        '  panel "Latency": title "Latency" -> "Slow\\u001b[31m"',
        'new "New"',
        "  page: added",
        'old "Old"',
        "  page: removed",
        "3 edits on 3 of 3 pages",
    ]


def test_no_escape_of_a_page_reaches_the_terminal(diff: Diff, tmp_path: Path) -> None:
    one = {"id": 1, "type": "text", "title": "\x1b[2J", "gridPos": {"x": 0, "y": 0, "w": 6, "h": 3}}
    page = {"uid": "\x1b", "title": "\x1b]0;", "panels": [one]}
    first = written(tmp_path / "a.json", page)
    second = written(tmp_path / "b.json", {**page, "panels": [{**one, "transparent": True}]})
    for more in ([], ["--stat"], ["--output", "markdown"], ["--output", "json"]):
        code, said = diff(first, second, *more)
        assert code == 1
        assert "\x1b" not in said


def test_no_difference_is_exit_0(diff: Diff, sides: tuple[Path, Path]) -> None:
    assert diff(sides[0], sides[0]) == (0, "no difference\n")


def test_stat_counts(diff: Diff, sides: tuple[Path, Path]) -> None:
    assert diff(*sides, "--stat")[1].splitlines()[0] == "every-kind  1 edit"


def test_a_file_is_compared_with_its_page_of_a_folder(diff: Diff, sides: tuple[Path, Path]) -> None:
    assert diff(sides[0] / "one.json", sides[1])[1].splitlines()[-1] == "1 edit on 1 of 1 page"
    assert diff(sides[0] / "one.json", sides[1] / "deep" / "one.json")[0] == 1


def test_json_has_its_shape(diff: Diff, sides: tuple[Path, Path]) -> None:
    code, said = diff(*sides, "--output", "json")
    answer = json.loads(said)
    assert (code, answer["type"], answer["version"]) == (1, "diff", 1)
    assert answer["pages"][0] == {
        "uid": "every-kind",
        "title": "Every kind",
        "edits": [{"where": 'panel "Latency"', "what": "title", "from": "Latency", "to": "Slow\x1b[31m"}],
    }


def test_markdown_is_folded_and_cannot_be_written_into(diff: Diff, tmp_path: Path) -> None:
    one = written(tmp_path / "a.json", {"uid": "p", "title": "P", "panels": [], "description": "x"})
    two = written(tmp_path / "b.json", {"uid": "p", "title": "P", "panels": [], "description": "</code>`@all`\n# x"})
    _, said = diff(one, two, "--output", "markdown")
    assert "<details><summary>P (p): 1 edit</summary>" in said
    assert "&lt;/code&gt;" in said
    assert "\n# x" not in said


def test_markdown_says_what_it_left_out(diff: Diff, tmp_path: Path) -> None:
    for name in "ab":
        for number in range(900):
            page = {"uid": f"p{number}", "title": f"P{number}", "panels": [], "description": name * 100}
            written(tmp_path / name / f"{number}.json", page)
    _, said = diff(tmp_path / "a", tmp_path / "b", "--output", "markdown")
    assert len(said.encode()) < 60_000
    shown = said.count("- <code>")
    assert f"Left out, for a comment holds no more: {900 - shown} edits, {900 - shown} pages altogether" in said


def test_what_is_not_there_or_no_page_is_an_error_of_its_own(diff: Diff, sides: tuple[Path, Path]) -> None:
    assert diff(sides[0], sides[0] / "nothing")[0] == 2
    (sides[0] / "bad.json").write_text("{", encoding="utf-8")
    assert diff(sides[0], sides[1])[0] == 2
