"""One save, and what can come between it and the page: a lost answer, and somebody else's save of the same moment."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from cli.deploy import conflict
from cli.deploy.compare import is_what_was_saved
from cli.deploy.message import putting_back
from cli.errors import RemoteError
from cli.grafana.failure import Clash, LostAnswer
from cli.grafana.model import LivePage, Version
from cli.grafana.port import Grafana
from cli.grafana.shown import shown

Json = Mapping[str, Any]
#: How often a save is sent whose answer was lost. It is not sent blindly: see `_looked_up`.
TRIES = 3
#: How many entries of a history are looked through for what slipped in.
RECENT = 20
#: How often somebody else's version is put back, when yet another slips in meanwhile.
PUTTING_BACK = 5


def save(grafana: Grafana, uid: str, page: Json, *, over: LivePage | None, folder: str, message: str) -> int:
    """Write a page over the one that was compared, exactly once; the version that it has.

    Raises:
        Clash: somebody else saved it; theirs is there.
        LostAnswer: nobody can tell whether it was written.
        RemoteError: it was not written.
    """
    compared = over.version if over else 0
    for last in (False,) * (TRIES - 1) + (True,):
        try:
            answered = grafana.save(page, over=over, folder=folder, message=message)
        except LostAnswer as lost:
            try:
                found = _looked_up(grafana, uid, page, compared, message)
            except LostAnswer as error:
                raise LostAnswer(f"perhaps saved: {error.what}", fix="push again, it will see") from lost
            if found is None and last:
                raise LostAnswer(f"not saved: {lost.what}", fix="push again") from lost
            answered = found or 0
        except Clash:
            # A proxy may have told us to wait although the save went through: then what is in the way is our own.
            answered = _own(grafana, uid, page, message)
            if not answered:
                raise
        if answered:
            break
    if answered > compared + 1:
        _put_back(grafana, uid, over, answered, message)
    return answered


def _looked_up(grafana: Grafana, uid: str, page: Json, compared: int, message: str) -> int | None:
    """The version of our own save whose answer was lost; None where it did not happen.

    It can then be sent again: it names the version that it was compared with, so that of two on their way one is
    refused, also when the first one arrives late.

    Raises:
        LostAnswer: Grafana does not tell.
        Clash: what is there now is somebody else's.
    """
    try:
        live = grafana.page(uid)
        if live is None or live.version == compared:
            return None
        newest = _newest(grafana, uid)
    except RemoteError as error:
        raise LostAnswer(error.what) from error
    if is_this_save(newest, live, page, message):
        return live.version
    who, said = shown(live.updated_by), shown(newest.message) if newest else ""
    raise Clash(f"our save lost its answer, and somebody saved it since ({who}: {said!r})", "push again")


def _newest(grafana: Grafana, uid: str) -> Version | None:
    return next(iter(grafana.versions(uid, 1)), None)


def is_this_save(newest: Version | None, live: LivePage, page: Json, message: str) -> bool:
    """Whether the last save of a live page was this very one: our message, and what we wrote below it."""
    said = newest is not None and (newest.number, newest.message) == (live.version, message)
    return said and is_what_was_saved(page, live.body)


def _own(grafana: Grafana, uid: str, page: Json, message: str) -> int:
    """The version of the live page when it is this very save; 0 for any other."""
    with suppress(RemoteError):
        live = grafana.page(uid)
        if live and is_this_save(_newest(grafana, uid), live, page, message):
            return live.version
    return 0


def _put_back(grafana: Grafana, uid: str, over: LivePage | None, ours: int, message: str) -> None:
    """Put back what slipped in between our look and our save, unless it was our own save, sent twice.

    Raises:
        Clash: somebody's save was there; it is put back, or says why not.
    """
    compared = over.version if over else 0
    folder = over.folder if over else ""
    for _ in range(PUTTING_BACK):
        try:
            entries = grafana.versions(uid, RECENT)
        except RemoteError as error:
            raise Clash(conflict.perhaps_overwritten(compared, ours)) from error
        slipped = [one.number for one in entries if compared < one.number < ours and one.message != message]
        if not slipped:
            return
        theirs = slipped[0]
        message = putting_back(theirs, ours)
        try:
            body, live = grafana.body_of(uid, theirs), grafana.page(uid)
            if body is None or live is None or live.version != ours:
                break
            put = grafana.save(body, over=live, folder=folder, message=message)
            uid = str(body.get("uid") or uid)
        except RemoteError as error:
            raise Clash(conflict.not_put_back(theirs, ours)) from error
        if put == ours + 1:
            raise Clash(conflict.slipped_in(theirs, ours))
        compared, ours = ours, put
    raise Clash(conflict.not_put_back(theirs, ours))
