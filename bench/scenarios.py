"""`dash test`: a thousand alert scenarios, from values to verdicts, with promtool's processes."""

import shutil
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from cli.scenarios.rules import Rules
    from queries.scenario import Scenario

Figure = TypeVar("Figure")

SCENARIOS = 1_000
#: Each alert is tried in so many scenarios.
EACH = 10
#: What alerts are made of: a ratio, a quantile, a gauge, a target that is gone.
EXPRESSIONS = (
    'sum(rate(requests_{n}_total{{status=~"5.."}}[5m])) / sum(rate(requests_{n}_total[5m])) > 0.05',
    "histogram_quantile(0.95, sum by (job, le) (rate(seconds_{n}_bucket[5m]))) > 1",
    "queue_depth_{n} > 100",
    'up{{job="job_{n}"}} == 0 or absent(up{{job="job_{n}"}})',
)
#: Their series; `v` is the number of the scenario, and decides whether the alert fires.
SERIES: tuple[dict[str, str], ...] = (
    {
        'requests_{n}_total{{job="a", status="200"}}': "0+94x40",
        'requests_{n}_total{{job="a", status="500"}}': "0+{v}x40",
    },
    {
        'seconds_{n}_bucket{{job="a", le="1.0"}}': "0+9{v}x40",
        'seconds_{n}_bucket{{job="a", le="2.0"}}': "0+100x40",
        'seconds_{n}_bucket{{job="a", le="+Inf"}}': "0+100x40",
    },
    {'queue_depth_{n}{{job="a"}}': "10{v}x40"},
    {'up{{job="job_{n}", instance="i{v}"}}': "0x40"},
)
FIRES: tuple[Callable[[int], bool], ...] = (
    lambda v: v / (94 + v) > 0.05,  # noqa: PLR2004 - the limit that the expression says
    lambda v: v < 5,  # noqa: PLR2004 - 95 of 100 are as fast as one second
    lambda v: v > 0,
    lambda _: True,
)


def figures(figure: Callable[..., Figure]) -> list[Figure]:
    """One figure; none where promtool is absent."""
    if shutil.which("promtool") is None:
        print("promtool is absent; dash test is left out")
        return []
    return [figure(f"dash test, {SCENARIOS:,} scenarios: s", seconds(), "s", 30.0)]


def seconds() -> float:
    """How long they take; every one of them must have been tried."""
    from cli.prometheus import promtool  # noqa: PLC0415 - the other figures are not to pay for it
    from cli.scenarios.run import rules_for, run  # noqa: PLC0415 - likewise
    from cli.scenarios.trial import Trial  # noqa: PLC0415 - likewise

    rules = list(_rules())
    began = perf_counter()
    trials = [Trial(one, rules_for([alert], rules)) for alert, one in _scenarios()]
    verdicts = run(trials, promtool.find(), explain=False)
    taken = perf_counter() - began
    broken = [fault for one in verdicts for fault in one.faults]
    if len(verdicts) != SCENARIOS or broken:
        raise AssertionError(broken[:3])
    return taken


def _rules() -> Iterator["Rules"]:
    """Ten files of ten alerts."""
    from cli.scenarios.rules import Rules  # noqa: PLC0415 - likewise

    alerts = [
        {"alert": f"Alert{n}", "expr": EXPRESSIONS[n % len(EXPRESSIONS)].format(n=n), "for": "5m"}
        for n in range(SCENARIOS // EACH)
    ]
    for first in range(0, len(alerts), 10):
        yield Rules(f"rules{first}.yaml", [{"name": f"g{first}", "rules": alerts[first : first + 10]}])


def _scenarios() -> Iterator[tuple[str, "Scenario"]]:
    """Each: fires after twenty minutes or does not, and has not fired at once."""
    from queries.scenario import Alarm, Scenario  # noqa: PLC0415 - likewise

    for number in range(SCENARIOS):
        n, v = divmod(number, EACH)
        kind = n % len(EXPRESSIONS)
        fires = FIRES[kind](v)
        series = {name.format(n=n, v=v): values.format(v=v) for name, values in SERIES[kind].items()}
        late = Alarm(f"Alert{n}", "20m", "firing" if fires else "silent")
        early = Alarm(f"Alert{n}", "2m", "pending") if fires and kind > 1 else Alarm(f"Alert{n}", "0s", "silent")
        yield f"Alert{n}", Scenario(name=str(v), series=series, expected=[early, late])
