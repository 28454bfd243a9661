"""`[compose]` and `[kubernetes]` of `dash.toml`: which images run, and where the objects go."""

import re

from cli.stack.naming import DNS_NAME, LABEL_VALUE, LONGEST
from cli.stack.settings import Compose, Kubernetes
from cli.stack.table import Table
from queries.source import did_you_mean

SERVICES = ("prometheus", "alertmanager", "grafana")
IMAGES = 'images = {grafana = "registry.example.com/grafana/grafana:13.2.0"}'
LABELS = 'labels = {release = "kube-prometheus-stack"}'
WATCHED = 'watched = ["shop"]'
#: A reference that stays the same: a tag that is a version, or a digest (distribution's reference grammar, narrowed).
PINNED = re.compile(
    r"[\w.:/-]+?(?::(?!latest\b)[\w][\w.-]{0,127}(?:@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})", re.ASCII
)
#: A label's name: an optional DNS name and a slash, then 63 characters.
LABEL_KEY = re.compile(r"(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?/)?[a-zA-Z0-9](?:[a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?")
OURS = re.compile(r"app\.kubernetes\.io/(?:managed-by|part-of)|grafana_dashboard")


def compose(everything: Table) -> Compose:
    """The settings; UsageError at the line of an image that is none of ours, or may be another one tomorrow."""
    table = everything.table("compose", IMAGES)
    table.knows("images")
    images = table.table("images", IMAGES)
    for name, image in images.said.items():
        if name not in SERVICES:
            raise images.wrong(name, f"no service is called {name!r}", did_you_mean(name, SERVICES, of="there are"))
        if not isinstance(image, str) or not PINNED.fullmatch(image):
            raise images.wrong(name, f"{images.name(name)} must be an image with its version", IMAGES)
    return Compose(images=dict(images.said))


def kubernetes(everything: Table) -> Kubernetes:
    """The settings; UsageError at the line of what no API server would take."""
    table = everything.table("kubernetes", LABELS)
    table.knows("namespace", "labels", "watched")
    namespace = table.text("namespace", 'namespace = "monitoring"')
    if namespace and not _is_name(namespace):
        raise table.wrong("namespace", f"{namespace!r} is no namespace", 'namespace = "monitoring"')
    return Kubernetes(
        namespace=namespace,
        labels=_labels(table.table("labels", LABELS)),
        watched=table.texts("watched", WATCHED, fits=_is_name),
    )


def _labels(table: Table) -> dict[str, str]:
    for key, value in table.said.items():
        if OURS.fullmatch(key):
            raise table.wrong(key, f"the label {key} is ours", "leave it out")
        if not LABEL_KEY.fullmatch(key) or not isinstance(value, str) or not _is_value(value):
            raise table.wrong(key, f"{table.name(key)} is no label of Kubernetes", LABELS)
    return dict(sorted(table.said.items()))


def _is_name(text: str) -> bool:
    return len(text) <= LONGEST and bool(DNS_NAME.fullmatch(text))


def _is_value(text: str) -> bool:
    return not text or (len(text) <= LONGEST and bool(LABEL_VALUE.fullmatch(text)))
