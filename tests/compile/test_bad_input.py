"""What people get wrong: one clear message each, and all that is right comes out all the same.

Long because every mistake has its own test.
"""

import builtins
import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.main import main
from tests.compile.shop import ALERTS, METRICS, RECORDING, Run, Shop, contents, page

DEBUG = "correct that line; `dash --debug build` shows the whole traceback"


def _fails(shop: Shop, text: str | bytes, file: str = "src/pages/bad.py") -> list[str]:
    """What is said of a broken module: the lines of standard error, one message; and the others are built."""
    shop.write(file, text)
    ran = shop.builds()
    assert ran.code == 3
    assert ran.out.endswith("2 pages, 1 rule file: 4 written\n")
    assert sorted(shop.pages()) == ["api", "speed"]
    assert shop.manifest()["partial"] is True
    assert "Traceback" not in ran.err
    assert sum(line.startswith("error: ") for line in ran.err.splitlines()) == 1
    return ran.err.splitlines()


def test_a_syntax_error(shop: Shop) -> None:
    assert _fails(shop, "x = 1\ny = = 2\n") == [
        "error: src/pages/bad.py:2: syntax error: invalid syntax",
        "  try: correct the line: y = = 2",
    ]


def test_an_exception_while_it_is_imported(shop: Shop) -> None:
    assert _fails(shop, "def f():\n    raise KeyError('x')\n\nf()\n") == [
        "error: src/pages/bad.py:2: it raises KeyError: 'x'",
        f"  try: {DEBUG}",
    ]


def test_an_exception_in_a_library_points_at_the_line_that_called_it(shop: Shop) -> None:
    lines = _fails(shop, "import json\n\njson.loads('{')\n")

    assert lines[0].startswith("error: src/pages/bad.py:3: it raises JSONDecodeError: Expecting property name")


def test_a_message_of_many_lines_is_one_line_and_says_no_address(shop: Shop) -> None:
    lines = _fails(shop, "raise ValueError(f'one\\n  two {object()}\\n' + 'x' * 1000)\n")

    assert lines[0].startswith("error: src/pages/bad.py:1: it raises ValueError: one two <object object at 0x...> xxx")
    assert len(lines[0]) < 400


def test_an_exception_that_cannot_even_be_printed(shop: Shop) -> None:
    text = "class Odd(Exception):\n    def __str__(self):\n        raise RuntimeError\n\nraise Odd\n"

    assert _fails(shop, text)[0] == "error: src/pages/bad.py:5: it raises Odd"


def test_a_module_that_ends_the_program(shop: Shop) -> None:
    assert _fails(shop, "import sys\n\nsys.exit(0)\n") == [
        "error: src/pages/bad.py:3: it raises SystemExit: 0",
        "  try: leave out sys.exit(): a page only makes values",
    ]


def test_what_is_no_exception_for_python(shop: Shop) -> None:
    lines = _fails(shop, "class Odd(BaseException):\n    pass\n\n\nraise Odd('no')\n")

    assert lines[0] == "error: src/pages/bad.py:5: it raises Odd: no"


def test_a_function_that_calls_itself_without_end(shop: Shop) -> None:
    lines = _fails(shop, "def f():\n    return f()\n\n\nf()\n")

    assert lines[0].startswith("error: src/pages/bad.py:2: it raises RecursionError: maximum recursion depth exceeded")
    assert lines[1] == "  try: look for a function that calls itself without end"


def test_a_module_that_is_not_there(shop: Shop) -> None:
    assert _fails(shop, "import nowhere\n") == [
        "error: src/pages/bad.py:1: it raises ModuleNotFoundError: No module named 'nowhere'",
        "  try: install it, or give the folder that holds it as --source",
    ]


def test_a_fault_in_a_shared_module_is_said_once_and_names_what_it_keeps_back(shop: Shop) -> None:
    shop.builds()
    shop.write("src/metrics.py", METRICS.replace('"region"', '"le"'))

    ran = shop.builds()

    assert ran.code == 3
    assert ran.err.splitlines() == [
        "error: src/metrics.py:6: counter 'shop_orders_total': label 'le' is Prometheus' own",
        "  try: leave it out",
        "  asked for at src/numbers.py:3, src/pages/api.py:3, src/pages/speed.py:3, src/shop/alerts.py:3",
    ]


def test_an_interrupt_is_an_interrupt(shop: Shop) -> None:
    shop.builds()
    before = contents(shop.path / "build")
    shop.write("src/pages/api.py", page("api", "Other"))
    shop.write("src/pages/bad.py", "raise KeyboardInterrupt\n")

    ran = shop.builds()

    assert (ran.code, ran.out, ran.err) == (130, "", "\ninterrupted\n")
    assert shop.contents() == before


@pytest.mark.parametrize("name", ["one.py", "one.dashboard.py"])
def test_a_file_that_was_asked_for_and_has_no_page(nothing: Shop, name: str) -> None:
    nothing.write(name, "x = 1\n")

    ran = nothing.builds(source=name if name == "one.py" else ".")

    assert ran.code == 3
    assert ran.err.startswith(f"error: {name}: it defines no page and no rules\n  try: dashboard = Dashboard(...)")


def test_a_folder_without_any_page_says_how_a_page_is_called(nothing: Shop) -> None:
    nothing.write("src/one.py", "page = 1\n")

    ran = nothing.builds()

    assert (ran.code, ran.total) == (0, "0 pages, 0 rule files: 1 written")
    assert ran.err == "note: no module defines `dashboard`, `dashboards`, `group` or `groups`\n"


def test_two_pages_with_one_uid_are_both_named(shop: Shop) -> None:
    shop.write("src/pages/twin.py", page("api", "Twin"))

    ran = shop.builds()

    assert ran.code == 3
    assert ran.err.splitlines() == [
        "error: src/pages/api.py:7: page 'api' has the uid of another page: 'api' at src/pages/twin.py:7",
        "  try: another uid for one of them",
        "error: src/pages/twin.py:7: page 'api' has the uid of another page: 'api' at src/pages/api.py:7",
        "  try: another uid for one of them",
    ]
    assert list(shop.pages()) == ["speed"]


def test_two_pages_whose_uids_differ_by_capitals_would_be_one_file_on_a_mac(shop: Shop) -> None:
    shop.write("src/pages/twin.py", page("API", "Twin"))

    ran = shop.builds()

    assert ran.code == 3
    assert "page 'api' has the uid of another page: 'API' at src/pages/twin.py:7" in ran.err
    assert list(shop.pages()) == ["speed"]


def test_a_page_that_clashes_does_not_keep_back_its_neighbour(shop: Shop) -> None:
    text = page("api", "Twin") + '\nimport dataclasses\n\ndashboards = [dataclasses.replace(dashboard, uid="fine")]\n'
    shop.write("src/pages/twin.py", text)

    assert shop.builds().code == 3
    assert sorted(shop.pages()) == ["fine", "speed"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (page("no such uid"), "7: page 'no such uid': uid 'no such uid'\n  try: letters, digits, - and _"),
        (page("../out"), "7: page '../out': uid '../out'\n  try: letters, digits, - and _"),
        (page("u" * 41), f"7: page '{'u' * 41}': its uid is longer than 40 characters"),
        (page("bad", " "), "7: page 'bad': it has no title"),
        (
            page("bad")
            .replace("stat(", "timeseries(")
            .replace("orders())", "orders(), latency(0.5))")
            .replace("row, stat", "row, timeseries"),
            "10: ",
        ),
        (page("bad").replace("orders())", "orders(), width=25)"), "10: "),
        (page("bad").replace('"Now"', '""'), "10: a stat panel without a title"),
        (page("bad").replace('"Bad"', "None"), "7: it raises AttributeError"),
    ],
    ids=["uid", "path", "long", "page title", "mixed units", "too wide", "title", "None"],
)
def test_what_the_page_says_is_impossible(shop: Shop, text: str, said: str) -> None:
    lines = _fails(shop, text)

    assert "\n".join(lines).startswith(f"error: src/pages/bad.py:{said}")


def test_an_unknown_label_names_the_number_and_whoever_asked_for_it(shop: Shop) -> None:
    assert _fails(shop, page("bad", number="orders('stauts')")) == [
        "error: src/numbers.py:12: shop_orders_total has no label 'stauts'",
        "  try: did you mean 'status'? it has: instance, job, region, status",
        "  asked for at src/pages/bad.py:10",
    ]


def test_a_mistake_in_the_call_of_a_shipped_number_points_at_the_call(shop: Shop) -> None:
    lines = _fails(shop, "from queries.ai_api import numbers\n\nx = numbers.latency(7)\n")

    assert lines[0].startswith("error: src/pages/bad.py:3: ")


def test_a_page_that_cannot_become_json(shop: Shop) -> None:
    lines = _fails(shop, page("bad").replace("rows=[", 'extra={"x": object()}, rows=['))

    assert lines[0].startswith("error: src/pages/bad.py:7: it raises TypeError: Type is not JSON serializable: object")


@pytest.mark.parametrize("made", ["5", "'text'", "Dashboard", "[Dashboard]", "stat"])
def test_a_dashboard_that_is_none(shop: Shop, made: str) -> None:
    lines = _fails(shop, f"from panels import Dashboard, stat\n\ndashboard = {made}\n", "src/pages/x.dashboard.py")

    assert lines[0].startswith("error: src/pages/x.dashboard.py:3: dashboard")


def test_two_alerts_with_one_identity(shop: Shop) -> None:
    shop.write("src/shop/rules.py", ALERTS.replace('name="shop"', 'name="more"'))

    ran = shop.builds()

    assert ran.code == 3
    assert ran.err.splitlines() == [
        (
            "error: src/shop/rules.py:7: two alerts are called 'ShopErrors' and have the same labels: "
            "the other is at src/shop/alerts.py:7"
        ),
        "  try: rename one of them",
    ]


def test_two_groups_of_one_file_with_one_name(shop: Shop) -> None:
    shop.write(
        "src/shop/recording.py", RECORDING.replace("RECORD", "shop:orders:rate").replace("shop_recorded", "shop")
    )

    ran = shop.builds()

    assert ran.code == 3
    assert "src/shop/recording.py:7: two rule groups are called 'shop': the other is at src/shop/alerts.py:7" in ran.err


def _unreadable(shop: Shop, make: Callable[[Path], Any], said: str) -> None:
    make(shop.path / "src/pages/bad.py")
    ran = shop.builds()
    assert ran.code == 3
    assert ran.err.startswith(f"error: src/pages/bad.py{said}")
    assert sorted(shop.pages()) == ["api", "speed"]


def test_a_file_that_cannot_be_read(shop: Shop) -> None:
    _unreadable(shop, Path.mkdir, ": it cannot be read: Is a directory")


def test_a_link_to_nowhere(shop: Shop) -> None:
    _unreadable(shop, lambda path: path.symlink_to("nowhere.py"), ": it cannot be read: No such file")


def test_a_file_that_is_no_utf8(shop: Shop) -> None:
    _unreadable(shop, lambda path: path.write_bytes(b"x = '\xff'\n"), ":1: syntax error: (unicode error) 'utf-8' codec")


def test_a_file_with_a_null_byte(shop: Shop) -> None:
    _unreadable(shop, lambda path: path.write_bytes(b"x = 1\ny = 2\0\n"), ":2: syntax error: a null byte")


def test_links_in_a_circle_are_followed_once(shop: Shop) -> None:
    (shop.path / "src/pages/again").symlink_to(shop.path / "src", target_is_directory=True)

    assert shop.builds().code == 0


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("nowhere", "source 'nowhere' is neither here nor installed"),
        ("no/where", "source 'no/where' is neither here nor installed"),
        ("time", "source 'time' is neither here nor installed"),
        ("__main__", "source '__main__' is neither here nor installed"),
        ("notes.txt", "notes.txt: source 'notes.txt' is no Python file"),
        ("empty", "empty: source 'empty' holds no Python file"),
    ],
)
def test_a_source_that_is_none(nothing: Shop, source: str, said: str) -> None:
    nothing.write("notes.txt")
    (nothing.path / "empty").mkdir()

    ran = nothing.builds(source=source)

    assert ran.code == 2
    assert ran.err == f"error: {said}\n  try: a package, a folder or a .py file\n"


def test_a_build_folder_that_is_a_file(shop: Shop) -> None:
    shop.write("build", "mine")

    ran = shop.builds()

    assert ran.code == 2
    assert ran.err.startswith("error: build")
    assert "cannot be" in ran.err
    assert (shop.path / "build").read_text(encoding="utf-8") == "mine"


def test_a_folder_where_a_page_belongs(shop: Shop) -> None:
    shop.write("build/dashboards/api.json/x")

    ran = shop.builds()

    assert ran.code == 2
    assert ran.err == (
        "error: build/dashboards/api.json cannot be read: Is a directory\n  try: move it away, or another --out\n"
    )


def _full_disk(monkeypatch: pytest.MonkeyPatch, *, after: int, only: str = "") -> None:
    """The disk takes so many files more, and then half a file."""
    left, real = [after], builtins.open

    def opened(file: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        made = real(file, mode, *more, **named)
        if mode == "wb" and only in str(file):
            left[0] -= 1
            if left[0] < 0:
                made.write(b"{")
                made.close()
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return made

    monkeypatch.setattr(builtins, "open", opened)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_full_disk_half_way_changes_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    shop.builds()
    before = shop.contents()
    for uid in ("api", "speed"):
        shop.write(f"src/pages/{uid}.py", page(uid, "Other"))

    with monkeypatch.context() as patched:
        _full_disk(patched, after=after)
        ran = shop.builds()

    assert ran.code == 2
    assert ran.err == (
        "error: build cannot be written: No space left on device; nothing was changed\n  try: free some space\n"
    )
    assert shop.contents() == before
    assert shop.builds().code == 0
    assert shop.page("api")["title"] == "Other"


def test_what_cannot_be_remembered_is_built_again(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        _full_disk(patched, after=0, only=".dash")
        ran = shop.builds()

    assert ran.code == 0
    assert ran.err == (
        "note: the next build builds everything again: .dash/build.json cannot be written: No space left on device\n"
    )
    assert shop.builds().total == "2 pages, 1 rule file: 4 unchanged"


def test_all_broken_pages_are_reported_in_one_run(shop: Shop) -> None:
    shop.write("src/pages/one.py", "1 / 0\n")
    shop.write("src/pages/two.py", "(\n")
    shop.write("src/pages/three.py", page("no uid"))

    ran = shop.builds()

    assert ran.code == 3
    assert [line.split(":")[1].strip() for line in ran.err.splitlines() if line.startswith("error")] == [
        "src/pages/one.py",
        "src/pages/three.py",
        "src/pages/two.py",
    ]
    assert sorted(shop.pages()) == ["api", "speed"]


def test_the_last_good_json_of_a_broken_page_stays(shop: Shop) -> None:
    shop.builds()
    good = (shop.build / "dashboards/api.json").read_bytes()
    shop.write("src/pages/api.py", page("api", "Other") + "\n1 / 0\n")
    shop.write("src/pages/speed.py", page("speed", "Faster"))

    for _ in "once", "and again":
        ran = shop.builds()
        assert ran.code == 3
        assert (shop.build / "dashboards/api.json").read_bytes() == good
        assert shop.pages() == {
            "api": "src/pages/api.py:13: it raises ZeroDivisionError: division by zero",
            "speed": "",
        }
        assert shop.manifest()["partial"] is True
        assert shop.page("speed")["title"] == "Faster"
        shutil.rmtree(shop.path / ".dash")

    shop.write("src/pages/api.py", page("api", "Other"))
    assert shop.builds().code == 0
    assert shop.page("api")["title"] == "Other"
    assert shop.manifest()["partial"] is False


def test_a_page_made_by_a_function_elsewhere_stays_too(shop: Shop) -> None:
    """The line that calls Dashboard is not in the page's module."""
    text = page("api").replace("dashboard = ", "def made():\n    return ")
    shop.write("src/making.py", text)
    shop.write("src/pages/api.py", "from making import made\n\ndashboard = made()\n")
    shop.builds()
    assert shop.manifest()["pages"][0]["source"] == "src/pages/api.py:3"

    shop.write("src/pages/api.py", "1 / 0\n")

    assert shop.builds().code == 3
    assert "dashboards/api.json" in shop.contents()
    assert shop.pages()["api"] == "src/pages/api.py:1: it raises ZeroDivisionError: division by zero"


def test_a_broken_half_of_a_rule_file_keeps_the_whole_file(shop: Shop) -> None:
    shop.write("src/shop/recording.py", RECORDING.replace("RECORD", "shop:orders:rate"))
    shop.builds()
    good = (shop.build / "rules/shop.yaml").read_bytes()
    shop.write("src/shop/recording.py", RECORDING.replace("RECORD", "shop:orders:rate5m"))
    shop.write("src/shop/alerts.py", "1 / 0\n")

    assert shop.builds().code == 3
    assert (shop.build / "rules/shop.yaml").read_bytes() == good
    assert shop.manifest()["rules"][0]["stale"].startswith("src/shop/alerts.py:1: ")


def test_debug_shows_where_it_came_from(shop: Shop) -> None:
    shop.write("src/pages/bad.py", "1 / 0\n")

    for arguments in (["--debug", "build"], ["build", "--debug"]):
        ran = shop.dash(*arguments, "--source", "src")
        assert ran.code == 3
        assert "Traceback (most recent call last)" in ran.err


def test_a_bug_of_ours_says_so(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("cli.compile.rebuild.outcome", broken)

    ran: Run = shop.builds()

    assert ran.code == 70
    assert ran.err == (
        "error: this is a bug in dash (ZeroDivisionError: oops)\n"
        "  try: the same with `dash --debug ...`, and report what it prints\n"
    )
    ran = shop.builds("--debug")
    assert ran.code == 70
    assert "Traceback (most recent call last)" in ran.err
    assert "ZeroDivisionError: oops" in ran.err
    ran = shop.builds("--debug", source="nowhere")
    assert ran.code == 2
    assert "Traceback (most recent call last)" in ran.err


@pytest.mark.parametrize(
    "arguments", [["bild"], ["build", "--no"], ["build", "x"], ["show"], ["build", "--output", "x"]]
)
def test_a_command_line_that_is_none(nothing: Shop, arguments: list[str]) -> None:
    ran = nothing.dash(*arguments)

    assert ran.code == 2
    assert ran.err.startswith("Usage: dash")


def test_a_uid_or_a_title_from_elsewhere_is_checked_too(shop: Shop) -> None:
    for key, value in (("uid", "no such uid"), ("uid", 5), ("uid", "u" * 41), ("title", ""), ("title", None)):
        shop.write("src/pages/bad.py", page("bad").replace("rows=[", f"extra={{{key!r}: {value!r}}}, rows=["))

        ran = shop.builds()

        assert ran.code == 3
        said = f"page 'Bad' has the uid {value!r}\n" if key == "uid" else "page 'bad' has no title\n"
        assert ran.err.startswith(f"error: src/pages/bad.py:7: {said}  try: ")


@pytest.mark.parametrize("name", [b"bad\xff.py", b"bad\n.py"])
def test_a_file_whose_name_cannot_be_shown(shop: Shop, name: bytes) -> None:
    (shop.path / "src" / os.fsdecode(name)).write_bytes(b"")

    ran = shop.builds()

    assert ran.code == 2
    assert ran.err.startswith("error: 'src/bad")
    assert ran.err.endswith("a file name that cannot be shown\n  try: rename it\n")


def test_a_folder_that_cannot_be_listed(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: str) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr(os, "scandir", refused)

    assert shop.builds().err == "error: src: source 'src' cannot be read: Permission denied\n"


def test_a_current_folder_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise FileNotFoundError

    monkeypatch.setattr("cli.config.os.getcwd", gone)
    with pytest.raises(SystemExit) as ended:
        main(["build"])

    assert ended.value.code == 2


def test_a_folder_that_cannot_be_written_half_way(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is whole all the same, and nothing else is left behind."""
    shop.builds()
    shop.write("src/pages/api.py", page("api", "Other"))
    real = os.replace

    def refused(source: str, target: str) -> None:
        if "manifest" in target:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), source)
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refused)
        ran = shop.builds()

    assert ran.code == 2
    assert ran.err == (
        "error: build cannot be written: Permission denied; some files are replaced already, each of them whole\n"
        "  try: another --out\n"
    )
    assert shop.page("api")["title"] == "Other"
    assert not list(shop.build.rglob(".*"))
    assert shop.builds().code == 0
    assert shop.pages() == {"api": "", "speed": ""}
