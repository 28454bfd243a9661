"""A result as JUnit's XML, which every CI server shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from cli.lint.report.printable import encodable, printable
from cli.verify.report.where import reason
from cli.verify.verdict import Result, Status, Verdict


def junit(result: Result) -> str:
    """One suite a page; what does not make the answer no is no failure."""
    by_page: dict[str, list[Verdict]] = {}
    for one in result.verdicts:
        by_page.setdefault(one.page, []).append(one)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for page, verdicts in by_page.items():
        lines += _suite(page, verdicts, result)
    return "\n".join([*lines, "</testsuites>"])


def _suite(page: str, verdicts: Sequence[Verdict], result: Result) -> Iterator[str]:
    failing = [one for one in verdicts if one.status in result.fails]
    errors = sum(one.status is Status.ERROR for one in failing)
    counts = f'tests="{len(verdicts)}" failures="{len(failing) - errors}" errors="{errors}"'
    yield f"  <testsuite name={_quoted(page)} {counts}>"
    for one in verdicts:
        name = " ".join(filter(None, [one.panel, one.ref])) or one.expr
        opened = f'    <testcase classname={_quoted(page)} name={_quoted(name)} time="{one.seconds:.4f}"'
        if one.status not in result.fails:
            yield f"{opened}/>"
            continue
        kind = "error" if one.status is Status.ERROR else "failure"
        yield f"{opened}>"
        said = f"type={_quoted(str(one.status))} message={_quoted(reason(one))}"
        yield f"      <{kind} {said}>{_escaped(one.expr)}</{kind}>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _quoted(text: str) -> str:
    return quoteattr(encodable(printable(text)))


def _escaped(text: str) -> str:
    return escape(encodable(printable(" ".join(text.split()))))
