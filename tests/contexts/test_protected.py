"""A protected context is written to by who says so: on a terminal by its name, elsewhere by --yes."""

import io

import pytest

from cli.commands._place import Place
from cli.commands._who import allowed
from cli.errors import UsageError
from cli.grafana.address import Address

ADDRESS = Address("https", "grafana.example.com", None, "")
PROTECTED = Place(address=ADDRESS, name="production", protected=True)


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def _typed(monkeypatch: pytest.MonkeyPatch, text: str) -> Terminal:
    screen = Terminal()
    monkeypatch.setattr("sys.stdin", Terminal(text))
    monkeypatch.setattr("sys.stderr", screen)
    return screen


def test_its_name_is_enough(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    screen = _typed(monkeypatch, "production\n")

    allowed(PROTECTED, yes=False, what="push 12 pages")

    assert screen.getvalue().startswith(
        "production (https://grafana.example.com) is protected: type its name to push 12"
    )
    assert not capsys.readouterr().out


@pytest.mark.parametrize("typed", ["\n", "y\n", "Production\n", "yes\n"])
def test_anything_else_is_not(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    _typed(monkeypatch, typed)

    with pytest.raises(UsageError, match="this is not production: nothing is written"):
        allowed(PROTECTED, yes=False, what="push 12 pages")


def test_who_said_yes_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _typed(monkeypatch, "")

    allowed(PROTECTED, yes=True, what="push 12 pages")

    assert not screen.getvalue()


def test_what_is_not_protected_is_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _typed(monkeypatch, "")

    allowed(Place(address=ADDRESS, name="staging"), yes=False, what="push 12 pages")

    assert not screen.getvalue()


@pytest.mark.parametrize("absent", ["sys.stdin", "sys.stderr"])
def test_where_nobody_can_be_asked_nothing_is_written(monkeypatch: pytest.MonkeyPatch, absent: str) -> None:
    _typed(monkeypatch, "production\n")
    monkeypatch.setattr(absent, io.StringIO("production\n"))

    with pytest.raises(UsageError) as caught:
        allowed(PROTECTED, yes=False, what="push 12 pages")

    assert caught.value.exit == 2
    assert "nobody is here to be asked whether to push 12 pages" in caught.value.what
    assert caught.value.fix == "--yes"
