"""A page of a Grafana against older versions of itself."""

from cli.commands._diff_page import Page, Seen, edits
from cli.deploy.past import ENTRIES
from cli.errors import UsageError
from cli.grafana.model import LivePage
from cli.grafana.port import Grafana

MOST = 2


def of(grafana: Grafana, uid: str, versions: tuple[int, ...]) -> Page:
    """What became of a page since a version, or between two.

    Raises:
        UsageError: no page has this uid, or its history holds no such version any more.
        RemoteError: this Grafana answers nothing, or not us.
    """
    if len(versions) > MOST:
        raise UsageError("a page is compared with one version, or one version with another", fix="--version twice")
    grafana.hello()
    live = grafana.page(uid)
    if live is None or live.is_folder:
        raise UsageError(f"there is no page {uid!r} there", where="--version", fix="dash diff UID --version N")
    base, then, *_ = (*(_was(grafana, uid, live, number) for number in versions), Seen(live.body, live=live))
    return Page(uid, then.title, edits(base, then, grafana.minimum_refresh))


def _was(grafana: Grafana, uid: str, live: LivePage, number: int) -> Seen:
    body = grafana.body_of(uid, number)
    if body is None:
        held = sorted(one.number for one in grafana.versions(uid, ENTRIES))
        fix = f"--version N, with N one of {', '.join(map(str, held))}" if held else ""
        raise UsageError(f"the history of the page holds no version {number}", where=uid, fix=fix)
    return Seen(body, live=live)
