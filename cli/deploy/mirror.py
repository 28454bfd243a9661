"""A folder of pulled pages: what an earlier pull left there, and how it becomes what a Grafana has now."""

import errno
import shutil
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from cli.artifact import MANIFEST, digest, manifest
from cli.artifact.manifest import Manifest, PageEntry
from cli.deploy.outcome import Outcome, Result
from cli.deploy.pulled import SUFFIX, Copy
from cli.deploy.wanted import load
from cli.errors import AuthoringError, UsageError
from cli.exit_codes import Exit

#: Where files are made before they are put in their places.
STAGING = ".dash-pull"
GONE = "it is no longer where it was pulled from"
ANOTHER = "another --into"
OVERWRITE = "push it, or say --overwrite"
FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(slots=True)
class Change:
    """What is to be done in the folder.

    Attributes:
        entries: what its manifest will say, by uid.
        write: the bytes of each file that is not as it should be.
        remove: files that an earlier pull wrote.
        outcomes: what will have become of each page.
    """

    entries: dict[str, PageEntry]
    write: dict[str, bytes] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


def earlier(into: Path) -> Manifest | None:
    """What the last pull into this folder wrote; None where there was none.

    Raises:
        UsageError: what is there was not pulled.
    """
    path = into / MANIFEST
    if not path.exists():
        return None
    try:
        found = manifest.read(into)
    except UsageError as error:
        raise UsageError(error.what, where=error.where, fix=ANOTHER) from error
    pulled = all(page.source.startswith(("http://", "https://")) for page in found.pages)
    if found.rules or not pulled or (found.partial and not found.pages):
        raise UsageError("this is a build, and no pull writes over it", where=str(path), fix=ANOTHER)
    root = into.resolve()
    for page in found.pages:
        file = (into / page.file).resolve() if page.is_inside else root
        if not file.is_relative_to(root) or file.suffix != SUFFIX or file == root / MANIFEST:
            raise UsageError(f"no pull writes a file {page.file!r}", where=str(path), fix=ANOTHER)
    return found


class Mirror:
    """The folder while it is compared; nothing is written before `write`."""

    def __init__(self, into: Path, known: Mapping[str, PageEntry], *, overwrite: bool, prune: bool) -> None:
        self._into, self._known, self._overwrite, self._prune = into, known, overwrite, prune
        self.change = Change(dict(known))

    def take(self, copy: Copy, file: str) -> None:
        """A page that Grafana has; its file was perhaps edited here since it was pulled."""
        known = self._known.get(copy.uid)
        stands = self._bytes(file)
        moved = known is not None and known.file != file and self._bytes(known.file) is not None
        if stands == copy.text and not moved:
            self._put(copy, file, Result.UNCHANGED)
        elif known and not self._overwrite and not self._is_one_of(known, (known.digest, copy.digest)):
            self._edited_here(copy, known)
        elif stands not in (None, copy.text) and not self._overwrite and (known is None or known.file != file):
            why = f"no pull wrote the file {file} that is there; move it away, or say --overwrite"
            self._say(copy.uid, copy.title, Result.CONFLICT, why, Exit.CONFLICT)
        else:
            self.change.write |= {} if stands == copy.text else {file: copy.text}
            if moved and known:
                self.change.remove.append(known.file)
            result = Result.MOVED if moved else Result.CREATED if stands is None else Result.UPDATED
            self._put(copy, file, result)

    def miss(self, uid: str) -> None:
        """A page that Grafana no longer has."""
        known = self._known[uid]
        if self._bytes(known.file) is None:
            del self.change.entries[uid]
        elif not self._prune:
            self.change.entries[uid] = replace(known, stale=GONE)
            self._say(uid, known.title, Result.SKIPPED, f"{GONE}; its file stays, --prune removes it")
        elif not self._overwrite and not self._is_one_of(known, (known.digest,)):
            why = f"{GONE}, and its file was edited here; {OVERWRITE}"
            self._say(uid, known.title, Result.CONFLICT, why, Exit.CONFLICT)
        else:
            del self.change.entries[uid]
            self.change.remove.append(known.file)
            self._say(uid, known.title, Result.DELETED, GONE)

    def fail(self, outcome: Outcome) -> None:
        """A page that could not be read; what an earlier pull wrote of it stays."""
        self.change.outcomes.append(outcome)

    def _edited_here(self, copy: Copy, known: PageEntry) -> None:
        self.change.entries[copy.uid] = replace(known, stale="")
        if copy.digest == known.digest:
            self._say(copy.uid, copy.title, Result.SKIPPED, "edited here since it was pulled, and not in Grafana")
        else:
            why = f"edited here and in Grafana since it was pulled; {OVERWRITE}"
            self._say(copy.uid, copy.title, Result.CONFLICT, why, Exit.CONFLICT)

    def _put(self, copy: Copy, file: str, result: Result) -> None:
        self.change.entries[copy.uid] = copy.entry(file)
        self._say(copy.uid, copy.title, result)

    def _say(self, uid: str, title: str, result: Result, why: str = "", code: Exit = Exit.OK) -> None:
        self.change.outcomes.append(Outcome(uid=uid, title=title, result=result, why=why, exit=code))

    def _is_one_of(self, known: PageEntry, digests: Collection[str]) -> bool:
        """Whether the file says what one of these names, however it is laid out; one that is gone has nobody's edit."""
        if self._bytes(known.file) is None:
            return True
        try:
            return digest.of(load(self._into, known).page, known.folder) in digests
        except AuthoringError:
            return False

    def _bytes(self, file: str) -> bytes | None:
        with suppress(OSError):
            return (self._into / file).read_bytes()
        return None


def write(into: Path, change: Change, made: Manifest) -> None:
    """Put every file in its place, whole, take away what is to go, and say so in the manifest, last.

    Every byte is on the disk before the first file is replaced, so that a full disk changes nothing.

    Raises:
        UsageError: the folder cannot be written.
    """
    staging = into / STAGING
    so_far = "nothing was changed"
    _stay_inside(into, (*change.write, *change.remove))
    try:
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        whole = [*change.write.items(), (MANIFEST, made.dump())]
        for number, (_, text) in enumerate(whole):
            (staging / str(number)).write_bytes(text)
        so_far = "some files are replaced already, each of them whole; pull again"
        for number, (file, _) in enumerate(whole[:-1]):
            (into / file).parent.mkdir(parents=True, exist_ok=True)
            (staging / str(number)).replace(into / file)
        _remove(into, set(change.remove) - made.files())
        (staging / str(len(whole) - 1)).replace(into / MANIFEST)
    except OSError as error:
        fix = "free some space" if error.errno in FULL else ANOTHER
        raise UsageError(
            f"it cannot be written: {error.strerror or error}; {so_far}", where=str(into), fix=fix
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _stay_inside(into: Path, files: Iterable[str]) -> None:
    """Names of files lead nowhere else, but somebody's link that lies in the folder may."""
    root = into.resolve()
    for file in files:
        if not (into / file).parent.resolve().is_relative_to(root):
            raise UsageError("a link leads out of the folder; nothing was changed", where=str(into / file), fix=ANOTHER)


def _remove(into: Path, files: Iterable[str]) -> None:
    """Take files away, and the folders that are empty then."""
    for file in files:
        (into / file).unlink(missing_ok=True)
        for folder in (into / file).parents:
            if folder == into:
                break
            with suppress(OSError):
                folder.rmdir()
