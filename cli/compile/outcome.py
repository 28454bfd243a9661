"""What the folder shall hold: every file and the manifest, from what was built, what broke and what was left out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple, TypeVar

from cli.artifact.manifest import Manifest, PageEntry, RuleEntry
from cli.compile import rulefiles
from cli.compile.folder import Folder
from cli.compile.links import Links, links
from cli.compile.problem import Problem, at_line
from cli.compile.unit import Page, Unit

LEFT_OUT = "it was left out of the last build (--only)"
#: More lines than these say no more than how many there are.
MOST_NOTES = 5

#: Makes the bytes of a file; None where what is there is right already.
Text = Callable[[], bytes] | None
Entry = TypeVar("Entry", PageEntry, RuleEntry)


class Outcome(NamedTuple):
    """The wanted state of a build folder: its manifest, how to make each file, and where alerts lead."""

    manifest: Manifest
    texts: Mapping[str, Text]
    problems: tuple[Problem, ...]
    links: Links


def outcome(
    units: Sequence[Unit], problems: Sequence[Problem], folder: Folder, only: Sequence[str], grafana: str = ""
) -> Outcome:
    """Everything that was built, and of what broke or was left out the last good file, marked stale."""
    clashes = [*_twice(units), *rulefiles.clashes(units)]
    every = (*problems, *(problem for problem, _ in clashes))
    bad = {id(one) for _, one in clashes}
    judge = _Judge(folder, {one.module: f"{one.where}: {one.what}" for one in reversed(every)}, tuple(only))
    texts: dict[str, Text] = {}
    pages = [page for unit in units for page in unit.pages if id(page) not in bad]
    groups = [group for unit in units for group in unit.groups if id(group) not in bad]
    settled = judge.settled(_pages(pages), folder.previous.pages, texts)
    lead = links(groups, settled, grafana)
    manifest = Manifest(
        project=folder.previous.project,
        partial=bool(every or only),
        pages=settled,
        rules=judge.settled(rulefiles.files(groups, folder, lead), folder.previous.rules, texts),
    )
    return Outcome(manifest, texts, every, lead)


def left_out(made: Manifest, folder: Folder) -> list[str]:
    """A sentence for each page and rule file that is stale because it was left out, and one for those beyond five."""
    entries: list[PageEntry | RuleEntry] = [*made.pages, *made.rules]
    files = [entry.file for entry in entries if entry.stale == LEFT_OUT]
    notes = [f"{folder.shown(file)} is stale: {LEFT_OUT}" for file in files[:MOST_NOTES]]
    more = len(files) - len(notes)
    return [*notes, *[f"{more} more {'is' if more == 1 else 'are'} stale; `dash build` writes them all"] * (more > 0)]


class _Judge(NamedTuple):
    """Which files are written, which stay as they were; `broken` says why of each module that is not right."""

    folder: Folder
    broken: Mapping[str, str]
    only: tuple[str, ...]

    def settled(
        self, made: Mapping[str, tuple[Entry, Text]], previous: Iterable[Entry], texts: dict[str, Text]
    ) -> tuple[Entry, ...]:
        """The entries of all files that shall be there, sorted; how to make each is added to the texts."""
        old = {entry.file: entry for entry in previous if self.folder.has(entry.file)}
        entries: dict[str, Entry] = {}
        for file, (entry, text) in made.items():
            if self._is_wanted(entry, old.get(file)):
                entries[file], texts[file] = entry, text
            elif file in old and replace(old[file], stale="") == entry and self._is_there(file, text):
                entries[file], texts[file] = entry, None
        for file, entry in old.items():
            why = self._why_broken(entry) or (LEFT_OUT if self.only else "")
            if file not in entries and why:
                entries[file], texts[file] = replace(entry, stale=why), None
        return tuple(sorted(entries.values(), key=_name))

    def _is_wanted(self, entry: Entry, old: Entry | None) -> bool:
        if isinstance(entry, PageEntry):
            return not self.only or entry.uid in self.only
        # several modules make one rule file: without the broken one it would lack alerts
        return not self.only and not (old and self._why_broken(old))

    def _is_there(self, file: str, text: Text) -> bool:
        return text is None or text() == self.folder.text(file)

    def _why_broken(self, entry: PageEntry | RuleEntry) -> str:
        files = {one.rpartition(":")[0] for one in entry.source.split(", ")}
        return next((why for module, why in self.broken.items() if module in files), "")


def _name(entry: PageEntry | RuleEntry) -> str:
    return entry.uid if isinstance(entry, PageEntry) else entry.file


def _pages(pages: Iterable[Page]) -> dict[str, tuple[PageEntry, Text]]:
    return {page.entry.file: (page.entry, None if page.text is None else partial(bytes, page.text)) for page in pages}


def _twice(units: Sequence[Unit]) -> Iterator[tuple[Problem, Page]]:
    """Pages that would be one file: the same uid, also where only capitals tell them apart."""
    found: dict[str, list[tuple[Unit, Page]]] = defaultdict(list)
    for unit in units:
        for page in unit.pages:
            found[page.entry.uid.casefold()].append((unit, page))
    for same in found.values():
        for unit, page in same if len(same) > 1 else ():
            others = ", ".join(f"{other.entry.uid!r} at {other.entry.source}" for _, other in same if other is not page)
            what = f"page {page.entry.uid!r} has the uid of another page: {others}"
            where = at_line(unit.module, page.entry.source)
            yield Problem(unit.module.shown, where, what, "another uid for one of them"), page
