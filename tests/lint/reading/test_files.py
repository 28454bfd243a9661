"""Files, folders, stdin, configurations and what a build made."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from cli.artifact.manifest import Manifest, PageEntry, RuleEntry
from cli.errors import UsageError
from cli.lint.reading import read, read_build
from cli.lint.settings import Settings
from tests.lint.reading.given import dashboard, exprs, found, piped, target

RULES = "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up == 0\n"
PAGE = orjson.dumps(dashboard())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files: dict[str, bytes] = {
        "b.json": PAGE,
        "a.json": orjson.dumps(dashboard(panels=[{"type": "stat", "targets": [target("a")]}])),
        "deep/rules.yml": RULES.encode(),
        "deep/RULES.YAML": RULES.encode(),
        "package.json": b'{"name": "x", "version": "1.0.0"}',
        "docker-compose.yml": b"services: {}",
        "tsconfig.json": b"// a comment\n{}",
        "notes.txt": b"panels",
        ".hidden/x.json": PAGE,
        ".venv/x.json": PAGE,
        "node_modules/x/x.json": PAGE,
        "broken.json": b'{"title": "x",\n "panels": [}',
        "chart/templates/rules.yaml": b"{{- if .Values.on }}\ngroups:\n- name: x\n  rules: [{expr: up}]\n{{ end }}\n",
    }
    for name, raw in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
    return tmp_path


def test_a_folder_is_read_sorted_and_what_is_none_of_ours_is_skipped(folder: Path) -> None:
    inputs = read([str(folder)], stdin=lambda: b"", settings=Settings())

    assert exprs(inputs) == ["a", "up"]
    assert [Path(group.spot.document.file).name for group in inputs.groups] == ["RULES.YAML", "rules.yml"]
    assert [(Path(one.file).name, one.line, one.column) for one in inputs.unreadable] == [
        ("broken.json", 2, 13),
        ("rules.yaml", 1, 3),
    ]
    assert "helm template" in inputs.unreadable[1].why
    assert len(inputs.documents) == 4


def test_a_file_that_is_named_must_be_something_that_we_know(folder: Path) -> None:
    inputs = found(folder, "package.json", "docker-compose.yml", "b.json", "absent.json", "tsconfig.json")

    assert exprs(inputs) == ["up"]
    assert [(Path(one.file).name, one.why) for one in inputs.unreadable[:3]] == [
        ("package.json", "neither a dashboard nor rules"),
        ("docker-compose.yml", "neither a dashboard nor rules"),
        ("absent.json", "there is no such file"),
    ]
    assert inputs.unreadable[3].line == 1


def test_a_file_is_read_once_however_it_is_reached(folder: Path) -> None:
    (folder / "link.json").symlink_to(folder / "b.json")

    assert exprs(found(folder, "b.json", "./b.json", "link.json")) == ["up"]


def test_a_path_is_shown_as_the_person_wrote_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    inputs = read(["./b.json", "deep", "-"], stdin=lambda: PAGE, settings=Settings())

    assert [page.spot.document.file for page in inputs.pages] == ["./b.json", "<stdin>"]
    assert inputs.groups[1].spot.document.file == "deep/rules.yml"


def test_stdin_is_only_read_when_it_is_asked_for(folder: Path) -> None:
    def never() -> bytes:
        raise AssertionError

    assert read([str(folder / "b.json")], stdin=never, settings=Settings()).pages


@pytest.mark.parametrize("suffix", [".txt", ".rules", ""])
def test_a_file_with_any_name_is_json_or_yaml_as_it_begins(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"one{suffix}").write_bytes(b" \n" + PAGE)
    (tmp_path / f"two{suffix}").write_text(RULES)

    inputs = found(tmp_path, f"one{suffix}", f"two{suffix}")
    assert (len(inputs.pages), len(inputs.groups)) == (1, 1)


def test_yaml_that_begins_as_json_does_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("{groups: [{name: g, rules: [{alert: A, expr: up}]}]}")
    (tmp_path / "b.yaml").write_bytes(PAGE)

    inputs = found(tmp_path, "a.yaml", "b.yaml")
    assert (len(inputs.pages), len(inputs.groups), inputs.unreadable) == (1, 1, ())


def test_the_rule_files_of_a_configuration_are_followed(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yml").write_text(RULES)
    (tmp_path / "prometheus.yml").write_text(
        "global: {scrape_interval: 15s, evaluation_interval: 30s}\n"
        "rule_files:\n- rules/*.yml\n- /etc/prometheus/absent.yml\n- absent.yml\n- none/*.yml\n"
        "scrape_configs:\n- job_name: api\n  scrape_interval: 60s\n- job_name: db\n"
    )
    inputs = found(tmp_path, "prometheus.yml")

    assert [group.name for group in inputs.groups] == ["g"]
    (said,) = inputs.unreadable
    assert ("absent.yml" in said.why, said.line, said.column) == (True, 5, 3)
    (configuration,) = inputs.configurations
    assert (configuration.scrape_interval, configuration.evaluation_interval) == ("15s", "30s")
    assert configuration.jobs == (("api", "60s"), ("db", ""))


def test_the_unit_tests_of_rules_are_no_configuration(tmp_path: Path) -> None:
    (tmp_path / "rules.yml").write_text(RULES)
    (tmp_path / "rules.test.yml").write_text("rule_files: [rules.yml, ../absent.yml]\ntests: [{interval: 1m}]\n")

    inputs = found(tmp_path, ".")
    assert (len(inputs.groups), inputs.configurations, inputs.unreadable) == (1, (), ())


def test_a_configuration_that_names_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "prometheus.yml").write_text("rule_files: ['*.yml', '.', \"a\\0b\"]\n")

    assert len(found(tmp_path, "prometheus.yml").configurations) == 1


def test_what_a_build_made_knows_its_lines_of_python(tmp_path: Path) -> None:
    made = Manifest(
        project="p",
        pages=(PageEntry(uid="a", title="A", folder="", file="dashboards/a.json", digest="", source="a.py:3"),),
        rules=(RuleEntry(file="rules/r.yaml", groups=("g",), digest="", source="r.py:7"),),
    )
    (tmp_path / "dashboards").mkdir()
    (tmp_path / "rules").mkdir()
    (tmp_path / "dashboards" / "a.json").write_bytes(PAGE)
    (tmp_path / "dashboards" / "stray.json").write_bytes(PAGE)
    (tmp_path / "rules" / "r.yaml").write_text(RULES)
    (tmp_path / "manifest.json").write_bytes(made.dump())
    inputs = read_build(tmp_path, Settings())

    assert [page.written for page in inputs.pages] == ["a.py:3"]
    assert [group.written for group in inputs.groups] == ["r.py:7"]
    with pytest.raises(UsageError, match="nothing is built"):
        read_build(tmp_path / "rules", Settings())


def test_a_folder_without_permission_or_a_name_that_is_none_is_no_crash(tmp_path: Path) -> None:
    inputs = found(tmp_path, "a\0b", "x" * 5000)

    assert len(inputs.unreadable) == 2
    assert piped(b"").unreadable[0].why == "there is nothing in it"
