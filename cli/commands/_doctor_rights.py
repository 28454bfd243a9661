"""What a push has to be permitted, what it is, and where: by the actions and scopes that Grafana says we have. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cli.commands._doctor_check import Check

EVERYWHERE = {"", "*", "folders:*", "folders:uid:*", "dashboards:*", "dashboards:uid:*", "library.panels:*"}
ROOT = "general"
LIBRARY = "library.panels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where pages go.

    Attributes:
        said: the path of titles, for people; empty for wherever each page says.
        around: uids of the folder and of those around it, as far as they are there.
        missing: the last titles are not there yet.
        folders: the build puts pages into folders below.
        libraries: the build's pages show library panels.
    """

    said: str = ""
    around: tuple[str, ...] = ()
    missing: bool = False
    folders: bool = False
    libraries: bool = False

    @property
    def name(self) -> str:
        """For a sentence."""
        return f"the folder {self.said!r}" if self.said else "the root"


@dataclass(frozen=True, slots=True)
class Need:
    """One action; `only` says which part of a push needs it, and is empty where every push does.

    `follows` is for what Grafana grants to whoever makes the page or the folder.
    """

    action: str
    only: str = ""
    follows: bool = False


def needs(target: Target) -> Iterator[Need]:
    """Every action that counts for this target."""
    makes = target.missing or target.folders
    yield Need("dashboards:read", follows=True)
    yield Need("dashboards:create", follows=target.missing)
    yield Need("dashboards:write", follows=True)
    yield Need("dashboards:delete", "--prune and a rollback", follows=True)
    yield Need("folders:read", follows=True)
    yield Need("folders:create", "" if makes else "a new folder")
    yield Need("folders:write", "a folder in a folder", follows=True)
    yield Need("folders:delete", "--prune and a rollback", follows=True)
    yield Need("datasources:read", "the check of data sources")
    yield Need("annotations:read", "--annotate")
    yield Need("annotations:create", "--annotate")
    if target.libraries:
        yield from (Need(f"{LIBRARY}:{verb}") for verb in ("read", "create", "write"))


def rights(granted: Mapping[str, tuple[str, ...]] | None, target: Target) -> Iterator[Check]:
    """A check for each action, one for all where Grafana does not tell, and one for the folder."""
    if target.said:
        unseen = not target.around and not target.missing
        more = ": we may not see it" if unseen else ": a push makes it" if target.missing else ""
        yield Check("folder", None if unseen else True, f"{target.said}{more}")
    if granted is None:
        yield Check("permissions", None, "this Grafana does not tell what we may do", "dash push --dry-run")
        return
    # Whoever makes a folder may do everything in it.
    makes = bool(granted.get("folders:create")) and (target.missing or not target.said)
    for need in needs(target):
        yield _check(need, granted, target, makes=makes)


def _check(need: Need, granted: Mapping[str, tuple[str, ...]], target: Target, *, makes: bool) -> Check:
    scopes = granted.get(need.action, ())
    kind = need.action.partition(":")[0]
    if scopes and (kind not in ("dashboards", "folders", LIBRARY) or EVERYWHERE.intersection(scopes)):
        return Check(need.action, True, "granted")
    # A right on the root is none on what lies in a folder, but to make one there.
    around = target.around or ((ROOT,) if kind == "folders" or not target.said else ())
    if {f"folders:uid:{uid}" for uid in around}.intersection(scopes):
        return Check(need.action, True, f"granted for {target.name}")
    if kind == LIBRARY and not any(action.startswith(LIBRARY) for action in granted):
        return Check(need.action, None, "not told: before Grafana 10 the rights on the folder decide")
    said = f"granted for {_places(scopes)}, not for {target.name}" if scopes else "not granted"
    if makes and need.follows:
        return Check(need.action, None, f"{said}; on what we make, Grafana grants it to us")
    if need.only:
        return Check(need.action, None, f"{said}; needed for {need.only}", _fix(need.action, target))
    return Check(need.action, False, said, _fix(need.action, target))


def _places(scopes: tuple[str, ...]) -> str:
    """How many folders and pages the scopes name."""
    folders = sum(scope.startswith("folders:uid:") and scope != f"folders:uid:{ROOT}" for scope in scopes)
    pages = sum(scope.startswith("dashboards:uid:") for scope in scopes)
    counted = [
        f"{many} {what}{'' if many == 1 else 's'}" for many, what in ((folders, "folder"), (pages, "page")) if many
    ]
    return " and ".join(counted) or ("the root" if f"folders:uid:{ROOT}" in scopes else "something else")


def _fix(action: str, target: Target) -> str:
    if action.startswith("datasources"):
        return f"a role with {action}"
    if target.said and not target.missing:
        return f"give the service account Edit on {target.name}, or the role Editor"
    return "give the service account the role Editor"
