"""Findings for a person: where, what, the expression with carets, what to type instead; and a last line that counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeAlias

from cli.lint.finding import Finding, Severity
from cli.lint.report.excerpt import excerpt
from cli.lint.report.printable import printable
from cli.lint.report.result import Result, address

Style: TypeAlias = Literal["place", "error", "warning", "info", "try"]
Paint: TypeAlias = Callable[[Style, str], str]
#: Of places that have the very same fault so many are named.
NAMED = 5
STYLES: dict[Severity, Style] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def plain(style: Style, text: str) -> str:
    """The text without colour."""
    del style
    return text


def text(result: Result, paint: Paint = plain) -> str:
    """Every finding; the same fault of the same expression of a file is told once, with all its places."""
    return "\n".join("\n".join(_block(same, paint)) for same in _same(result.findings))


def statistics(result: Result) -> str:
    """A table: rule, how often, title."""
    rows = [(rule, str(count), printable(title)) for rule, count, title in result.by_rule]
    first, second = (max((len(row[column]) for row in rows), default=0) for column in (0, 1))
    return "\n".join(f"{rule:<{first}}  {count:>{second}}  {title}" for rule, count, title in rows)


def counted(result: Result) -> str:
    """The last line: `3 errors, 12 warnings in 57 expressions of 3 files; 2 suppressed`."""
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "information"}
    found = [_count(count, names[severity]) for severity, count in result.counts.items() if count]
    where = f"{_count(result.expressions, 'expression')} of {_count(result.files, 'file')}"
    besides = [
        f"{result.suppressed} suppressed" * bool(result.suppressed),
        f"{result.known} in the baseline" * bool(result.known),
        f"{_count(result.skipped, 'query', 'queries')} in another language" * bool(result.skipped),
        f"{_count(len(result.unreadable), 'file')} could not be read" * bool(result.unreadable),
    ]
    return "; ".join(
        part for part in (f"{', '.join(found) or 'no findings'} in {where}", ", ".join(filter(None, besides))) if part
    )


def _same(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """The findings that say the same of the same expression, in the order of the first of them."""
    blocks: dict[object, list[Finding]] = {}
    for one in findings:
        # without an expression the words may be the same and mean another thing
        about = (one.expr, one.span) if one.expr else (one.place, one.where)
        key = one.rule, one.severity, one.message, one.hint, address(one)[0], about
        blocks.setdefault(key, []).append(one)
    yield from blocks.values()


def _block(same: list[Finding], paint: Paint) -> Iterator[str]:
    first = same[0]
    style = STYLES[first.severity]
    said = f"{paint(style, f'{first.severity} {first.rule}')} {printable(first.message)}"
    yield f"{paint('place', _place(first))}: {said}"
    where = _where(first)
    if where:
        yield f"  {where}"
    if first.expr:
        line, carets = excerpt(first.expr, first.span)
        yield f"    {line}"
        indent = len(carets) - len(carets.lstrip())
        yield f"    {carets[:indent]}{paint(style, carets[indent:])}"
    if first.hint:
        yield f"  {paint('try', 'try:')} {printable(first.hint)}"
    for other in same[1 : NAMED + 1]:
        yield f"  also at {', '.join(filter(None, (_place(other), _where(other))))}"
    if len(same) > NAMED + 1:
        yield f"  and {len(same) - NAMED - 1} more"


def _place(finding: Finding) -> str:
    file, line, column = address(finding)
    numbers = (line, column) if line else ()
    return ":".join([printable(file), *(str(number) for number in numbers if number)])


def _where(finding: Finding) -> str:
    """The panel or the rule; of a page that was written in Python also the file that was built."""
    built = f"in {finding.place}" if finding.place.source else ""
    return printable(", ".join(filter(None, (finding.where, built))))


def _count(number: int, of: str, many: str = "") -> str:
    return f"{number} {of if number == 1 else many or of + 's'}"
