"""What `dash list` lists: pages, rules and numbers, one line each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cli.compile.project import Project
from queries import AlertRule


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing that a source defines, and where."""

    kind: Literal["page", "rule", "number"]
    name: str
    place: str
    about: str = ""


def listed(project: Project) -> Iterator[Listed]:
    """Pages, then rules, then numbers; each sorted by name."""
    pages = []
    for page in project.pages:
        uid, title = getattr(page.value, "uid", "") or "(no uid)", str(page.value.title)
        pages.append(Listed("page", uid, page.place, title))
    rules = []
    for group, rule, _ in project.rules():
        name = rule.alert if isinstance(rule, AlertRule) else rule.record
        about = f"{rule.severity} alert" if isinstance(rule, AlertRule) else "recording"
        rules.append(Listed("rule", name, _line(str(rule.source)), f"{about} in {group.name}"))
    numbers = [Listed("number", one.name + one.signature, one.place) for one in project.numbers]
    for kind in (pages, rules, numbers):
        yield from sorted(kind, key=lambda one: one.name)


def _line(source: str) -> str:
    """The last two parts of a path: "ai_api/alerts.py:17"."""
    return "/".join(source.split("/")[-2:])
