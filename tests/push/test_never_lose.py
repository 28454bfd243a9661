"""Whatever people and pushes do in whatever order, no edit by hand is lost: a law, generated."""

import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.artifact.manifest import read
from cli.deploy import journal
from cli.deploy.decide import OnConflict
from cli.deploy.outcome import Report, Result
from cli.deploy.planning import Order
from cli.deploy.push import How, Push
from cli.grafana.address import Address, Credentials
from cli.grafana.connect import connected
from tests.push.building import Build, Page, panel, three
from tests.stand_in import ProfileName, StandIn

UIDS = ("a", "b")
HANDS = ("Hand one", "Hand two")  # folders that people use, and no source
SETTLED = (Result.UNCHANGED, Result.CONFLICT, Result.SKIPPED)
Holds = Callable[[Page, str], bool]


@dataclass(frozen=True)
class Mark:
    """An edit by hand.

    Attributes:
        said: what somebody did.
        uid: on which page.
        holds: whether a page, in the folder of a title, shows it.
    """

    said: str
    uid: str
    holds: Holds


@dataclass
class World:
    """A Grafana, a build, and the edits by hand that are to be found."""

    grafana: StandIn
    build: Build
    journals: Path
    token: str
    marks: list[Mark] = field(default_factory=list)
    sources: dict[str, Page] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def next(self) -> int:
        """A number that was not there yet."""
        self.count += 1
        return self.count

    # the source

    def source(self, uid: str, what: str) -> None:
        """The source changes something about a page; puts it back where it was taken away."""
        number = self.next()
        made = self.sources.get(uid) or three(uid)
        if what == "gone":
            if uid in self.build.entries and len(self.build.entries) > 1:
                self.build.drop(uid)
            return
        if what == "folder":
            self.folders[uid] = "" if self.folders.get(uid) else "Team"
        elif what in ("title", "description"):
            made = {**made, what: f"source {number}"}
        elif what == "remove":
            made = _laid([one for one in made["panels"] if one is not made["panels"][-1]], made)
        elif what == "add":
            made = _laid([*made["panels"], panel(_free(made), f"source {number}")], made)
        elif made["panels"]:
            first = made["panels"][number % len(made["panels"])]
            changed = _changed(first, what, f"source {number}")
            made = {**made, "panels": [changed if one is first else one for one in made["panels"]]}
        self._put(uid, made)

    def taken_over(self, uid: str) -> None:
        """The source says what is live."""
        stored = self.grafana.page(uid)
        if stored:
            body = {key: value for key, value in stored.model.items() if key not in ("id", "version")}
            self.folders[uid] = self._folder(stored.folder_uid)
            self._put(uid, {**body, "tags": ["ai"]})

    def _put(self, uid: str, made: Page) -> None:
        self.sources[uid] = made
        self.build.put(made, self.folders.get(uid, ""))

    # by hand

    def by_hand(self, uid: str, what: str) -> None:
        """Somebody edits a page that is there."""
        number = self.next()
        if not self.grafana.page(uid):
            return
        if what == "move":
            title = HANDS[number % 2]
            self.grafana.move(uid, title.lower().replace(" ", "-"))
            self._mark(f"moved to {title}", uid, lambda _, folder: folder == title)
            return
        if what == "forget":
            for _ in range(21):
                self.grafana.edit(uid, lambda _: None)
            self.grafana.clean_up()
            return
        self.grafana.edit(uid, lambda model: self._edited(model, uid, what, number))

    def slip(self, uid: str, policy: OnConflict) -> None:
        """Somebody saves a page in the very moment of a push's first save: between its check and its write."""
        number = self.next()

        def slip() -> None:
            if self.grafana.page(uid):
                self.grafana.edit(uid, lambda model: self._edited(model, uid, "title", number))

        self.grafana.faults.add("POST", "/api/dashboards/db$", between=slip)
        self.push(policy)
        self.grafana.faults.clear()

    def _edited(self, model: Page, uid: str, what: str, number: int) -> None:
        text = f"by hand {number}"
        panels = model["panels"]
        if what in ("title", "description"):
            model[what] = text
            self._mark(text, uid, lambda body, _: body.get(what) == text)
        elif what == "variable":
            model.setdefault("templating", {}).setdefault("list", []).append({"name": text, "type": "textbox"})
            self._mark(text, uid, lambda body, _: text in json.dumps(body.get("templating")))
        elif what == "add":
            model["panels"] = _laid([panel(_free(model), text), *panels], model)["panels"]
            self._mark(text, uid, lambda body, _: text in json.dumps(body["panels"]))
        elif what == "remove" and panels:
            gone = panels.pop(number % len(panels))
            self._mark(f"removed {gone['id']}", uid, lambda body, _: all(one != gone for one in body["panels"]))
        elif panels:
            at = number % len(panels)
            panels[at] = _changed(panels[at], what, text)
            self._mark(text, uid, lambda body, _: text in json.dumps(body["panels"]))
        # whoever edits what he edited has taken the first edit back
        self.marks = [
            one for one in self.marks if one.uid != uid or one.said.startswith("moved") or one.holds(model, "")
        ]

    def _mark(self, said: str, uid: str, holds: Holds) -> None:
        if said.startswith("moved"):
            self.marks = [one for one in self.marks if one.uid != uid or not one.said.startswith("moved")]
        self.marks.append(Mark(said, uid, holds))

    # pushes

    def push(self, policy: OnConflict, *, prune: bool = False) -> Report:
        """Push the build; and whatever was edited by hand is still there, or was said to be overwritten and is kept."""
        made = read(self.build.path)
        uids = {one.uid for one in made.pages}
        order = Order(build=self.build.path, project=made.project, jobs=2, on_conflict=policy)
        report = self._with(lambda push: push.carry_out(push.plan(order, made.pages, uids if prune else None)))
        failed = [one for one in report.outcomes if one.result is Result.FAILED]
        assert not failed
        results = {one.uid: one.result for one in report.outcomes}
        for mark in list(self.marks):
            self._law(mark, policy, results.get(mark.uid), report.push)
        return report

    def take_back(self, at: int) -> None:
        """Roll a push back: no edit by hand goes with it."""
        names = journal.names(self.journals)
        if names:
            done = journal.read(self.journals, names[at % len(names)])
            report = self._with(lambda push: push.take_back(done))
            assert not [one for one in report.outcomes if one.result is Result.FAILED]
            for mark in self.marks:
                assert self._is_live(mark), f"{mark.said} on {mark.uid} is lost by a rollback"

    def _law(self, mark: Mark, policy: OnConflict, result: Result | None, name: str) -> None:
        source = self.sources.get(mark.uid)
        if self._is_live(mark):
            if source and result in (Result.UNCHANGED, Result.UPDATED) and self._holds(mark, source):
                self.marks.remove(mark)  # the source has taken it over
            return
        self.marks.remove(mark)
        assert policy is OnConflict.OVERWRITE, f"{mark.said} on {mark.uid} is lost: {result} under {policy}"
        assert result in (Result.UPDATED, Result.MOVED)
        act = next(one for one in journal.read(self.journals, name).pages if one.uid == mark.uid)
        assert act.before
        folder = act.before.folder[-1].title if act.before.folder else ""
        assert mark.holds(dict(act.before.body), folder), f"{mark.said} on {mark.uid} is not in the journal"
        stored = self.grafana.page(mark.uid)
        assert stored
        assert any(mark.holds(one.data, self._folder(one.folder_uid)) for one in stored.history)

    def _is_live(self, mark: Mark) -> bool:
        stored = self.grafana.page(mark.uid)
        return stored is not None and mark.holds(stored.model, self._folder(stored.folder_uid))

    def _holds(self, mark: Mark, source: Page) -> bool:
        return mark.holds(source, self.folders.get(mark.uid, ""))

    def _folder(self, uid: str) -> str:
        folder = self.grafana.page(uid) if uid else None
        return folder.title if folder else ""

    def _with(self, work: Callable[[Push], Report]) -> Report:
        host, port = self.grafana.url.removeprefix("http://").split(":")
        where = Address("http", host, int(port), "", Credentials(token=self.token))
        with connected(where, connections=2) as grafana:
            return work(Push(grafana, self.build.project, How(jobs=2, journals=self.journals)))


def _changed(one: Mapping[str, Any], what: str, text: str) -> Page:
    if what == "expr":
        return {**one, "targets": [{"refId": "A", "expr": f'up{{job="{text}"}}'}]}
    return {**one, "title": text}


def _laid(panels: list[Page], made: Page) -> Page:
    """One below the other."""
    laid = [{**one, "gridPos": {"h": 4, "w": 24, "x": 0, "y": 4 * at}} for at, one in enumerate(panels)]
    return {**made, "panels": laid}


def _free(made: Page) -> int:
    """As Grafana numbers a new panel, and as people do."""
    return max((one["id"] for one in made["panels"]), default=0) + 1


UID = st.sampled_from(["a", "a", "a", "b"])
POLICY = st.sampled_from([OnConflict.STOP, OnConflict.MERGE, OnConflict.MERGE, OnConflict.KEEP, OnConflict.OVERWRITE])
CHANGES = ["title", "description", "panel", "expr", "add", "remove", "remove", "folder", "gone"]
EDITS = ["title", "description", "panel", "panel", "expr", "add", "remove", "variable", "move", "forget"]
SOURCE = st.lists(st.tuples(st.just("source"), UID, st.sampled_from(CHANGES)), max_size=3)
BY_HAND = st.lists(st.tuples(st.just("by_hand"), UID, st.sampled_from(EDITS)), max_size=3)
ACT = st.one_of(
    st.tuples(st.just("push"), POLICY),
    st.tuples(st.just("push"), POLICY),
    st.tuples(st.just("push"), POLICY),
    st.tuples(st.just("prune"), POLICY),
    st.tuples(st.just("slip"), UID, POLICY),
    st.tuples(st.just("take_back"), st.sampled_from([0, 0, 0, 1, 2])),
    st.tuples(st.just("taken_over"), UID),
)
#: People and the source do something, in any order, and then comes a push.
DEEDS = st.lists(
    st.tuples(BY_HAND, SOURCE, ACT).map(lambda one: [*one[0], *one[1], one[2]]), min_size=1, max_size=4
).map(lambda rounds: [deed for one in rounds for deed in one])


@pytest.mark.parametrize("profile", ["g9", "g11"])
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(deeds=DEEDS, last=POLICY)
def test_no_edit_by_hand_is_lost_and_pushes_converge(
    profile: ProfileName, deeds: list[tuple[Any, ...]], last: OnConflict
) -> None:
    with tempfile.TemporaryDirectory() as name, StandIn(profile) as grafana:
        grafana.index_lag = 0.0
        for title in HANDS:
            grafana.make_folder(title.lower().replace(" ", "-"), title)
        world = World(grafana, Build(Path(name) / "build"), Path(name) / "pushes", grafana.token())
        for uid in UIDS:
            world.source(uid, "title")
        world.push(OnConflict.STOP)
        for deed, *rest in deeds:
            if deed == "prune":
                world.push(*rest, prune=True)
            else:
                getattr(world, deed)(*rest)
        world.push(last)
        before = grafana.state

        again = world.push(last)

        assert {one.result for one in again.outcomes} <= set(SETTLED)
        assert grafana.state == before
