"""What a push does with one rule: what is wanted, what is live, and what our mark says that we left there. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cli.deploy.alerts.normal import Mark, differences, digest, mark_of, normal
from cli.deploy.decide import OnConflict
from cli.deploy.outcome import Result

Json = Mapping[str, Any]
#: Who locks a rule so that no API call may change it.
FOREIGN = {
    "file": "Grafana reads this rule from a file on its server and takes no other",
    "converted_prometheus": "it was imported from Prometheus' own format, and belongs to who imported it",
}
WAYS = "take it into the source, or --on-conflict keep or overwrite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do with a rule: what it will have become, why, the edits that it is about, and whether it is written."""

    result: Result
    why: str = ""
    edits: tuple[str, ...] = ()
    writes: bool = False


@dataclass(frozen=True, slots=True)
class There:
    """A rule as it is in Grafana, and how often its group is judged."""

    rule: Json
    seconds: int | None


def decided(wanted: Json, seconds: int, live: There | None, project: str, on_conflict: OnConflict) -> Decision:
    """What to do with one rule.

    Args:
        wanted: the rule, with the folder where it is to lie.
        seconds: how often its group is to be judged.
        live: what is there under its uid.
        project: whose it is.
        on_conflict: what to do with what was edited by hand; to merge is to stop.
    """
    if live is None:
        return Decision(result=Result.CREATED, writes=True)
    mark = mark_of(live.rule)
    edits = differences(wanted, live.rule)
    if live.seconds not in (None, seconds):
        edits = (*edits, f"interval: wanted {seconds}s, there {live.seconds}s")
    if why := FOREIGN.get(str(live.rule.get("provenance") or "")):
        return Decision(result=Result.CONFLICT, why=why, edits=edits)
    if mark is None or mark.project != project:
        whose = "our mark was taken off it" if mark is None else f"it is marked as the project {mark.project}'s"
        return _refused(whose, edits, on_conflict)
    if not edits:
        if mark == Mark(digest(wanted), project, seconds):
            return Decision(result=Result.UNCHANGED)
        return Decision(result=Result.UPDATED, why="somebody did the same by hand; our mark follows", writes=True)
    if digest(live.rule) == mark.digest and live.seconds in (None, mark.seconds, seconds):
        return Decision(result=Result.UPDATED, writes=True)
    return _refused("edited by hand since our last push", edits, on_conflict)


def left_over(live: There, project: str) -> Decision | None:
    """What to do with a rule that the build no longer has; None where it is not ours."""
    mark = mark_of(live.rule)
    if mark is None or mark.project != project:
        return None
    if why := FOREIGN.get(str(live.rule.get("provenance") or "")):
        return Decision(result=Result.SKIPPED, why=f"not deleted: {why}")
    if digest(live.rule) != mark.digest:
        why = "not deleted: it was edited by hand since our last push; delete it in Grafana, or take it into the source"
        return Decision(result=Result.SKIPPED, why=why)
    return Decision(result=Result.DELETED, why="the build no longer has it", writes=True)


def same(one: Json | None, other: Json | None) -> bool:
    """Whether two looks at a rule saw the same, as far as people decide on it; our mark counts too."""
    if one is None or other is None:
        return one is other
    return normal(one) == normal(other) and mark_of(one) == mark_of(other)


def _refused(why: str, edits: tuple[str, ...], on_conflict: OnConflict) -> Decision:
    if on_conflict is OnConflict.OVERWRITE:
        return Decision(result=Result.UPDATED, why=f"overwritten: {why}", edits=edits, writes=True)
    if on_conflict is OnConflict.KEEP:
        return Decision(result=Result.SKIPPED, why=f"kept as it is there: {why}", edits=edits)
    return Decision(result=Result.CONFLICT, why=f"{why}; {WAYS}", edits=edits)
