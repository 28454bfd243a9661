"""The pipelines of docs/ci: their forges take them, `dash` takes every command in them, and no secret is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.house.typed import commands, refusal
from tests.stack.carried import carried_schema

DOCS = Path(__file__).parents[2] / "docs"
FORGES = {"github.yml": "github-workflows", "gitlab.yml": "gitlab-ci"}
VENDOR = "check_jsonschema/builtin_schemas/vendor/{}.json"
PAGE = (DOCS / "ci.md").read_text(encoding="utf-8")
IN_CODE = re.compile(r"`(dash [^`]+)`")
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
#: The steps of which the issue speaks, in its order.
STEPS = ("build", "lint", "test", "verify", "catalog", "diff", "push")
SECRET = re.compile(r"gl(?:sa|c|pat)[_-]\w|gh[pousr]_\w|eyJ\w|(?i:password|token)\s*[:=]\s*[\"']?\w{8}")


def _text(name: str) -> str:
    return (DOCS / "ci" / name).read_text(encoding="utf-8")


def _read(name: str) -> Any:
    # to YAML 1.1 the word `on` is true; to both forges it is a word
    said = yaml.safe_load(_text(name))
    return {("on" if key is True else key): value for key, value in said.items()}


def _scripts(said: Mapping[str, Any]) -> Iterator[str]:
    """Every script of a GitHub workflow, and of a GitLab pipeline."""
    for job in (*said.get("jobs", {}).values(), *said.values()):
        if isinstance(job, dict):
            yield from (step["run"] for step in job.get("steps", ()) if "run" in step)
            for key in ("before_script", "script"):
                yield "\n".join(job.get(key, ()))


@pytest.mark.parametrize("name", FORGES)
def test_its_forge_takes_it(name: str) -> None:
    schema = carried_schema("check-jsonschema", VENDOR.format(FORGES[name]))

    jsonschema.validators.validator_for(schema)(schema).validate(_read(name))


@pytest.mark.parametrize("name", FORGES)
def test_every_command_and_option_is_one_of_dash_and_every_step_is_there(name: str) -> None:
    typed = [words for script in _scripts(_read(name)) for words in commands(script)]

    assert {words: refusal(words) for words in typed if refusal(words)} == {}
    assert set(STEPS) <= {words[0] for words in typed}
    assert ("--version",) in typed


def test_every_command_of_the_page_is_one_of_dash() -> None:
    typed = [words for line in IN_CODE.findall(PAGE) for words in commands(line)]

    assert {words: refusal(words) for words in typed if refusal(words)} == {}
    assert set(STEPS) <= {words[0] for words in typed}


def test_a_command_that_does_not_exist_is_found() -> None:
    script = 'dash built && dash lint --form github > x; dash catalog dif "$A" || dash push \\\n  --yes\ndash build'

    built, form, dif, *fine = (refusal(words) for words in commands(script))

    assert built == "dash built: there is no such command"
    assert form.startswith("dash lint: No such option")
    assert dif == "dash catalog dif: there is no such command"
    assert fine == ["", ""]


@pytest.mark.parametrize("name", FORGES)
def test_no_secret_stands_in_it_and_every_one_comes_from_the_forge(name: str) -> None:
    text = _text(name)

    assert not SECRET.search(text)
    told = dict(re.findall(r"^ +(\w+_TOKEN): (.+)$", text, re.MULTILINE))
    assert all(re.fullmatch(r"\$\{\{ (?:secrets\.\w+|github\.token) \}\}", value) for value in told.values())


def test_actions_are_pinned_and_may_do_no_more_than_they_must() -> None:
    text, said = _text("github.yml"), _read("github.yml")
    uses = [line.strip().removeprefix("- ") for line in text.splitlines() if "uses:" in line]

    assert len(uses) >= 6
    assert [line for line in uses if not PINNED.fullmatch(line)] == []
    assert said["permissions"] == {}
    assert all("permissions" in job for job in said["jobs"].values())
    assert "pull_request_target" not in text


def test_who_pushes_was_proven_first_and_waits_for_who_pushes_already() -> None:
    github, gitlab = _read("github.yml"), _read("gitlab.yml")

    assert github["jobs"]["push"]["needs"] == "prove"
    assert github["jobs"]["push"]["concurrency"]["cancel-in-progress"] is False
    assert gitlab["stages"].index("prove") < gitlab["stages"].index(gitlab["push"]["stage"])
    assert gitlab["push"]["resource_group"]


def test_the_page_names_both_files() -> None:
    assert set(re.findall(r"\]\(ci/([\w.]+)\)", PAGE)) == {*FORGES} == {one.name for one in (DOCS / "ci").iterdir()}
