"""What we compute of the AI application, and where it stops being fine."""

from queries import (
    BOOL,
    DOCUMENTS,
    PERCENT,
    RATIO,
    SECONDS,
    Query,
    buckets,
    increase,
    latest,
    like,
    mean,
    per_hour,
    quantile,
    rate,
    ratio,
    share_below,
    total,
    up,
)
from queries.ai_app.metrics import (
    BACKEND,
    HTTP_LATENCY,
    HTTP_REQUESTS,
    IN_FLIGHT,
    INFERENCE_LATENCY,
    INFERENCE_REQUESTS,
    MODEL_SERVER,
    PROXY,
    QUEUE_DEPTH,
    TOKENS_GENERATED,
)

#: Every target answers; below it one is down.
ALL_UP = RATIO(1)
#: The document gives none for HTTP; these are its siblings', 002 and 003.
ERROR_LIMIT = PERCENT(5)
#: Of an inference; the document gives none for HTTP.
INFERENCE_LATENCY_LIMIT = SECONDS(60)
QUEUE_LIMIT = DOCUMENTS(100)
#: A bucket of the HTTP latency: what we promise to a caller who waits for a page and not for a model.
PROMISED_LATENCY = SECONDS(1)
PROMISED_SHARE = RATIO(0.95)
DOWN = BOOL(0)


# Is it up? ----------------------------------------------------------------------------------------


def backend_up() -> Query:
    """The share of the backend's replicas that answer a scrape; 1 is normal."""
    return up(BACKEND).named("backend")


def model_server_up() -> Query:
    """The share of the model servers that answer a scrape; 1 is normal."""
    return up(MODEL_SERVER).named("model server")


def proxy_up() -> Query:
    """The share of the proxies that answer a scrape; 1 is normal."""
    return up(PROXY).named("proxy")


def model_servers() -> Query:
    """Each model server: 1 when it answers, 0 when it is down."""
    return latest(MODEL_SERVER.up)


def uptime() -> Query:
    """The share of the page's time in which the backend answered."""
    return up(BACKEND).over("$__range").named("uptime")


# HTTP ---------------------------------------------------------------------------------------------


def requests(*by: str) -> Query:
    """HTTP requests per second; what is normal is what last week was."""
    return rate(HTTP_REQUESTS, *by)


def errors(*by: str) -> Query:
    """The share of the HTTP requests that end in 5xx; below 1 % is normal."""
    return ratio(rate(HTTP_REQUESTS, *by, status=like("5..")), rate(HTTP_REQUESTS, *by))


def latency(q: float, *by: str) -> Query:
    """What a share `q` of the HTTP requests stays below; a page is quick below 1 s."""
    return quantile(q, HTTP_LATENCY, *by)


def latency_buckets() -> Query:
    """HTTP requests per second by how long they took."""
    return buckets(HTTP_LATENCY)


def within_promise(*by: str) -> Query:
    """The share of the HTTP requests that keep the promised latency; 95 % is the target."""
    return share_below(PROMISED_LATENCY, HTTP_LATENCY, *by)


def week_over_week(window: str = "1h") -> Query:
    """HTTP requests against the same time of last week; 1 is as many."""
    return increase(HTTP_REQUESTS, window).compared_to("7d").named("against last week")


# Inference ----------------------------------------------------------------------------------------


def inferences(*by: str) -> Query:
    """Inferences per second."""
    return rate(INFERENCE_REQUESTS, *by)


def inference_errors(*by: str) -> Query:
    """The share of the inferences that fail; below 1 % is normal."""
    failed = rate(INFERENCE_REQUESTS, *by, status=like("5..|error"))
    return ratio(failed, rate(INFERENCE_REQUESTS, *by))


def inference_latency(q: float, *by: str) -> Query:
    """What a share `q` of the inferences stays below; a long text may take half a minute."""
    return quantile(q, INFERENCE_LATENCY, *by)


def inference_latency_buckets() -> Query:
    """Inferences per second by how long they took."""
    return buckets(INFERENCE_LATENCY)


def in_flight(*by: str) -> Query:
    """Inferences that run at the moment; with the queue empty, this is the load."""
    return total(IN_FLIGHT, *by)


def queue_depth(*by: str) -> Query:
    """Documents that wait, those of all replicas together; near 0 is normal."""
    return total(QUEUE_DEPTH, *by)


# Tokens -------------------------------------------------------------------------------------------


def tokens(*by: str) -> Query:
    """Tokens per second that the model writes."""
    return rate(TOKENS_GENERATED.sum, *by)


def tokens_per_hour(*by: str) -> Query:
    """Tokens that the model wrote within the last hour."""
    return per_hour(TOKENS_GENERATED.sum, *by)


def tokens_per_request(*by: str) -> Query:
    """How many tokens an answer has on average."""
    return mean(TOKENS_GENERATED, *by)


def answer_length(q: float, *by: str) -> Query:
    """The tokens that a share `q` of the answers stays below."""
    return quantile(q, TOKENS_GENERATED, *by)
