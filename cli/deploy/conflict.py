"""Why a page is left alone: who changed what, and what to do about it. Pure, and one sentence each."""

from collections.abc import Sequence

from cli.artifact import digest
from cli.grafana.model import LivePage, Version
from cli.grafana.shown import shown

#: What one can do about an edit by hand.
WAYS = "take it into the source and push again, or say --on-conflict keep, merge or overwrite"
NO_MERGE = "take theirs into the source and push again, or say --on-conflict keep or overwrite"
#: Why the edits cannot be told.
FORGOTTEN = "its history no longer holds what dash pushed"
#: They are no surprise any more, and the source still has them not.
KEPT = "it holds edits by hand that an earlier push kept"
#: On a page between our last look at it and its deletion: who has it open is told that it was saved since.
GOING = "dash:deleting"
THEIRS = "give our page another uid, or delete theirs in Grafana, and push again"
MINUTES = 16  # of 2026-01-31T10:11:12Z


def not_ours(live: LivePage, tag: str) -> str:
    """A page that can never be ours to write; empty when it may be."""
    if live.is_folder:
        return f"this uid is a folder in Grafana; {THEIRS}"
    if live.provisioned:
        return "Grafana reads this page from a file on its server; remove that file, or give our page another uid"
    if found := others(live, tag):
        return f"another project pushes this page (its tag is {shown(found[0])}); {THEIRS}"
    return ""


def others(live: LivePage, tag: str) -> list[str]:
    """The tags of other projects on a page that has not ours."""
    found = marks(live)
    return [] if tag in found else [mark for mark in found if mark != GOING]


def renamed(mark: str, uids: Sequence[str]) -> str:
    """One line about pages of this build with another project's tag, which nobody would see where they are alike."""
    many = f"{len(uids)} pages of this build bear" if len(uids) > 1 else f"{shown(uids[0])} bears"
    name = shown(mark.removeprefix(digest.OURS))
    return (
        f"{many} the tag {shown(mark)}, and not ours: another project pushes that, and we neither write nor prune it; "
        f"if this project was called so, say project = {name!r} in dash.toml again, or take that tag away in Grafana"
    )


def right_now(live: LivePage, newest: Version) -> str:
    """The page says one version, its history already the next."""
    return f"somebody saves it right now ({who(live, newest.message)}); push again"


def never_pushed(live: LivePage, newest: Version | None) -> str:
    """A page of this uid that somebody else made."""
    return f"dash did not push this page ({who(live, newest.message if newest else '')})"


def changed(live: LivePage, newest: Version | None, moved_to: str) -> str:
    """A page that is not what we last pushed: edited, restored, or moved.

    Args:
        live: the page as Grafana answers.
        newest: the last entry of its history.
        moved_to: where it lies, when nothing else about it differs.
    """
    if moved_to:
        return f"moved by hand to {moved_to} ({who(live)})"
    return f"changed by hand ({who(live, newest.message if newest else '')})"


def slipped_in(theirs: int, ours: int) -> str:
    """Grafana's check is not atomic: two saves of one moment, both answered with success."""
    return (
        f"somebody saved this page in the moment between our look and our save: ours was version {ours}, "
        f"theirs, version {theirs}, is put back and shows; {WAYS}"
    )


def found_below(theirs: int) -> str:
    """A push saved the page over theirs, to delete it, and died before it put theirs back."""
    return f"somebody saved version {theirs} of this page in the moment when a push was about to delete it"


def perhaps_overwritten(compared: int, ours: int) -> str:
    """The same, and nobody can tell what the other save was."""
    return (
        f"somebody may have saved this page in the moment between our look and our save: it was version {compared}, "
        f"ours is {ours}, and its history could not be read; look there, restore what is theirs, and push again"
    )


def not_put_back(theirs: int, ours: int) -> str:
    """The same, and theirs could not be put back."""
    return (
        f"somebody saved this page in the moment between our look and our save: ours is version {ours}, and theirs, "
        f"version {theirs}, is in its history and could not be put back; restore it there, and push again"
    )


def marks(live: LivePage) -> list[str]:
    """The tags by which projects say that they push it."""
    tags = live.body.get("tags")
    return [str(tag) for tag in (tags if isinstance(tags, list) else ()) if str(tag).startswith(digest.OURS)]


def who(live: LivePage, message: str = "") -> str:
    """Who saved a page last, and when."""
    when = shown(live.updated[:MINUTES].replace("T", " "))
    said = f': "{shown(message)}"' if message else ""
    return f"{shown(live.updated_by) or 'somebody'}, {when or 'at a time unknown'}{said}"
