"""How a verdict names its query and its reason."""

from __future__ import annotations

from cli.verify.verdict import Result, Status, Verdict


def where(one: Verdict) -> str:
    """`ai-api, "Errors" A`."""
    named = f'"{one.panel}"' if one.panel else ""
    inside = " ".join(filter(None, [named, one.ref]))
    return ", ".join(filter(None, [one.page, inside]))


def reason(one: Verdict) -> str:
    """Why, what Prometheus notes besides, and of what is wrong our place."""
    said = "; ".join(filter(None, [one.why, *one.notes]))
    return said if one.status is Status.OK or not one.place else f"{said} ({one.place})"


def counted(result: Result) -> str:
    """`12 queries: 10 ok, 2 empty`."""
    many = len(result.verdicts)
    listed = ", ".join(f"{count} {status}" for status, count in result.counts.items() if count)
    return f"{many} {'query' if many == 1 else 'queries'}{': ' if listed else ''}{listed}"
