"""What Grafana's units say of a value, and whether that is what the query yields."""

from __future__ import annotations

from collections.abc import Mapping

from cli.lint.asked import Asked
from queries.known import Known
from queries.unit import BOOL, BYTES, CELSIUS, JOULES, PERCENT, RATIO, SCORE, SECONDS, TIMESTAMP, USD, WATTS, Unit

#: Ids that say nothing of what is measured.
NEUTRAL = frozenset({"", "none", "short", "locale", "string", "sishort", "si:", "hex", "sci", "bool"})
#: How often something happens, whatever it is.
PER_SECOND = frozenset({"reqps", "ops", "cps", "eps", "rps", "wps", "iops", "mps", "pps", "rowsps"})
PER_MINUTE = frozenset({"opm", "cpm", "rpm", "wpm", "reqpm", "mpm"})


def _scaled(unit: Unit, *ids: str, by: float = 1.0) -> dict[str, Unit]:
    return dict.fromkeys(ids, Unit(unit.name, unit.dimension, unit.scale * by))


_PER_SECOND = BYTES / SECONDS
SAYS: Mapping[str, Unit] = {
    **_scaled(RATIO, "percentunit"),
    **_scaled(PERCENT, "percent"),
    **_scaled(SECONDS, "s", "dtdurations", "dthms", "clocks"),
    **_scaled(SECONDS, "ms", "dtdurationms", "clockms", by=1e-3),
    **_scaled(SECONDS, "µs", by=1e-6),
    **_scaled(SECONDS, "ns", by=1e-9),
    **_scaled(SECONDS, "m", by=60),
    **_scaled(SECONDS, "h", by=3600),
    **_scaled(SECONDS, "d", by=86400),
    **_scaled(BYTES, "bytes", "decbytes"),
    **_scaled(BYTES, "bits", "decbits", by=1 / 8),
    **_scaled(BYTES, "kbytes", by=2**10),
    **_scaled(BYTES, "mbytes", by=2**20),
    **_scaled(BYTES, "gbytes", by=2**30),
    **_scaled(BYTES, "deckbytes", by=1e3),
    **_scaled(BYTES, "decmbytes", by=1e6),
    **_scaled(BYTES, "decgbytes", by=1e9),
    **_scaled(_PER_SECOND, "Bps", "binBps"),
    **_scaled(_PER_SECOND, "bps", "binbps", by=1 / 8),
    **_scaled(USD, "currencyUSD"),
    **_scaled(CELSIUS, "celsius"),
    **_scaled(WATTS, "watt"),
    **_scaled(JOULES, "joule"),
    # Grafana counts milliseconds since 1970, Prometheus seconds
    **_scaled(TIMESTAMP, "dateTimeAsIso", "dateTimeAsUS", "dateTimeAsLocal", "dateTimeFromNow", by=1e-3),
}
#: Values from 0 to 1 that people like to read as a percentage.
SHARES = (BOOL, SCORE)
#: Panels that show buckets along an axis.
OF_BUCKETS = frozenset({"heatmap", "histogram"})


def read_unit(asked: Asked) -> str | None:
    """The id that Grafana shows the expression's values with; None where an override or a mapping may say another."""
    panel = asked.panel
    if panel is None or panel.overridden or panel.transformed or panel.mapped:
        return None
    if panel.kind in OF_BUCKETS and asked.known is not None and asked.known.can_have("le"):
        return None  # the unit is that of the buckets' bounds
    return panel.unit


def contradicts(shown: str, known: Known) -> bool:
    """Whether the id says something else than what the expression surely yields."""
    unit = known.unit
    if unit is None or not unit.has_a_name or shown in NEUTRAL or shown == unit.grafana:
        return False
    if shown in PER_SECOND or shown in PER_MINUTE:
        return not _per_time(unit) and unit not in (RATIO, PERCENT)
    said = SAYS.get(shown)
    if said is None or (said == RATIO and unit in SHARES):
        return False
    return said.dimension != unit.dimension or abs(said.scale / unit.scale - 1) > 0.05  # noqa: PLR2004 - 1000 for 1024


def _per_time(unit: Unit) -> bool:
    return ("seconds", -1) in unit.dimension
