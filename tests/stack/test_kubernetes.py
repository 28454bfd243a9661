"""What a cluster is given is what its API takes, and says the same as the files that it was made of."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import orjson
import pytest
import yaml

from cli.stack import kubernetes
from cli.stack.settings import Kubernetes, Settings
from cli.stack.whole import Job, Later
from tests.prometheus.promtool import NEEDS_PROMTOOL, check
from tests.stack.carried import GROUPS, JOBS, made, read, whole
from tests.stack.operator_kinds import KINDS

KUBERNETES = "1.37"
MIB = 1_048_576
#: RFC 1123, which no schema asks for.
NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
KUSTOMIZATION = "kubernetes/kustomization.yaml"
SETTINGS = Settings(kubernetes=Kubernetes(namespace="monitoring", labels={"release": "stack"}, watched=("shop", "gpu")))
#: Four that Grafana takes for four, and Kubernetes would take for one.
UIDS = ("a-b", "a_b", "A-b", "a-b-", "-", "x" * 40)


def judged(objects: Iterable[bytes]) -> list[str]:
    """The kinds, each after its API's own judgement."""
    seen = []
    for text in objects:
        said = read(text)
        if said["kind"] in KINDS:
            jsonschema.Draft202012Validator(KINDS[said["kind"]]).validate(said)
        elif said["kind"] == "ConfigMap":
            kubernetes_validate.validate(said, KUBERNETES, strict=True)
        assert said["kind"] == "Kustomization" or re.fullmatch(NAME, said["metadata"]["name"])
        seen.append(said["kind"])
    return sorted(seen)


@pytest.mark.parametrize("settings", [Settings(), SETTINGS])
def test_every_object_is_what_its_api_takes(settings: Settings) -> None:
    files = made(kubernetes.files, whole(settings=settings))
    assert judged(files.values()) == [
        "ConfigMap",
        "Kustomization",
        "PrometheusRule",
        "ServiceMonitor",
        "ServiceMonitor",
    ]


def test_the_schemas_see_what_is_wrong() -> None:
    rule = read(made(kubernetes.files, whole())["kubernetes/rules/shop.yaml"])
    for wrong in ({"for": "5 minutes"}, {"record": "both"}, {"severity": "critical"}, {"labels": {"n": 1}}):
        said = orjson.loads(orjson.dumps(rule))
        said["spec"]["groups"][0]["rules"][0] |= wrong
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(KINDS["PrometheusRule"]).validate(said)
    page = read(made(kubernetes.files, whole())["kubernetes/dashboards/shop.yaml"])
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(page | {"dat": {}}, KUBERNETES, strict=True)


def test_kustomization_lists_each_object_once() -> None:
    files = made(kubernetes.files, whole())
    assert read(files[KUSTOMIZATION])["resources"] == [
        "dashboards/shop.yaml",
        "monitors/gpus.yaml",
        "monitors/shop.yaml",
        "rules/shop.yaml",
    ]
    assert {f"kubernetes/{one}" for one in read(files[KUSTOMIZATION])["resources"]} | {KUSTOMIZATION} == set(files)


def test_names_that_grafana_tells_apart_stay_apart() -> None:
    files = made(kubernetes.files, whole({uid: {"uid": uid} for uid in UIDS}, groups={}, jobs=()))
    names = {read(text)["metadata"]["name"] for file, text in files.items() if file != KUSTOMIZATION}
    assert len(names) == len(UIDS) == len(files) - 1
    assert {"shop-a-b", f"shop-{'x' * 40}"} < names
    judged(files.values())


def test_a_name_does_not_depend_on_the_others() -> None:
    alone = made(kubernetes.files, whole({"a_b": {}}, groups={}, jobs=()))
    both = made(kubernetes.files, whole({"a_b": {}, "a-b": {}}, groups={}, jobs=()))
    assert alone.keys() < both.keys()


def test_settings_are_on_every_object() -> None:
    for file, text in made(kubernetes.files, whole(settings=SETTINGS)).items():
        if file != KUSTOMIZATION:
            about = read(text)["metadata"]
            assert about["namespace"] == "monitoring"
            assert about["labels"].items() >= {"release": "stack", "app.kubernetes.io/managed-by": "dash"}.items()
    monitor = read(made(kubernetes.files, whole(settings=SETTINGS))["kubernetes/monitors/shop.yaml"])
    assert monitor["spec"]["namespaceSelector"] == {"matchNames": ["shop", "gpu"]}


@pytest.mark.prometheus
@NEEDS_PROMTOOL
def test_prometheus_takes_the_rules_of_a_prometheus_rule(tmp_path: Path) -> None:
    spec = read(made(kubernetes.files, whole())["kubernetes/rules/shop.yaml"])["spec"]
    assert spec == {"groups": list(GROUPS)}
    assert not check(spec, tmp_path)


def test_a_page_is_byte_for_byte_the_built_one() -> None:
    of = whole()
    said = read(made(kubernetes.files, of)["kubernetes/dashboards/shop.yaml"])
    assert said["data"] == {"shop.json": of.text("dashboards/shop.json").decode()}
    assert said["metadata"]["labels"]["grafana_dashboard"] == "1"
    assert said["metadata"]["annotations"] == {"grafana_folder": "AI/Serving"}


@pytest.mark.parametrize(
    "odd", ["\x85", "\u2028", "\u2029", "\ufeff", "\x7f", "\x9f", "\U0001f600", "\t", "a\r\n b", " "]
)
@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
def test_what_yaml_would_take_for_a_line_end_stays_in_the_page(odd: str, loader: Any) -> None:
    page = {"title": f"one{odd}two{odd}", odd: [f"{odd}\n{odd}"]}
    text = made(kubernetes.files, whole({"odd": page}))["kubernetes/dashboards/odd.yaml"]
    assert orjson.loads(yaml.load(text, Loader=loader)["data"]["odd.json"]) == page  # noqa: S506 - safe ones


def test_a_page_that_no_config_map_can_hold_is_left_out_and_said() -> None:
    most = MIB - len("big.json\n")
    fits, too_large = (b'"' + b"x" * (size - 2) + b'"' for size in (most, most + 1))
    kept = read(made(kubernetes.files, whole({"big": fits}))["kubernetes/dashboards/big.yaml"])
    assert kept["data"]["big.json"].encode() == fits + b"\n"
    assert len("big.json") + len(kept["data"]["big.json"]) == MIB
    text = made(kubernetes.files, whole({"big": too_large}))["kubernetes/dashboards/big.yaml"]
    said = read(text)
    assert f"{most + 1:,} bytes" in said["data"]["why"]
    assert "dash push" in text.decode().splitlines()[1]
    assert "grafana_dashboard" not in said["metadata"]["labels"]
    judged([text])


def test_the_job_is_the_one_that_the_queries_ask_for() -> None:
    spec = read(made(kubernetes.files, whole())["kubernetes/monitors/gpus.yaml"])["spec"]
    assert spec["selector"] == {"matchLabels": {"app.kubernetes.io/name": "gpus"}}
    assert [one["targetPort"] for one in spec["endpoints"]] == [8002, 9002]
    for endpoint in spec["endpoints"]:
        assert endpoint["interval"] == "30s"
        job, host = endpoint["relabelings"]
        assert job == {"action": "replace", "targetLabel": "job", "replacement": "gpus"}
        assert (host["sourceLabels"], host["targetLabel"]) == (["__address__"], "instance")
    plain = read(made(kubernetes.files, whole())["kubernetes/monitors/shop.yaml"])["spec"]["endpoints"]
    assert [len(one["relabelings"]) for one in plain] == [1]


def test_two_roles_of_one_job_are_two_monitors() -> None:
    twins = (JOBS[0], JOBS[0]._replace(role="shop.other", targets=("other:9000",)))
    files = made(kubernetes.files, whole(pages={}, groups={}, jobs=twins))
    monitors = [read(text) for file, text in files.items() if "/monitors/" in file]
    assert len({one["metadata"]["name"] for one in monitors}) == len(twins)
    assert {one["spec"]["endpoints"][0]["relabelings"][0]["replacement"] for one in monitors} == {"shop"}


def test_a_label_with_a_dollar_is_no_part_of_a_match() -> None:
    job = Job("x.py:1", "a.b", "j$1", ("h:1",), "15s", labels={"cost": "5$"})
    endpoint = read(made(kubernetes.files, whole(jobs=[job]))[next(iter(_monitors(job)))])["spec"]["endpoints"][0]
    assert [one["replacement"] for one in endpoint["relabelings"]] == ["5$$", "j$$1"]


def test_a_page_edited_makes_one_file_again() -> None:
    before, after = kubernetes.files(whole()), kubernetes.files(whole({"shop": {"title": "New"}}))
    assert before.keys() == after.keys()
    page = before["kubernetes/dashboards/shop.yaml"]
    assert isinstance(page, Later)
    assert page.pages == ("dashboards/shop.json",)
    assert {file: _key(one) for file, one in before.items()} == {file: _key(one) for file, one in after.items()}
    moved = kubernetes.files(whole(folder="Elsewhere"))
    assert [file for file in moved if _key(moved[file]) != _key(before[file])] == ["kubernetes/dashboards/shop.yaml"]


def test_other_labels_make_every_object_again() -> None:
    before, after = kubernetes.files(whole()), kubernetes.files(whole(settings=SETTINGS))
    assert [file for file in before if _key(before[file]) == _key(after[file])] == [KUSTOMIZATION]


def test_what_is_made_twice_is_equal() -> None:
    assert made(kubernetes.files, whole(settings=SETTINGS)) == made(kubernetes.files, whole(settings=SETTINGS))


def _monitors(job: Job) -> list[str]:
    return [file for file in kubernetes.files(whole(jobs=[job])) if "/monitors/" in file]


def _key(text: Any) -> Any:
    return text.key if isinstance(text, Later) else text
