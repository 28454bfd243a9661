"""docs/rules is what the rules themselves say."""

from pathlib import Path

from cli.lint.finding import Severity
from cli.lint.page import INDEX, page, pages, write
from cli.lint.rule import Example, Rule

DOCS = Path(__file__).parents[3] / "docs" / "rules"


def test_the_pages_in_the_docs_are_those_of_the_rules() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert kept == pages(), "make rule-pages"


def test_a_page_says_all_that_its_rule_does() -> None:
    rule = Rule(
        id="PQL999",
        title="a title",
        severity=Severity.WARNING,
        why="""It
        matters.""",
        wrong=Example(
            "x[1m]", settings={"retention": 3600.0, "prometheus": (3, 0), "features": ("a", "b"), "strict": True}
        ),
        right=Example(rules="groups: []", reader="alert", catalogs=("domain: shop\nmetrics: []\n",)),
        also=("pint promql/syntax",),
    )
    text = page(rule)
    assert text.startswith("# PQL999: a title\n\nSeverity: **warning**\n\nIt matters.\n")
    assert '[lint]\nretention = "1h"\nprometheus = "3.0"\nfeatures = ["a", "b"]\nstrict = true\n' in text
    assert "```promql\nx[1m]\n```" in text
    assert "```yaml\ndomain: shop\nmetrics: []\n```" in text
    assert "* pint promql/syntax" in text
    assert "# dash: ignore PQL999 because" in text


def test_the_list_leads_to_every_page() -> None:
    written = pages()
    assert all(f"]({name})" in written[INDEX] for name in written if name != INDEX)


def test_the_page_of_a_rule_that_is_gone_goes(tmp_path: Path) -> None:
    tmp_path.joinpath("PQL998.md").write_text("old")
    tmp_path.joinpath("notes.md").write_text("mine")
    write(tmp_path)
    assert not tmp_path.joinpath("PQL998.md").exists()
    assert tmp_path.joinpath("notes.md").exists()
    assert tmp_path.joinpath("PQL100.md").read_text(encoding="utf-8") == pages()["PQL100.md"]
