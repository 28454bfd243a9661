"""`[alertmanager.mute.NAME]` of `dash.toml`: when nobody is told."""

import re
from collections.abc import Callable

from cli.stack.settings import Mute
from cli.stack.table import Table

EXAMPLE = '[alertmanager.mute.nights] and below it times = ["22:00-24:00", "00:00-06:00"]'
#: What a receiver or such a time may be called.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")
TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)")
DAY = re.compile(r"-?(?:[1-9]|[12]\d|3[01])")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def mute(table: Table) -> Mute:
    """One such table; UsageError at the line of a setting that cannot be meant."""
    name = table.path[-1]
    table.knows("times", "weekdays", "days_of_month", "months", "years", "location")
    if not NAME.fullmatch(name) or not table.said.keys() - {"location"}:
        raise table.wrong("", f"{'.'.join(table.path)} is never", EXAMPLE)
    return Mute(
        name=name,
        times=table.texts("times", 'times = ["22:00-24:00", "00:00-06:00"]: midnight parts them', fits=_is_time),
        weekdays=table.texts("weekdays", 'weekdays = ["saturday:sunday"]', fits=_among(DAYS)),
        days_of_month=table.texts("days_of_month", 'days_of_month = ["1:7", "-3:-1"]', fits=_is_day),
        months=table.texts("months", 'months = ["december"]', fits=_among(MONTHS)),
        years=table.texts("years", 'years = ["2026:2027"]', fits=re.compile(r"\d{4}(?::\d{4})?").fullmatch),
        location=_location(table),
    )


def _location(table: Table) -> str:
    """A name of the time zone database, or Go's "Local": that of the machine on which Alertmanager runs."""
    name = table.text("location", 'location = "Europe/Berlin"')
    if not name or name in ("Local", "UTC"):
        return name
    from difflib import get_close_matches  # noqa: PLC0415 - only who names a place pays for it
    from zoneinfo import ZoneInfo, available_timezones  # noqa: PLC0415 - likewise

    try:
        ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        known = available_timezones()
        if known:  # a machine without the database knows none
            [close] = get_close_matches(name, known, n=1) or ["Europe/Berlin"]
            what = f"{table.name('location')}: no time zone is called {name!r}"
            raise table.wrong("location", what, f'location = "{close}"') from None
    return name


def _is_time(text: str) -> bool:
    begin, _, end = text.partition("-")
    return bool(TIME.fullmatch(text)) and begin < end


def _is_day(text: str) -> bool:
    """1 to 31, or from the end of the month, or a span."""
    first, _, last = text.partition(":")
    if not DAY.fullmatch(first) or (last and not DAY.fullmatch(last)):
        return False
    begin, end = int(first), int(last or first)
    return begin <= end or (begin < 0) != (end < 0)


def _among(names: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a text is one of the names, or a span of them in their order."""

    def fits(text: str) -> bool:
        first, _, last = text.partition(":")
        return {first, last or first} <= {*names} and names.index(first) <= names.index(last or first)

    return fits
