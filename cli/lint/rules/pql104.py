"""PQL104: a job that nobody scrapes."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Select
from queries.inference.picked import WORDS
from queries.known import Known
from queries.template import VARIABLE


def _of_node(known: Known, asked: Asked) -> Faults:
    node = known.node
    if not isinstance(node, Select):
        return
    for match in node.match:
        if match.label != "job" or match.op not in ("=", "=~") or not match.value or VARIABLE.search(match.value):
            continue
        jobs = asked.catalogs.jobs
        wanted = match.value.split("|") if match.op == "=~" else [match.value]
        if not jobs or not WORDS.fullmatch(match.value) or jobs & set(wanted):
            continue
        from difflib import get_close_matches  # noqa: PLC0415 - only a mistake pays for it

        close = get_close_matches(wanted[0], jobs, n=1, cutoff=0.8)
        sure = asked.catalogs.strict or asked.settings.strict or close
        listed = f"the jobs are {', '.join(sorted(jobs))}"
        hint = f'did you mean "{close[0]}"? {listed}' if close else listed
        severity = None if sure else Severity.WARNING
        yield Fault(f'no catalog knows a job "{match.value}"', known, hint, match, severity=severity)


RULE = Rule(
    id="PQL104",
    title="a job that nobody scrapes",
    severity=Severity.ERROR,
    why="""The job is the name of the scrape configuration, which somebody else writes and renames. A rule that names
    another one selects nothing: an alert on up{job="..."} then stays silent while every target is down.""",
    wrong=Example('up{job="apis"} == 0', reader="alert"),
    right=Example('up{job="api"} == 0', reader="alert"),
    also=("pint promql/series",),
    needs_catalog=True,
    nodes=(Select,),
    of_node=_of_node,
)
