"""A Grafana with pages of ours, of others, and edited by hand; and a build that changes all of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from cli.artifact.manifest import read
from cli.deploy.decide import OnConflict
from cli.deploy.journal import names
from cli.deploy.journal import read as read_journal
from cli.deploy.outcome import Report
from cli.deploy.planning import Order
from cli.deploy.push import How, Push
from cli.grafana.address import Address, Credentials
from cli.grafana.connect import connected
from cli.grafana.patience import Patience
from tests.push.building import Build, page
from tests.stand_in import ProfileName, StandIn

FOLDERS = ("Team/One", "Team/Two", "Other", "")
FOREIGN = ("bobs", "copied", "file")
#: What becomes of a page of the build between the first push and the one to which things happen.
FATES = ("same", "changed and moved", "moved", "gone", "gone but edited", "edited", "edited and changed", "new")
NO_WAIT = Patience(sleep=lambda *_: None)


@dataclass
class World:
    """One Grafana and one build."""

    grafana: StandIn
    build: Build
    token: str
    journals: Path
    policy: OnConflict
    marks: dict[str, str] = field(default_factory=dict)  # what a person wrote, and the page it was written on

    @property
    def address(self) -> Address:
        """Where to push."""
        host, port = self.grafana.url.removeprefix("http://").split(":")
        return Address("http", host, int(port), "", Credentials(token=self.token))

    @contextmanager
    def _push(self) -> Iterator[Push]:
        with connected(self.address, connections=4, patience=NO_WAIT) as grafana:
            how = How(jobs=4, journals=self.journals, annotate=False)
            yield Push(grafana, self.build.project, how)

    def push(self) -> Report:
        """Push all pages, and prune."""
        made = read(self.build.path)
        order = Order(build=self.build.path, project=made.project, jobs=4, on_conflict=self.policy, text="a change")
        with self._push() as push:
            plan = push.plan(order, made.pages, {one.uid for one in made.pages})
            return push.carry_out(plan)

    def pushes(self) -> list[str]:
        """Names of the pushes that wrote a journal, the newest first."""
        return names(self.journals)

    def take_back(self, name: str) -> Report:
        """Roll one push back."""
        with self._push() as push:
            return push.take_back(read_journal(self.journals, name))

    def edit(self, uid: str, mark: str) -> None:
        """A person writes something on a page, if it is there."""
        try:
            self.grafana.edit(uid, lambda model: model.setdefault("links", []).append({"title": mark, "type": "link"}))
        except KeyError:
            return
        self.marks[mark] = uid


def arranged(grafana: StandIn, folder: Path, pages: int, random: Random) -> World:
    """Everything as it is before the push to which things happen."""
    policy = random.choice([OnConflict.STOP, OnConflict.STOP, OnConflict.MERGE, OnConflict.KEEP])
    world = World(grafana, Build(folder / "build"), grafana.token(), folder / "pushes", policy)
    fates = [FATES[number % len(FATES)] for number in range(pages)]
    random.shuffle(fates)
    grafana.make(page("bobs", "Bob's"), by="bob", message="by hand")
    grafana.provision(page("file", "From a file"))
    places = {f"page-{number}": random.choice(FOLDERS) for number in range(pages)}
    for (uid, place), fate in zip(places.items(), fates, strict=True):
        if fate != "new":
            world.build.put(page(uid), place)
    world.push()
    grafana.make(page("copied", "Copied", tags=["ai", f"dash:{world.build.project}"]), by="bob")
    for (uid, place), fate in zip(places.items(), fates, strict=True):
        _changed(world, uid, place, fate, random)
    return world


def _changed(world: World, uid: str, place: str, fate: str, random: Random) -> None:
    if "gone" in fate:
        world.build.drop(uid)
    if fate == "new":
        world.build.put(page(uid), place)
    if "edited" in fate:
        world.edit(uid, f"by hand on {uid}")
    if "changed" in fate or "moved" in fate:
        others = [other for other in FOLDERS if other != place]
        new = random.choice(others) if "moved" in fate else place
        world.build.put(page(uid, description="A change" if "changed" in fate else ""), new)


def profile_of(random: Random) -> ProfileName:
    """Each line of Grafana versions, the oldest and the newest more often."""
    profiles: tuple[ProfileName, ...] = ("g9", "g9", "g11", "g12", "g13_0", "g13", "g13")
    return random.choice(profiles)
