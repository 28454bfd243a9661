"""Names that Kubernetes and Grafana take, made of names that people chose."""

import hashlib
import re

#: RFC 1123, as Kubernetes wants an object's name; a label's value may have capitals and underscores besides.
#: kubernetes.io/docs/concepts/overview/working-with-objects: names, labels.
DNS_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
LABEL_VALUE = re.compile(r"[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?")
LONGEST = 63
#: Grafana's uid of anything.
UID = re.compile(r"[a-zA-Z0-9_-]+")
LONGEST_UID = 40
DIGITS = 8


def dns_name(*parts: str) -> str:
    """An object's name of at most 63 characters: the parts, joined; where that is none, what is like it and a digest.

    The digest is of what was meant, so that `a_b` and `a-b` stay two, and one name does not depend on the others.
    """
    meant = "-".join(parts)
    return meant if _is(DNS_NAME, meant, LONGEST) else _like(re.sub("[^a-z0-9]+", "-", meant.lower()), meant, LONGEST)


def label_value(text: str) -> str:
    """A label's value, likewise; the empty text is one."""
    if not text or _is(LABEL_VALUE, text, LONGEST):
        return text
    return _like(re.sub("[^a-zA-Z0-9._-]+", "-", text), text, LONGEST)


def uid(*parts: str) -> str:
    """A uid for Grafana, likewise."""
    meant = "-".join(parts)
    return meant if _is(UID, meant, LONGEST_UID) else _like(re.sub("[^a-zA-Z0-9_-]+", "-", meant), meant, LONGEST_UID)


def _is(allowed: re.Pattern[str], meant: str, longest: int) -> bool:
    return len(meant) <= longest and bool(allowed.fullmatch(meant))


def _like(allowed: str, meant: str, longest: int) -> str:
    digest = hashlib.sha256(meant.encode()).hexdigest()[:DIGITS]
    return f"{allowed[: longest - DIGITS - 1].strip('-._') or 'x'}-{digest}"
