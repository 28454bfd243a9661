"""PQL006: too long or too deep to be judged."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.trap import trap


def _of_query(asked: Asked) -> Faults:
    if trap(asked) == "limit":
        hint = "" if "regex" in str(asked.broken) else "recording rules make one long query several short ones"
        yield Fault(f"not judged: {asked.broken}", hint=hint)


RULE = Rule(
    id="PQL006",
    title="too long to be judged",
    severity=Severity.WARNING,
    why="""Beyond 16 kB, 100 levels, 200 operators or 32 variables no query is read here, because the parser may break
    on it; so nothing else is said about it. Prometheus may still answer it, slowly, and no person will ever be able to
    say whether it is right.""",
    wrong=Example("(" * 101 + "up" + ")" * 101),
    right=Example("(up)"),
    even_if_broken=True,
    of_query=_of_query,
)
