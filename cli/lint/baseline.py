"""The findings that a house has had for long: known by what they are about, not by the line where it stands."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from cli.errors import UsageError
from cli.lint.finding import Finding
from cli.lint.report.printable import encodable

TYPE, VERSION = "lint-baseline", 1
#: What standard input is called; it lies nowhere.
STDIN = "<stdin>"
RENEW = "dash lint --baseline FILE --write-baseline"


class Fingerprint(NamedTuple):
    """What stays the same of a finding when lines move; the members are sorted in this order.

    Attributes:
        file: from the baseline's folder on.
    """

    file: str
    where: str
    rule: str
    expr: str


class Compared(NamedTuple):
    """Today's findings beside the baseline.

    Attributes:
        new: those that it has not.
        known: how many it has.
        gone: what it has, was looked for, and is there no more.
    """

    new: tuple[Finding, ...]
    known: int
    gone: Counter[Fingerprint]


#: Whether this run would have found it: its file was read and its rule looked for.
Looked = Callable[[Fingerprint], bool]


def fingerprint(finding: Finding, folder: str = ".") -> Fingerprint:
    """What a finding is about; its file as seen from a folder."""
    about = finding.where, finding.rule, finding.expr
    return Fingerprint(seen_from(finding.place.file, folder), *(encodable(part) for part in about))


def seen_from(file: str, folder: str) -> str:
    """The path of a file from a folder on; standard input is the same everywhere."""
    return STDIN if file == STDIN else encodable(os.path.relpath(file, folder).replace(os.sep, "/"))


def compare(findings: Iterable[Finding], baseline: Counter[Fingerprint], folder: str, looked: Looked) -> Compared:
    """What is new; of several that are the same as many are known as the baseline counts."""
    left = Counter(baseline)
    new = []
    for finding in findings:
        about = fingerprint(finding, folder)
        if left[about] > 0:
            left[about] -= 1
        else:
            new.append(finding)
    known = baseline.total() - left.total()
    return Compared(tuple(new), known, Counter({about: left[about] for about in +left if looked(about)}))


def renewed(
    findings: Iterable[Finding], baseline: Counter[Fingerprint], folder: str, looked: Looked
) -> Counter[Fingerprint]:
    """Today's findings, and what the baseline has of files and rules that nobody looked at today."""
    kept = Counter({about: count for about, count in baseline.items() if not looked(about)})
    return kept + Counter(fingerprint(one, folder) for one in findings)


def parsed(text: bytes, file: str) -> Counter[Fingerprint]:
    """A baseline that was written before; UsageError for any other file."""
    import orjson  # noqa: PLC0415 - only a house with a baseline reads one

    try:
        said = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise UsageError(f"this is no baseline but broken JSON: {error}", where=file, fix=RENEW) from error
    if not isinstance(said, dict) or said.get("type") != TYPE or not isinstance(said.get("findings"), list):
        raise UsageError("this is no baseline of dash lint", where=file, fix=RENEW)
    if said.get("version") != VERSION:
        raise UsageError(
            f"a baseline of version {said.get('version')!r}: only {VERSION} is known", where=file, fix=RENEW
        )
    counts: Counter[Fingerprint] = Counter()
    for number, one in enumerate(said["findings"]):
        counts[_entry(one, f"{file}: findings[{number}]")] += one.get("count", 1)
    return counts


def written(baseline: Counter[Fingerprint]) -> bytes:
    """The file's text: sorted, one member a line, so that a review shows what came and went."""
    import orjson  # noqa: PLC0415 - likewise

    entries = [one._asdict() | {"count": count} for one, count in sorted(baseline.items()) if count > 0]
    said = {"type": TYPE, "version": VERSION, "findings": entries}
    return orjson.dumps(said, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _entry(said: Any, where: str) -> Fingerprint:
    members = Fingerprint._fields
    count = said.get("count", 1) if isinstance(said, dict) else 0
    sound = type(count) is int and count > 0 and all(isinstance(said.get(member), str) for member in members)
    if not sound:
        raise UsageError(f"an entry of a baseline has {', '.join(members)} and a count", where=where, fix=RENEW)
    return Fingerprint(*(said[member] for member in members))
