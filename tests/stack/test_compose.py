"""`compose.yaml` starts what was built, on this machine alone, and nothing without a password."""

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import jsonschema
import pytest

from cli.stack import compose, every
from cli.stack.settings import Alertmanager, Compose, Kept, Settings
from tests.stack.carried import RECEIVERS, TOLD, carried_schema, made, read, whole

FILE = "compose/compose.yaml"
#: The Compose Specification's own schema, as the package check-jsonschema carries it.
SCHEMA = carried_schema("check-jsonschema", "check_jsonschema/builtin_schemas/vendor/compose-spec.json")
SERVICES = ("prometheus", "alertmanager", "grafana")
NOTHING = Settings(makers=("compose",))
SECRETS = Settings(alertmanager=TOLD)


def said(settings: Settings | None = None, **more: Any) -> Any:
    return read(made(compose.files, whole(settings=settings, **more))[FILE])


@pytest.mark.parametrize("settings", [Settings(), SECRETS, Settings(makers=("compose", "grafana"))])
def test_the_specification_takes_it(settings: Settings) -> None:
    jsonschema.validators.validator_for(SCHEMA)(SCHEMA).validate(said(settings))


def test_the_schema_sees_what_is_wrong() -> None:
    wrong = said()
    wrong["services"]["grafana"]["port"] = []
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validators.validator_for(SCHEMA)(SCHEMA).validate(wrong)


def test_grafana_does_not_start_without_a_password() -> None:
    password = said()["services"]["grafana"]["environment"]["GF_SECURITY_ADMIN_PASSWORD"]
    assert re.fullmatch(r"\$\{GF_SECURITY_ADMIN_PASSWORD:\?[^}]+\}", password)


@pytest.mark.parametrize("name", SERVICES)
def test_each_is_pinned_answers_this_machine_alone_and_is_not_root(name: str) -> None:
    service = said()["services"][name]
    assert re.fullmatch(r"[a-z]+/[a-z]+:v?\d+\.\d+\.\d+", service["image"])
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert not service["user"].startswith("0")
    assert service["restart"] == "unless-stopped"
    assert (service["cap_drop"], service["security_opt"]) == (["ALL"], ["no-new-privileges:true"])
    assert service["healthcheck"]["test"][-1].startswith("http://127.0.0.1:")


def test_what_is_mounted_was_built_and_cannot_be_written() -> None:
    of = whole(settings=SECRETS)
    built = {PurePosixPath(file) for file in every.files(of)} | {PurePosixPath("dashboards/shop.json")}
    built |= {PurePosixPath(file) for file in of.groups}
    for service in said(SECRETS)["services"].values():
        for source, _, inside in (volume.partition(":") for volume in service["volumes"]):
            if source.startswith(".."):
                assert inside.endswith(":ro")
                folder = PurePosixPath(source.removeprefix("../"))
                assert any(folder in file.parents for file in built), source


def test_what_was_not_built_is_not_mounted() -> None:
    bare = said(pages={}, groups={}, jobs=())
    mounted = [volume for service in bare["services"].values() for volume in service["volumes"]]
    assert not [one for one in mounted if "rules" in one or "dashboards" in one or "alerting" in one]
    assert said(NOTHING)["services"] == {}


def test_rules_lie_beside_the_configuration_as_in_the_build() -> None:
    service = said()["services"]["prometheus"]
    config = next(one for one in service["command"] if one.startswith("--config.file=")).partition("=")[2]
    places = {volume.split(":")[1]: volume.split(":")[0] for volume in service["volumes"]}
    inside = PurePosixPath(config).parent
    assert places[str(inside)] == "../prometheus"
    assert places[str(inside.parent / "rules")] == "../rules"


def test_secrets_are_named_and_never_written() -> None:
    now = said(SECRETS)
    assert now["secrets"] == {
        "on_call_routing_key": {"environment": "ON_CALL_ROUTING_KEY"},
        "chat_url": {"file": "/etc/secrets/chat"},
        "post_password": {"environment": "POST_PASSWORD"},
        "bridge_token": {"environment": "BRIDGE_TOKEN"},
    }
    alertmanager = {one["source"]: one["target"] for one in now["services"]["alertmanager"]["secrets"]}
    assert alertmanager.keys() == now["secrets"].keys()
    assert alertmanager["chat_url"] == "/etc/secrets/chat"
    grafana = now["services"]["grafana"]
    assert grafana["secrets"] == [{"source": "chat_url", "target": "/etc/secrets/chat"}]
    assert {name for name, value in grafana["environment"].items() if value.startswith("${")} == {
        "GF_SECURITY_ADMIN_PASSWORD",
        "GF_SMTP_PASSWORD",
        "ON_CALL_ROUTING_KEY",
        "BRIDGE_TOKEN",
    }
    mail = {name: value for name, value in grafana["environment"].items() if name.startswith("GF_SMTP_")}
    assert mail == {
        "GF_SMTP_ENABLED": "true",
        "GF_SMTP_HOST": "mail.example.com:25",
        "GF_SMTP_FROM_ADDRESS": "dash@example.com",
        "GF_SMTP_USER": "da$$h",
        "GF_SMTP_PASSWORD": "${POST_PASSWORD:?the secret post_password}",
    }


def test_a_password_for_mail_may_lie_in_a_file() -> None:
    post = replace(RECEIVERS[2], secrets={"password": Kept("file", "/etc/secrets/post", "post_password")})
    grafana = said(Settings(alertmanager=Alertmanager(receivers=(post,))))["services"]["grafana"]
    assert ("GF_SMTP_PASSWORD", "$$__file{/etc/secrets/post}") in grafana["environment"].items()
    assert grafana["secrets"] == [{"source": "post_password", "target": "/etc/secrets/post"}]


def test_every_dollar_is_a_variable_that_is_there_or_a_dollar() -> None:
    text = made(compose.files, whole(settings=SECRETS))[FILE].decode()
    left = re.sub(r"\$\$|\$\{[A-Z_]+:\?[^}]+\}|\$\{[A-Z]+_PORT:-\d+\}", "", text)
    assert "$" not in left


def test_alertmanager_finds_each_secret_where_its_configuration_looks() -> None:
    looked_for = set(
        re.findall(
            r'_file: "([^"]+)"',
            made(every.MAKERS["alertmanager"], whole(settings=SECRETS))["alertmanager/alertmanager.yml"].decode(),
        )
    )
    granted = {one["target"] for one in said(SECRETS)["services"]["alertmanager"]["secrets"]}
    assert looked_for == granted


def test_only_granted_secrets_are_asked_for() -> None:
    now = said(Settings(makers=("compose", "grafana"), alertmanager=TOLD))
    assert now["secrets"].keys() == {"chat_url"}


def test_another_image_is_taken_as_it_is() -> None:
    mine = "registry.example.com/grafana@sha256:" + "0" * 64
    services = said(Settings(compose=Compose(images={"grafana": mine})))["services"]
    assert services["grafana"]["image"] == mine
    assert services["prometheus"]["image"] == compose.IMAGES["prometheus"]


def test_two_projects_on_one_machine_are_two() -> None:
    assert (said(project="one")["name"], said(project="two")["name"]) == ("one", "two")


def test_what_is_made_twice_is_equal() -> None:
    assert made(compose.files, whole(settings=SECRETS)) == made(compose.files, whole(settings=SECRETS))
