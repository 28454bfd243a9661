"""What a house configures: every key, both files, and each slip with its line and what to type."""

from pathlib import Path

import pytest

from cli import config
from cli.errors import UsageError
from cli.lint.configured import Configured, read
from cli.lint.finding import Severity
from cli.lint.settings import Settings
from tests.lint.findings import put

RULES = ("PQL120", "PQL121", "PQL220", "PQL990")
ALL = """
select = ["PQL1", "PQL220"]
ignore = ["PQL120"]
prometheus = "3.5.1"
features = ["promql-experimental-functions"]
scrape-interval = "30s"
evaluation-interval = "1m30s"
retention = "15d"
external = ["kube_"]
catalogs = ["ai_api"]
strict = true
fail-on = "error"
most-yaml = 5000000
"""


def _read(folder: Path, file: str = "") -> Configured:
    return read(str(folder), file, RULES)


def test_without_a_file_everything_is_at_its_default(tmp_path: Path) -> None:
    assert _read(tmp_path) == Configured(Settings())


@pytest.mark.parametrize(
    ("name", "table"), [("dash.toml", "lint"), ("pyproject.toml", "tool.dashboards-py.lint"), ("other.toml", "lint")]
)
def test_every_setting_is_read(tmp_path: Path, name: str, table: str) -> None:
    said = f'[{table}]{ALL}[{table}.severity]\nPQL121 = "info"\n[{table}.per-file]\n"old/*.json" = ["PQL1"]\n'
    put(tmp_path, name, said)

    assert _read(tmp_path, name * (name == "other.toml")).settings == Settings(
        select=("PQL1", "PQL220"),
        ignore=("PQL120",),
        severity={"PQL121": Severity.INFO},
        per_file={"old/*.json": ("PQL1",)},
        prometheus=(3, 5),
        features=("promql-experimental-functions",),
        scrape_interval=30.0,
        evaluation_interval=90.0,
        retention=15 * 86_400.0,
        external=("kube_",),
        catalogs=("ai_api",),
        strict=True,
        fail_on=Severity.ERROR,
        most_yaml=5_000_000,
    )


def test_of_two_files_dash_toml_counts_and_a_note_says_so(tmp_path: Path) -> None:
    put(tmp_path, "dash.toml", "[lint]\nstrict = true\n")
    put(tmp_path, "pyproject.toml", '[tool.dashboards-py.lint]\nignore = ["PQL1"]\n')
    found = _read(tmp_path)

    assert found.settings == Settings(strict=True)
    assert found.note == "dash.toml has [lint], so that of pyproject.toml is not read"


def test_files_that_say_nothing_of_lint_are_no_matter(tmp_path: Path) -> None:
    put(tmp_path, "dash.toml", 'project = "lint"\n')
    put(tmp_path, "pyproject.toml", '[tool.ruff.lint]\nselect = ["ALL"]\n[project]\nname = "dashboards-py"\n')

    assert _read(tmp_path) == Configured(Settings())


def test_the_rest_of_dash_toml_may_have_a_lint_table(tmp_path: Path) -> None:
    put(tmp_path, "dash.toml", 'project = "shop"\n[lint]\nstrict = true\n')

    assert config.read(str(tmp_path)).project == "shop"


def test_a_catalog_is_looked_for_beside_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "house/shop.yaml", "domain: shop\n")
    put(tmp_path, "house/dash.toml", '[lint]\ncatalogs = ["shop.yaml", "ai_api"]\n')
    monkeypatch.chdir(tmp_path)

    assert _read(tmp_path, "house/dash.toml").settings.catalogs == ("house/shop.yaml", "ai_api")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("selct = []", "2: unknown setting lint.selct\n  try: did you mean 'select'?"),
        ('select = ["PQL22O"]', "2: there is no rule 'PQL22O'\n  try: did you mean 'PQL220'?"),
        ('ignore = ["XYZ"]', "2: there is no rule 'XYZ'\n  try: an id like PQL121"),
        ('ignore = [""]', "2: lint.ignore must be a list of texts"),
        ("select = 'PQL1'", '2: lint.select must be a list of texts\n  try: select = ["PQL1", "PQL220"]'),
        ("external = [1]", "2: lint.external must be a list of texts"),
        ("severity = 1", "2: lint.severity must be a table"),
        ("severity.PQL121 = 'bad'", "2: 'bad' is no severity\n  try: error, warning or info"),
        ("severity.PQL1 = 'info'", "2: there is no rule 'PQL1'"),
        ("per-file.'*.json' = 'PQL1'", "2: lint.per-file: *.json must have a list of texts"),
        ("per-file.'*.json' = ['PQL7']", "2: there is no rule 'PQL7'"),
        ("prometheus = 2.42", '2: 2.42 is no version of Prometheus\n  try: prometheus = "2.42"'),
        ("prometheus = '2'", "2: '2' is no version of Prometheus"),
        ("scrape-interval = 15", '2: lint.scrape-interval: 15 is no duration\n  try: scrape-interval = "15s"'),
        ("retention = '0s'", "2: lint.retention: '0s' is no time at all"),
        ("strict = 'yes'", "2: lint.strict must be true or false\n  try: strict = true"),
        ("fail-on = 'never'", "2: 'never' is no severity"),
        ("most-yaml = '2MB'", "2: lint.most-yaml must be a number"),
        ("most-yaml = true", "2: lint.most-yaml counts bytes"),
        ("most-yaml = 0", "2: lint.most-yaml counts bytes"),
        ("\n\nstrict = 1", "4: lint.strict must be true or false"),
        ("strict = ", "2: this is not TOML"),
    ],
)
def test_a_slip_names_its_line_and_what_to_type(tmp_path: Path, said: str, error: str) -> None:
    put(tmp_path, "dash.toml", f"[lint]\n{said}\n")

    with pytest.raises(UsageError) as raised:
        _read(tmp_path)

    assert str(raised.value).startswith(f"dash.toml:{error}")


def test_the_line_is_that_of_our_table_and_not_of_another_tools(tmp_path: Path) -> None:
    put(tmp_path, "pyproject.toml", '[tool.ruff.lint]\nselect = ["ALL"]\n\n[tool.dashboards-py.lint]\nselect = 1\n')

    with pytest.raises(UsageError, match=r"^pyproject\.toml:5: lint\.select"):
        _read(tmp_path)


def test_lint_that_is_no_table_is_a_slip(tmp_path: Path) -> None:
    put(tmp_path, "dash.toml", "lint = 1\n")

    with pytest.raises(UsageError, match=r"^dash\.toml:1: lint must be a table"):
        _read(tmp_path)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        _read(tmp_path, "gone.toml")


def test_a_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "dash.toml").write_bytes(b"[lint]\n\xff")

    with pytest.raises(UsageError, match="it is not UTF-8"):
        _read(tmp_path)
    with pytest.raises(UsageError, match="Is a directory"):
        _read(tmp_path, ".")
