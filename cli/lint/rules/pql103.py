"""PQL103: a value that the label never has."""

from cli.lint.around import is_alternative
from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Match, Select
from queries.inference.picked import matches
from queries.known import Known
from queries.template import VARIABLE


def _of_node(known: Known, asked: Asked) -> Faults:
    node, series = known.node, known.series
    if series is None or not isinstance(node, Select):
        return
    for match in node.match:
        label, op, value = match
        values = series.values.get(label)
        if label == "le" or VARIABLE.search(value):
            continue
        doubt = series.of.recorded or is_alternative(asked, known)
        if op == "=" and not value and label in series.always:
            severity = Severity.WARNING if doubt else None
            yield Fault(f"every series of {node.name} has a {label}", known, match=match, severity=severity)
            continue
        if not values or (label not in series.always and matches(match, "") is not False):
            continue
        taken = [matches(match, one) for one in values]
        if op in ("=", "=~") and not any(one is not False for one in taken):
            hint = _hint(match, values)
            severity = Severity.WARNING if doubt else None
            yield Fault(f"{node.name} has no {label} that is {_said(match)}", known, hint, match, severity=severity)
        elif op == "!=" and value and value not in values:
            message = f'{label}!="{value}" excludes nothing: {node.name} has no such {label}'
            yield Fault(message, known, _hint(match, values), match, severity=Severity.WARNING)
        elif op in ("!=", "!~") and not any(one is not False for one in taken):
            severity = Severity.WARNING if doubt else None
            message = f"{label}{op}{match.value!r} leaves no {label} of {node.name}"
            yield Fault(message, known, _hint(match, values), match, severity=severity)


def _said(match: Match) -> str:
    return f'"{match.value}"' if match.op == "=" else f'like "{match.value}"'


def _hint(match: Match, values: frozenset[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake pays for it

    # "500" is meant where there are classes of status codes
    code = f"{match.value[:1]}xx"
    close = [code] if code in values else get_close_matches(match.value, values, n=1)
    listed = f"it is one of {', '.join(sorted(values))}"
    return f'did you mean "{close[0]}"? {listed}' if close else listed


RULE = Rule(
    id="PQL103",
    title="a value that the label never has",
    severity=Severity.ERROR,
    why="""The catalog lists every value that the label takes. Another one selects no series: the error rate of
    status="500" is empty for ever where the service writes "5xx", and no data looks like no errors.""",
    wrong=Example('rate(http_requests_total{status="500"}[5m])'),
    right=Example('rate(http_requests_total{status="5xx"}[5m])'),
    also=("pint promql/series",),
    causes=("value",),
    needs_catalog=True,
    nodes=(Select,),
    of_node=_of_node,
)
