"""`dash import alerts`: which modules are written, what they are called, and what is never overwritten."""

import io
from pathlib import Path

import pytest
import yaml

from cli.exit_codes import Exit
from tests.adopt.round_trip import built
from tests.command_line import dash

RULES = "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up == 0\n"
RESOURCE = "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: NAME}\nspec:\n  GROUPS"
INSIDE = RULES.rstrip().replace("\n", "\n  ")
CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\ndata:\n  a.rules: |\n    FILE\n  b.sh: echo expr\n"


def _resource(name: str) -> str:
    return RESOURCE.replace("NAME", name).replace("GROUPS", INSIDE)


def test_it_says_what_it_wrote_and_what_to_do_next() -> None:
    Path("node.rules.yml").write_text(RULES + "  - record: a:b\n    expr: up\n")

    said = dash("import", "alerts", "node.rules.yml")

    assert (said.code, said.err) == (Exit.OK, "")
    assert said.out == (
        "imported/node.py: 1 group, 1 alert, 1 recording from node.rules.yml\n"
        "1 module. Next: dash build --source imported\n"
    )
    assert dash("build", "--source", "imported").code == Exit.OK
    assert Path("build/rules/node.yaml").exists()


def test_a_script_reads_the_same() -> None:
    Path("node.yml").write_text("namespace: x\n" + RULES + "    for: 5\n  - alert: B\n    expr: up\n")

    said = dash("import", "alerts", "node.yml", "--output", "json")

    assert said.json == {
        "type": "import",
        "version": 1,
        "modules": [{"file": "imported/node.py", "source": "node.yml", "groups": 1, "alerts": 1, "recordings": 0}],
        "problems": [
            {
                "file": "node.yml",
                "line": 7,
                "column": 10,
                "what": """alert 'A': `for`: '5' is no duration (like "5m", "1h" or "7d")""",
            }
        ],
        "notes": [
            {
                "file": "node.yml",
                "line": 1,
                "column": 12,
                "what": "its namespace is left out: a rule file of Prometheus has none",
            }
        ],
    }


def test_what_somebody_changed_is_not_overwritten_and_then_nothing_is() -> None:
    Path("a.yml").write_text(RULES)
    Path("b.yml").write_text(RULES)
    Path("imported").mkdir()
    Path("imported/b.py").write_text("mine")

    said = dash("import", "alerts", "a.yml", "b.yml")

    assert said.code == Exit.USAGE
    assert said.err == (
        "error: nothing was written: imported/b.py is there already\n  try: --force, or another --out\n"
    )
    assert [one.name for one in Path("imported").iterdir()] == ["b.py"]
    assert dash("import", "alerts", "a.yml", "b.yml", "--force").code == Exit.OK
    assert "mine" not in Path("imported/b.py").read_text()


def test_importing_the_same_again_is_no_overwriting() -> None:
    Path("a.yml").write_text(RULES)
    assert dash("import", "alerts", "a.yml").code == Exit.OK
    before = Path("imported/a.py").read_bytes()

    assert dash("import", "alerts", "a.yml").code == Exit.OK
    assert Path("imported/a.py").read_bytes() == before


@pytest.mark.parametrize(
    ("file", "module"),
    [
        ("alerts.yml", "alerts_rules"),
        ("recording.yaml", "recording_rules"),
        ("queries.yml", "queries_rules"),
        ("json.rules", "json_rules"),
        ("class.yml", "class_rules"),
        ("9-lives.yml", "rules_9_lives"),
        ("Größe (alt).yml", "gr_e_alt"),
        ("日本.yml", "rules_rules"),
        ("kube-prometheus.rules.yaml", "kube_prometheus"),
    ],
)
def test_a_module_has_a_name_that_python_can_import_and_that_is_nobody_elses(file: str, module: str) -> None:
    Path(file).write_text(RULES)

    assert dash("import", "alerts", file).code == Exit.OK

    assert [one.stem for one in Path("imported").iterdir()] == [module]
    assert dash("build", "--source", "imported").code == Exit.OK


def test_files_of_one_name_and_groups_of_one_name_stay_apart() -> None:
    for folder in "ab":
        Path(folder).mkdir()
        Path(folder, "node.yml").write_text(RULES)

    assert dash("import", "alerts", "a/node.yml", "b/node.yml").code == Exit.OK

    assert sorted(one.name for one in Path("imported").iterdir()) == ["node.py", "node_2.py"]
    assert len(built()) == 2


def test_resources_of_one_file_share_a_module_unless_their_groups_share_names() -> None:
    others = _resource("other").replace("name: g", "name: h")
    Path("all.yml").write_text("\n---\n".join([_resource("one"), others, _resource("two"), "kind: Service\n"]))

    assert dash("import", "alerts", "all.yml").code == Exit.OK

    assert sorted(one.name for one in Path("imported").iterdir()) == ["all.py", "all_two.py"]
    assert sorted(one["name"] for one in built()) == ["g", "g", "h"]


def test_rules_in_a_config_map_in_a_list_and_in_a_rulers_answer_are_found() -> None:
    Path("cm.yml").write_text(CONFIG_MAP.replace("FILE", RULES.rstrip().replace("\n", "\n    ")))
    Path("list.yml").write_text(yaml.safe_dump({"apiVersion": "v1", "kind": "List", "items": [_loaded()]}))
    Path("ruler.yml").write_text("team/a:\n" + RULES.removeprefix("groups:\n"))

    said = dash("import", "alerts", "cm.yml", "list.yml", "ruler.yml")

    assert (said.code, said.err) == (Exit.OK, "")
    assert [one["rules"] for one in built()] == [[{"alert": "A", "expr": "up == 0"}]] * 3


def test_a_second_document_is_taken_over_and_said_to_be_more_than_prometheus_reads() -> None:
    Path("two.yml").write_text(f"{RULES}---\n{RULES.replace('name: g', 'name: h')}")

    said = dash("import", "alerts", "two.yml")

    assert said.code == Exit.OK
    assert said.err == (
        "note: two.yml:8:1: Prometheus reads only the first document of a rule file: this one is taken over besides\n"
    )
    assert [one["name"] for one in built()] == ["g", "h"]


def test_standard_input_is_a_file_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(RULES.encode())))

    assert dash("import", "alerts", "-").code == Exit.OK
    assert [one.name for one in Path("imported").iterdir()] == ["stdin.py"]


def test_without_a_file_it_says_how_it_is_called() -> None:
    assert dash("import", "alerts").code == Exit.USAGE


def _loaded() -> object:
    return yaml.safe_load(_resource("x"))
