"""What we compute of the model servers, and where they stop being fine."""

from queries import (
    PERCENT,
    RATIO,
    REQUESTS,
    SECONDS,
    Query,
    average,
    buckets,
    increase,
    latest,
    quantile,
    rate,
    ratio,
    share_below,
    total,
    up,
)
from queries.inference_server.metrics import (
    GPU_MEMORY_TOTAL,
    GPU_MEMORY_USED,
    GPU_UTILIZATION,
    LATENCY,
    QUEUE_DEPTH,
    REQUESTS_ANSWERED,
    SERVER,
)

#: Every target answers; below it one is down.
ALL_UP = RATIO(1)
#: The document gives none; these are its siblings', 002 and 003.
ERROR_LIMIT = PERCENT(5)
#: The document's exercise asks to be told above 2 s, its alert above 5 s.
SLOW_LIMIT = SECONDS(2)
LATENCY_LIMIT = SECONDS(5)
QUEUE_LIMIT = REQUESTS(100)
GPU_MEMORY_LIMIT = PERCENT(95)
#: A bucket of the latency.
PROMISED_LATENCY = SECONDS(1)
PROMISED_SHARE = RATIO(0.95)


def servers_up(*by: str) -> Query:
    """The share of the model servers that answer a scrape; 1 is normal."""
    return up(SERVER, *by)


def servers() -> Query:
    """Each model server: 1 when it answers, 0 when it is down."""
    return latest(SERVER.up)


def uptime() -> Query:
    """The share of the page's time in which the model servers answered."""
    return up(SERVER).over("$__range").named("uptime")


def requests(*by: str) -> Query:
    """Inference requests per second; what is normal is what last week was."""
    return rate(REQUESTS_ANSWERED, *by)


def errors(*by: str) -> Query:
    """The share of the inference requests that fail; below 1 % is normal."""
    return ratio(rate(REQUESTS_ANSWERED, *by, status="error"), rate(REQUESTS_ANSWERED, *by))


def latency(q: float, *by: str) -> Query:
    """What a share `q` of the requests stays below; a model that answers at once stays below 2 s."""
    return quantile(q, LATENCY, *by)


def latency_buckets() -> Query:
    """Requests per second by how long they took."""
    return buckets(LATENCY)


def within_promise(*by: str) -> Query:
    """The share of the requests that keep the promised latency; 95 % is the target."""
    return share_below(PROMISED_LATENCY, LATENCY, *by)


def week_over_week(window: str = "1h") -> Query:
    """Requests against the same time of last week; 1 is as many."""
    return increase(REQUESTS_ANSWERED, window).compared_to("7d").named("against last week")


def queue_depth(*by: str) -> Query:
    """Requests that wait, those of all replicas together; near 0 is normal."""
    return total(QUEUE_DEPTH, *by)


def gpu_memory_used(*by: str) -> Query:
    """GPU memory in use; it does not fall when the load does."""
    return total(GPU_MEMORY_USED, *by).named("used")


def gpu_memory_total(*by: str) -> Query:
    """GPU memory that there is."""
    return total(GPU_MEMORY_TOTAL, *by).named("total")


def gpu_memory_share(*by: str) -> Query:
    """The share of the GPU memory in use; servers take up to nine tenths at once, and keep it."""
    return ratio(total(GPU_MEMORY_USED, *by), total(GPU_MEMORY_TOTAL, *by))


def gpu_utilization(*by: str) -> Query:
    """The share of the time in which the GPUs work; high is what they were bought for."""
    return average(GPU_UTILIZATION, *by)
