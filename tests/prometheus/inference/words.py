"""The words of random queries: the names of the small world, labels and values beside the right ones, functions."""

#: The names of the world and the labels that one would write with each.
NAMES = {
    "requests_total": ("endpoint", "status", "zone"),
    "latency_seconds_bucket": ("endpoint", "le"),
    "latency_seconds_count": ("endpoint",),
    "latency_seconds_sum": ("endpoint",),
    "latency_seconds": ("endpoint",),
    "memory_used_bytes": ("device", "rack"),
    "memory_total_bytes": ("device",),
    "queue_size": (),
    "build_info": ("version", "device"),
    "payload_bytes": ("endpoint", "quantile"),
    "payload_bytes_sum": ("endpoint",),
    "tasks_total": ("endpoint", "status", "method"),
    "ended_total": ("endpoint",),
    "size_bytes": ("endpoint",),
    "job:requests:rate5m": (),
    "all:requests:rate5m": ("endpoint",),
    "room:temperature": ("room", "floor"),
    "up": ("rack",),
    "no_such_metric": ("zzz",),
    "$metric": ("endpoint", "status"),
    "${part}_total": ("endpoint", "zone"),
}
COUNTERS = ("requests_total", "latency_seconds_bucket", "latency_seconds_count", "tasks_total", "$metric")
VALUES = {
    "endpoint": ("x", "y", "z", "nope", "$value", "$values"),
    "status": ("success", "error", "errors"),
    "zone": ("eu", "us", "asia"),
    "le": ("0.1", "1.0", "1", "+Inf", "7"),
    "quantile": ("0.5", "0.9"),
    "device": ("0", "1"),
    "version": ("v1.2", "v2"),
    "method": ("get", "post"),
    "rack": ("r1", "r2"),
    "room": ("north",),
    "floor": ("1",),
    "job": ("j", "k", "l"),
    "instance": ("a", "b"),
    "zzz": ("1",),
}
LABELS = tuple(VALUES)
GROUPS = (*LABELS, "endpoint", "status", "job", "instance", "$one", "$two")
REGEXES = (
    "{0}|{1}",
    "{0}|",
    ".+",
    ".*",
    "",
    "[a-x]+",
    "(?i){0}",
    r"\d",
    r"\w+",
    "{0}.*",
    "{0}$",
    "[[:alpha:]]+",
    "(a|e)+",
)
WINDOWS = ("1m", "5m", "30m", "$window", "$__rate_interval")
ON_VECTORS = (
    *("abs", "ceil", "floor", "sgn", "exp", "ln", "log2", "log10", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan"),
    *("sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "deg", "rad", "sort", "sort_desc", "timestamp", "hour"),
    *("minute", "month", "year", "day_of_month", "day_of_week", "day_of_year", "days_in_month", "absent"),
    *("histogram_count", "histogram_sum", "round", "abs"),
)
ON_WINDOWS = (
    *("rate", "rate", "irate", "increase", "increase", "delta", "idelta", "deriv", "changes", "resets"),
    *("avg_over_time", "min_over_time", "max_over_time", "sum_over_time", "count_over_time", "stddev_over_time"),
    *("stdvar_over_time", "last_over_time", "present_over_time", "absent_over_time"),
)
AGGREGATIONS = ("sum", "sum", "avg", "min", "max", "count", "group", "stddev", "stdvar")
COMPARISONS = ("==", "!=", ">", "<", ">=", "<=")
