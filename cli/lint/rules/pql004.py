"""PQL004: a regular expression that Prometheus cannot read, or that is none."""

import re

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
LOOKS = {"(?=": "look ahead", "(?!": "look ahead", "(?<": "look behind"}


def _of_node(known: Known, asked: Asked) -> Faults:
    node = known.node
    if not isinstance(node, Select):
        return
    for match in node.match:
        label, op, value = match
        if op not in REGEX or "$" in value[:-1] or "[[" in value or VARIABLE.search(label):
            continue
        anchored = ANCHORED.fullmatch(value) if value[:1] == "^" or value[-1:] == "$" else None
        if anchored is not None:
            inside = anchored["inside"] if anchored["inside"] is not None else anchored["rest"]
            yield _simpler(asked, known, match, Match(label, op, inside), "a matcher is anchored at both ends anyway")
        elif PLAIN.fullmatch(value):
            plain = Match(label, REGEX[op], value)  # type: ignore[arg-type] # "=" and "!=" are operators
            yield _simpler(asked, known, match, plain, f"{value!r} is no regular expression")


def _simpler(asked: Asked, known: Known, match: Match, other: Match, why: str) -> Fault:
    new = f"{other.label}{other.op}{quoted(other.value)}"
    # a label that has to stand in quotes is left to the person
    change = replaced(asked, known, new, match) if other.label.isidentifier() else None
    return Fault(why, known, new, match=match, severity=Severity.INFO, change=change)


def _of_query(asked: Asked) -> Faults:
    if trap(asked) != "regex":
        return
    message = str(asked.broken)
    looks = next((looks for sign, looks in LOOKS.items() if sign in message), "")
    hint = f"RE2 cannot {looks}: exclude with a second matcher, !~" if looks else ""
    doubt = not looks and (is_undecided(asked) or bool(VARIABLE.search(message)))
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
