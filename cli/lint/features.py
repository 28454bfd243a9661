"""Which PromQL needs which Prometheus: what is new, what hides behind a flag, what has gone."""

from __future__ import annotations

import re
from typing import NamedTuple

from cli.lint.finding import Severity
from cli.lint.settings import Settings

Version = tuple[int, int]
FUNCTIONS = "promql-experimental-functions"
#: What a duration that is computed may begin with before a parenthesis.
_DURATION = r"(?:step|range|min|max|min_of|max_of)?"
#: What may stand between its brackets.
_INSIDE = r"""(?:[^\[\]{}"'$]|\$\{[^{}]*\}|\$)*"""
DURATIONS, RANGES, FILLS = "promql-duration-expr", "promql-extended-range-selectors", "promql-binop-fill-modifiers"


class Feature(NamedTuple):
    """A function, an aggregation or a piece of grammar.

    Attributes:
        name: as a person would say it.
        since: the first version that has it.
        flag: what `--enable-feature` must say; empty for a feature that is there without.
        stable: the first version in which the flag is no longer needed.
        until: the first version without it.
        instead: what to write then.
        looks: how it is recognised in a text that our parser cannot read; None where the tree tells.
    """

    name: str
    since: Version
    flag: str = ""
    stable: Version | None = None
    until: Version | None = None
    instead: str = ""
    looks: re.Pattern[str] | None = None


def _new(since: Version, names: str, flag: str = "", stable: Version | None = None) -> dict[str, Feature]:
    return {name: Feature(f"{name}()", since, flag, stable) for name in names.split()}


#: From Prometheus' own list of changes, 2.16 to 3.16.
FEATURES: dict[str, Feature] = {
    **_new((2, 16), "absent_over_time"),
    **_new((2, 20), "group"),
    **_new((2, 26), "last_over_time sgn clamp"),
    **_new((2, 29), "present_over_time"),
    **_new((2, 31), "sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh deg rad pi"),
    **_new((2, 40), "histogram_count histogram_sum histogram_fraction"),
    **_new((2, 47), "histogram_stddev histogram_stdvar"),
    **_new((2, 49), "mad_over_time sort_by_label sort_by_label_desc", FUNCTIONS),
    **_new((2, 51), "histogram_avg"),
    **_new((2, 54), "limitk limit_ratio", FUNCTIONS),
    **_new((2, 55), "info", FUNCTIONS),
    **_new((3, 0), "double_exponential_smoothing", FUNCTIONS),
    **_new((3, 5), "ts_of_min_over_time ts_of_max_over_time ts_of_last_over_time", FUNCTIONS),
    **_new((3, 7), "first_over_time", FUNCTIONS, (3, 14)),
    **_new((3, 7), "ts_of_first_over_time", FUNCTIONS),
    **_new((3, 11), "histogram_quantiles", FUNCTIONS),
    **_new((3, 12), "start end range step", FUNCTIONS),
    **_new((3, 13), "min_of max_of", FUNCTIONS),
    **_new((3, 14), "start_timestamp", "use-start-timestamps"),
    **_new((3, 16), "integral", FUNCTIONS),
    "holt_winters": Feature(
        "holt_winters()",
        (2, 0),
        until=(3, 0),
        instead="double_exponential_smoothing() is its name there, an experiment",
    ),
    "fill": Feature("fill()", (3, 10), FILLS, looks=re.compile(r"\bfill(?:_left|_right)?\s*\(", re.IGNORECASE)),
    "trim": Feature("trimming histograms with </ and >/", (3, 11), looks=re.compile(r"<\s?/|>\s?/")),
    "durations": Feature(
        "computing with durations",
        (3, 4),
        DURATIONS,
        (3, 14),
        looks=re.compile(
            rf"\[(?={_INSIDE}\]){_INSIDE}(?:(?<=[\w)}}])\s*+[-+*/%^]\s*+[\w($]|(?<![\w)}}]){_DURATION}\([^)])"
            rf"|\[(?={_INSIDE}\]){_INSIDE}\b(?:step|range)\(\)"
            rf"|\boffset\b\s*+(?:[-+]\s*+)?{_DURATION}\("
        ),
    ),
    "ranges": Feature(
        "anchored and smoothed",
        (3, 7),
        RANGES,
        (3, 16),
        looks=re.compile(r"[\w})\]]\s++(?:anchored|smoothed)\b|\](?:anchored|smoothed)\b", re.IGNORECASE),
    ),
}
#: What the tree shows.
IN_THE_TREE = tuple(name for name, feature in FEATURES.items() if feature.looks is None)


def lacking(feature: Feature, settings: Settings) -> tuple[str, Severity] | None:
    """Why the target does not have it, and how sure that is; None where nothing speaks against it."""
    version, flag = settings.prometheus, feature.flag not in ("", *settings.features)
    if version is None:
        if feature.until is not None:
            return f"is gone from Prometheus {_said(feature.until)}", Severity.INFO
        if flag:
            before = f"before {_said(feature.stable)} " if feature.stable else ""
            return f"{before}needs --enable-feature={feature.flag}", Severity.WARNING
        return None
    if feature.until is not None and version >= feature.until:
        return f"is gone from Prometheus {_said(feature.until)}, and the target is {_said(version)}", Severity.ERROR
    if version < feature.since:
        return f"comes with Prometheus {_said(feature.since)}, and the target is {_said(version)}", Severity.ERROR
    if flag and (feature.stable is None or version < feature.stable):
        return f"needs --enable-feature={feature.flag}", Severity.WARNING
    return None


def _said(version: Version) -> str:
    return f"{version[0]}.{version[1]}"
