"""PQL901: a name that promises another type or unit."""

from collections.abc import Iterator

from cli.lint.catalog_spot import spot, written
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from queries.exposed import Exposed
from queries.labels import NAME

#: What promlint wants base units for, and their base.
SHORTENED = {
    "milliseconds": "seconds",
    "ms": "seconds",
    "microseconds": "seconds",
    "us": "seconds",
    "minutes": "seconds",
    "hours": "seconds",
    "days": "seconds",
    "kilobytes": "bytes",
    "kb": "bytes",
    "megabytes": "bytes",
    "mb": "bytes",
    "gigabytes": "bytes",
    "gb": "bytes",
    "percent": "ratio",
    "percentage": "ratio",
    "fahrenheit": "celsius",
}
#: promlint says nothing of it.
TIMESTAMP = "a point in time says its unit"
RESERVED = ("_bucket", "_count", "_sum", "_created")


def _of_all(world: World) -> Faults:
    for catalog in written(world.catalogs.catalogs):
        for metric in catalog.metrics:
            if metric.odd_name or metric.recorded:
                continue
            for what, better in _faults(metric):
                yield Fault(
                    f"{metric.name}: {what}",
                    hint=f"{better}, or say why: odd_name",
                    spot=spot(catalog, metric.name),
                    severity=Severity.INFO if what == TIMESTAMP else None,
                )


def _faults(metric: Exposed) -> Iterator[tuple[str, str]]:
    name, kind = metric.name, metric.kind
    if kind == "counter" and not name.endswith("_total"):
        yield "a counter's name ends in _total", f"{name}_total"
    if kind in ("gauge", "histogram", "summary") and name.endswith("_total"):
        yield f"_total says counter, and it is a {kind}", name.removesuffix("_total")
    reserved = next((one for one in RESERVED if name.endswith(one)), "")
    if reserved and kind != "unknown":
        yield f"the suffix {reserved} belongs to histograms and summaries", name.removesuffix(reserved)
    words = name.removesuffix("_total").split("_")
    short = next((one for one in words[-2:] if one in SHORTENED), "")
    if short:
        yield f"{short} is no base unit", name.replace(short, SHORTENED[short])
    if name.endswith("_timestamp") and kind == "gauge":
        yield TIMESTAMP, f"{name}_seconds"
    if not NAME.fullmatch(name):
        yield "the name needs quotes in PromQL", "letters, digits and _"
    elif any(char.isupper() for char in name) and "_" not in name:
        yield "names are written in snake_case", name.lower()


RULE = Rule(
    id="PQL901",
    title="a metric's name against the conventions",
    severity=Severity.WARNING,
    why="""People and tools read a name: what ends in _total is put into rate(), what ends in _seconds gets an axis of
    seconds. A histogram called tokens_generated_total makes rate(tokens_generated_total[5m]) look right, and it is
    always empty.""",
    wrong=Example("queue_depth", catalogs=("domain: a\nmetrics: [{name: tokens_generated_total, type: histogram}]\n",)),
    right=Example("queue_depth", catalogs=("domain: a\nmetrics: [{name: tokens_generated, type: histogram}]\n",)),
    also=("promtool check metrics",),
    of_all=_of_all,
)
