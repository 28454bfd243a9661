"""What is inferred of a text, with the catalogs of the small world or without any."""

from queries.catalog import NOTHING
from queries.infer import infer
from queries.known import Known
from queries.parse import parse
from tests.prometheus.inference.world import CATALOGS

KNOWN = CATALOGS["two catalogs"]


def of(text: str) -> Known:
    """With the catalogs."""
    return infer(parse(text), KNOWN)


def alone(text: str) -> Known:
    """Without."""
    return infer(parse(text), NOTHING)


def labels(known: Known) -> str:
    """The labels on every series, then `?` and those that some lack, then `...` where there may be others."""
    said = " ".join(sorted(known.always))
    said += " ? " + " ".join(sorted(known.maybe)) if known.maybe else ""
    return (said + " ..." if known.open else said).strip()
