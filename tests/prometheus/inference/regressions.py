"""Queries of which something wrong was once inferred, and those whose truth nobody would guess."""

REGRESSIONS = (
    # what no number meets, and what one may
    "rate(requests_total[5m]) < 0",
    "rate((-requests_total)[5m:1m]) < 0",
    "1 / (queue_size >= 0) < 0",
    "count(queue_size) == 0",
    "sum(up) > 1",
    "max by (job) (queue_size > 5) <= 3",
    "queue_size > 1 and queue_size < 1",
    "queue_size > 1 and on () queue_size <= 1",
    '{job="j"} > 5 and {job="j"} < 3',
    "queue_size > 1 and queue_size offset 5m <= 1",
    # `without` takes away the label that count_values has just written
    'count_values without (endpoint) ("endpoint", up)',
    'count_values without ($one) ("endpoint", up)',
    'count_values by (job) ("job", up)',
    'count_values ("$one", up)',
    # a scale of nothing
    "latency_seconds_sum / Inf",
    "latency_seconds_sum * 1e308 * 1e308 / (up * 1e-308 * 1e-308)",
    # a variable that stands for two labels
    "sum by ($two) (requests_total)",
    "sum without ($two) (requests_total)",
    "sum by (endpoint, status) (requests_total) / on ($two) sum by (endpoint, status) (requests_total)",
    "sum by (endpoint, job) (requests_total) / ignoring ($one) sum by (job) (requests_total)",
    "requests_total * on (job, instance) group_left ($one) sum by (job, instance) (requests_total)",
    "up * on (job) group_left ($one) sum by (job, endpoint) (payload_bytes)",
    'label_replace(requests_total{job="j", endpoint="x"}, "$one", "", "", "")',
    # an empty replacement takes a label away
    'label_replace(queue_size, "job", "", "", "")',
    'label_join(queue_size, "job", "", "nothing", "none")',
    "absent($selector)",
    'absent(no_such_metric{$one="x"})',
    "quantile_over_time($k, up[5m])",
    # of several matchers on one label the last one counts
    'absent(no_such_metric{endpoint="x", endpoint="x", job="j"})',
    'absent(no_such_metric{endpoint="x", endpoint=~"x", job="j"})',
    'absent(no_such_metric{endpoint!="y", endpoint="x", job="j"})',
    'absent((no_such_metric{job="j"}))',
    'absent(-no_such_metric{job="j"})',
    'absent(no_such_metric{job="j"} @ 900 offset 1m)',
    'absent_over_time(no_such_metric{job="j"}[5m])',
    'absent_over_time((no_such_metric{job="j"})[5m:])',
    # a comparison is no condition for buckets
    "histogram_quantile(0.9, rate(latency_seconds_bucket[5m]) > bool 0)",
    'histogram_quantile(0.9, label_replace(sum by (job) (latency_seconds_bucket), "le", "1.0", "", ""))',
    "histogram_quantile(0.9, sum by (job) (rate(latency_seconds_bucket[5m])))",
    # limits that cross
    "clamp(vector(1), 2, 1)",
    "vector(1) > 2 or vector(0)",
    # a single number within limits that are strict about themselves
    "absent(no_such_metric) > 0",
    "group(up) > 0",
    "up == 1 and up > 0",
    "up == 1 > 0",
    "present_over_time(up[5m]) < 2",
    # Python and RE2 read these in different ways
    'requests_total{status=~"[[:alpha:]]+"}',
    'requests_total{status!~"[[:alpha:]]+"}',
    'requests_total{status=~"(e|r|o)+"}',
    # the last one has no partner that is itself
    'requests_total{zone="eu"} or requests_total',
    '(requests_total{zone="eu"} or tasks_total) / (requests_total or tasks_total)',
    'topk by (zone) (1, requests_total{zone="eu"}) / topk by (zone) (1, requests_total)',
    'sum by (endpoint) (rate(requests_total{status="error"}[5m])) / sum by (endpoint) (rate(requests_total[5m]))',
    'rate(requests_total{status="error"}[5m]) / rate(requests_total[5m])',
)
