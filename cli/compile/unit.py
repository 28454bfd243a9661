"""One module built: the pages and rule groups that it defines, ready to be written."""

# ruff: noqa: PTH119 - paths are strings: a Path each takes half of the time

import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from cli.artifact import digest, text
from cli.artifact.manifest import PageEntry
from cli.compile.discover import SUFFIX, Module
from cli.compile.importing import Codes, running
from cli.compile.place import near
from cli.compile.problem import Problem, problem_of
from cli.compile.untaken import Origin, Untaken, origin, untaken
from cli.compile.values import Value, values
from cli.compile.whose import about, job
from cli.errors import AuthoringError
from cli.stack.whole import About, Job
from panels import Dashboard
from panels.dashboard import LONGEST_UID, UID
from panels.grafana import to_grafana
from panels.grafana.ids import panel_id
from queries import RuleGroup, Scrape, in_rule
from queries.rulefile import to_rule_file

#: A module called so belongs to the service that its folder is named after.
RULE_MODULES = frozenset({"alerts", "objectives", "recording", "rules", "__init__"})


class Page(NamedTuple):
    """One page's entry in the manifest, and its bytes; None where the file of an earlier build holds them."""

    entry: PageEntry
    text: bytes | None


class Group(NamedTuple):
    """One rule group as its rule file says it, the file that it belongs into, what its alerts' text does not say."""

    file: str
    source: str
    said: Mapping[str, Any]
    about: Sequence[About] = ()


class Unit(NamedTuple):
    """What one module defines."""

    module: Module
    pages: tuple[Page, ...] = ()
    groups: tuple[Group, ...] = ()
    jobs: tuple[Job, ...] = ()


class Made(NamedTuple):
    """What came of running a module: what is good, what is not, and what is not quite as its author wrote it.

    Attributes:
        taken: where the values were made that it gives to the build.
        untaken: what it made and does not give; another module may.
    """

    unit: Unit
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    taken: tuple[Origin, ...] = ()
    untaken: tuple[Untaken, ...] = ()


def build(module: Module, jobs: Mapping[str, str], every: frozenset[str], codes: Codes) -> Made:
    """Run the module and build what it defines; `every` are the files of the build, `codes` their code so far.

    One thing that cannot be built does not keep back the others of the module.
    """
    pages: list[Page] = []
    groups: list[Group] = []
    scraped: list[Job] = []
    problems: list[Problem] = []
    notes: list[str] = []
    taken: list[Origin | None] = []
    left: tuple[Untaken, ...] = ()
    try:
        with running(module, codes) as world:
            loaded = values(module, world, every)
            taken += [origin(value.it) for value in loaded.values]
            left = tuple(untaken(loaded, module, world))
            for number, value in enumerate(loaded.values):
                try:
                    if isinstance(value.it, RuleGroup):
                        groups.append(_group(value, module, jobs))
                    elif isinstance(value.it, Scrape):
                        scraped.append(job(value.it, jobs, f"{module.shown}:{value.line}"))
                    else:
                        page, folder = _json(value, module, jobs, number, notes)
                        pages.append(_page(value.it, page, folder, f"{module.shown}:{value.line}"))
                except Exception as error:  # noqa: BLE001 - whatever is in somebody's value
                    problems.append(problem_of(error, module, value.line))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - a person's module may raise anything
        problems.append(problem_of(error, module))
    unit = Unit(module, tuple(pages), tuple(groups), tuple(scraped))
    return Made(unit, tuple(problems), tuple(notes), tuple(one for one in taken if one is not None), left)


def rule_file(module: Module) -> str:
    """The rule file that the module's groups belong into: the service's name."""
    folder, file = os.path.split(module.shown)
    stem = file.partition(".")[0]
    name = os.path.basename(folder) or stem if stem in RULE_MODULES else stem
    return f"rules/{name.replace('_', '-').lower()}.yaml"


def _group(value: Value, module: Module, jobs: Mapping[str, str]) -> Group:
    said = to_rule_file([value.it], jobs)["groups"][0]
    reader = in_rule(value.it.window, jobs=jobs)
    known = tuple(about(rule, reader) for rule in value.it.alerts())
    return Group(rule_file(module), f"{module.shown}:{value.line}", said, known)


def _json(
    value: Value, module: Module, jobs: Mapping[str, str], number: int, notes: list[str]
) -> tuple[dict[str, Any], str]:
    """The page's JSON, and the folder that it belongs into."""
    if isinstance(value.it, Dashboard):
        return to_grafana(value.it, jobs), value.it.folder
    from panels.grafana import modernised  # noqa: PLC0415 - only pages of grafanalib's users pay for it

    modern = modernised(value.it, page_uid(value.it, module, number), module.path)
    notes += [f"{near(module.path)}: {change}" for change in modern.changes]
    return modern.page, ""


def _page(made_of: Any, page: dict[str, Any], folder: str, source: str) -> Page:
    uid, title = page.get("uid"), page.get("title")
    if not isinstance(uid, str) or not UID.fullmatch(uid) or len(uid) > LONGEST_UID:
        what, fix = f"page {title!r} has the uid {uid!r}", f"letters, digits, - and _, at most {LONGEST_UID}"
        raise AuthoringError(what, fix=fix)
    if not isinstance(title, str) or not title.strip():
        raise AuthoringError(f"page {uid!r} has no title", fix="title=..., what people call it")
    entry = PageEntry(
        uid=uid,
        title=title,
        folder=folder,
        file=f"dashboards/{uid}.json",
        digest=digest.of(page, folder),
        source=source,
        **_alerts(made_of),
    )
    return Page(entry, text.of(page))


def _alerts(page: Any) -> dict[str, Any]:
    """What a link from an alert needs: the panel, and which label chooses what; a page of grafanalib's has none."""
    shown = page.alert_panels() if isinstance(page, Dashboard) else {}
    if not shown:
        return {}
    return {
        "alerts": {name: panel_id(page.uid, panel.key) for name, panel in sorted(shown.items())},
        "variables": {one.narrows: one.name for one in page.variables if one.narrows},
    }


def page_uid(page: Any, module: Module, number: int) -> str:
    """A page's uid; where grafanalib's user says none, it comes from the file's name."""
    said = page.get("uid") if isinstance(page, Mapping) else getattr(page, "uid", None)
    if isinstance(said, str) and said:
        return said
    stem = os.path.basename(module.path).removesuffix(SUFFIX).removesuffix(".py").lower()
    behind = f"-{number + 1}" if number else ""
    plain = "".join(char if char.isalnum() and char.isascii() else "-" for char in stem)
    return plain[: LONGEST_UID - len(behind)] + behind
