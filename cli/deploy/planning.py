"""What a push is going to do: every page read and compared, nothing written."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cli.artifact.digest import OURS, of
from cli.artifact.manifest import PageEntry
from cli.deploy import conflict, past
from cli.deploy.compare import is_word_for_word
from cli.deploy.conflict import GOING, marks
from cli.deploy.decide import Decision, Here, OnConflict, at_once, decided
from cli.deploy.deletion import at_its_place, overwritten
from cli.deploy.folders import Folders
from cli.deploy.library import Library
from cli.deploy.message import compose
from cli.deploy.normalise import said
from cli.deploy.offered import Offered
from cli.deploy.outcome import Result
from cli.deploy.side_by_side import side_by_side
from cli.deploy.sources import Reference, named
from cli.deploy.state import State
from cli.deploy.step import Step
from cli.deploy.wanted import Wanted, is_as_built, load, path_of, text_of
from cli.errors import DashError
from cli.exit_codes import Exit
from cli.grafana.failure import Clash
from cli.grafana.model import DataSource, LivePage
from cli.grafana.port import Grafana

#: In a page as we write files, where it shows a library panel.
LIBRARY_PANEL = b'"libraryPanel":'


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to push, and how.

    Attributes:
        build: the folder that `dash build` wrote.
        project: marks what is ours, as the tag `dash:<project>`.
        below: a path of folder titles that everything goes below.
        text: why, for the history.
        jobs: how many requests at a time.
        on_conflict: what to do with a page that was edited by hand.
        chosen: the same for single pages, by uid.
        datasources: the uid of a data source, for its type or for the uid that a page names.
    """

    build: Path
    project: str
    below: str = ""
    text: str = ""
    jobs: int = 8
    on_conflict: OnConflict = OnConflict.STOP
    chosen: Mapping[str, OnConflict] = field(default_factory=lambda: MappingProxyType({}))
    datasources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def tag(self) -> str:
        """Marks what is ours."""
        return f"{OURS}{self.project}"


@dataclass(frozen=True, slots=True)
class Planned:
    """A step for each page, in their order; what a person should know besides; and whether somebody pressed Ctrl-C."""

    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()
    interrupted: bool = False


def planned(grafana: Grafana, folders: Folders, order: Order, pages: Sequence[PageEntry]) -> Planned:
    """Read and compare these pages.

    Raises:
        UsageError: they are to be pinned to a data source that is not there.
    """
    offered = Offered(grafana, order.datasources)
    pins = offered.pins()
    one = _Planning(grafana, folders, order, grafana.listed({page.uid for page in pages}), pins)
    steps, interrupted = side_by_side(one.step, pages, order.jobs, grafana.give_up)
    found = tuple(
        step or _ended(entry, Result.SKIPPED, "interrupted before its turn", Exit.INTERRUPTED)
        for entry, step in zip(pages, steps, strict=True)
    )
    return Planned(found, one.notes if interrupted else (*one.notes, *offered.notes(one.sources(found))), interrupted)


def _written(step: Step) -> Mapping[str, Mapping[str, Any]]:
    """The page and the library panels that are to be written, by their uids."""
    page = {step.uid: step.page} if step.page is not None else {}
    return page | {f"the library panel {one.panel.uid}": one.panel.model for one in step.panels}


class _Planning:
    """What the pages of one push share."""

    def __init__(
        self,
        grafana: Grafana,
        folders: Folders,
        order: Order,
        listed: Mapping[str, LivePage] | None,
        pins: Mapping[str, DataSource],
    ) -> None:
        self._grafana, self._folders, self._order, self._listed = grafana, folders, order, listed
        self._pins, self._library = pins, Library(grafana, order.build, order.below, pins)
        self._minimum: Callable[[], str] = cache(grafana.minimum_refresh)
        self._edited: list[str] = []
        self._elsewhere: defaultdict[str, list[str]] = defaultdict(list)
        self._sources: dict[str, Collection[Reference]] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know besides."""
        edited = (
            f"{uid}: the file in {self._order.build} is not what dash build wrote; it is pushed as it is"
            for uid in sorted(self._edited)
        )
        return (*edited, *(conflict.renamed(mark, uids) for mark, uids in sorted(self._elsewhere.items())))

    def sources(self, steps: Iterable[Step]) -> Mapping[str, Collection[Reference]]:
        """The data sources that are named in what these steps write."""
        return {name: self._sources[name] for step in steps for name in _written(step)}

    def step(self, entry: PageEntry) -> Step:
        """One page, whatever happens to it."""
        if entry.stale:
            stale = _ended(entry, Result.SKIPPED, f"stale: {entry.stale}", Exit.AUTHORING)
            return replace(stale, state=State.STALE)
        try:
            return self._looked_through(self._read(entry))
        except Clash as error:
            return _ended(entry, Result.CONFLICT, error.sentence, Exit.CONFLICT)
        except DashError as error:
            return _ended(entry, Result.FAILED, error.sentence, error.exit)
        except Exception as error:  # noqa: BLE001 - one page's bug must not hide what becomes of the others
            why = f"this is a bug in dash ({type(error).__name__}: {error})"
            return _ended(entry, Result.FAILED, why, Exit.BUG)

    def _read(self, entry: PageEntry) -> Step:
        """One page, read and compared."""
        text, live = text_of(self._order.build, entry), self._live(entry.uid)
        if live and (others := conflict.others(live, self._order.tag)):
            self._elsewhere[others[0]].append(entry.uid)
        if live and self._is_there(entry, text, live):
            unchanged = replace(_ended(entry, Result.UNCHANGED, "", Exit.OK), state=State.IN_STEP)
            return self._with_panels(unchanged, live.body) if LIBRARY_PANEL in text else unchanged
        wanted = load(self._order.build, entry, self._order.below, text).pinned(self._pins)
        return self._with_panels(self._compared(entry, wanted, live), wanted.page)

    def _looked_through(self, step: Step) -> Step:
        """The step; what it writes is looked through here, where others wait for answers, and not in the end."""
        self._sources.update((name, named(page)) for name, page in _written(step).items())
        return step

    def _live(self, uid: str) -> LivePage | None:
        # A list may leave out what it cannot convert, and what was made a moment ago.
        live = (self._listed or {}).get(uid) or self._grafana.page(uid)
        return at_its_place(live) if live else None

    def _is_there(self, entry: PageEntry, text: bytes, live: LivePage) -> bool:
        """Whether the page is there, word for word, and in its place: of most pages, and nothing more is asked then."""
        if self._pins or live.body.get("uid") != entry.uid or GOING in marks(live):
            return False
        place = path_of(entry.folder, self._order.below)
        return is_word_for_word(text, live.body) and live.folder == self._folders.find(place)

    def _compared(self, entry: PageEntry, wanted: Wanted, live: LivePage | None) -> Step:
        if live is None:
            deleted = self._grafana.was_deleted(wanted.uid)
            state, why = (State.DELETED, "it was deleted there") if deleted else (State.MISSING, "")
            created = Decision(result=Result.CREATED, state=state, why=why, page=wanted.kept)
            return self._step(entry, wanted, None, created)
        here = Here(
            tag=self._order.tag,
            minimum=self._minimum,
            in_place=live.folder == self._folders.find(wanted.path),
            folder=lambda: self._folders.shown(live.folder),
            going=GOING in marks(live),
        )
        if decision := at_once(wanted, live, here):
            return self._step(entry, wanted, live, decision)
        places = self._folders.readings(live, wanted.path)
        refresh = wanted.page.get("refresh")
        history = past.read(self._grafana, wanted.uid, live, places, wanted=wanted.place, refresh=refresh)
        left = history.left
        if left and left.version == live.version and (theirs := overwritten(self._grafana, wanted.uid, live)):
            raise Clash(conflict.found_below(theirs), "restore it in its history in Grafana, and push again")
        decision = decided(wanted, live, history, here, self._on_conflict(wanted.uid))
        ours = history.newest.message if left and history.newest and left.version == live.version else ""
        return self._step(entry, wanted, live, decision, ours)

    def _with_panels(self, step: Step, page: Mapping[str, Any]) -> Step:
        """The library panels that a page shows have to be there before it is."""
        if step.page is None and step.result is not Result.UNCHANGED:
            return step
        needed = self._library.needed(step.page or page, self._on_conflict(step.uid))
        why = "; ".join(filter(None, (step.why, needed.why)))
        edits = (*step.edits, *needed.edits)
        if needed.conflict:
            conflict = replace(step, result=Result.CONFLICT, state=State.EDITED, exit=Exit.CONFLICT, page=None)
            return replace(conflict, why=why, edits=edits)
        return replace(step, why=why, edits=edits, panels=needed.steps)

    def _on_conflict(self, uid: str) -> OnConflict:
        return self._order.chosen.get(uid, self._order.on_conflict)

    def _step(
        self, entry: PageEntry, wanted: Wanted, live: LivePage | None, decision: Decision, ours: str = ""
    ) -> Step:
        step = Step(
            uid=entry.uid,
            title=entry.title,
            result=decision.result,
            state=decision.state,
            why=decision.why,
            edits=tuple(said(edit) for edit in decision.edits),
            exit=Exit.CONFLICT if decision.result is Result.CONFLICT else Exit.OK,
        )
        if decision.page is None:
            return replace(step, over=live) if step.result is Result.CONFLICT else step
        if not is_as_built(wanted, entry):
            self._edited.append(entry.uid)
        tags = [tag for tag in decision.page.get("tags") or () if not str(tag).startswith(OURS)]
        digest = wanted.digest if decision.page is wanted.kept else of(decision.page, wanted.place)
        return replace(
            step,
            page={**decision.page, "tags": [*tags, self._order.tag]},
            over=live,
            path=wanted.path,
            message=compose(digest, self._order.text, decision.kept),
            said=ours,
        )


def _ended(entry: PageEntry, result: Result, why: str, code: Exit) -> Step:
    return Step(uid=entry.uid, title=entry.title, result=result, why=why, exit=code)
