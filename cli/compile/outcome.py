"""What the folder shall hold: the manifest and every file, from what was built and what broke."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cli.artifact.manifest import Manifest, PageEntry, RuleEntry
from cli.compile import rulefiles
from cli.compile.problem import Problem
from cli.compile.unit import Group, Page, Unit

LEFT_OUT = "it was left out of the last build (--only)"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The wanted state of a build folder.

    Attributes:
        pages, rules: the new bytes of a file by its path; None where the file there is right already.
    """

    manifest: Manifest
    pages: Mapping[str, bytes | None] = field(default_factory=dict)
    rules: Mapping[str, list[Group] | None] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def outcome(units: Sequence[Unit], problems: Sequence[Problem], previous: Manifest, only: tuple[str, ...]) -> Outcome:
    """Everything that was built, and of what broke or was left out the last good file, marked stale."""
    every = [*problems, *_twice(units), *rulefiles.clashes(group for unit in units for group in unit.groups)]
    broken = {problem.module: problem for problem in every}
    good = [unit for unit in units if unit.module.shown not in broken]
    built = {page.entry.uid: page for unit in good for page in unit.pages}
    pages: dict[str, bytes | None] = {}
    entries: dict[str, PageEntry] = {}
    for uid, page in built.items():
        if not only or uid in only or page.text is None:
            entries[uid], pages[page.entry.file] = page.entry, page.text
    for old in previous.pages:
        why = _why_stale(old.source, broken) or (LEFT_OUT if only and old.uid in built else "")
        if old.uid not in entries and why:
            entries[old.uid], pages[old.file] = replace(old, stale=why), None
    rule_entries, rules = _rules(good, previous, broken, frozen=bool(only))
    manifest = Manifest(
        project=previous.project,
        partial=bool(every or only),
        pages=tuple(entries[uid] for uid in sorted(entries)),
        rules=tuple(rule_entries[file] for file in sorted(rule_entries)),
    )
    return Outcome(manifest, pages, rules, tuple(every))


def _rules(
    good: Sequence[Unit], previous: Manifest, broken: Mapping[str, Problem], *, frozen: bool
) -> tuple[dict[str, RuleEntry], dict[str, list[Group] | None]]:
    made = rulefiles.entries(group for unit in good for group in unit.groups)
    entries = {file: entry for file, (entry, _) in made.items()}
    files: dict[str, list[Group] | None] = {file: held for file, (_, held) in made.items()}
    for old in previous.rules:
        why = _why_stale(old.source, broken)
        if not why and frozen and entries.get(old.file) != old:
            why = LEFT_OUT
        if why:
            entries[old.file], files[old.file] = replace(old, stale=why), None
    return entries, files


def _why_stale(source: str, broken: Mapping[str, Problem]) -> str:
    """Why the last good file of a source is kept; empty where the source is fine or gone."""
    files = {one.rpartition(":")[0] for one in source.split(", ")}
    return next((f"{problem.where}: {problem.what}" for one, problem in broken.items() if one in files), "")


def _twice(units: Sequence[Unit]) -> list[Problem]:
    """Pages that would be one file: the same uid, also where only capitals tell them apart."""
    found: dict[str, list[tuple[Unit, Page]]] = defaultdict(list)
    for unit in units:
        for page in unit.pages:
            found[page.entry.uid.casefold()].append((unit, page))
    problems = []
    for same in found.values():
        for unit, page in same if len(same) > 1 else ():
            others = ", ".join(other.entry.source for _, other in same if other is not page)
            what = f"two pages have the uid {page.entry.uid!r}: the other is at {others}"
            problems.append(Problem(unit.module.shown, page.entry.source, what, "another uid for one of them"))
    return problems
