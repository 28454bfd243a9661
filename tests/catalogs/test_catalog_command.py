"""`dash catalog read`: a page in, a catalog out, and nothing lost that a person wrote there."""

import io
from pathlib import Path

import pytest

from queries.catalogs.file import read_catalog
from tests.command_line import Dash, Run, typed

PAGE = '# HELP a_total Things.\n# TYPE a_total counter\na_total{x="1"} 1\n# TYPE b_bytes gauge\nb_bytes 1\n'


@pytest.fixture
def dash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dash:
    """`dash catalog read` in a folder that has `shop.prom`."""
    monkeypatch.chdir(tmp_path)
    Path("shop.prom").write_text(PAGE)

    def run(*arguments: str, stdin: str = "") -> Run:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        return typed(capsys, "catalog", "read", *arguments)

    return run


def test_a_page_becomes_a_catalog_on_standard_output(dash: Dash) -> None:
    ran = dash("shop.prom")

    assert ran == Run(
        0,
        "domain: shop\nscrape_interval: 15s\nmetrics:\n"
        "- name: a_total\n  type: counter\n  labels: {x: null}\n  help: Things.\n"
        "- name: b_bytes\n  type: gauge\n  unit: bytes\n  labels: {}\n",
        "",
    )


def test_a_page_may_come_from_standard_input_and_more_be_said_of_it(dash: Dash) -> None:
    ran = dash("-", "--domain", "d", "--job", "j", "--job", "k", "--scrape-interval", "1m", stdin=PAGE)

    assert ran.out.startswith("domain: d\njobs: [j, k]\nscrape_interval: 1m\nmetrics:\n- name: a_total\n")
    assert dash("-", stdin=PAGE).out.startswith("domain: unnamed\n")


def _written(path: Path) -> tuple[int, int]:
    """Another pair after each writing; a reading changes nothing but the time of access."""
    status = path.stat()
    return status.st_ino, status.st_mtime_ns


def test_a_file_is_written_and_read_anew_without_a_change(dash: Dash) -> None:
    assert dash("shop.prom", "--out", "c.yaml") == Run(0, "c.yaml: 2 metrics\n", "")
    before = _written(Path("c.yaml"))
    assert read_catalog(Path("c.yaml").read_bytes(), "c.yaml").domain == "c"
    assert dash("shop.prom", "--out", "c.yaml") == Run(0, "c.yaml says so already: 2 metrics\n", "")
    assert _written(Path("c.yaml")) == before
    assert {one.name for one in Path().iterdir()} == {"c.yaml", "shop.prom"}


WRITTEN = """# Ours.

domain: mine
jobs: [j]
metrics:
# counts
- {name: a_total, type: counter, unit: tokens, labels: {x: [p]}, odd_name: so}
- {name: old, type: gauge}
"""


def test_what_a_person_wrote_stays_in_a_file(dash: Dash) -> None:
    Path("c.yaml").write_text(WRITTEN)
    ran = dash("shop.prom", "--out", "c.yaml")

    assert (ran.code, ran.out) == (0, "c.yaml: 3 metrics, 1 of them new\n")
    assert ran.err == (
        "note: only the comments at the beginning of c.yaml are kept\n"
        "note: not on the page, kept (--prune takes them out): old\n"
    )
    text = Path("c.yaml").read_text()
    assert text.startswith("# Ours.\n\ndomain: mine\njobs: [j]\n")
    first = read_catalog(text.encode(), "c.yaml").metrics[0]
    assert (first.labels[0].values, first.odd_name, first.help) == (("p",), "so", "Things.")


def test_what_is_gone_is_pruned_when_asked_for(dash: Dash) -> None:
    Path("c.yaml").write_text(WRITTEN)
    ran = dash("shop.prom", "--out", "c.yaml", "--prune")

    assert "note: not on the page, taken out: old\n" in ran.err
    assert "old" not in Path("c.yaml").read_text()


def test_metrics_without_series_and_of_another_type_are_told(dash: Dash) -> None:
    Path("c.yaml").write_text("domain: d\nmetrics: [{name: a_total, type: gauge}]")
    ran = dash("-", "--out", "c.yaml", stdin="# TYPE a_total counter\na_total 1\n# TYPE z counter\n")

    assert "note: 1 metrics have no series yet" in ran.err
    assert "note: a_total was a gauge, the page says counter\n" in ran.err


WRONG = [
    (("nowhere.prom",), "error: nowhere.prom: it cannot be read: No such file or directory\n"),
    (("-",), "error: <stdin>: there is no metric in it (is it what /metrics answers?)\n"),
    (("shop.prom", "--out", "broken.yaml"), "error: broken.yaml:1:1: a catalog has no domain (domain: ...)\n"),
    (("shop.prom", "--scrape-interval", "5x"), "error: --scrape-interval: '5x' is no duration\n  try: like "),
    (("shop.prom", "--out", "."), "error: .: it cannot be read: Is a directory\n"),
    (("shop.prom", "--prune"), "--prune takes metrics out of a file: --out FILE\n"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG)
def test_what_cannot_be_done_is_told_and_nothing_is_written(arguments: tuple[str, ...], says: str, dash: Dash) -> None:
    Path("broken.yaml").write_text("metrics: []\n")
    ran = dash(*arguments)

    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert Path("broken.yaml").read_text() == "metrics: []\n"
