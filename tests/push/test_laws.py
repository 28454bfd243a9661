"""What must hold for every page and every message: comparing, naming, and the seams of both."""

import string
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.artifact import digest
from cli.deploy.compare import put_at, same
from cli.deploy.message import LONGEST, compose, digest_in
from cli.deploy.outcome import Outcome, Report, Result
from cli.deploy.wanted import path_of
from cli.exit_codes import Exit
from cli.grafana.model import LivePage
from cli.grafana.refresh import kept as kept_refresh
from cli.grafana.shown import shown

NAME = "0123456789abcdef" * 2
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
PAGES = st.fixed_dictionaries(
    {"uid": st.just("api"), "title": st.text(min_size=1)},
    optional={"tags": st.lists(st.text()), "panels": st.lists(JSON), "refresh": st.sampled_from(["", "5s", "1m"])},
)
TAG = "dash:shop"


def _five() -> str:
    return "5s"


def _stored(page: dict[str, Any], version: int) -> dict[str, Any]:
    """As a Grafana gives a page back."""
    return {**page, "id": 17, "version": version, "title": page["title"].strip(), "tags": [*page.get("tags", []), TAG]}


@given(PAGES, st.integers(1, 99))
def test_a_page_that_comes_back_is_the_page_that_went(page: dict[str, Any], version: int) -> None:
    assert same(page, _stored(page, version), _five)


@given(PAGES, JSON, st.sampled_from(["panels", "title", "description", "tags", "refresh"]))
def test_a_page_that_was_changed_is_another(page: dict[str, Any], value: Any, key: str) -> None:
    live = _stored(page, 2)
    changed = {**live, key: ["changed", value]}

    assert not same(page, changed, _five)


@given(PAGES, st.text())
def test_what_a_push_left_is_known_again(page: dict[str, Any], folder: str) -> None:
    kept = {**page, "title": page["title"].strip()}
    name = digest.of(kept, folder)
    live = LivePage(body=_stored(page, 3), version=3, folder="f")

    assert put_at(live.body, name, [f"{folder}x", folder], None) == folder
    assert put_at(live.body, name, [f"{folder}x"], None) is None
    assert put_at({**live.body, "title": f"{kept['title']}x"}, name, [folder], None) is None


@given(st.text(max_size=2000))
def test_a_message_says_the_digest_whatever_else_it_says(text: str) -> None:
    message = compose(NAME, text)

    assert digest_in(message) == NAME
    assert len(message.encode()) <= LONGEST
    assert not {unicodedata.category(sign) for sign in message} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"dash {NAME}"),
        (" \n\t", f"dash {NAME}"),
        ("Count tokens", f"dash {NAME}: Count tokens"),
        ("a\nb\x1b[31m\u202ec", f"dash {NAME}: a b [31m c"),
        ("x" * 600, f"dash {NAME}: " + "x" * (500 - 39 - 3) + "..."),
        ("ü" * 600, f"dash {NAME}: " + "ü" * 230),
    ],
)
def test_messages(text: str, message: str) -> None:
    assert compose(NAME, text).rstrip("x.ü") == message.rstrip("x.ü")
    assert len(compose(NAME, text).encode()) <= LONGEST


@pytest.mark.parametrize(
    "message", ["", "dash", "dash 12", f"dash {NAME}0", f"dash {NAME.upper()}", f" dash {NAME}", f"Dash {NAME}: x"]
)
def test_not_a_push(message: str) -> None:
    assert not digest_in(message)


@pytest.mark.parametrize(
    ("refresh", "minimum", "kept"),
    [
        ("1s", "5s", "5s"),
        ("500ms", "5s", "5s"),
        ("5s", "5s", "5s"),
        ("1m", "5s", "1m"),
        ("1m", "5m", "5m"),
        ("1m30s", "1m", "1m30s"),
        ("often", "5s", "5s"),
        ("", "5s", ""),
        ("auto", "5s", "auto"),
        (False, "5s", False),
        (None, "5s", None),
    ],
)
def test_the_refresh_that_a_server_keeps(refresh: Any, minimum: str, kept: Any) -> None:
    assert kept_refresh(refresh, minimum) == kept


@given(st.text(alphabet=string.printable + "\x1b\x9b\x00\u202e\u2028é日"), st.integers(10, 50))
def test_what_is_shown_is_one_clean_line(text: str, longest: int) -> None:
    line = shown(text, longest)

    assert line.isprintable()
    assert len(line) <= longest
    assert line == shown(line, longest)


@pytest.mark.parametrize(
    ("folder", "below", "path"),
    [
        ("", "", ()),
        ("AI/Serving", "", ("AI", "Serving")),
        ("AI/Serving", "Team", ("Team", "AI", "Serving")),
        ("", "Team", ("Team",)),
        (" AI / Serving /", "/", ("AI", "Serving")),
    ],
)
def test_paths(folder: str, below: str, path: tuple[str, ...]) -> None:
    assert path_of(folder, below) == path


OUTCOMES = {
    Result.CREATED: Exit.OK,
    Result.UPDATED: Exit.OK,
    Result.MOVED: Exit.OK,
    Result.DELETED: Exit.OK,
    Result.UNCHANGED: Exit.OK,
    Result.CONFLICT: Exit.CONFLICT,
    Result.FAILED: Exit.REMOTE,
    Result.SKIPPED: Exit.AUTHORING,
}


def _report(*results: Result, dry_run: bool = False, interrupted: bool = False) -> Report:
    outcomes = tuple(Outcome(uid="x", title="X", result=one, exit=OUTCOMES[one]) for one in results)
    return Report(outcomes=outcomes, dry_run=dry_run, interrupted=interrupted)


@given(st.lists(st.sampled_from(list(Result))))
def test_the_counts_add_up(results: list[Result]) -> None:
    counts = _report(*results).counts

    assert sum(counts.values()) == len(results)
    assert list(counts) == ["created", "updated", "moved", "deleted", "unchanged", "conflict", "failed", "skipped"]


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (_report(), Exit.OK),
        (_report(Result.CREATED, Result.UPDATED, Result.UNCHANGED), Exit.OK),
        (_report(Result.FAILED, Result.UNCHANGED), Exit.REMOTE),
        (_report(Result.FAILED, Result.CONFLICT), Exit.REMOTE),
        (_report(Result.FAILED, Result.CREATED), Exit.PARTIAL),
        (_report(Result.FAILED, Result.CREATED, Result.CONFLICT), Exit.PARTIAL),
        (_report(Result.FAILED, Result.CREATED, dry_run=True), Exit.REMOTE),
        (_report(Result.CONFLICT, Result.CREATED, Result.SKIPPED), Exit.CONFLICT),
        (_report(Result.SKIPPED, Result.CREATED), Exit.AUTHORING),
        (_report(Result.FAILED, Result.CREATED, interrupted=True), Exit.INTERRUPTED),
    ],
)
def test_exit_codes(report: Report, code: Exit) -> None:
    assert report.exit is code


def test_a_text_that_ends_like_a_number_is_a_text() -> None:
    with_point = {"title": "Limit", "description": "limit 1.0, or more", "value": 1.0}

    assert digest.of(with_point, "") != digest.of({**with_point, "description": "limit 1, or more"}, "")
    assert digest.of(with_point, "") == digest.of({**with_point, "value": 1}, "")
