"""`[compose]` and `[kubernetes]` of `dash.toml`: what can be meant is taken, anything else is said with its line."""

import re
from pathlib import Path

import pytest

from cli import config
from cli.errors import UsageError
from cli.stack import every, reading
from cli.stack.kubernetes import files as kubernetes_files
from cli.stack.settings import Compose, Kubernetes, Settings
from tests.stack.carried import whole


def settings(text: str, folder: Path) -> Settings:
    (folder / "dash.toml").write_text(text, encoding="utf-8")
    return reading.read(folder, config.read(folder).stack)


def test_all_that_can_be_said(tmp_path: Path) -> None:
    found = settings(
        """
        [compose.images]
        grafana = "registry.example.com:5000/grafana/grafana:13.2.0"
        [kubernetes]
        namespace = "monitoring"
        watched = ["shop"]
        labels = {release = "stack", "example.com/team" = "ML_ops"}
        """,
        tmp_path,
    )
    assert found.compose == Compose(images={"grafana": "registry.example.com:5000/grafana/grafana:13.2.0"})
    labels = {"example.com/team": "ML_ops", "release": "stack"}
    assert found.kubernetes == Kubernetes(namespace="monitoring", watched=("shop",), labels=labels)


def test_two_receivers_never_share_a_secret(tmp_path: Path) -> None:
    said = '[alertmanager.receivers.{}]\nkind = "slack"\nurl = {{env = "{}"}}\n'
    with pytest.raises(UsageError, match="'on-call'") as found:
        settings(said.format("on-call", "A") + said.format("On_call", "B"), tmp_path)
    assert found.value.where.startswith("dash.toml:")


@pytest.mark.parametrize(
    ("said", "line", "what"),
    [
        ('[compose.images]\ngrafan = "g:1"', 2, "'grafan'"),
        ('[compose.images]\ngrafana = "grafana/grafana"', 2, "with its version"),
        ('[compose.images]\ngrafana = "grafana/grafana:latest"', 2, "with its version"),
        ("[compose.images]\ngrafana = 13", 2, "with its version"),
        ("[compose]\nport = 1", 2, "compose.port"),
        ("compose = 1", 1, "compose must be a table"),
        ('[kubernetes]\nnamespace = "My Space"', 2, "'My Space' is no namespace"),
        ("[kubernetes]\nnamespace = 5", 2, "kubernetes.namespace"),
        ('[kubernetes]\nwatched = ["Shop"]', 2, "kubernetes.watched"),
        ('[kubernetes]\nname = "x"', 2, "kubernetes.name"),
        ('[kubernetes.labels]\n"a/b/c" = "d"', 2, "no label of Kubernetes"),
        ('[kubernetes.labels]\nrelease = "with space"', 2, "no label of Kubernetes"),
        ("[kubernetes.labels]\nrelease = 1", 2, "no label of Kubernetes"),
        (f'[kubernetes.labels]\nrelease = "{"x" * 64}"', 2, "no label of Kubernetes"),
        ('[kubernetes.labels]\n"app.kubernetes.io/part-of" = "c"', 2, "is ours"),
        ('[kubernetes.labels]\ngrafana_dashboard = "0"', 2, "is ours"),
    ],
)
def test_what_cannot_be_meant_is_said_with_its_line(said: str, line: int, what: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as found:
        settings(said, tmp_path)
    assert found.value.where == f"dash.toml:{line}"
    assert what in found.value.what
    assert found.value.fix


def test_what_the_documentation_shows_is_taken(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "carrying.md").read_text(encoding="utf-8")
    compose, kubernetes = (settings(block, tmp_path) for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL))
    assert compose.compose.images.keys() == {"grafana"}
    assert kubernetes.kubernetes.namespace == "monitoring"
    assert set(re.findall(r"build/(\w+)/", text)) <= {file.split("/")[0] for file in every.files(whole())}
    shown = set(re.findall(r"^\| `(\w+)/`", text, re.MULTILINE))
    assert shown == {file.split("/")[1] for file in kubernetes_files(whole()) if file.count("/") > 1}
