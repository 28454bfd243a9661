"""PQL701: panels that lie on one another, or beyond the 24 columns."""

from collections.abc import Sequence

from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.sample import page, panel
from cli.lint.subject import Page, Panel

COLUMNS = 24


def _of_page(of: Page, _: World) -> Faults:
    placed = [one for one in of.panels if one.grid is not None and one.spot.path[-2:-1] == ("panels",)]
    # a collapsed row's panels have their places only once it is opened
    top = [one for one in placed if one.spot.path[-4:-3] != ("panels",)]
    for one in top:
        x, _y, w, _h = one.grid or (0, 0, 0, 0)
        if x < 0 or x + w > COLUMNS:
            yield Fault(f"the panel reaches from column {x} to {x + w}, and there are {COLUMNS}", spot=one.spot)
    order = sorted(top, key=_top)
    for index, one in enumerate(order):
        other = _first_on(one, order, index + 1)
        if other is not None:
            yield Fault(
                f"it lies on {other.spot.where or 'another panel'}: Grafana pushes one of them down", spot=one.spot
            )


def _top(of: Panel) -> int:
    return (of.grid or (0, 0, 0, 0))[1]


def _first_on(one: Panel, order: Sequence[Panel], start: int) -> Panel | None:
    """The first from `start` on that lies on a panel; below its end, in the order of their tops, none does."""
    end = _top(one) + (one.grid or (0, 0, 0, 0))[3]
    for at in range(start, len(order)):
        two = order[at]
        if _top(two) >= end:
            return None
        if _overlap(one, two):
            return two
    return None


def _overlap(one: Panel, two: Panel) -> bool:
    (ax, ay, aw, ah), (bx, by, bw, bh) = one.grid or (0, 0, 0, 0), two.grid or (0, 0, 0, 0)
    return ax < bx + bw and bx < ax + aw and ay < by + bh and by < ay + ah


RULE = Rule(
    id="PQL701",
    title="panels on top of one another",
    severity=Severity.WARNING,
    why="""Grafana has 24 columns and lets no two panels share a place: on loading it pushes one of them down, so that
    the page looks different from what was written, and the first save by hand writes a layout that nobody made.""",
    wrong=Example(
        page=page(panel("sum(queue_depth)") | {"w": 1})
        | {"panels": [panel("sum(queue_depth)") | {"id": 1, "gridPos": {"x": 20, "y": 0, "w": 12, "h": 8}}]}
    ),
    right=Example(page=page(panel("sum(queue_depth)"))),
    of_page=_of_page,
)
