"""Rule files to judge, as the tests of the rules about alerts need them."""

from typing import Any

import orjson

from cli.lint.check import check
from cli.lint.example import EXAMPLE
from cli.lint.finding import Finding
from cli.lint.reading import read, read_text
from cli.lint.rules import all_rules
from cli.lint.settings import Settings
from queries.catalog import Catalogs

RULES = {rule.id: rule for rule in all_rules()}
SERVICE = Catalogs((EXAMPLE,))
NOTHING = Catalogs()


def alert(expr: str, name: str = "Example", **members: Any) -> dict[str, Any]:
    """An alerting rule; `lasting` is its `for`, `says` its summary."""
    if "lasting" in members:
        members["for"] = members.pop("lasting")
    if "says" in members:
        members["annotations"] = {"summary": members.pop("says")}
    return {"alert": name, "expr": expr} | members


def recording(name: str, expr: str, **members: Any) -> dict[str, Any]:
    """A recording rule."""
    return {"record": name, "expr": expr} | members


def group(*rules: dict[str, Any], name: str = "example", **members: Any) -> dict[str, Any]:
    """A group of rules."""
    return {"name": name, "rules": list(rules)} | members


def judged(
    rule: str, *parts: dict[str, Any], known: Catalogs = SERVICE, settings: Settings | None = None
) -> tuple[Finding, ...]:
    """What one rule says of a file of alerts, or of groups."""
    groups = [one if "rules" in one else group(one, name=f"g{index}") for index, one in enumerate(parts)]
    text = orjson.dumps({"groups": groups})
    inputs = read(["-"], stdin=lambda: text, settings=Settings())
    assert not inputs.unreadable
    return check(inputs, known, settings or Settings(), [RULES[rule]]).findings


def in_file(text: str, rule: str = "PQL557") -> tuple[Finding, ...]:
    """What one rule says of a rule file's text."""
    inputs = read_text("r.yml", text, Settings())
    assert not inputs.unreadable
    return check(inputs, NOTHING, Settings(), [RULES[rule]]).findings


def severities(
    rule: str, *parts: dict[str, Any], known: Catalogs = SERVICE, settings: Settings | None = None
) -> list[str]:
    """How bad one rule finds it, finding by finding."""
    return [str(one.severity) for one in judged(rule, *parts, known=known, settings=settings)]
