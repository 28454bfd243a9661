"""What we compute of the AI API, and where it stops being fine."""

from queries import (
    HOURS,
    PERCENT,
    RATIO,
    REQUESTS_PER_SECOND,
    SCORE,
    SECONDS,
    SESSIONS,
    TOKENS,
    Query,
    average,
    buckets,
    increase,
    latest,
    mean,
    other_than,
    per_hour,
    quantile,
    rate,
    ratio,
    share_below,
    total,
    up,
)
from queries.ai_api.metrics import (
    AGENT_SESSIONS,
    API,
    HANDLER_LATENCY,
    HTTP_LATENCY,
    HTTP_REQUESTS,
    LLM_LATENCY,
    LLM_TOKENS,
    REQUEST_SIZE,
    RESPONSE_SIZE,
    RETRIEVAL_SCORE,
    TOKEN_PRICE,
)

#: Every target answers; below it one is down.
ALL_UP = RATIO(1)
ERROR_WARNING = PERCENT(1)
ERROR_LIMIT = PERCENT(5)
#: Below it a share of errors means nothing: one failed request of two is no outage.
TRAFFIC_FLOOR = REQUESTS_PER_SECOND(0.02)
#: The document gives none for HTTP as a whole: a handler may wait for a model, but not for its slowest call.
LATENCY_LIMIT = SECONDS(5)
LLM_LATENCY_WARNING = SECONDS(10)
LLM_LATENCY_LIMIT = SECONDS(15)
TOKEN_LIMIT = (TOKENS / HOURS)(500_000)
#: The document gives no limit; these are those of 003's quality score.
RETRIEVAL_LIMIT = SCORE(0.7)
RETRIEVAL_TARGET = SCORE(0.85)
#: The document gives no limit: ten times what the API holds open on a busy day.
AGENT_SESSIONS_LIMIT = SESSIONS(200)
#: A bucket of the latency.
PROMISED_LATENCY = SECONDS(1)
PROMISED_SHARE = RATIO(0.95)
#: Prometheus' own scrapes are requests too: at little traffic they would hide every error.
USERS = other_than("/metrics")


def api_up(*by: str) -> Query:
    """The share of the replicas that answer a scrape; 1 is normal."""
    return up(API, *by)


def replicas() -> Query:
    """Each replica: 1 when it answers, 0 when it is down."""
    return latest(API.up)


def uptime() -> Query:
    """The share of the page's time in which the API answered."""
    return up(API).over("$__range").named("uptime")


# HTTP ---------------------------------------------------------------------------------------------


def requests(*by: str) -> Query:
    """HTTP requests per second, without scrapes; what is normal is what last week was."""
    return rate(HTTP_REQUESTS, *by, handler=USERS)


def errors(*by: str) -> Query:
    """The share of the HTTP requests that end in 5xx; below 1 % is normal."""
    return ratio(rate(HTTP_REQUESTS, *by, handler=USERS, status="5xx"), requests(*by))


def latency(q: float) -> Query:
    """What a share `q` of all HTTP requests stays below; an answer without a model takes less than 1 s."""
    return quantile(q, HTTP_LATENCY)


def latency_buckets() -> Query:
    """HTTP requests per second by how long they took."""
    return buckets(HTTP_LATENCY)


def handler_latency(q: float, *by: str) -> Query:
    """What a share `q` of a handler's requests stays below, in fewer buckets than `latency`."""
    return quantile(q, HANDLER_LATENCY, *(by or ("handler",)), handler=USERS)


def within_promise() -> Query:
    """The share of the HTTP requests that keep the promised latency; 95 % is the target."""
    return share_below(PROMISED_LATENCY, HTTP_LATENCY)


def request_size(*by: str) -> Query:
    """The mean length of a request's body; long prompts make it grow."""
    return mean(REQUEST_SIZE, *by, handler=USERS)


def response_size(*by: str) -> Query:
    """The mean length of a response's body; a fall to nothing means empty answers."""
    return mean(RESPONSE_SIZE, *by, handler=USERS)


def week_over_week(window: str = "1h") -> Query:
    """HTTP requests against the same time of last week; 1 is as many."""
    return increase(HTTP_REQUESTS, window, handler=USERS).compared_to("7d").named("against last week")


# LLM calls ----------------------------------------------------------------------------------------


def llm_calls(*by: str) -> Query:
    """Calls to models per second."""
    return rate(LLM_LATENCY.count, *by)


def llm_latency(q: float, *by: str) -> Query:
    """What a share `q` of the calls to models stays below; a few seconds are normal."""
    return quantile(q, LLM_LATENCY, *by)


def llm_latency_buckets() -> Query:
    """Calls to models per second by how long they took."""
    return buckets(LLM_LATENCY)


# Tokens and money ---------------------------------------------------------------------------------


def tokens(*by: str) -> Query:
    """Tokens per second, sent and received."""
    return rate(LLM_TOKENS, *by)


def tokens_per_hour(*by: str) -> Query:
    """Tokens within the last hour, sent and received, of all models together."""
    return per_hour(LLM_TOKENS, *by)


def input_tokens_per_hour(*by: str) -> Query:
    """Tokens that were sent to models within the last hour."""
    return per_hour(LLM_TOKENS, *by, token_type="input").named("input")  # noqa: S106 - a kind of token, no password


def output_tokens_per_hour(*by: str) -> Query:
    """Tokens that models wrote within the last hour; they cost several times what the others do."""
    return per_hour(LLM_TOKENS, *by, token_type="output").named("output")  # noqa: S106 - likewise


def token_price(*by: str) -> Query:
    """What a token costs, by model and kind; changes with the provider's list."""
    return average(TOKEN_PRICE, *(by or ("model", "token_type")))


def cost_per_hour(*by: str) -> Query:
    """What the tokens of the last hour cost."""
    return per_hour(LLM_TOKENS, "model", "token_type").scaled_by(TOKEN_PRICE, *by)


# Retrieval and agents -----------------------------------------------------------------------------


def retrieval_score(*by: str) -> Query:
    """How relevant the passages are that retrieval finds, 0 to 1; above 0.7 is normal."""
    return average(RETRIEVAL_SCORE, *by)


def agent_sessions(*by: str) -> Query:
    """Agent sessions that are open; one that only rises is a loop that nobody ends."""
    return total(AGENT_SESSIONS, *by)
