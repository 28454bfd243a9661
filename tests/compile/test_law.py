"""The law: whatever was edited, an incremental build leaves the very bytes of a clean one."""

# ruff: noqa: D102 - a rule's name says what somebody does

import json
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cli.stack import settings as stack
from tests.compile.shop import (
    ALERTS_BY_REGION,
    METRICS,
    NUMBERS,
    RECORDING,
    Run,
    alarmed,
    contents,
    dash,
    page,
    small_shop,
)

UIDS = st.sampled_from(["api", "speed", "new", "extra", "later"])
NUMBER = st.sampled_from(["orders()", "errors()", "latency(0.5)", "latency(0.99)"])
TITLES = st.sampled_from(["One", "Two", "Three", "Größe"])
#: All of one length, so that an edit can leave a file's size alone.
JOBS = st.sampled_from(["shop-api", "shop-web", "shop-new"])
STACKS = st.sampled_from(["", "stack = []\n", 'stack = ["kubernetes", "alertmanager"]\n'])
SCRAPE = """
from metrics import API

from queries import Scrape

scrape = Scrape(API, ["api:PORT"])
"""
GRAFANAS = st.sampled_from([f'[build]\ngrafana = "https://{name}.example.com"\n' for name in ("one", "two")])
LEADS = re.compile(rb" +(__dashboardUid__|__panelId__|dashboard_url): ")
BROKEN = st.sampled_from(
    [
        "dashboard = (\n",
        "raise ValueError('no')\n",
        "import nowhere\n",
        "raise SystemExit(3)\n",
        "dashboard = 5\n",
        page("Bad uid"),
        page("twin", number="orders('nothing')"),
        page("api"),
        page("API"),
    ]
)
READING = """
from pathlib import Path

import yaml

LIMIT = yaml.safe_load((Path(__file__).parent / "limits.yaml").read_text())["limit"]
TITLE = f"Limit {LIMIT}, " + ", ".join(sorted(one.name for one in (Path(__file__).parent / "texts").glob("*.txt")))
"""
OPTIONAL = """
try:
    from optional import TITLE
except ImportError:
    TITLE = "Without"
"""


def _titled(text: str) -> str:
    return text.replace('title="TITLE"', "title=TITLE")


class Edits(RuleBasedStateMachine):
    """A project that somebody edits, and builds after every edit."""

    edits = 0

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="law "))
        self.shop = small_shop(self.folder)
        self.shop.write("src/pages/reading.py", _titled(page("reading", "TITLE", before=READING)))
        self.shop.write("src/pages/optional_.py", _titled(page("optional", "TITLE", before=OPTIONAL)))
        self.shop.write("src/pages/limits.yaml", "limit: 3\n")
        self.shop.write("src/pages/texts/a.txt")
        self.shop.write("src/shop/scrape.py", SCRAPE.replace("PORT", "8000"))
        # without one a build that writes a rule file says so, and one that has nothing to write does not
        self.shop.write("dash.toml", '[build]\ngrafana = "https://one.example.com"\n')

    def teardown(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.folder)

    @rule(uid=UIDS, number=NUMBER, title=TITLES)
    def write_page(self, uid: str, number: str, title: str) -> None:
        self.shop.write(f"src/pages/{uid}.py", page(uid, title, number))

    @rule(uid=UIDS, title=TITLES, narrowed=st.booleans())
    def show_the_alert(self, uid: str, title: str, narrowed: bool) -> None:  # noqa: FBT001 - hypothesis calls it
        """Then the rule file leads there."""
        variables = 'label_variable(ORDERS, "region")' if narrowed else ""
        self.shop.write(f"src/pages/{uid}.py", alarmed(uid, title, variables=variables))

    @rule(uid=UIDS, text=BROKEN)
    def break_page(self, uid: str, text: str) -> None:
        self.shop.write(f"src/pages/{uid}.py", text)

    @rule(uid=UIDS)
    def remove_page(self, uid: str) -> None:
        (self.folder / f"src/pages/{uid}.py").unlink(missing_ok=True)

    @rule(uid=UIDS, to=UIDS)
    def rename_page(self, uid: str, to: str) -> None:
        path = self.folder / f"src/pages/{uid}.py"
        if path.exists():
            path.replace(path.with_stem(to))

    @rule(job=JOBS, broken=st.booleans())
    def edit_metrics(self, job: str, broken: bool) -> None:  # noqa: FBT001 - hypothesis calls it
        text = METRICS.replace("shop-api", job)
        self.shop.write("src/metrics.py", text.replace('"region"', '"le"') if broken else text)

    @rule(window=st.sampled_from(["", '.over("5m")', '.over("9m")']))
    def edit_numbers(self, window: str) -> None:
        self.shop.write("src/numbers.py", NUMBERS.replace("rate(ORDERS, *by)\n", f"rate(ORDERS, *by){window}\n"))

    @rule(job=JOBS)
    def edit_within_one_tick(self, job: str) -> None:
        """The same size and the same time: only what is in it can tell."""
        path = self.folder / "src/metrics.py"
        info = path.stat()
        path.write_text(METRICS.replace("shop-api", job), encoding="utf-8")
        os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))

    @rule(limit=st.integers(1, 9))
    def edit_data(self, limit: int) -> None:
        self.shop.write("src/pages/limits.yaml", f"limit: {limit}\n")

    @rule(name=st.sampled_from(["a", "b", "c"]))
    def edit_listed_folder(self, name: str) -> None:
        path = self.folder / f"src/pages/texts/{name}.txt"
        path.unlink() if path.exists() else path.touch()

    @rule(there=st.sampled_from(["", "module", "package"]))
    def edit_optional_import(self, there: str) -> None:
        """A module that a page imports when it is there; a package of that name comes first."""
        shutil.rmtree(self.folder / "src/optional", ignore_errors=True)
        (self.folder / "src/optional.py").unlink(missing_ok=True)
        if there:
            self.shop.write("src/optional.py", 'TITLE = "Module"\n')
        if there == "package":
            self.shop.write("src/optional/__init__.py", 'TITLE = "Package"\n')

    @rule(there=st.booleans())
    def shadow_a_library(self, there: bool) -> None:  # noqa: FBT001 - hypothesis calls it
        (self.folder / "src/yaml.py").unlink(missing_ok=True)
        if there:
            self.shop.write("src/yaml.py", "def safe_load(text):\n    return {'limit': 'shadowed'}\n")

    @rule(port=st.sampled_from(["8000", "9000", "'"]))
    def edit_scrape(self, port: str) -> None:
        """What is scraped; one of them is no port."""
        self.shop.write("src/shop/scrape.py", SCRAPE.replace("PORT", port))

    @rule(job=JOBS, grafana=GRAFANAS, around=STACKS)
    def edit_settings(self, job: str, grafana: str, around: str) -> None:
        self.shop.write("dash.toml", f'{grafana}{around}[jobs]\n"shop.api" = "{job}"\n')

    @rule(lasting=st.sampled_from(["5m", "9m"]), broken=st.booleans())
    def edit_alerts(self, lasting: str, broken: bool) -> None:  # noqa: FBT001 - hypothesis calls it
        self.shop.write("src/shop/alerts.py", "1 / 0\n" if broken else ALERTS_BY_REGION.replace("5m", lasting))

    @rule(record=st.sampled_from(["shop:orders:rate", "shop:orders:rate5m", "orders"]))
    def edit_recordings(self, record: str) -> None:
        """Its groups are in the file of the alerts."""
        self.shop.write("src/shop/recording.py", RECORDING.replace("RECORD", record))

    @rule(number=st.integers(0, 9), text=st.sampled_from([None, b"", b"{}"]))
    def damage_an_output(self, number: int, text: bytes | None) -> None:
        files = [path for path in sorted(self.shop.build.rglob("*")) if path.is_file()]
        path = files[number % len(files)]
        if text is None:
            path.unlink()
        else:
            path.write_bytes(text)

    @rule(text=st.sampled_from([None, b"", b"00000000\n{}"]))
    def damage_the_memory(self, text: bytes | None) -> None:
        path = self.folder / ".dash/build.json"
        if text is None:
            shutil.rmtree(path.parent)
        else:
            path.write_bytes(text)

    @rule()
    def touch_everything(self) -> None:
        for path in self.folder.rglob("*"):
            path.touch()

    @rule(uid=UIDS)
    def build_one_page(self, uid: str) -> None:
        if (self.folder / f"src/pages/{uid}.py").exists():
            self.shop.builds("--only", uid)

    @rule()
    def look_only(self) -> None:
        before = contents(self.folder)
        self.shop.builds("--check")
        assert contents(self.folder) == before

    @invariant()
    def is_as_a_clean_build(self) -> None:
        """The same files, the same exit code and the same complaints."""
        Edits.edits += 1
        ran = self.shop.builds()
        with tempfile.TemporaryDirectory() as elsewhere:
            clean = dash("build", "--source", "src", "--out", f"{elsewhere}/build", folder=self.folder)
            wanted = contents(Path(elsewhere, "build"))
        assert (ran.code, ran.err) == (clean.code, clean.err)
        assert ran.code in (0, 3), ran.err
        found = self.shop.contents()
        if ran.code == 0:
            assert found == wanted
            _has_nothing_to_do(self.shop.builds())
        else:
            _has_all_that_is_good(found, wanted)


def _has_nothing_to_do(again: Run) -> None:
    assert again.code == 0
    assert again.changes == []


def _has_all_that_is_good(found: dict[str, bytes], wanted: dict[str, bytes]) -> None:
    """What a clean build makes of the good pages; besides that only last good files, marked so."""
    stale, fresh = _entries(found)
    _, clean = _entries(wanted)
    if any(entry.get("alerts") for entry in stale.values()):
        # a page that broke is still there, and links lead to it as before
        found, wanted = _unled(found), _unled(wanted)
        fresh, clean = ({file: _undigested(entry) for file, entry in those.items()} for those in (fresh, clean))
    assert {file: text for file, text in wanted.items() if file in clean and file not in stale} == {
        file: found[file] for file in clean if file not in stale
    }
    assert fresh.items() <= clean.items()
    assert clean.keys() <= fresh.keys() | stale.keys()
    # a folder holds no text, and neither does the last good file once somebody has emptied it
    assert {file for file, text in found.items() if text or file in stale} == fresh.keys() | stale.keys() | {
        "manifest.json"
    }


def _unled(built: dict[str, bytes]) -> dict[str, bytes]:
    """The files without what leads from an alert to a page."""
    rules = {file: text.splitlines() for file, text in built.items() if file.startswith("rules/") and text}
    kept = {file: [line for line in lines if not LEADS.match(line)] for file, lines in rules.items()}
    return built | {file: b"\n".join(lines) for file, lines in kept.items()}


def _undigested(entry: dict[str, Any]) -> dict[str, Any]:
    return entry | {"digest": ""} if "groups" in entry else entry


def _entries(built: dict[str, bytes]) -> tuple[dict[str, Any], dict[str, Any]]:
    said = json.loads(built["manifest.json"])
    entries = {entry["file"]: entry for entry in said["pages"] + said["rules"] + said["stack"]}
    stale = {file: entry for file, entry in entries.items() if entry["stale"]}
    assert said["partial"]
    return stale, {file: entry for file, entry in entries.items() if file not in stale}


def test_an_incremental_build_equals_a_clean_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack, "UNLESS_SAID", stack.MAKERS)
    run_state_machine_as_test(
        Edits,
        settings=settings(
            max_examples=18,
            stateful_step_count=16,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert Edits.edits >= 200
