"""Which pages of two sides are compared, and each of them compared."""

from collections.abc import Collection
from dataclasses import replace

from cli.commands._diff_files import Files
from cli.commands._diff_live import Live
from cli.commands._diff_page import Page, Seen, alone, edits, moved
from cli.deploy.side_by_side import side_by_side
from cli.errors import DashError, UsageError
from cli.exit_codes import Exit
from cli.grafana.refresh import MINIMUM, kept

REFRESH = ("refresh",)


def found(a: Files | Live, b: Files | Live, only: Collection[str], jobs: int) -> list[Page]:
    """Every page of either side, in the order of their uids.

    Raises:
        UsageError: a page that is asked for is on neither side.
        RemoteError: a Grafana does not say which pages it has.
        KeyboardInterrupt: somebody pressed Ctrl-C.
    """
    if isinstance(a, Files) and isinstance(b, Files) and a.single and b.single:
        b = replace(b, pages=dict(zip(a.pages, b.pages.values(), strict=True)))  # whatever they are called
    a, b = _pinned(a, b), _pinned(b, a)
    uids = sorted(set(only) or _all(a, b))
    for side in (a, b):
        if isinstance(side, Live):
            side.expect(uids)
    pages, interrupted = side_by_side(_Comparing(a, b).page, uids, jobs)
    if interrupted:
        raise KeyboardInterrupt
    for uid, page in zip(uids, pages, strict=True):
        if uid in only and not page:
            raise UsageError(f"there is no page {uid!r} on either side", where="--only", fix="dash list")
    return [one for page in pages for one in page or ()]


def _pinned(one: Files | Live, other: Files | Live) -> Files | Live:
    """Files as they would be pushed to the other side."""
    return one.pinned(other.pins()) if isinstance(one, Files) and isinstance(other, Live) else one


def _all(a: Files | Live, b: Files | Live) -> set[str]:
    if isinstance(a, Live) and isinstance(b, Live):
        return a.every() | b.every()
    files = [side for side in (a, b) if isinstance(side, Files)]
    if any(side.single for side in files):
        return {uid for side in files if side.single for uid in side.pages}
    ours = (side.pages.keys() if isinstance(side, Files) else side.ours() for side in (a, b))
    return set().union(*ours)


class _Comparing:
    """What the pages share."""

    def __init__(self, a: Files | Live, b: Files | Live) -> None:
        self._a, self._b = a, b

    def page(self, uid: str) -> tuple[Page, ...]:
        """One page, whatever happens to it; none where neither side has it."""
        try:
            base, live = self._a.read(uid), self._b.read(uid)
            if base and live:
                return (self._compared(uid, base, live),)
            return (alone(uid, base, live),) if base or live else ()
        except DashError as error:
            return (Page(uid, uid, why=error.sentence, exit=error.exit),)
        except Exception as error:  # noqa: BLE001 - one page's bug must not hide what the others are
            return (Page(uid, uid, why=f"this is a bug in dash ({type(error).__name__}: {error})", exit=Exit.BUG),)

    def _compared(self, uid: str, base: Seen, live: Seen) -> Page:
        elsewhere = moved(self._a, self._b, base, live)
        made = edits(base, live, self._minimum)
        if [one.path for one in made] == [REFRESH]:
            there, wanted, seen = (self._b, base, live) if live.live else (self._a, live, base)
            if isinstance(there, Live) and wanted.live is None and there.is_as_pushed(wanted, seen):
                made = ()
        return Page(uid, live.title, (*elsewhere, *made))

    def _minimum(self) -> str:
        """The shortest refresh, of two Grafanas the longer one."""
        minima = [side.minimum() for side in (self._a, self._b) if isinstance(side, Live)] or [MINIMUM]
        return str(kept(minima[0], minima[-1]))
