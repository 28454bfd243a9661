"""What became of each page of a push, as text and as JSON."""

from cli.commands import _json
from cli.deploy.normalise.words import LONGEST
from cli.deploy.offered import WARNING
from cli.deploy.outcome import Outcome, Report, Result
from cli.deploy.step import LONG as LONGEST_NOTE
from cli.grafana.address import Address
from cli.grafana.shown import shown

#: Edits are told with their values from and to.
LONG = 4 * LONGEST


def as_json(report: Report, where: Address) -> str:
    """Every page."""
    pages = [
        {
            "uid": one.uid,
            "title": one.title,
            "result": one.result,
            "why": one.why,
            "edits": [shown(edit, LONG) for edit in one.edits],
            "url": where.page(one.uid),
        }
        for one in report.outcomes
    ]
    said = {
        "type": "push",
        "version": 1,
        "dry_run": report.dry_run,
        "push": report.push,
        "pages": pages,
        "counts": report.counts,
    }
    return _json.written(said)


def as_text(report: Report) -> str:
    """A line for each page that is not as it was, with the edits by hand below it; and the counts."""
    lines = [line for one in report.outcomes if one.result is not Result.UNCHANGED or one.why for line in _lines(one)]
    counts = ", ".join(f"{count} {result}" for result, count in report.counts.items() if count)
    number = len(report.outcomes)
    total = f"{number} page{'' if number == 1 else 's'}" + (f": {counts}" if counts else "")
    return "\n".join([*lines, f"dry run, nothing is written: {total}" if report.dry_run else total])


def as_note(said: str) -> str:
    """What a person should know besides; a warning says itself that it is one."""
    return shown(said if said.startswith(WARNING) else f"note: {said}", LONGEST_NOTE)


def _lines(one: Outcome) -> list[str]:
    edits = [f"          {shown(edit, LONG)}" for edit in one.edits]
    return [f"{one.result:<9} {shown(one.uid)}: {one.why or shown(one.title)}", *edits]
