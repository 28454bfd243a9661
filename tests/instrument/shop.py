"""A small catalog with a metric of every kind, and how its page is read."""

from prometheus_client.parser import text_string_to_metric_families

from queries import BOOL, CALLS, RATIO, REQUESTS, SECONDS, TOKENS, Counter, Gauge, Histogram, Summary, label
from queries.instrument import Instruments

ORDERS = Counter("shop_orders_total", "Orders.", REQUESTS, ("shop", label("status", "success", "error")))
VISITS = Counter("shop_visits_total", "Visits.", REQUESTS, (label("kind", "new", "again"),))
TIME = Histogram("shop_order_seconds", "How long an order takes.", SECONDS, ("shop",), buckets=(0.1, 1, 10))
LINES = Histogram("shop_lines_total", "Lines.", TOKENS, buckets=(1, 10), odd_name="as a document has it")
SIZE = Summary("shop_order_size", "Things of an order.", CALLS)
OPEN = Gauge("shop_orders_open", "Orders under way.", REQUESTS)
SCORE = Gauge("shop_score_ratio", "How good it is.", RATIO, low=0, high=1)
READY = Gauge("shop_ready", "Whether it is open.", BOOL, low=0, high=1)
READ = Counter("shop_tokens_total", "Tokens.", TOKENS, ("model", label("token_type", "input", "output")))
FIRST = Histogram("shop_first_token_seconds", "Until it speaks.", SECONDS, ("model",), buckets=(0.1, 1))

Series = tuple[str, tuple[tuple[str, str], ...]]


def page(inst: Instruments) -> dict[Series, float]:
    """Every sample of the page, by name and labels."""
    text = inst.exposition()[0].decode()
    families = text_string_to_metric_families(text)
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def value(inst: Instruments, name: str, **labels: str) -> float | None:
    """One sample; None where it is not there."""
    return page(inst).get((name, tuple(sorted(labels.items()))))
