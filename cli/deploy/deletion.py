"""Delete a page that nobody saves meanwhile: it is saved first, and set aside where a deletion cannot look."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from cli.deploy.conflict import GOING, marks
from cli.deploy.message import digest_in
from cli.deploy.saving import save
from cli.errors import DashError, RemoteError
from cli.grafana.failure import Clash, LostAnswer
from cli.grafana.model import LivePage
from cli.grafana.port import Grafana

#: Before the uid and after the title of a page that is set aside: some Grafanas write over a page of the same title.
BEFORE, AFTER = "del-", " (being deleted)"
#: The other uid or title is not free, or the page is not found by it: then it keeps its own.
TAKEN = frozenset({"gone", "name-exists", "name-match"})
#: What it takes with every page, and the scopes that mean every page: other grants may go by the uid.
RIGHTS = ("dashboards:read", "dashboards:write", "dashboards:delete")
EVERY_PAGE = frozenset({"*", "dashboards:*", "dashboards:uid:*", "folders:*", "folders:uid:*"})
STAYS = "dash does not delete it: somebody saved it"


def delete(grafana: Grafana, uid: str, over: LivePage, message: str) -> None:
    """Delete a page as it was compared.

    Grafana's `/api` deletes whatever is there. So the page is saved once more, over what was compared, with one more
    tag, for a Grafana 13 counts no save without a change. Whoever has it open is refused from then on, and a save that
    slips in between is seen. Where it can get another uid it gets one: who still saves it under its own makes it anew,
    or takes it back, and the deletion does not meet theirs.

    Raises:
        Clash: somebody saved it; it stays.
        RemoteError: it was not deleted, or nobody can tell.
    """
    place, version = _going(grafana, uid, over, message)
    live = grafana.page(place)
    if live is None and place != uid:
        live = grafana.page(uid)  # this Grafana gave it no other uid, or somebody took it back
    if live is None:
        return
    if live.version != version or GOING not in marks(live):
        _keep(grafana, live, STAYS)
        raise _saved()
    try:
        grafana.delete(live.body["uid"], over=live)
    except DashError:
        _keep(grafana, live, message)
        raise
    if live.body["uid"] != uid and _is_there(grafana, uid):
        raise _saved()


def _going(grafana: Grafana, uid: str, over: LivePage, message: str) -> tuple[str, int]:
    """Save the page as one that is about to be deleted: the uid that it has now, and its version."""
    page = {**over.body, "uid": uid, "tags": [*_tags(over.body), GOING]}
    if GOING not in marks(over) and _may_set_aside(grafana, over):
        aside = {**page, "uid": f"{BEFORE}{uid}", "title": f"{page.get('title') or ''}{AFTER}"}
        try:
            return aside["uid"], save(grafana, aside["uid"], aside, over=over, folder=over.folder, message=message)
        except LostAnswer:
            raise
        except RemoteError as error:
            if isinstance(error, Clash) and error.status not in TAKEN:
                raise
    return uid, save(grafana, uid, page, over=over, folder=over.folder, message=message)


def _may_set_aside(grafana: Grafana, over: LivePage) -> bool:
    """Whether nothing hangs on the page's uid: no right of ours to it, nor anybody's, nor a public link."""
    if not grafana.renames or over.is_shared:
        return False
    with suppress(DashError):
        granted = grafana.permissions() or {}
        return all(EVERY_PAGE.intersection(granted.get(right, ())) for right in RIGHTS)
    return False


def _keep(grafana: Grafana, live: LivePage, message: str) -> None:
    """Save a page that stays as one that is not to be deleted, as far as that goes."""
    if GOING in marks(live):
        page = at_its_place(live)
        body = {**page.body, "tags": _tags(page.body)}
        with suppress(DashError):
            save(grafana, body["uid"], body, over=live, folder=live.folder, message=message)


def at_its_place(live: LivePage) -> LivePage:
    """A page as it is, under the uid and the title that it had before it was set aside."""
    uid, title = str(live.body.get("uid") or ""), str(live.body.get("title") or "")
    if not title.endswith(AFTER) or GOING not in marks(live):
        return live
    return replace(
        live, body={**live.body, "uid": uid.removeprefix(BEFORE), "title": title.removesuffix(AFTER)}, aside=uid
    )


def wherever(grafana: Grafana, uid: str) -> LivePage | None:
    """The page of that uid, also where a push died after it had set it aside; None when there is none."""
    live = grafana.page(uid)
    if live is None and grafana.renames:
        aside = grafana.page(f"{BEFORE}{uid}")
        return at_its_place(aside) if aside and GOING in marks(aside) else None
    return at_its_place(live) if live else None


def overwritten(grafana: Grafana, uid: str, live: LivePage) -> int:
    """The version of somebody's save that slipped in below ours before the deletion, when the push died; 0 for none.

    Args:
        grafana: where to look.
        uid: the one that the page has now.
        live: the page, whose last save was ours.
    """
    if GOING not in marks(live):
        return 0
    below = next((one for one in grafana.versions(uid, 2) if one.number < live.version), None)
    return below.number if below and not digest_in(below.message) else 0


def _is_there(grafana: Grafana, uid: str) -> bool:
    """Whether somebody made the page anew; False where that cannot be told, for ours is deleted."""
    with suppress(DashError):
        return grafana.page(uid) is not None
    return False


def _saved() -> Clash:
    return Clash("somebody saved it while it was to be deleted, and it stays", "push again")


def _tags(body: Mapping[str, Any]) -> list[Any]:
    """Without the one that says that it is about to be deleted."""
    tags = body.get("tags")
    return [tag for tag in tags if tag != GOING] if isinstance(tags, list) else []
