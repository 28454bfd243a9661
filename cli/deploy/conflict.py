"""Why a page is left alone: who changed what, and what to do about it. Pure, and one sentence each."""

from cli.artifact import digest
from cli.deploy.message import digest_in
from cli.grafana.model import LivePage, Version
from cli.grafana.shown import shown

TAKE = "take the change into the source, or delete the page in Grafana, and push again"
THEIRS = "give our page another uid, or delete theirs in Grafana, and push again"
MINUTES = 16  # of 2026-01-31T10:11:12Z


def not_ours(live: LivePage, tag: str) -> str:
    """A page that can never be ours to write; empty when it may be."""
    if live.is_folder:
        return f"this uid is a folder in Grafana; {THEIRS}"
    if live.provisioned:
        return "Grafana reads this page from a file on its server; remove that file, or give our page another uid"
    others = [mark for mark in _marks(live) if mark != tag]
    if others and tag not in _marks(live):
        return f"another project pushes this page (its tag is {shown(others[0])}); {THEIRS}"
    return ""


def changed(live: LivePage, newest: Version | None, tag: str, moved_to: str) -> str:
    """A page that is not what we last pushed: edited, moved, restored, or never pushed at all.

    Args:
        live: the page as Grafana answers.
        newest: the last entry of its history.
        tag: marks what is ours.
        moved_to: where it lies, when nothing else about it differs.
    """
    message = newest.message if newest else ""
    if newest and newest.number != live.version:
        return f"somebody saves it right now ({_who(live, message)}); push again"
    if not digest_in(message) and tag not in _marks(live):
        return f"dash did not push this page ({_who(live, message)}); {THEIRS}"
    if moved_to:
        return f"moved by hand to {moved_to} ({_who(live)}); say that folder in the source, or move it back"
    return f"changed by hand ({_who(live, message)}); {TAKE}"


def slipped_in(compared: int, answered: int) -> str:
    """Grafana's check is not atomic: two saves of one moment, both answered with success."""
    first, last = compared + 1, answered - 1
    theirs = f"version {first}" if first == last else f"versions {first} to {last}"
    return (
        f"somebody saved this page in the moment between our look and our save: ours is version {answered} and shows, "
        f"theirs is {theirs} in its history; restore theirs there, or take it into the source, and push again"
    )


def _marks(live: LivePage) -> list[str]:
    tags = live.body.get("tags")
    return [str(tag) for tag in (tags if isinstance(tags, list) else ()) if str(tag).startswith(digest.OURS)]


def _who(live: LivePage, message: str = "") -> str:
    when = shown(live.updated[:MINUTES].replace("T", " "))
    said = f': "{shown(message)}"' if message else ""
    return f"{shown(live.updated_by) or 'somebody'}, {when or 'at a time unknown'}{said}"
