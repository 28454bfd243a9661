"""What every objective goes through: an outage, a burn right above each alert's, one right below all, no traffic."""

from collections.abc import Collection, Iterator, Mapping

import orjson

from cli.scenarios.rules import Rules, needed
from queries import Slo
from queries.burn import BURNS, Burn
from queries.duration import spelled
from tests.prometheus.promtool import Case, RuleFile, firing, holds, rule_file
from tests.slo.theory import MINUTE, fires_at, fires_until, minutes, resets_at, silent_until
from tests.slo.traffic import Life, Phase, everywhere, series

#: How far above or below a burn is "right above", "right below".
MARGIN = 0.02
#: How often the rules are evaluated, in minutes, in an outage, in a slow burn, and where nothing happens for days.
IN_OUTAGE = {"critical": 1, "warning": 10}
IN_BURN = {"1h": 1, "6h": 5, "1d": 10, "3d": 30}
FOR_DAYS = 30
#: Samples are this far apart, in seconds: as in life, or twice within the shortest window where it goes on for days.
FINE, COARSE = 60, 150
Check = tuple[Burn, int, bool]


def named(slo: Slo, burn: Burn) -> str:
    """The alert of a pair of windows."""
    return f"{slo.alert}BudgetBurn{burn.long}"


def told(slo: Slo) -> list[Burn]:
    """The pairs of windows that the objective has an alert for."""
    names = {rule.alert for rule in slo.rules.alerts()}
    return [burn for burn in BURNS if named(slo, burn) in names]


def case(slo: Slo, name: str, lives: Mapping[str, Life], checks: list[Check], every: int) -> Case:
    """A case for promtool: of each check, whether the alert of these windows fires at that minute."""
    said = [firing([named(slo, burn)], span(minute), fires=fires) for burn, minute, fires in checks]
    test = {"name": name, "promql_expr_test": said}
    asked = {named(slo, burn) for burn, _, _ in checks}
    return _case(slo, test, lives, every, behind(slo, asked) if asked else rule_file([slo.rules]))


def behind(slo: Slo, alerts: Collection[str]) -> RuleFile:
    """The alerts and what they read, as far down as it goes: they see the same, and the rest takes half of the time."""
    rules = Rules(slo.name, rule_file([slo.rules])["groups"])
    wanted = needed([rules], alerts)
    assert wanted is not None, f"{slo.name}: which rules these are in need of cannot be said"
    part: RuleFile = orjson.loads(rules.only(wanted))
    return part


def span(length: int) -> str:
    """So many minutes as a duration."""
    return spelled(length * MINUTE * 1000)


def cases(slo: Slo) -> Iterator[Case]:
    """All of them."""
    yield from outages(slo)
    yield from (right_above(slo, burn) for burn in told(slo))
    yield right_below(slo)
    yield no_traffic(slo)


def outages(slo: Slo) -> Iterator[Case]:
    """Everything goes wrong after healthy days: to the step when each alert fires, and when it is over after it."""
    for severity, every in IN_OUTAGE.items():
        burns = [one for one in told(slo) if one.severity == severity]
        if not burns:
            continue
        begin = max(minutes(one.long) for one in burns)
        fires = {one: fires_at(slo, one, 1, every) for one in burns}
        lasts = max(fires.values()) + 6 * every
        checks: list[Check] = []
        for burn, after in fires.items():
            still, over = fires_until(slo, burn, 1, every), resets_at(slo, burn, 1, every)
            checks += [(burn, begin + silent_until(slo, burn, 1, every), False), (burn, begin + after, True)]
            checks += [(burn, begin + lasts + still, True), (burn, begin + lasts + over, False)]
        lives = everywhere(Phase(begin, 0), Phase(lasts, 1), Phase(max(minutes(one.short) for one in burns) + every, 0))
        yield case(slo, f"full outage, {severity}", lives, checks, every)


def right_above(slo: Slo, burn: Burn) -> Case:
    """A little more than the burn of one pair: it fires when its long window is nearly full, and not before."""
    every, begin = IN_BURN[burn.long], minutes(burn.long)
    bad = slo.limit(burn).value * (1 + MARGIN)
    after = fires_at(slo, burn, bad, every)
    lives = everywhere(Phase(begin, 0), Phase(after + every, bad))
    checks = [(burn, begin + silent_until(slo, burn, bad, every), False), (burn, begin + after, True)]
    return case(slo, f"right above {slo.factor(burn):g} times, {burn.long}", lives, checks, every)


def right_below(slo: Slo) -> Case:
    """A little less than what the budget allows, for longer than the longest window: nobody is told."""
    length = minutes("3d6h")
    lives = everywhere(Phase(length, slo.budget.value * (1 - MARGIN)))
    return silent(slo, "right below the budget", lives, length)


def no_traffic(slo: Slo) -> Case:
    """Nothing comes: that is no error, so that no share is one and none is missing."""
    length = minutes("8h")
    recorded = [rule.record for rule in slo.rules.recordings()]
    zero = [holds(f"max({name}) == bool 0", span(length)) for name in recorded]
    return silent(slo, "no traffic", everywhere(Phase(length, 0, per_second=0)), length, *zero)


def silent(slo: Slo, name: str, lives: Mapping[str, Life], length: int, *more: Mapping[str, object]) -> Case:
    """No alert of the objective fires at any time."""
    alerts = [named(slo, burn) for burn in told(slo)]
    check = firing(alerts, span(length), fires=False, during=span(length))
    return _case(slo, {"name": name, "promql_expr_test": [check, *more]}, lives, FOR_DAYS, rule_file([slo.rules]))


def _case(slo: Slo, said: Mapping[str, object], lives: Mapping[str, Life], every: int, rules: RuleFile) -> Case:
    apart = COARSE if every * MINUTE % COARSE == 0 else FINE
    test = {"interval": f"{apart}s", **said, "input_series": series(slo, lives, apart)}
    return Case(f"{slo.name} {said['name']}", rules, test, span(every))
