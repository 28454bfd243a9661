"""A command line that asks for what there is not: it says what it takes."""

import pytest

from tests.compile.shop import Shop


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


@pytest.mark.parametrize(
    "arguments", [["bild"], ["build", "--no"], ["build", "x"], ["show"], ["build", "--output", "x"]]
)
def test_a_command_line_that_is_none(nothing: Shop, arguments: list[str]) -> None:
    ran = nothing.dash(*arguments)

    assert ran.code == 2
    assert ran.err.startswith("Usage: dash")
