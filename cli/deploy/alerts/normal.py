"""What of a rule people decide on, apart from what a server adds; its digest, and the mark that keeps it. Pure.

The mark is an annotation: `dash_digest: dash 0f3c... of shop every 60s`. It names what our last push left in the rule,
for the provisioning API keeps no version and no history: a rule that no longer has that digest was edited since.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import orjson

from cli.artifact.digest import DIGITS, without_points
from cli.grafana.shown import shown
from queries.duration import milliseconds, spelled
from queries.source import Mistake

Json = Mapping[str, Any]
MARK = "dash_digest"
OURS = re.compile(rf"dash ([0-9a-f]{{{DIGITS}}}) of (\S+) every (\d{{1,9}})s")
#: What people decide on; all else (id, updated, provenance, and what a later release may add) is the server's.
DECIDED = (
    "title",
    "ruleGroup",
    "folderUID",
    "condition",
    "data",
    "noDataState",
    "execErrState",
    "for",
    "keep_firing_for",
    "labels",
    "annotations",
    "isPaused",
    "notification_settings",
    "record",
    "missingSeriesEvalsToResolve",
)
LASTING = ("for", "keep_firing_for")
#: What an older release calls the server's own expressions.
EXPRESSIONS = {"-100": "__expr__"}
#: Said by a server or a browser that nobody told otherwise, and what each means unsaid.
UNSAID = {"intervalMs": 1000, "maxDataPoints": 43200, "legendFormat": "__auto", "range": False, "hide": False}
#: Of a query: how it was typed, and whom it asks, which `datasourceUid` says.
TYPED = ("editorMode", "datasource", "queryType")
#: Signs of a value that are shown.
LONG = 120


class Mark(NamedTuple):
    """What our last push left: the digest of the rule, whose it is, and how often its group was judged."""

    digest: str
    project: str
    seconds: int


def normal(rule: Json) -> dict[str, Any]:
    """What people decide on, in one spelling; without our mark."""
    said = {key: rule[key] for key in DECIDED if rule.get(key)}
    notes = {key: text for key, text in (said.pop("annotations", None) or {}).items() if key != MARK}
    if notes:
        said["annotations"] = notes
    for key in LASTING:
        if length := _lasting(said.pop(key, "")):
            said[key] = length
    if "data" in said:
        said["data"] = [_query(one) for one in said["data"]]
    found: dict[str, Any] = without_points(said)
    return found


def digest(rule: Json) -> str:
    """The name of what people decide on."""
    return hashlib.sha256(orjson.dumps(normal(rule), option=orjson.OPT_SORT_KEYS)).hexdigest()[:DIGITS]


def marked(rule: Json, project: str, seconds: int) -> dict[str, Any]:
    """The rule with our mark on it."""
    mark = f"dash {digest(rule)} of {project} every {seconds}s"
    return {**rule, "annotations": {**(rule.get("annotations") or {}), MARK: mark}}


def mark_of(rule: Json) -> Mark | None:
    """Our mark; None where there is none that we wrote."""
    found = OURS.fullmatch(str((rule.get("annotations") or {}).get(MARK) or ""))
    return Mark(found[1], found[2], int(found[3])) if found else None


def differences(wanted: Json, live: Json) -> tuple[str, ...]:
    """In a person's words, what is wanted against what is live."""
    return tuple(compared("", normal(wanted), normal(live)))


def _query(said: Json) -> dict[str, Any]:
    model = {key: value for key, value in said.get("model", {}).items() if key not in TYPED and value is not None}
    model = {key: value for key, value in model.items() if key not in UNSAID or value not in (UNSAID[key], "")}
    source = str(said.get("datasourceUid") or "")
    return {
        "refId": said.get("refId"),
        "datasourceUid": EXPRESSIONS.get(source, source),
        "relativeTimeRange": said.get("relativeTimeRange") or {},
        "model": model,
    }


def _lasting(text: object) -> str:
    """A duration in its one spelling; empty for none at all, and as it is where it is no duration."""
    try:
        return spelled(milliseconds(str(text)))
    except Mistake:
        return "" if text in ("", "0", "0s", None) else str(text)


def compared(path: str, wanted: Any, live: Any) -> Iterator[str]:
    """What differs between two values below a path, in a person's words."""
    if isinstance(wanted, dict) and isinstance(live, dict):
        for key in sorted({*wanted, *live}):
            yield from compared(f"{path}.{key}" if path else key, wanted.get(key), live.get(key))
    elif isinstance(wanted, list) and isinstance(live, list) and len(wanted) == len(live):
        for at, (one, other) in enumerate(zip(wanted, live, strict=True)):
            yield from compared(f"{path}[{at}]", one, other)
    elif wanted != live:
        yield f"{path}: wanted {_shown(wanted)}, there {_shown(live)}"


def _shown(value: Any) -> str:
    return (
        "nothing" if value is None else shown(value if isinstance(value, str) else orjson.dumps(value).decode(), LONG)
    )
