"""Why a Grafana's alerting did not do what it was asked; 9 says most of it with the status 500."""

from cli.errors import Refused, RemoteError
from cli.grafana import failure
from cli.grafana.address import Address
from cli.grafana.failure import Clash
from cli.grafana.shown import shown

CONFLICT = 409
TITLE = "title under the same organisation and folder should be unique"
LOCKED = "provenance"
IN_USE = "currently used"
#: Words of a 500 that is no trouble of the server's: what was sent was read, and not taken.
REFUSED = ("unknown NoData state", "unknown Error state", "failed to calculate diff", "invalid")


def off(where: Address) -> Refused:
    """404 to a list: the endpoint is not there."""
    return Refused(
        f"the Grafana at {where.url} has no alerting that could be provisioned",
        fix="[unified_alerting] enabled = true in its grafana.ini; Grafana has it from 9 on",
    )


def forbidden(doing: str, needs: str, message: str) -> Refused:
    """403: an Editor may not provision alerting on an older release."""
    said = failure.forbidden(doing, needs, message)
    return Refused(said.what, fix="give the service account the role Admin, or the permissions of alert.provisioning")


def clash(status: int, message: str) -> RemoteError | None:
    """What a refused write says about who is in the way; None when it is nobody's, and the status tells."""
    said = shown(message)
    if TITLE in message:
        return Clash(
            f"another alert rule in this folder has this title, or its uid ({said})",
            fix="another name for one of the two",
        )
    if LOCKED in message:
        return Clash(
            f"it is locked by whoever wrote it ({said})",
            fix="change it where it comes from: a file on the server, or another tool",
        )
    if IN_USE in message:
        return Clash(f"a notification policy still names it ({said})", fix="take it out of that policy first")
    if status == CONFLICT:
        return Clash(f"somebody wrote it at the same moment ({said})", fix="dash push --alerts again")
    if any(word in message for word in REFUSED):
        return Refused(f"Grafana does not take it ({status}: {said})")
    return None
