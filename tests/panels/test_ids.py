"""Ids: a panel keeps its own whatever is put before it, taken away or moved."""

from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels import Dashboard, Panel, row, stat, timeseries
from panels.asking import letters
from panels.grafana import ids, to_grafana
from queries import Mistake
from tests.panels.catalog import errors, requests
from tests.panels.grafana_schemas import panels

TITLES = st.lists(st.text("abcdefgh", min_size=1, max_size=4), unique=True, min_size=1, max_size=12)


def ids_of(rows: list[list[str]], uid: str = "page") -> dict[tuple[str, str], int]:
    """The id of each panel by its type and title."""
    said = [row(f"row {n}", *(stat(one, requests()) for one in titles)) for n, titles in enumerate(rows)]
    made = to_grafana(Dashboard(uid=uid, title="Page", rows=said))
    return {(one["type"], one["title"]): one["id"] for one in panels(made)}


@given(TITLES, st.randoms(use_true_random=False), st.integers(1, 4))
def test_inserting_removing_and_moving_changes_no_other_id(titles: list[str], random: object, count: int) -> None:
    before = ids_of([titles])
    shuffled = list(titles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    kept = shuffled[len(shuffled) // 3 :]
    rows = [["NEW", *kept[::count]], *([one] for one in kept if one not in kept[::count])]
    after = ids_of(rows)
    for title in kept:
        assert after["stat", title] == before["stat", title]


def test_an_id_is_four_bytes_of_a_hash_of_page_and_key() -> None:
    digest = blake2b(b"page\0Requests").digest()
    assert ids_of([["Requests"]])["stat", "Requests"] == int.from_bytes(digest[:4], "big") & 0x7FFFFFFF
    digest = blake2b(b"page\0row:row 0").digest()
    assert ids_of([["Requests"]])["row", "row 0"] == int.from_bytes(digest[:4], "big") & 0x7FFFFFFF


def test_a_page_of_another_uid_has_other_ids() -> None:
    assert ids_of([["Requests"]])["stat", "Requests"] != ids_of([["Requests"]], "other")["stat", "Requests"]


def test_a_key_counts_and_not_the_title() -> None:
    made = [
        next(one["id"] for one in panels(to_grafana(page)) if one["type"] == "stat")
        for page in (
            Dashboard(uid="page", title="Page", rows=[row("Row", stat("Now", requests(), key="requests"))]),
            Dashboard(uid="page", title="Page", rows=[row("Row", stat("Today", requests(), key="requests"))]),
        )
    ]
    assert made[0] == made[1]


def test_no_id_is_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        def __init__(self, said: bytes) -> None:
            self.said = said

        def digest(self) -> bytes:
            return b"\x80\0\0\0"

    monkeypatch.setattr(ids, "blake2b", Nothing)
    assert ids.panel_id("page", "key") == 1


def test_two_panels_with_one_id_are_told_to_take_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "panel_id", lambda uid, key: len(uid) * 0 + (7 if key in "AB" else len(key)))
    page = Dashboard(uid="page", title="Page", rows=[row("Row", stat("A", requests()), stat("B", errors()))])
    with pytest.raises(Mistake, match="get one id, 7") as caught:
        to_grafana(page)
    assert "key=" in caught.value.fix
    assert caught.value.where == page.rows[0].panels[1].source


def test_the_letters_of_queries_go_on_after_z() -> None:
    assert [letters(index) for index in (0, 1, 25, 26, 27, 51, 52, 701, 702)] == [
        *("A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA")
    ]


def test_queries_of_a_panel_are_lettered_in_order() -> None:
    many = [requests().named(f"number {n}") for n in range(28)]
    panel: Panel = timeseries("Many", *many)
    made = to_grafana(Dashboard(uid="page", title="Page", rows=[row("Row", panel)]))
    assert [one["refId"] for one in made["panels"][1]["targets"]][-3:] == ["Z", "AA", "AB"]
