"""What `dash list` lists: pages, rules and numbers, one line each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cli.compile.place import near
from cli.compile.project import Project
from cli.compile.values import title_of
from queries import AlertRule, GivenAlert
from queries.rule import Rule


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing that a source defines, and where."""

    kind: Literal["page", "rule", "number"]
    name: str
    place: str
    about: str = ""


def listed(project: Project) -> Iterator[Listed]:
    """Pages, then rules, then numbers; each sorted by name."""
    pages = [Listed("page", page.name, page.place, title_of(page.value)) for page in project.pages]
    rules = []
    for group, rule in project.rules():
        place = f"{near(rule.source.path)}:{rule.source.line}"
        name, kind = _called(rule)
        rules.append(Listed("rule", name, place, f"{kind} in {group.name}"))
    numbers = [Listed("number", one.name + one.signature, one.place, one.about) for one in project.numbers]
    for those in (pages, rules, numbers):
        yield from sorted(those, key=lambda one: (one.name, one.place))


def _called(rule: Rule) -> tuple[str, str]:
    """A rule's name, and what it is."""
    if isinstance(rule, AlertRule):
        return rule.alert, f"{rule.severity} alert"
    return (rule.alert, "alert") if isinstance(rule, GivenAlert) else (rule.record, "recording")
