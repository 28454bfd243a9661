"""Why a text is no PromQL to us: a slip of the pen, a dialect, an experiment, a regular expression, our own limits."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from cli.lint.asked import Asked
from cli.lint.features import FEATURES
from cli.lint.mentioned import mentions
from queries.guard import refusal
from queries.template import FORMAT, NUMBERS, SPAN, STRING, TIMES, VARIABLE

#: "syntax": Prometheus refuses it. "limit": we do, and Prometheus may not.
Trap: TypeAlias = Literal["syntax", "dialect", "experiment", "regex", "limit"]

#: What stands where nobody reads it any more: nothing, or a NUL byte. The other refusals are limits of ours.
REFUSED_BY_ALL = frozenset({"nothing to parse", "a NUL byte is no PromQL"})
#: Errors of the parser's own making.
BROKE = re.compile(r"the parser broke|is not known here|out of range|too large", re.IGNORECASE)
UNKNOWN_FUNCTION = re.compile(r"unknown function with name '(\w+)'")
BAD_REGEX = re.compile(r"illegal regex for (?P<by_parser>.*)|Prometheus cannot read the regular expression", re.DOTALL)
#: What RE2 reads although the parser's engine does not: `[\w-.]` and `[[]` among them.
RE2_ALONE = re.compile(r"\\[QECpP]|\\[0-7]{2,}|\\[dswDSW]-|\[[^\]]*\[")
#: What only VictoriaMetrics reads: words between operands, macros, windows counted in steps.
METRICSQL = re.compile(
    r"\b(?:default|keep_metric_names|ifnot|if)\b|\bwith\s*\(|\[[^\[\]]*(?<!\d)\d{1,9}(?:\.\d{1,9})?i\b", re.IGNORECASE
)
_FUNCTIONS = """aggr_over_time alias any ascent_over_time bitmap_and bitmap_or bitmap_xor bottomk_avg bottomk_last
    bottomk_max bottomk_median bottomk_min buckets_limit changes_prometheus count_eq_over_time count_gt_over_time
    count_le_over_time count_ne_over_time decreases_over_time default_rollup delta_prometheus deriv_fast
    descent_over_time distinct distinct_over_time drop_common_labels drop_empty_series duration_over_time geomean
    geomean_over_time histogram histogram_over_time histogram_share hoeffding_bound_lower hoeffding_bound_upper ideriv
    increase_prometheus increase_pure increases_over_time integrate interpolate keep_last_value keep_next_value
    label_copy label_del label_graphite_group label_keep label_lowercase label_map label_match label_mismatch
    label_move label_set label_transform label_uppercase label_value labels_equal lag lifetime limit_offset mad median
    median_over_time mode mode_over_time now outlier_iqr_over_time outliers_iqr outliers_mad outliersk
    prometheus_buckets quantiles quantiles_over_time rand rand_exponential rand_normal range_avg range_first range_last
    range_linear_regression range_mad range_max range_median range_min range_normalize range_over_time range_quantile
    range_stddev range_stdvar range_sum range_trim_outliers range_trim_spikes range_trim_zscore range_zscore
    rate_over_sum remove_resets rollup rollup_candlestick rollup_delta rollup_deriv rollup_increase rollup_rate
    rollup_scrape_interval running_avg running_max running_min running_sum scrape_interval share share_eq_over_time
    share_gt_over_time share_le_over_time smooth_exponential sort_by_label_numeric sort_by_label_numeric_desc
    stale_samples_over_time sum2 sum2_over_time sum_eq_over_time sum_gt_over_time sum_le_over_time tfirst_over_time
    timestamp_with_name timezone_offset tlast_change_over_time tlast_over_time tmax_over_time tmin_over_time topk_avg
    topk_last topk_max topk_median topk_min union utilization xdelta xincrease xrate zscore zscore_over_time ru ttf"""
METRICSQL_FUNCTIONS = frozenset(_FUNCTIONS.split())
#: Functions that Grafana answers itself, where a variable asks; and what is the text of another language or a template.
GRAFANA = frozenset({"label_values", "label_names", "query_result", "metrics"})
FOREIGN = re.compile(r"\{\{|\||%\(\w+\)[sd]|%%\w+%%|\[=\w|<%|^\s*(?:select|show|from)\b", re.IGNORECASE)
STAND_IN = re.compile(r"__variable_(\d{1,4})_")


def code_of(text: str) -> str:
    """The text without its strings and comments."""
    return " ".join(STRING.split(text)[::2])


def trap(asked: Asked) -> Trap:
    """What kept a text from being read."""
    message, code = str(asked.broken), code_of(asked.text)
    if message not in REFUSED_BY_ALL and (refusal(asked.text) or BROKE.search(message)):
        return "limit"
    if found := BAD_REGEX.match(message):
        return "limit" if RE2_ALONE.search(found["by_parser"] or "") else "regex"
    if experiment(asked):
        return "experiment"
    function = UNKNOWN_FUNCTION.search(message)
    if "VictoriaMetrics" in message or (function and function[1] in METRICSQL_FUNCTIONS) or METRICSQL.search(code):
        return "dialect"
    return "syntax"


def experiment(asked: Asked) -> str:
    """The experiment or the former function that the parser does not know; "" where it is none."""
    message, code = str(asked.broken), code_of(asked.text)
    function = UNKNOWN_FUNCTION.search(message)
    if function:
        return function[1] if function[1] in FEATURES else ""
    return next((name for name, feature in FEATURES.items() if feature.looks and feature.looks.search(code)), "")


def is_foreign(asked: Asked) -> bool:
    """Whether it is a template, another language, or what only Grafana itself answers: nobody meant it as PromQL."""
    function = UNKNOWN_FUNCTION.search(str(asked.broken))
    return bool(FOREIGN.search(code_of(asked.text))) or (function is not None and function[1] in GRAFANA)


def is_undecided(asked: Asked) -> bool:
    """Whether a variable stands where no parser can guess what it holds: a function, matchers, an operator."""
    code = code_of(asked.text)
    for found in VARIABLE.finditer(code):
        name = FORMAT.split(next(filter(None, found.groups())), maxsplit=1)[0]
        if name not in TIMES and name not in NUMBERS and not SPAN.search(code[: found.start()]):
            return True
    return False


def is_for_victoria(asked: Asked) -> bool:
    """Whether the file says itself that VictoriaMetrics answers it."""
    return mentions(asked.spot.document.text, "ictoria", "vm_app_version")


def said(asked: Asked) -> str:
    """Why it does not parse, with the variables that stood there."""
    variables = [one[0] for one in VARIABLE.finditer(code_of(asked.text))]
    numbered = dict(enumerate(variables))
    message = STAND_IN.sub(lambda one: numbered.get(int(one[1]), "$"), str(asked.broken))
    return "Prometheus cannot parse it" if message == "invalid promql query" else message
