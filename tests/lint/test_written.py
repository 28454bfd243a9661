"""A finding about a page of ours leads to the line of Python that says the panel's title."""

from pathlib import Path

import pytest

from cli.lint.written import line_of

PAGE = '''"""A page."""
errors = stat("Errors", ai.errors())
dashboard = Dashboard(
    rows=[
        row("Errors", errors),
        row("More", stat('Requests', ai.requests())),
    ],
)
'''


@pytest.fixture
def page(tmp_path: Path) -> str:
    file = tmp_path / "page.py"
    file.write_text(PAGE, encoding="utf-8")
    return str(file)


def test_a_panel_is_found_by_its_title(page: str) -> None:
    assert line_of(f"{page}:3", 'panel "Requests", query A') == f"{page}:6"


def test_what_stands_before_the_page_is_found_last(page: str) -> None:
    assert line_of(f"{page}:3", 'panel "Errors"') == f"{page}:5"
    assert line_of(f"{page}:6", 'panel "Errors"') == f"{page}:2"


def test_a_rule_is_found_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "alerts.py").write_text('group = None\nHIGH = AlertRule("HighErrorRate")\n', encoding="utf-8")

    assert line_of(f"{tmp_path}/alerts.py:1", "alert HighErrorRate") == f"{tmp_path}/alerts.py:2"


@pytest.mark.parametrize("where", ['panel "Nothing"', 'panel ""', "variable job", ""])
def test_what_is_not_found_stays_with_its_page(page: str, where: str) -> None:
    assert line_of(f"{page}:3", where) == f"{page}:3"


def test_a_file_that_is_gone_stays_what_it_was(tmp_path: Path) -> None:
    assert line_of(f"{tmp_path}/gone.py:3", 'panel "Errors"') == f"{tmp_path}/gone.py:3"


def test_a_group_of_several_modules_is_looked_for_in_each(tmp_path: Path, page: str) -> None:
    (tmp_path / "alerts.py").write_text('HIGH = AlertRule("HighErrorRate")\n', encoding="utf-8")

    assert line_of(f"{page}:3, {tmp_path}/alerts.py:1", "alert HighErrorRate") == f"{tmp_path}/alerts.py:1"
