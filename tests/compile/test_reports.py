"""How a build reports what went wrong: each fault once, all of them in one run, a bug of ours as ours."""

import pytest

from tests.compile.shop import METRICS, Run, Shop, contents, page


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


def test_a_folder_without_any_page_says_how_a_page_is_called(nothing: Shop) -> None:
    nothing.write("src/one.py", "page = 1\n")

    ran = nothing.builds()

    assert (ran.code, ran.total) == (0, "0 pages, 0 rule files: 1 written")
    assert ran.err == "note: no module defines `dashboard`, `dashboards`, `group` or `groups`\n"


@pytest.mark.parametrize("name", ["one.py", "one.dashboard.py"])
def test_a_file_that_was_asked_for_and_has_no_page(nothing: Shop, name: str) -> None:
    nothing.write(name, "x = 1\n")

    ran = nothing.builds(source=name if name == "one.py" else ".")

    assert ran.code == 3
    assert ran.err.startswith(f"error: {name}: it defines no page and no rules\n  try: dashboard = Dashboard(...)")


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
