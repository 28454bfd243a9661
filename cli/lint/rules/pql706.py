"""PQL706: a page that asks more often than there is something new, or shows less than its queries look back."""

import re

from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.sample import page, panel
from cli.lint.subject import Page
from queries.duration import seconds
from queries.source import Mistake

AGO = re.compile(r"now-(\d+[smhdwy])")


def _of_page(of: Page, world: World) -> Faults:
    if not of.whole:
        return
    interval = world.catalogs.scrape_interval if world.catalogs else world.settings.scrape_interval
    refresh = _seconds(of.json.get("refresh"))
    if refresh is not None and interval is not None and refresh < interval:
        yield Fault(
            f"the page asks every {refresh:g} s, and there is something new every {interval:g} s",
            hint=f'"refresh": "{interval:g}s"',
        )
    if of.json.get("editable") is False:
        return
    time = of.json.get("time")
    if isinstance(time, dict) and time.get("to") == "now":
        found = AGO.fullmatch(str(time.get("from")))
        shown = _seconds(found[1]) if found else None
        if shown is not None and interval is not None and shown < 2 * interval:
            yield Fault(f"the page shows {shown:g} s, fewer than two scrapes", hint='"from": "now-6h"')


def _seconds(said: object) -> float | None:
    if not isinstance(said, str) or not said:
        return None
    try:
        return seconds(said)
    except Mistake:
        return None


RULE = Rule(
    id="PQL706",
    title="a page that asks too often",
    severity=Severity.INFO,
    why="""A refresh every five seconds of what is scraped every fifteen asks Prometheus three times for the same
    answer, for every open browser. It makes the server slow for those who wait for a new one.""",
    wrong=Example(page=page(panel("sum(queue_depth)"), refresh="5s")),
    right=Example(page=page(panel("sum(queue_depth)"), refresh="1m")),
    of_page=_of_page,
)
