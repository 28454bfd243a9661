"""What we compute of the model serving, and where it stops being fine."""

from dataclasses import replace

from queries import (
    BOOL,
    PERCENT,
    RATIO,
    SCORE,
    SECONDS,
    Query,
    average,
    average_rate,
    buckets,
    increase,
    latest,
    maximum,
    mean,
    quantile,
    rate,
    ratio,
    share_below,
    total,
    up,
)
from queries.ml_serving.metrics import (
    CONFIDENCE,
    CPU_REPORTED,
    CPU_SECONDS,
    DRIFT_SCORE,
    LATENCY,
    MEMORY_AVAILABLE,
    MEMORY_REPORTED,
    MEMORY_TOTAL,
    NODE,
    PREDICTIONS_CORRECT,
    PREDICTIONS_JUDGED,
    REQUESTS_ANSWERED,
    SATISFACTION,
    SERVICE,
)
from queries.selector import Wanted

#: Every target answers; below it one is down.
ALL_UP = RATIO(1)
CPU_LIMIT = PERCENT(90)
MEMORY_LIMIT = PERCENT(95)
#: The document gives none; these are its siblings', 002 and 003.
ERROR_LIMIT = PERCENT(5)
LATENCY_LIMIT = SECONDS(2)
#: A tenth less than last week: without a margin, half of all weeks would be worse than the one before.
CONFIDENCE_KEPT = RATIO(0.9)
DRIFT_LIMIT = SCORE(0.15)
ACCURACY_LIMIT = RATIO(0.8)
SATISFACTION_LIMIT = SCORE(3)
DOWN = BOOL(0)
#: A bucket of the latency.
PROMISED_LATENCY = SECONDS(0.5)
PROMISED_SHARE = RATIO(0.95)
#: A bucket of the confidence: below it, the model would rather have said nothing.
UNSURE = RATIO(0.5)


# Is the service up? -------------------------------------------------------------------------------


def service_up(*by: str) -> Query:
    """The share of the replicas that answer a scrape; 1 is normal."""
    return up(SERVICE, *by)


def replicas() -> Query:
    """Each replica: 1 when it answers, 0 when it is down."""
    return latest(SERVICE.up)


def uptime() -> Query:
    """The share of the page's time in which the service answered."""
    return up(SERVICE).over("$__range").named("uptime")


def nodes_up(*by: str) -> Query:
    """The share of the machines whose node exporter answers; 1 is normal."""
    return up(NODE, *by)


def cpu_usage(*by: str) -> Query:
    """The share of the CPUs that work; above 90 % requests wait."""
    return (1 - average_rate(CPU_SECONDS, *by, mode="idle")).named("CPU")


def memory_usage(*by: str) -> Query:
    """The share of the memory that programs cannot get; above 95 % the kernel soon kills one."""
    free = ratio(total(MEMORY_AVAILABLE, *by), total(MEMORY_TOTAL, *by))
    return (1 - free).named("memory")


def memory_available(*by: str) -> Query:
    """Memory that programs can still get."""
    return total(MEMORY_AVAILABLE, *by).named("available")


def memory_total(*by: str) -> Query:
    """Memory that the machines have."""
    return total(MEMORY_TOTAL, *by).named("total")


def cpu_reported(*by: str) -> Query:
    """The share of the CPUs that the service believes to use; nothing where it does not say."""
    return maximum(CPU_REPORTED, *by).named("CPU as reported")


def memory_reported(*by: str) -> Query:
    """The share of the memory that the service believes to use; nothing where it does not say."""
    return maximum(MEMORY_REPORTED, *by).named("memory as reported")


# Is it responding quickly? ------------------------------------------------------------------------


def requests(*by: str) -> Query:
    """Requests per second; what is normal is what last week was."""
    return rate(REQUESTS_ANSWERED, *by)


def errors(*by: str) -> Query:
    """The share of the requests that fail; below 1 % is normal."""
    return ratio(rate(REQUESTS_ANSWERED, *by, status="error"), rate(REQUESTS_ANSWERED, *by))


def latency(q: float, *by: str) -> Query:
    """What a share `q` of the inferences stays below; a tenth of a second is normal for a classifier."""
    return quantile(q, LATENCY, *by)


def latency_buckets() -> Query:
    """Inferences per second by how long they took."""
    return buckets(LATENCY)


def within_promise(*by: str) -> Query:
    """The share of the inferences that keep the promised latency; 95 % is the target."""
    return share_below(PROMISED_LATENCY, LATENCY, *by)


def week_over_week(window: str = "1h") -> Query:
    """Requests against the same time of last week; 1 is as many."""
    return increase(REQUESTS_ANSWERED, window).compared_to("7d").named("against last week")


# Are predictions accurate? ------------------------------------------------------------------------


def accuracy(*by: str, **match: Wanted) -> Query:
    """The share of the predictions that turned out right; below 80 % somebody has to look."""
    right = rate(PREDICTIONS_CORRECT, *by, **match)
    return ratio(right, rate(PREDICTIONS_JUDGED, *by, **match)).named("accuracy")


def predictions(*by: str) -> Query:
    """Predictions per second."""
    return rate(CONFIDENCE.count, *by)


def confidence(*by: str, **match: Wanted) -> Query:
    """How sure the model is on average, 0 to 1; a fall says that it sees what it was not trained on."""
    return replace(mean(CONFIDENCE, *by, **match), high=1).named("confidence")


def confidence_floor(*by: str, **match: Wanted) -> Query:
    """What the confidence of the last hour may not fall below: that of a week ago, less a tenth."""
    week_ago = confidence(*by, **match).over("1h").before("7d")
    return (week_ago * CONFIDENCE_KEPT).named("a week ago, less a tenth")


def unsure(*by: str) -> Query:
    """The share of the predictions of which the model is not even half sure; a few percent are normal."""
    return share_below(UNSURE, CONFIDENCE, *by).named("unsure")


def drift(*by: str) -> Query:
    """How far what the model is asked has moved, the worst replica's; below 0.1 is normal."""
    return maximum(DRIFT_SCORE, *by).named("drift")


# Are users receiving value? -----------------------------------------------------------------------


def user_satisfaction(*by: str, **match: Wanted) -> Query:
    """The mark that users give on average, 1 to 5; 4 is good, below 3 they leave."""
    return average(SATISFACTION, *by, **match).named("satisfaction")
