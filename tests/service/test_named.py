"""In a container the service has the names that the built prometheus.yml scrapes, and compose gives it just those."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
import yaml

from examples.ai_service.gateway import STATUS
from examples.ai_service.named import scraped, serve
from examples.ai_service.surroundings import around
from queries.ai_app.metrics import BACKEND
from tests.listening import free_port
from tests.service.town import QUICK
from tests.stack.carried import carried_schema

EXAMPLES = Path(__file__).parents[2] / "examples"
SCHEMA = carried_schema("check-jsonschema", "check_jsonschema/builtin_schemas/vendor/compose-spec.json")
SAID: Any = yaml.safe_load((EXAMPLES / "compose.service.yaml").read_text(encoding="utf-8"))
SERVICES: Any = SAID["services"]
#: Who is neither a part of the service nor always there, by the name that is scraped.
OTHERS = {"node-exporter", "nginx"}


def test_each_name_is_answered_by_its_part_and_another_by_none() -> None:
    async def story() -> None:
        stop, ports = asyncio.Event(), {8000: free_port(), 8002: free_port(), 8080: free_port()}
        targets = {
            job: [f"{name}:{ports[int(port)]}" for name, _, port in (one.partition(":") for one in several)]
            for job, several in scraped().items()
        }
        surroundings = around(QUICK)
        serving = asyncio.create_task(serve(surroundings, targets, "127.0.0.1", stop))
        async with httpx.AsyncClient() as client:
            seen = set()
            for job, several in targets.items():
                for name, port in (one.split(":") for one in several):
                    url = f"http://127.0.0.1:{port}/metrics"
                    said = await answered(client, url, f"{name}:{port}")
                    assert said.status_code == 200, (job, name)
                    seen.add((name, "taskmaster_model_loaded" in said.text))
            nobody = await client.get(f"http://127.0.0.1:{ports[8000]}/", headers={"Host": "elsewhere"})
        stop.set()
        await serving

        assert [name for name, is_worker in seen if is_worker] == ["taskmaster"]
        assert len(seen) == 8
        assert nobody.status_code == 421
        assert surroundings.targets == targets

    asyncio.run(story())


async def answered(client: httpx.AsyncClient, url: str, host: str) -> httpx.Response:
    """It, once the server listens."""
    for _ in range(200):
        try:
            return await client.get(url, headers={"Host": host})
        except httpx.ConnectError:
            await asyncio.sleep(0.05)
    raise AssertionError(f"{url} does not answer")


def test_the_compose_specification_takes_it() -> None:
    jsonschema.validators.validator_for(SCHEMA)(SCHEMA).validate(SAID)


def test_every_name_that_is_scraped_is_somebodys() -> None:
    hosts = {one.partition(":")[0] for several in scraped().values() for one in several}

    assert set(SERVICES["ai-service"]["networks"]["default"]["aliases"]) == hosts
    assert SERVICES.keys() >= OTHERS


def test_the_exporter_of_nginx_reads_the_page_that_the_backend_has() -> None:
    [option] = SERVICES["nginx"]["command"]
    default = re.search(r"\$\{NGINX_STATUS:-http://(.*?)(/.*)\}", option)
    assert default

    assert default[1] in scraped()[BACKEND.job]
    assert default[2] == STATUS
    assert "profiles" not in SERVICES["nginx"]


@pytest.mark.parametrize("name", SERVICES)
def test_each_is_pinned_restarts_and_may_do_nothing(name: str) -> None:
    one = SERVICES[name]

    assert "image" in one or one["build"]["dockerfile"] == "examples/Dockerfile"
    assert re.fullmatch(r"[a-z/-]+:v?\d+\.\d+\.\d+", one.get("image", "built:0.0.0"))
    assert all(port.startswith("127.0.0.1:") for port in one.get("ports", ()))
    assert (one["restart"], one["cap_drop"]) == ("unless-stopped", ["ALL"])
    assert one["security_opt"] == ["no-new-privileges:true"]


def test_the_image_is_pinned_not_root_and_built_of_what_is_there() -> None:
    lines = (EXAMPLES / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [word for line in lines if line.startswith("COPY") for word in line.split()[1:-1]]

    assert re.fullmatch(r"FROM python:3\.\d+\.\d+-slim-bookworm", lines[1])
    assert "USER 65534:65534" in lines
    assert all((EXAMPLES.parent / one).exists() for one in copied)
    taken = (EXAMPLES / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert {one.removeprefix("!") for one in taken if one.startswith("!")} == set(copied)
