"""A small world of series with gaps, lacking labels and ended ones, and the two catalogs that tell of it."""

from collections.abc import Iterator, Mapping
from itertools import product

from queries.catalog import NOTHING, Catalog, Catalogs
from queries.exposed import Exposed
from queries.labels import Label
from queries.unit import BYTES, CELSIUS, REQUESTS, SECONDS, TASKS

LENGTH = 200
ENDPOINT, STATUS = Label("endpoint", ("x", "y")), Label("status", ("success", "error"))
ZONE, DEVICE, VERSION = Label("zone", ("eu", "us")), Label("device", ("0", "1")), Label("version")

SERVICE = Catalog(
    "service",
    (
        Exposed("requests_total", "counter", REQUESTS, (ENDPOINT, STATUS, ZONE), frozenset({"zone"})),
        Exposed("latency_seconds", "histogram", SECONDS, (ENDPOINT,), buckets=(0.1, 1.0, 5.0)),
        Exposed("memory_used_bytes", "gauge", BYTES, (DEVICE,)),
        Exposed("memory_total_bytes", "gauge", BYTES, (DEVICE,)),
        Exposed("queue_size", "gauge", REQUESTS),
        Exposed("build_info", "gauge", None, (VERSION, DEVICE), frozenset({"device"})),
        Exposed("payload_bytes", "summary", BYTES, (ENDPOINT,)),
        Exposed("tasks_total", "counter", TASKS, (ENDPOINT, STATUS)),
        Exposed("ended_total", "counter", REQUESTS, (ENDPOINT,)),
        Exposed("size_bytes", "histogram", BYTES, (ENDPOINT,), native=True),
        Exposed("job:requests:rate5m", "gauge", REQUESTS / SECONDS, (Label("job"),), targets=(), recorded=True),
        Exposed("all:requests:rate5m", "gauge", REQUESTS / SECONDS, targets=(), recorded=True),
        Exposed("room:temperature", "gauge", CELSIUS, (Label("room"),), targets=(), recorded=True, open=True),
    ),
    jobs=("j",),
)
#: What it says of `tasks_total` and `memory_used_bytes` is not what the other one says.
WORKER = Catalog(
    "worker",
    (
        Exposed("tasks_total", "gauge", REQUESTS, (Label("endpoint", ("x", "z")), Label("method", ("get", "post")))),
        Exposed("memory_used_bytes", "gauge", BYTES),
    ),
    jobs=("k",),
    extra_labels=("rack",),
)
#: The states of knowledge in which every query is judged.
CATALOGS: Mapping[str, Catalogs] = {
    "no catalog": NOTHING,
    "two catalogs": Catalogs((SERVICE, WORKER)),
    "strict": Catalogs((WORKER, SERVICE), strict=True),
}
#: What stands for a variable when Prometheus is asked; who infers does not see it.
VARIABLES: Mapping[str, str] = {
    "one": "endpoint",
    "two": "endpoint, status",
    "value": "x",
    "values": "x|y",
    "metric": "requests_total",
    "part": "requests",
    "selector": 'requests_total{endpoint="x",zone=""}',
    "k": "2",
    "window": "5m",
}


def samples() -> dict[str, str]:
    """Every series of the world and its samples, as promtool wants them."""
    return dict((*_service(), *_worker()))


def _service() -> Iterator[tuple[str, str]]:
    for number, instance in enumerate("ab"):
        target = {"job": "j", "instance": instance}
        for (at, endpoint), status in product(enumerate("xy"), ("success", "error")):
            # one of them has no zone, one exists twice, in two zones
            zones = ("", "eu", "us")[number + at : number + at + 1 + number * at]
            for zone in zones or ("us",):
                rate = 9 + at if status == "success" else number
                yield _series("requests_total", rising(rate), target, endpoint=endpoint, status=status, zone=zone)
            yield _series("tasks_total", rising(number + 1), target, endpoint=endpoint, status=status)
        for endpoint in "xy":
            yield _series("ended_total", "0+3x100 stale", target, endpoint=endpoint)
            for le, rate in (("0.1", 1), ("1.0", 5), ("5.0", 9), ("+Inf", 10)):
                yield _series("latency_seconds_bucket", rising(rate), target, endpoint=endpoint, le=le)
            for quantile in ("0.5", "0.9"):
                yield _series("payload_bytes", steady(7), target, endpoint=endpoint, quantile=quantile)
            for name in ("latency_seconds", "payload_bytes"):
                yield _series(f"{name}_count", rising(10), target, endpoint=endpoint)
                yield _series(f"{name}_sum", rising(13), target, endpoint=endpoint)
        # one replica has two devices, the other one
        for device in "01"[number:]:
            yield _series("memory_used_bytes", f"1+1x50 7x{LENGTH}", target, device=device)
            yield _series("memory_total_bytes", steady(100), target, device=device)
        yield _series("build_info", steady(1), target, version="v1.2", device="1" if number else "")
        yield _series("queue_size", steady(3 - 3 * number), target)
        yield _series("up", steady(1 - number), target)
    yield _series("build_info", f"_x170 1x{LENGTH}", {"job": "j", "instance": "c"}, version="v2")
    yield _series("job:requests:rate5m", steady(5), {"job": "j"})
    yield _series("all:requests:rate5m", steady(5), {})
    yield _series("room:temperature", steady(-4), {"room": "north", "floor": "1"})
    yield _series("room:temperature", steady(21), {"room": "south", "side": "left"})


def _worker() -> Iterator[tuple[str, str]]:
    for rack, instance in (("r1", "a"), ("", "d")):
        target = {"job": "k", "instance": instance, "rack": rack}
        for endpoint, method in (("x", "get"), ("x", "post"), ("z", "get")):
            yield _series("tasks_total", steady(4), target, endpoint=endpoint, method=method)
        yield _series("memory_used_bytes", steady(50), target)
        yield _series("up", steady(1), target)


def rising(rate: int) -> str:
    """A counter that is set back once."""
    return f"0+{rate}x120 0+{rate}x{LENGTH - 120}"


def steady(value: int) -> str:
    """The same value all the time."""
    return f"{value}x{LENGTH}"


def _series(name: str, values: str, target: Mapping[str, str], **labels: str) -> tuple[str, str]:
    said = ",".join(f'{label}="{value}"' for label, value in {**target, **labels}.items() if value)
    return f"{name}{{{said}}}" if said else name, values
