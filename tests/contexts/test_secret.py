"""A secret is told when it is asked for, and never shown."""

import os
import sys
from pathlib import Path

import pytest

from cli.contexts import Context
from cli.contexts.secret import Secret
from cli.errors import UsageError
from tests.contexts.conftest import Written

HUSH = "s3cr3t"


def _secret(kind: str, source: str, folder: Path | str = "") -> Secret:
    return Secret(kind, source, "contexts.production.token", "dash.toml:3", str(folder))


def _python(code: str) -> str:
    return f"'{sys.executable}' -c '{code}'"


def test_a_variable() -> None:
    assert _secret("env", "MINE").told({"MINE": HUSH}) == HUSH


@pytest.mark.parametrize("environment", [{}, {"MINE": ""}, {"MINE": " \n"}])
def test_a_variable_that_is_not_set(environment: dict[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        _secret("env", "MINE").told(environment)

    assert str(caught.value) == (
        "dash.toml:3: contexts.production.token: the variable MINE is not set\n  try: export MINE=..."
    )


def test_a_file_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{HUSH}\r\n", encoding="utf-8")

    assert _secret("file", "token", tmp_path).told({}) == HUSH


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "token cannot be read: No such file"), (b"", "token is empty"), (b"\xff\xfe", "token is not UTF-8")],
)
def test_a_file_that_does_not_tell(tmp_path: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / "token").write_bytes(content)

    with pytest.raises(UsageError, match=words):
        _secret("file", "token", tmp_path).told({})


def test_a_command_runs_without_a_shell_beside_the_configuration(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()
    (repository / "token").write_text(HUSH, encoding="utf-8")

    assert _secret("command", "cat token", repository).told({}) == HUSH
    assert _secret("command", "printf '%s' '$HOME;x'", tmp_path).told({}) == "$HOME;x"


def test_the_line_break_behind_a_secret_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "token").write_bytes(b" a\r\n")

    assert _secret("file", "token", tmp_path).told({}) == " a"
    assert _secret("command", "cat token", tmp_path).told({}) == " a"
    assert _secret("command", "printf 'a\\n\\n'").told({}) == "a\n"


def test_what_a_command_says_besides_is_for_the_person(capfd: pytest.CaptureFixture[str]) -> None:
    code = f'import sys; print("touch the key", file=sys.stderr); print("{HUSH}")'

    assert _secret("command", _python(code)).told({}) == HUSH
    assert capfd.readouterr() == ("", "touch the key\n")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (_python(f'print("{HUSH}"); raise SystemExit(3)'), r"failed \(exit 3\)"),
        (_python("pass"), "printed nothing"),
        (_python('import os; os.write(1, b"\\xff")'), "is not UTF-8"),
        ("./there-is-no-such-program", "cannot be run: No such file"),
    ],
)
def test_a_command_that_does_not_tell(command: str, words: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        _secret("command", command).told({})

    assert HUSH not in str(caught.value)
    assert HUSH not in capfd.readouterr().out


def test_a_command_that_does_not_end_is_ended() -> None:
    with pytest.raises(UsageError, match=r"took longer than 0\.1 seconds"):
        _secret("command", _python("import time; time.sleep(60)")).told({}, seconds=0.1)


def test_a_command_is_given_nothing_to_read() -> None:
    read, write = os.pipe()
    os.write(write, b"what is for us")
    os.close(write)
    before = os.dup(0)
    os.dup2(read, 0)
    try:
        said = _secret("command", _python('import sys; print(sys.stdin.read() + "x")')).told({})
    finally:
        os.dup2(before, 0)
        os.close(before)
        os.close(read)

    assert said == "x"


def test_a_context_asks_for_its_secret_only_when_it_is_wanted(written: Written, tmp_path: Path) -> None:
    command = _python('open("asked", "w").close(); print("x")').replace('"', '\\"')
    context = written(f'[contexts.a]\nurl = "http://x"\ntoken = {{command = "{command}"}}\n').named["a"]

    assert not (tmp_path / "asked").exists()
    assert context.credentials({}) is not None
    assert (tmp_path / "asked").exists()


def test_a_secret_that_no_secret_can_be_says_whose_it_is(written: Written) -> None:
    context = written('[contexts.a]\nurl = "http://x"\ntoken = {env = "MINE"}\n').named["a"]

    with pytest.raises(UsageError) as caught:
        context.credentials({"MINE": f"{HUSH} {HUSH}"})

    assert str(caught.value).startswith("dash.toml:1: contexts.a: the token holds a blank")
    assert HUSH not in str(caught.value)


def test_no_source_in_a_repr() -> None:
    secret = _secret("command", "echo something")

    assert "something" not in repr(Context(name="a", where="", url="http://x", token=secret))
