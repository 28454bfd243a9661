"""A build with nothing to do is answered before the command is loaded: nobody can tell that by what it says."""

import pytest

from tests.compile.shop import FULL, NEEDS_FULL, Run, Shop, piped


def _asked_the_command(shop: Shop) -> Run:
    """The same build, spelled so that only the command itself understands it."""
    return shop.dash("build", "--source=src")


@pytest.fixture
def built(shop: Shop) -> Shop:
    """A project that is built."""
    assert shop.builds().code == 0
    return shop


def test_it_says_what_the_command_says(built: Shop) -> None:
    assert built.builds() == _asked_the_command(built)


def test_it_says_what_the_command_says_of_a_project_without_a_page(nothing: Shop) -> None:
    nothing.write("src/five.py", "FIVE = 5\n")
    first = nothing.builds()

    assert nothing.builds() == _asked_the_command(nothing)
    assert nothing.builds().err == first.err != ""


def test_the_last_of_several_folders_counts(built: Shop) -> None:
    ran = built.builds("--out", "build", "--out", "there")

    assert "wrote there/manifest.json" in ran.changes


def test_one_page_alone_is_something_to_do(built: Shop) -> None:
    assert built.builds("--only", "api").changes == ["wrote build/manifest.json"]


@pytest.mark.parametrize(
    "arguments", [["--check"], ["--only", "nowhere"], ["--output", "json"], ["--out"], ["--no", "x"]]
)
def test_more_than_sources_and_a_folder_is_for_the_command(built: Shop, arguments: list[str]) -> None:
    assert built.builds(*arguments) == built.dash("build", "--source=src", *arguments)


@pytest.mark.parametrize(
    "toml",
    ['project = "Not one"\n', "project = \n", '[build]\nsources = ["nowhere"]\n'],
    ids=["a wrong setting", "no TOML", "a source that is not there"],
)
def test_a_wrong_configuration_is_told_by_the_command(built: Shop, toml: str) -> None:
    built.write("dash.toml", toml)

    ran = built.dash("build")

    assert (ran.code, ran.out) == (2, "")
    assert ran == built.dash("build", "--out=build")
    assert ran.err.startswith("error: ")


def test_somebody_stops_it(built: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cli.compile.build.modules", stopped)

    assert (built.builds().code, built.builds().err) == (130, "\ninterrupted\n")
    assert built.builds() == _asked_the_command(built)


@pytest.mark.parametrize(("into", "code"), [("| true", 1), pytest.param(f"> {FULL}", 2, marks=NEEDS_FULL), (">&-", 0)])
def test_nobody_reads_the_answer(built: Shop, into: str, code: int) -> None:
    said = {piped(built, f"build {spelled}", into) for spelled in ("--source src", "--source=src")}

    assert len(said) == 1, said
    assert next(iter(said)).startswith(str(code))
