"""A name that somebody else chose never leaves its folder, and no two are one, whoever they are."""

import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.deploy.files import PLAIN, name_of, names

NASTY = (
    *("", ".", "..", "../x", "../../etc/passwd", "/etc/passwd", "a/b", "a\\b", "C:\\x", "c:x", "~root", "-rf"),
    *("a\0b", "a\nb", "a\x1b[2Jb", "a\u202eb", "\ud800", "x.", "x ", " x", "x..", ".git", "GIT~1", ".json", "x.json"),
    *("CON", "con", "nul.json", "COM1", "COM¹", "LPT9", "Aux", "a" * 300, "日" * 300, "\N{COMBINING ACUTE ACCENT}x"),
    *(
        "ﬁ",
        "Ⅳ",
        "⒈",
        "a\u3164",
        "a\ufe0f",
        "é",
        "e\u0301",
        "É",
        "\u0131",
        "I",
        "i",
        "ß",
        "SS",
        "ss",
        "ẞ",
        "K",
        "\u212a",
    ),
    *("\ufdfa" * 40, "manifest", "Manifest", "AI", "ai", "Ai", "~", "x~e3b0c44298fc1c14", "*?<>|:\"'`$;&%!"),
)
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=90),
    st.text(alphabet="aAbBéÉ\u0131IsSß.~/\\ -_\u0301\u0307", max_size=6),
    st.characters(codec=None).map(lambda sign: f"a{sign}b"),
)
SETS = st.frozensets(TEXTS, max_size=12)
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
FORBIDDEN = set('<>:"/\\|?*.')


def _is_portable(name: str) -> bool:
    """What Windows, macOS and Linux all take, said in another way than the code says it."""
    return (
        name.isprintable()
        and not FORBIDDEN & set(name)
        and name[0].isalnum()
        and name[-1] not in " ."
        and len(name.encode()) <= 80 + 1 + 64
        and unicodedata.is_normalized("NFC", name)
        and name.casefold() not in DEVICES
    )


def _seen(name: str) -> set[str]:
    """How systems that make no difference of capitals or encoding may see a name."""
    forms = {unicodedata.normalize(form, name) for form in ("NFC", "NFD", "NFKC")}
    return {fold for form in forms for fold in (form.casefold(), form.lower(), form.upper())}


@given(SETS)
def test_a_name_never_leaves_its_folder(texts: frozenset[str]) -> None:
    root = Path("/pulled")

    for name in [*names(texts).values(), *map(name_of, texts)]:
        assert _is_portable(name), ascii(name)
        assert (root / name).resolve().parent == root
        assert (root / f"{name}.json").resolve().parent == root


@given(SETS)
def test_no_two_names_are_one_on_any_system(texts: frozenset[str]) -> None:
    for found in (names(texts), {text: name_of(text) for text in texts}):
        assert found.keys() == texts
        seen = [_seen(name) for name in found.values()]
        assert sum(map(len, seen)) == len(set().union(*seen))


@given(st.lists(TEXTS, max_size=12, unique=True).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_a_name_does_not_depend_on_who_came_first(orders: tuple[list[str], list[str]]) -> None:
    assert names(orders[0]) == names(orders[1])


@given(SETS, SETS)
def test_who_has_no_twin_is_called_the_same_whoever_else_is_there(some: frozenset[str], others: frozenset[str]) -> None:
    alone, together = names(some), names(some | others)

    for text in some:
        if together[text] == text:
            assert alone[text] == text
        assert not alone[text].startswith(text) or together[text].startswith(text)


@given(SETS, st.frozensets(st.sampled_from(["manifest", "AI", "x", "ß"])))
def test_a_name_that_is_taken_is_nobody_elses(texts: frozenset[str], taken: frozenset[str]) -> None:
    used = {fold for name in taken for fold in _seen(name)}

    assert not used & {fold for name in names(texts, taken).values() for fold in _seen(name)}


@given(st.text(alphabet=string.ascii_lowercase + string.digits + "-_", min_size=1, max_size=90))
def test_a_plain_name_is_its_own(text: str) -> None:
    assert (name_of(text) == text) == bool(PLAIN.fullmatch(text) and _is_portable(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ai-api", "ai-api"),
        ("AI", "ai~11fb682be0a0233d"),
        ("Überblick", "berblick~"),
        ("../../etc/passwd", "etc-passwd~"),
        ("", "x~e3b0c44298fc1c14"),
        ("...", "x~"),
        ("nul", "nul~"),
        ("\0", "x~"),
        ("a" * 300, "a" * 80 + "~"),
    ],
)
def test_a_name_by_itself(text: str, name: str) -> None:
    assert name_of(text).startswith(name)


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["AI", "Überblick", "日本 (Tokyo)", "Cost & use"], ["AI", "Überblick", "日本 (Tokyo)", "Cost & use"]),
        (["AI", "ai", "B"], ["AI~", "ai~", "B"]),
        (["\u00e9", "e\u0301"], ["\u00e9~", "\u00e9~"]),
        (["e\u0301"], ["\u00e9~"]),
        (["Node.js"], ["Node-js~"]),
        (["\u0131", "I"], ["\u0131~", "I~"]),
        (["a\u3164", "b\ufe0f"], ["a~", "b~"]),
        (["CON", "x "], ["CON~", "x~"]),
        (["-x", "\u0307x"], ["x~", "x-\u0307x~"]),
        (["..", "."], ["x~", "x~"]),
    ],
)
def test_names_of_a_folder(texts: list[str], found: list[str]) -> None:
    named = names(texts)

    for text, start in zip(texts, found, strict=True):
        assert named[text].startswith(start)
        assert (named[text] == start) == (not start.endswith("~"))


def test_two_of_one_hash_have_a_longer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.deploy.files.DIGITS", 0)

    assert len(set(names(["a.", "a:", "b."]).values())) == 3
    assert names(["b.", "a:"]) == {"b.": "b~", "a:": "a~"}
