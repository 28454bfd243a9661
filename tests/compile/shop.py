"""A small project of somebody's, and the command line in its folder."""

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli.main import main
from tests import command_line

ROOT = Path(__file__).parents[2]
#: A device that is always full; only Linux has one.
FULL = Path("/dev/full")
NEEDS_FULL = pytest.mark.skipif(not FULL.exists(), reason=f"there is no {FULL} here")
#: A first page, with all that it needs.
TEN_LINES = """from panels import Dashboard, row, stat
from queries import REQUESTS, Counter, Role, rate

API = Role("shop", "api", job="shop-api")
ORDERS = Counter("shop_orders_total", "Orders.", REQUESTS, ["status"], role=API)

dashboard = Dashboard(
    uid="my-shop", title="My shop", rows=[row("Does it sell?", stat("Orders", rate(ORDERS)))]
)
"""
METRICS = '''"""What the shop exposes."""

from queries import REQUESTS, SECONDS, Counter, Histogram, Role

API = Role("shop", "api", "shop-api")
ORDERS = Counter("shop_orders_total", "Orders.", REQUESTS, ["status", "region"], role=API)
LATENCY = Histogram("shop_latency_seconds", "How long.", SECONDS, [], role=API, buckets=(0.1, 1.0, 10.0))
'''
NUMBERS = '''"""What is computed from it."""

from metrics import LATENCY, ORDERS
from queries import RATIO, SECONDS, Query, quantile, rate, ratio

LIMIT = SECONDS(2)
ERROR_LIMIT = RATIO(0.05)


def orders(*by: str) -> Query:
    """Orders per second."""
    return rate(ORDERS, *by)


def errors(*by: str) -> Query:
    """The share of orders that fail."""
    return ratio(rate(ORDERS, *by, status="error"), rate(ORDERS, *by))


def latency(q: float, *by: str) -> Query:
    """How long orders take."""
    return quantile(q, LATENCY, *by)
'''
ALERTS = '''"""What wakes a person."""

from numbers import ERROR_LIMIT, errors

from queries import AlertRule, RuleGroup

group = RuleGroup(
    name="shop",
    rules=[AlertRule(alert="ShopErrors", when=errors() > ERROR_LIMIT, lasting="5m", severity="critical", summary="x")],
)
'''
#: Each region has an alert of its own.
ALERTS_BY_REGION = ALERTS.replace("errors()", 'errors("region")')
RECORDING = '''"""What is computed ahead."""

from numbers import orders

from queries import RecordingRule, RuleGroup

group = RuleGroup(name="shop_recorded", rules=[RecordingRule("RECORD", orders())])
'''


def page(uid: str, title: str = "", number: str = "orders()", *, before: str = "") -> str:
    """The text of a page of one panel."""
    return f'''"""A page."""

from numbers import errors, latency, orders

from panels import Dashboard, row, stat
{before}
dashboard = Dashboard(
    uid="{uid}",
    title="{title or uid.title()}",
    rows=[row("Is it healthy?", stat("Now", {number}))],
)
'''


def alarmed(uid: str, title: str = "", *, rows: str = "", variables: str = "") -> str:
    """The text of a page that shows the shop's alert."""
    graph = 'row("Since when?", timeseries("Failing", errors("region"), alerts=SHOP.rules))'
    return f'''"""A page with an alert."""

from metrics import ORDERS
from numbers import errors
from shop.alerts import group as SHOP

from panels import Dashboard, label_variable, row, stat, timeseries

dashboard = Dashboard(
    uid="{uid}", title="{title or uid.title()}", variables=[{variables}], rows=[{rows or graph}]
)
'''


class Run(command_line.Run):
    """What a command said, its last line apart."""

    @property
    def changes(self) -> list[str]:
        """What was written and removed."""
        return self.out.splitlines()[:-1]


@dataclass(frozen=True)
class Shop:
    """A folder with a project in it."""

    path: Path

    @property
    def build(self) -> Path:
        """Where `dash build` writes."""
        return self.path / "build"

    def write(self, file: str, text: str | bytes = "") -> Path:
        """A file of the project."""
        path = self.path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def dash(self, *arguments: str) -> Run:
        """Run `dash` in the folder."""
        return dash(*arguments, folder=self.path)

    def builds(self, *arguments: str, source: str = "src") -> Run:
        """Run `dash build` over `src`."""
        return self.dash("build", "--source", source, *arguments)

    def contents(self) -> dict[str, bytes]:
        """Every file in `build/`, and the folders."""
        return contents(self.build)

    def manifest(self) -> Any:
        """What the manifest says."""
        return json.loads((self.build / "manifest.json").read_bytes())

    def pages(self) -> dict[str, str]:
        """Each page of the manifest, and why it is stale."""
        return {entry["uid"]: entry["stale"] for entry in self.manifest()["pages"]}

    def page(self, uid: str) -> Any:
        """A page as it was built."""
        return json.loads((self.build / "dashboards" / f"{uid}.json").read_bytes())


def small_shop(path: Path) -> Shop:
    """Metrics, numbers, two pages and an alert."""
    shop = Shop(path)
    shop.write("src/metrics.py", METRICS)
    shop.write("src/numbers.py", NUMBERS)
    shop.write("src/pages/api.py", page("api"))
    shop.write("src/pages/speed.py", page("speed", number="latency(0.95)"))
    shop.write("src/shop/alerts.py", ALERTS)
    return shop


class Screen(io.StringIO):
    """What is printed; a terminal, if a test says so."""

    is_terminal = False

    def isatty(self) -> bool:
        """Whether a person looks."""
        return self.is_terminal


def dash(*arguments: str, folder: Path) -> Run:
    """The command line, in this process."""
    out, err = Screen(), Screen()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(list(arguments))
        except SystemExit as ended:
            return Run(int(ended.code or 0), out.getvalue(), err.getvalue())
    raise AssertionError("it does not say how it ended")


def piped(shop: Shop, command: str, into: str) -> str:
    """The exit code and what is said, where the answer goes `into` something: "| true"."""
    # Python keeps what it writes until it is much, unless it is told otherwise: then an end without room is another.
    as_a_person_has_it = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    ran = subprocess.run(
        ["/bin/bash", "-c", f"'{sys.executable}' -m cli {command} {into}; echo -n ${{PIPESTATUS[0]}}"],
        cwd=shop.path,
        env={**as_a_person_has_it, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout + ran.stderr


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and the folders (with nothing in them)."""
    return {
        str(path.relative_to(folder)): b"" if path.is_dir() else path.read_bytes() for path in sorted(folder.rglob("*"))
    }
