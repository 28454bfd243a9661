"""The Prometheus operator's kinds as JSON Schemas, for what we say of them.

Written from the operator's API reference (prometheus-operator.dev/docs/api-reference/api: `PrometheusRuleSpec`,
`RuleGroup`, `Rule`; `ServiceMonitorSpec`, `Endpoint`, `RelabelConfig`, of version 0.84), narrowed: a field that is not
named here is a mistake, whether or not the operator knows it.
"""

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
WORDS: Schema = {"type": "string", "minLength": 1}
TEXTS: Schema = {"type": "object", "additionalProperties": TEXT}
#: `Duration`: units from years to milliseconds, each at most once, and in this order.
DURATION: Schema = {
    "type": "string",
    "pattern": r"^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$",
    "minLength": 1,
}
NAME: Schema = {"type": "string", "pattern": r"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$"}
LABEL_VALUE: Schema = {"type": "string", "pattern": r"^([a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?)?$"}


def _closed(needed: tuple[str, ...] = (), **fields: Schema) -> Schema:
    return {"type": "object", "properties": fields, "required": list(needed), "additionalProperties": False}


def _list(items: Schema, **more: int) -> Schema:
    return {"type": "array", "items": items, **more}


def _kind(name: str, spec: Schema) -> Schema:
    version = {"const": "monitoring.coreos.com/v1"}
    labels = {"type": "object", "additionalProperties": LABEL_VALUE}
    metadata = _closed(("name",), name=NAME, namespace=NAME, labels=labels, annotations=TEXTS)
    fields = {"apiVersion": version, "kind": {"const": name}, "metadata": metadata, "spec": spec}
    return _closed(tuple(fields), **fields)


RULE = _closed(
    ("expr",),
    record=WORDS,
    alert=WORDS,
    expr=WORDS,
    **{"for": DURATION},
    keep_firing_for=DURATION,
    labels=TEXTS,
    annotations=TEXTS,
) | {"oneOf": [{"required": ["record"]}, {"required": ["alert"]}]}
GROUP = _closed(
    ("name",),
    name=WORDS,
    interval=DURATION,
    query_offset=DURATION,
    limit={"type": "integer"},
    labels=TEXTS,
    rules=_list(RULE),
)
RELABELING = _closed(
    action={"enum": ["replace", "keep", "drop", "labelmap", "labeldrop", "labelkeep"]},
    sourceLabels=_list({"type": "string", "pattern": "^[a-zA-Z_][a-zA-Z0-9_]*$"}),
    targetLabel=WORDS,
    regex=TEXT,
    replacement=TEXT,
    separator=TEXT,
)
ENDPOINT = _closed(
    ("targetPort", "interval"),
    targetPort={"type": "integer", "minimum": 1, "maximum": 65535},
    path={"type": "string", "pattern": "^/"},
    scheme={"enum": ["http", "https"]},
    interval=DURATION,
    relabelings=_list(RELABELING),
)
PROMETHEUS_RULE = _kind("PrometheusRule", _closed(("groups",), groups=_list(GROUP)))
SERVICE_MONITOR = _kind(
    "ServiceMonitor",
    _closed(
        ("selector", "endpoints"),
        selector=_closed(("matchLabels",), matchLabels={"type": "object", "additionalProperties": LABEL_VALUE}),
        namespaceSelector=_closed(matchNames=_list(NAME, minItems=1)),
        endpoints=_list(ENDPOINT, minItems=1),
    ),
)
KINDS: dict[str, Schema] = {"PrometheusRule": PROMETHEUS_RULE, "ServiceMonitor": SERVICE_MONITOR}
