"""The words in a metric's name: what is counted, whose duration it is."""

from __future__ import annotations

import re

from cli.explain.phrase import singular
from queries.exposed import Exposed
from queries.unit import BYTES, EVENTS, RATIO, SECONDS, TIMESTAMP, Unit

_WRITTEN = """HTTP LLM GPU CPU API RAG ML KV DB IO TCP UDP RPC gRPC SQL DNS SSL TLS RAM CUDA NCCL SLO ID TTFT TPOT PCIe
    LoRA QPS vLLM SGLang TGI DCGM NVLink VRAM"""
#: What people write otherwise than a metric's name does.
ACRONYMS = {one.lower(): one for one in _WRITTEN.split()}
_SUFFIXES = "total seconds milliseconds microseconds bytes ratio percent perc usd chars celsius watts joules timestamp"
#: What a name ends with besides its words: its type and its unit.
SUFFIXES = frozenset(_SUFFIXES.split())
_STATES = "active running waiting pending swapped queued failed input output correct open"
#: What stands behind the things that it is about.
STATES = frozenset(_STATES.split())
DURATIONS = frozenset({"duration", "latency"})
#: Said of the buckets, not of what they hold.
BUCKETED = frozenset({"highr", "lowr"})
RECORDED = re.compile(r"[^:]+:([^:]+):[^:]+")
#: Units of which people say a value with the unit: others are counted, and the noun says what.
MEASURED = frozenset({"score", "bool", "bytes", "seconds", "usd", "celsius", "watts", "timestamp"})


def words_of(metric: Exposed) -> list[str]:
    """The words of its name, without type and unit."""
    ends = SUFFIXES - {"total"} if metric.kind == "gauge" else SUFFIXES
    recorded = RECORDED.fullmatch(metric.name) if metric.recorded else None
    name = recorded[1] if recorded else metric.name
    words = [one for one in re.split(r"[:_]+", name) if one]
    while len(words) > 1 and words[-1] in ends:
        words.pop()
    return [one for one in words if one != "num"] or words


def title(words: list[str]) -> str:
    """As a sentence has them."""
    return " ".join(ACRONYMS.get(one, one) for one in words)


def is_counted(unit: Unit | None) -> bool:
    """Whether it is things that one counts, and nothing is said with a value but how many."""
    return unit is not None and bool(unit.dimension) and not MEASURED & {base for base, power in unit.dimension[:1]}


def things(words: list[str], unit: Unit | None) -> tuple[str, bool]:
    """What a counter counts, and whether it is in the plural: "LLM tokens"."""
    if unit is None or unit in (EVENTS, RATIO):
        return (title(words), True) if words[-1].endswith("s") else (f"{title(words)} count", False)
    if unit in (SECONDS, BYTES):
        return title(words if unit.name in words else [*words, unit.name]), True
    if not is_counted(unit):
        return title(words), False
    name = unit.name
    for one in (name, singular(name)):
        if one in words:
            at = words.index(one)
            return title([*words[:at], *words[at + 1 :], name] if len(words) - at <= 2 else [*words, name]), True  # noqa: PLR2004
    return title(words if words[-1].endswith("s") else [*words, name]), True


def gauge(words: list[str], unit: Unit | None) -> tuple[str, bool]:
    """What a gauge is, and whether it is in the plural: "active agent sessions"."""
    if words[-1] in ("avg", "mean") and len(words) > 1:
        return f"average {title(words[:-1])}", False
    if is_counted(unit) and unit is not None:
        if words[-1] == unit.name:
            return title(words), True
        if words[-1] in STATES and words[-2:-1] == [unit.name]:
            return title([words[-1], *words[:-1]]), True
    return title(words), False


def observed(metric: Exposed) -> tuple[str, bool]:
    """What a histogram or summary observes, and whether somebody said it: "HTTP requests"."""
    words = [one for one in words_of(metric) if one not in BUCKETED]
    counts = metric.default_counts
    if counts == EVENTS or not is_counted(counts):
        return "observations", False
    name = counts.name
    for one in (singular(name), name):
        if one in words[:-1]:
            return title([*words[: words.index(one)], name]), True
    before = words[: -1 if words[-1] in DURATIONS else len(words)]
    return (title([*before, name]), True) if words[-1] in DURATIONS and before else (name, True)


def quality(metric: Exposed) -> str:
    """What is measured of them: "HTTP request size"."""
    words = [one for one in words_of(metric) if one not in BUCKETED]
    number = "number of " if metric.unit is not None and metric.unit.name in words else ""
    return number + title(words)


def is_duration(metric: Exposed) -> bool:
    """Whether it is how long something takes that is known by name."""
    words = [one for one in words_of(metric) if one not in BUCKETED]
    of_time = metric.unit is not None and metric.unit.dimension == SECONDS.dimension
    return of_time and words[-1] in DURATIONS and observed(metric)[1]


def moment(metric: Exposed) -> str:
    """What happened at a time: "the last success"; nothing for what is no time."""
    if metric.unit != TIMESTAMP:
        return ""
    words = [one for one in words_of(metric) if one not in ("timestamp", "time")]
    return f"the {title(words)}" if words else "it"
