"""The command line, on one site and in a repository of its own."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import typed
from tests.contract.site import Json, Site
from tests.push.building import Build, panel

#: They go below the folder that is swept away afterwards.
BELOW = ("push", "plan", "status", "diff", "doctor")
OF_BUILD = ("push", "plan", "status")


@dataclass(frozen=True)
class Said:
    """What a command said, in JSON."""

    code: int
    out: str
    err: str
    mark: str

    @property
    def json(self) -> Any:
        """All of it."""
        return json.loads(self.out)

    def all(self, what: str = "result") -> dict[str, Any]:
        """Of every page, by its name."""
        return {one["uid"].removeprefix(f"{self.mark}-"): one[what] for one in self.json["pages"]}

    def of(self, name: str, what: str = "why") -> Any:
        """Of one page."""
        return self.all(what)[name]


class Dash:
    """`dash`, and the build that it pushes."""

    def __init__(self, site: Site, build: Build, capsys: pytest.CaptureFixture[str]) -> None:
        self.site, self.build, self._capsys = site, build, capsys

    def put(self, name: str, folder: str = "", **more: Any) -> Json:
        """A page of three panels in the build, or the next state of it."""
        panels = [panel(1, "One"), panel(2, "Two", 4), panel(3, "Three", 8)]
        made = {"title": f"{self.site.mark} {name}", "schemaVersion": 41, "panels": panels, "tags": ["ai"], **more}
        return self.build.put({"uid": self.site.uid(name), **made}, folder)

    def drop(self, name: str) -> None:
        """It leaves the build."""
        self.build.drop(self.site.uid(name))

    def __call__(self, command: str, *arguments: str | Path) -> Said:
        """Run a command."""
        words = [command, "--api", self.site.api, "--output", "json", *map(str, arguments)]
        plan = command == "push" and any(str(one).endswith("plan.json") for one in arguments)
        if not plan:
            words += ["--folder", self.site.mark] if command in BELOW and "--folder" not in words else []
            words += ["--build", str(self.build.path)] if command in OF_BUILD and "--build" not in words else []
        said = typed(self._capsys, *words)
        assert self.site.token not in said.out + said.err
        return Said(*said, self.site.mark)

    def push(self, *arguments: str) -> Said:
        """Push the build."""
        return self("push", *arguments)

    def results(self, *arguments: str) -> dict[str, str]:
        """Push the build, where nothing may go wrong: what became of each page."""
        said = self.push(*arguments)
        assert said.code == 0, (said.out, said.err)
        return said.all()
