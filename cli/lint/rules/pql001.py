"""PQL001: Prometheus cannot read it."""

import re

from cli.lint.asked import Asked
from cli.lint.finding import Change, Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.trap import code_of, is_for_victoria, is_foreign, is_undecided, said, trap

#: What the parser says, and what a person types then.
HINTS = {
    "got vector": "a function over time wants a window: rate(x[5m])",
    "must use BOOL": "two numbers are compared with bool: 1 < bool 2",
    "expected string": 'the value of a label stands in quotes: job="api"',
    "non-empty matcher": "name the metric, or one label that may not be empty",
    "unknown escape": "a backslash in a string is written twice, or the string between backticks",
}
SLIPS = (
    (re.compile(r"[{(,]\s*,"), "there is nothing before a comma"),
    (re.compile(r"[-+*/%^=<>]\s*$"), "there is nothing behind the last operator"),
    (re.compile(r"\)\s*(?:by|without)\s*$", re.IGNORECASE), "there are no labels behind by"),
)
#: What the parser refuses, and where Prometheus may not: an offset of nothing (2 refuses it, of 3 nobody has shown it
#: here), and a window of what is asked for at the start or the end.
DOUBTED = {
    "duration must be greater than 0": re.compile(r"\boffset\s++-?0++[a-z]", re.IGNORECASE),
    "no @ modifiers allowed before range": re.compile(r"@\s*+(?:start|end)\s*+\(\s*+\)\s*+\["),
}
SURELY = "nobody can read it until its variables are known"


def _of_query(asked: Asked) -> Faults:
    if trap(asked) != "syntax":
        return
    message, code = said(asked), code_of(asked.text)
    if is_foreign(asked):
        yield Fault(f"this is no PromQL: {message}", severity=Severity.WARNING)
    elif is_undecided(asked):
        if code.count("(") == code.count(")"):
            yield Fault(f"{SURELY}: {message}", severity=Severity.INFO)
        else:
            yield Fault(message, hint=_brackets(code), severity=Severity.WARNING)
    else:
        empty = asked.reader == "panel" and message == "no expression found in input"
        doubted = any(sign in message and looks.search(code) for sign, looks in DOUBTED.items())
        doubt = empty or is_for_victoria(asked) or doubted
        change, hint = _mended(asked)
        hint = hint or _slip(message, code)
        yield Fault(message, hint=hint, severity=Severity.WARNING if doubt else None, change=change)


def _slip(message: str, code: str) -> str:
    """What a person types then, as far as the parser or the text itself says what is wrong."""
    hint = next((hint for sign, hint in HINTS.items() if sign in message), "") or _brackets(code)
    return hint or next((hint for slip, hint in SLIPS if slip.search(code)), "")


def _brackets(code: str) -> str:
    opened, closed = code.count("("), code.count(")")
    return f"{opened} parentheses are opened and {closed} closed" if opened != closed else ""


def _mended(asked: Asked) -> tuple[Change | None, str]:
    if "offset modifier must be preceded" not in str(asked.broken):
        return None, ""
    from cli.lint.offsets import moved  # noqa: PLC0415 - only this fault pays for it

    change = moved(asked.text)
    if change is None:
        return None, "offset stands behind each selector: avg(x offset 7d)"
    text = asked.text[: change.start] + change.new + asked.text[change.end :]
    return None if asked.reader == "variable" else change, text


RULE = Rule(
    id="PQL001",
    title="no PromQL",
    severity=Severity.ERROR,
    why="""Prometheus refuses the expression. On a page the panel shows an error; in a rule file nothing of the whole
    file is loaded, so that every other alert in it is gone too, and nobody is told but the log.""",
    wrong=Example("avg(quality_score) < avg(quality_score) offset 7d", reader="alert"),
    right=Example("avg(quality_score) < avg(quality_score offset 7d)", reader="alert"),
    also=(
        "pint promql/syntax",
        "dashboard-linter target-promql-rule",
        "dashboard-linter template-label-promql-rule",
        "promtool check rules",
    ),
    even_if_broken=True,
    of_query=_of_query,
)
