"""A result as JUnit's XML, which every CI server shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from cli.lint.report.printable import encodable, printable
from cli.scenarios.result import Result
from cli.scenarios.trial import Fault, Verdict

#: What JUnit calls a fault; all others are errors.
_KINDS = {"differs": "failure", "void": "skipped"}


def junit(result: Result) -> str:
    """One suite a file; an alert without a scenario, and what could not be run, is a case that failed."""
    by_file: dict[str, list[Verdict]] = {}
    for one in result.verdicts:
        by_file.setdefault(one.place.file, []).append(one)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for file, verdicts in by_file.items():
        lines += _suite(file, [(*_names(one), one.faults) for one in verdicts])
    untested = () if result.allow_untested else result.untested
    lines += _suite("without a scenario", [(one.place.file, one.what, (one,)) for one in untested])
    lines += _suite("not run", [(one.place.file, one.what, (one,)) for one in result.faults])
    return "\n".join([*lines, "</testsuites>"])


def _suite(name: str, cases: Sequence[tuple[str, str, tuple[Fault, ...]]]) -> Iterator[str]:
    if not cases:
        return
    failures = sum(any(one.kind == "differs" for one in faults) for _, _, faults in cases)
    skipped = sum(any(one.kind == "void" for one in faults) for _, _, faults in cases)
    errors = sum(bool(faults) for _, _, faults in cases) - failures - skipped
    counted = f'tests="{len(cases)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    yield f"  <testsuite name={_quoted(name)} {counted}>"
    for whose, case, faults in cases:
        opened = f"    <testcase classname={_quoted(whose)} name={_quoted(case)}"
        if not faults:
            yield f"{opened}/>"
            continue
        yield f"{opened}>"
        kind = next((_KINDS[one.kind] for one in faults if one.kind in _KINDS), "error")
        said = "; ".join(f"{one.place}: {one.what}" for one in faults)
        yield f"      <{kind} message={_quoted(said)}/>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _names(one: Verdict) -> tuple[str, str]:
    return (one.alerts[0] if one.alerts else one.place.file), one.name


def _quoted(text: str) -> str:
    return quoteattr(encodable(printable(text)))
