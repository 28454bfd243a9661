"""Whose metrics an alert judges, and how a role is scraped: plain data, for the files around rules."""

from collections.abc import Mapping

from cli.stack.whole import About, Job
from queries import AlertRule, Reader, Scrape, to_promql
from queries.expr import selects

#: How the name of an alert ends that says that its role answers no more.
DOWN = "Down"


def about(rule: AlertRule, reader: Reader) -> About:
    """What Alertmanager's inhibition has to know of an alert; `reader` is its group."""
    judged = list(selects(rule.when.expr))
    roles = {str(one.metric.role) if one.metric and one.metric.role else "" for one in judged}
    number, op = rule.when.query, rule.when.op
    # where it is joined with an absence, the labels of the one side say of whom it speaks
    parts = {*rule.when.labels, *(number.labels if number is not None else ())}
    return About(
        alert=rule.alert,
        severity=rule.severity,
        roles=tuple(sorted(roles)),
        is_down=rule.alert.endswith(DOWN) or {one.name for one in judged} == {"up"},
        is_of_a_part="instance" in parts,
        labels=tuple(sorted(rule.when.labels)),
        number="" if number is None or op is None else f"{to_promql(number.expr, reader)} {op[0]}",
    )


def job(scrape: Scrape, jobs: Mapping[str, str], source: str) -> Job:
    """The scrape job, called as the queries call it."""
    return Job(
        source=source,
        role=str(scrape.role),
        job=jobs.get(str(scrape.role), scrape.role.job),
        targets=tuple(scrape.targets),
        interval=scrape.interval,
        path=scrape.path,
        scheme=scrape.scheme,
        strips_port=scrape.strips_port,
        labels=dict(sorted(scrape.labels.items())),
        optional=scrape.optional,
        assumed=scrape.assumed,
    )
