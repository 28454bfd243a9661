"""Delete a page that nobody saves meanwhile: it is saved first, and set aside where a deletion cannot look."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from cli.deploy.conflict import GOING, marks
from cli.deploy.saving import save
from cli.errors import DashError, RemoteError
from cli.grafana.failure import Clash
from cli.grafana.model import LivePage
from cli.grafana.port import Grafana

#: Before the uid and after the title of a page that is set aside: some Grafanas write over a page of the same title.
BEFORE, AFTER = "del-", " (being deleted)"


def delete(grafana: Grafana, uid: str, over: LivePage, message: str) -> None:
    """Delete a page as it was compared.

    Grafana's `/api` deletes whatever is there. So the page is saved once more, over what was compared, with one more
    tag, for a Grafana 13 counts no save without a change. Whoever has it open is refused from then on, and a save that
    slips in between is seen. Where a page can get another uid it gets one: who still saves it under its own makes it
    anew, or takes it back, and the deletion touches neither.

    Raises:
        Clash: somebody saved it; it stays.
        RemoteError: it was not deleted, or nobody can tell.
    """
    place, version = _going(grafana, uid, over, message)
    live = grafana.page(place)
    if live is None and place != uid:
        live = grafana.page(uid)  # this Grafana does not rename, or somebody took it back
    if live is None:
        return
    if live.version != version:
        _take_back(grafana, live, message)
        raise _saved()
    try:
        grafana.delete(live.body["uid"], over=live)
    except DashError:
        _take_back(grafana, live, message)
        raise
    if live.body["uid"] != uid and grafana.page(uid) is not None:
        raise _saved()


def _going(grafana: Grafana, uid: str, over: LivePage, message: str) -> tuple[str, int]:
    """Save the page as one that is about to be deleted: the uid that it has now, and its version."""
    page = {**over.body, "uid": uid, "tags": [*_tags(over.body), GOING]}
    if grafana.renames:
        aside = {**page, "uid": f"{BEFORE}{uid}", "title": f"{page.get('title') or ''}{AFTER}"}
        try:
            return aside["uid"], save(grafana, aside["uid"], aside, over=over, folder=over.folder, message=message)
        except RemoteError as error:
            # A uid of 40 characters may be full, another page called so, or it takes a right that a deletion does not.
            if isinstance(error, Clash) and error.status != "gone":
                raise
    return uid, save(grafana, uid, page, over=over, folder=over.folder, message=message)


def _take_back(grafana: Grafana, live: LivePage, message: str) -> None:
    """Give a page that stays its own uid and title again; where that fails, the next push does it."""
    page = at_its_place(live)
    if page.aside:
        with suppress(DashError):
            save(grafana, page.body["uid"], kept(page), over=live, folder=live.folder, message=message)


def kept(page: LivePage) -> Mapping[str, Any]:
    """What to save of a page that is not to be deleted any more."""
    return {**page.body, "tags": _tags(page.body)}


def at_its_place(live: LivePage) -> LivePage:
    """A page as it is, under the uid and the title that it had before it was set aside."""
    uid, title = str(live.body.get("uid") or ""), str(live.body.get("title") or "")
    if not title.endswith(AFTER) or GOING not in marks(live):
        return live
    body = {**live.body, "uid": uid.removeprefix(BEFORE), "title": title.removesuffix(AFTER)}
    return replace(live, body=body, aside=uid)


def found(grafana: Grafana, uid: str, *, there: LivePage | None = None) -> LivePage | None:
    """The page of that uid as it is, also where a push died after it had set it aside; None when there is none.

    Args:
        grafana: where to look.
        uid: its own.
        there: what is there under its own uid, where that was read already.
    """
    live = there or grafana.page(uid)
    if live is None and grafana.renames:
        aside = grafana.page(f"{BEFORE}{uid}")
        return page if aside and (page := at_its_place(aside)).aside else None
    return at_its_place(live) if live else None


def _saved() -> Clash:
    return Clash("somebody saved it while it was to be deleted, and it stays", "push again")


def _tags(body: Mapping[str, Any]) -> list[Any]:
    """Without the one that says that it is about to be deleted."""
    tags = body.get("tags")
    return [tag for tag in tags if tag != GOING] if isinstance(tags, list) else []
