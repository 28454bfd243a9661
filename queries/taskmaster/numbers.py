"""What we compute of the digital worker, and where it stops being fine."""

from queries import (
    BOOL,
    MILLISECONDS,
    PERCENT,
    RATIO,
    REQUESTS,
    SCORE,
    SECONDS,
    USD_PER_TOKEN,
    VERDICTS,
    Query,
    average,
    buckets,
    increase,
    latest,
    maximum,
    mean,
    minimum,
    per_hour,
    quantile,
    rate,
    ratio,
    share_below,
    since,
    up,
)
from queries.taskmaster.metrics import (
    AGREEMENT,
    DRIFT_DEVIATION,
    FEEDBACK,
    LAST_SUCCESS,
    LATENCY,
    MODEL_LOADED,
    QUALITY_SCORE,
    REQUESTS_ANSWERED,
    RESPONSE_LENGTH,
    SATISFACTION,
    TASK_COMPLEXITY,
    TASKS_DONE,
    TOKENS_IN,
    TOKENS_OUT,
    WORKER,
)

#: Every target answers; below it one is down.
ALL_UP = RATIO(1)
#: The panel turns yellow at the one, red at the other.
ERROR_WARNING = PERCENT(1)
ERROR_LIMIT = PERCENT(5)
LATENCY_LIMIT = SECONDS(2)
#: Below the one the gauge is red, above the other green.
QUALITY_LIMIT = RATIO(0.7)
QUALITY_TARGET = RATIO(0.85)
DRIFT_WARNING = PERCENT(15)
DRIFT_LIMIT = PERCENT(30)
#: Below it users are leaving; ours: no document gives one, and it is where the document's own scores turn bad.
SATISFACTION_LIMIT = RATIO(0.7)
#: Of fewer verdicts a share is chance: where 85 % are content, 1 of 50 such samples would show less than 70 %.
ENOUGH_VERDICTS = VERDICTS(20)
#: Long enough for that many, short enough to be a drop.
VOTES_WITHIN = "6h"
#: Below it the scores know little of what users think.
AGREEMENT_WARNING = SCORE(0.3)
NO_REQUESTS = REQUESTS(0)
#: The least that is not none.
ANY_REQUESTS = REQUESTS(1)
NOT_LOADED = BOOL(0)
#: The document's service level: so much of the requests within so long.
PROMISED_LATENCY = MILLISECONDS(500)
PROMISED_SHARE = RATIO(0.95)
#: The model runs at home and no one sends a bill; these are what a hosted model of its size would charge.
INPUT_PRICE = USD_PER_TOKEN(0.15e-6)
OUTPUT_PRICE = USD_PER_TOKEN(0.60e-6)


# Is it up? ----------------------------------------------------------------------------------------


def worker_up(*by: str) -> Query:
    """The share of the replicas that answer a scrape; 1 is normal."""
    return up(WORKER, *by)


def replicas() -> Query:
    """Each replica: 1 when it answers, 0 when it is down."""
    return latest(WORKER.up)


def uptime() -> Query:
    """The share of the page's time in which the worker answered."""
    return up(WORKER).over("$__range").named("uptime")


def model_loaded(*by: str) -> Query:
    """Whether the model is loaded on every replica: 1, or 0 as soon as it is missing on one."""
    return minimum(MODEL_LOADED, *by)


def since_success(*by: str) -> Query:
    """How long ago a request last succeeded; seconds while there is traffic, nothing before the first."""
    return since(LAST_SUCCESS, *by)


# Requests -----------------------------------------------------------------------------------------


def requests(*by: str) -> Query:
    """Requests per second; what is normal is what last week was."""
    return rate(REQUESTS_ANSWERED, *by)


def requests_within(window: str, *by: str) -> Query:
    """How many requests came within the window."""
    return increase(REQUESTS_ANSWERED, window, *by)


def errors(*by: str) -> Query:
    """The share of the requests that fail; below 1 % is normal."""
    return ratio(rate(REQUESTS_ANSWERED, *by, status="error"), rate(REQUESTS_ANSWERED, *by))


def latency(q: float, *by: str) -> Query:
    """What a share `q` of the requests stays below; half a second is normal."""
    return quantile(q, LATENCY, *by)


def latency_buckets() -> Query:
    """Requests per second by how long they took."""
    return buckets(LATENCY)


def within_promise(*by: str) -> Query:
    """The share of the requests that are answered within 500 ms; 95 % is the target."""
    return share_below(PROMISED_LATENCY, LATENCY, *by)


def response_length(q: float) -> Query:
    """The characters that a share `q` of the answers stays below; very short answers are refusals."""
    return quantile(q, RESPONSE_LENGTH)


def mean_response_length() -> Query:
    """How many characters an answer has on average."""
    return mean(RESPONSE_LENGTH)


# Tokens and money ---------------------------------------------------------------------------------


def tokens_in() -> Query:
    """Tokens per second that the model reads."""
    return rate(TOKENS_IN).named("input")


def tokens_out() -> Query:
    """Tokens per second that the model writes; 0 with requests coming means that nobody counts them."""
    return rate(TOKENS_OUT).named("output")


def input_tokens_per_hour() -> Query:
    """Tokens that the model read within the last hour."""
    return per_hour(TOKENS_IN).named("input")


def output_tokens_per_hour() -> Query:
    """Tokens that the model wrote within the last hour."""
    return per_hour(TOKENS_OUT).named("output")


def tokens_per_hour() -> Query:
    """Tokens within the last hour, read and written."""
    return (input_tokens_per_hour() + output_tokens_per_hour()).named("total")


def cost_per_hour() -> Query:
    """What the tokens of the last hour would have cost at a hosted model's prices."""
    return (input_tokens_per_hour() * INPUT_PRICE + output_tokens_per_hour() * OUTPUT_PRICE).named("cost")


# Quality and drift --------------------------------------------------------------------------------


def quality_score() -> Query:
    """How good the answers are over all, 0 to 1; above 0.85 is good."""
    return average(QUALITY_SCORE, dimension="overall").named("quality")


def quality_scores() -> Query:
    """How good the answers are in each of what is judged, 0 to 1."""
    return average(QUALITY_SCORE, "dimension")


def drift(*by: str) -> Query:
    """How far the scores have fallen below their baseline, the worst replica's; near 0 is normal, negative better."""
    return maximum(DRIFT_DEVIATION, *by)


# What it is for -----------------------------------------------------------------------------------


def tasks_by_type(window: str = "1h") -> Query:
    """Tasks of each type that were done within the window."""
    return increase(TASKS_DONE, window, "task_type")


def tasks(*by: str) -> Query:
    """Tasks per second."""
    return rate(TASKS_DONE, *by)


def task_complexity() -> Query:
    """How hard the tasks are on average, 1 to 10; what grows harder grows slower."""
    return mean(TASK_COMPLEXITY)


def verdicts(window: str = "1h") -> Query:
    """Verdicts that users gave within the window."""
    return increase(FEEDBACK, window, "verdict")


def votes(window: str = "1h") -> Query:
    """How many verdicts users gave within the window; few are normal, and say little."""
    return increase(FEEDBACK, window).named("votes")


def user_satisfaction(window: str = "1h") -> Query:
    """The share of the verdicts within the window that are thumbs up; above 85 % is good."""
    return ratio(increase(FEEDBACK, window, verdict="up"), increase(FEEDBACK, window)).named("thumbs up")


def satisfaction_estimates() -> Query:
    """The share of thumbs up among the last verdicts, and its 95 % interval; wide apart means too few verdicts."""
    return average(SATISFACTION, "estimate")


def agreement() -> Query:
    """How far verdicts and quality scores agree, -1 to 1; above 0.3 the scores mean something."""
    return average(AGREEMENT).named("agreement")


# This week against last ---------------------------------------------------------------------------


def requests_week_over_week(window: str = "1h") -> Query:
    """Requests against the same time of last week; 1 is as many."""
    return increase(REQUESTS_ANSWERED, window).compared_to("7d").named("requests")


def tasks_week_over_week(window: str = "1h") -> Query:
    """Tasks against the same time of last week; 1 is as many."""
    return increase(TASKS_DONE, window).compared_to("7d").named("tasks")


def tokens_week_over_week(window: str = "1h") -> Query:
    """Tokens that the model wrote against the same time of last week; 1 is as many."""
    return increase(TOKENS_OUT, window).compared_to("7d").named("tokens")
