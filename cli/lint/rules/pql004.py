"""PQL004: a regular expression that Prometheus cannot read, or that is none."""

import re
from functools import lru_cache

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.mending import replaced
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.trap import is_undecided, trap
from queries.expr import Match, Select
from queries.known import Known
from queries.promql import quoted
from queries.template import VARIABLE

PLAIN = re.compile(r"[^\\.+*?()\[\]{}^$|]*")
#: A quantifier behind an anchor belongs to it; then nothing is taken away.
ANCHORED = re.compile(r"\^?(?![*+?{])(?P<inside>.*?)(?<!\\)\$|\^(?![*+?{])(?P<rest>.*)", re.DOTALL)
REGEX = {"=~": "=", "!~": "!="}
#: The character 0, flags for nothing, flags that are repeated, two braces, a letter of any language hundreds of times:
#: Prometheus reads them, our parser does not.
ONLY_PROMETHEUS = re.compile(r"\\0|\(\?\)|\(\?[a-zA-Z-]+\)[*+?{]|\{\{|\{(?:\d+,)?(?:[1-9]\d\d|1000)\}")
LOOKS = {"(?=": "look ahead", "(?!": "look ahead", "(?<": "look behind"}


def _of_node(known: Known, asked: Asked) -> Faults:
    node = known.node
    if not isinstance(node, Select):
        return
    for match in node.match:
        found = _simpler(match) if match.op in REGEX else None
        if found is not None:
            other, why = found
            new = f"{other.label}{other.op}{quoted(other.value)}"
            # a label that has to stand in quotes is left to the person
            change = replaced(asked, known, new, match) if other.label.isidentifier() else None
            yield Fault(why, known, new, match=match, severity=Severity.INFO, change=change)


@lru_cache(maxsize=1000)
def _simpler(match: Match) -> tuple[Match, str] | None:
    """What says the same as a matcher with a regular expression, and why; None where nothing simpler does."""
    label, op, value = match
    if "$" in value[:-1] or "[[" in value or VARIABLE.search(label):
        return None
    anchored = ANCHORED.fullmatch(value) if value[:1] == "^" or value[-1:] == "$" else None
    if anchored is not None:
        inside = anchored["inside"] if anchored["inside"] is not None else anchored["rest"]
        return Match(label, op, inside), "a matcher is anchored at both ends anyway"
    if PLAIN.fullmatch(value):
        plain = Match(label, REGEX[op], value)  # type: ignore[arg-type] # "=" and "!=" are operators
        return plain, f"{value!r} is no regular expression"
    return None


def _of_query(asked: Asked) -> Faults:
    if trap(asked) != "regex":
        return
    message = str(asked.broken)
    looks = next((looks for sign, looks in LOOKS.items() if sign in message), "")
    hint = f"RE2 cannot {looks}: exclude with a second matcher, !~" if looks else ""
    unsure = is_undecided(asked) or VARIABLE.search(message) or ONLY_PROMETHEUS.search(message)
    doubt = not looks and bool(unsure)
    text = message.replace("illegal regex for ", "Prometheus cannot read the regular expression ")
    yield Fault(text, hint=hint, severity=Severity.WARNING if doubt else None)


RULE = Rule(
    id="PQL004",
    title="a regular expression that is wrong or none",
    severity=Severity.ERROR,
    why="""Prometheus reads RE2, which has no look-ahead, no back-references and no repetition beyond a thousand: it
    refuses the whole query. A pattern that is a plain value works, but costs more than "=" and says less; a pattern is
    anchored at both ends already, so that ^ and $ only look as if they did something.""",
    wrong=Example('rate(http_requests_total{handler=~"(?!/metrics).*"}[5m])'),
    right=Example('rate(http_requests_total{handler!="/metrics"}[5m])'),
    also=("pint promql/regexp",),
    even_if_broken=True,
    nodes=(Select,),
    of_node=_of_node,
    of_query=_of_query,
)
