"""A module that is no page: one message with its line, and the others are built all the same."""

import pytest

from tests.compile.shop import Shop, page

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


def test_a_uid_or_a_title_from_elsewhere_is_checked_too(shop: Shop) -> None:
    for key, value in (("uid", "no such uid"), ("uid", 5), ("uid", "u" * 41), ("title", ""), ("title", None)):
        shop.write("src/pages/bad.py", page("bad").replace("rows=[", f"extra={{{key!r}: {value!r}}}, rows=["))

        ran = shop.builds()

        assert ran.code == 3
        said = f"page 'Bad' has the uid {value!r}\n" if key == "uid" else "page 'bad' has no title\n"
        assert ran.err.startswith(f"error: src/pages/bad.py:7: {said}  try: ")
