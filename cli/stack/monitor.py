"""A scrape job as the Prometheus operator's ServiceMonitor."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cli.stack.naming import label_value
from cli.stack.whole import Job

#: The label by which Kubernetes' own recommendation names an application; its Service is asked to bear it.
NAMED = "app.kubernetes.io/name"


def service_monitor(job: Job, metadata: Mapping[str, Any], watched: Sequence[str]) -> dict[str, Any]:
    """The object (operator's API reference, `ServiceMonitorSpec` and `Endpoint`).

    The Service is found by its label `app.kubernetes.io/name`, which is the job's name. The label `job` of its series
    is set by relabelling: `jobLabel` would follow whatever the Service is called, and the queries ask for this job.
    """
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "ServiceMonitor",
        "metadata": dict(metadata),
        "spec": {
            **({"namespaceSelector": {"matchNames": list(watched)}} if watched else {}),
            "selector": {"matchLabels": {NAMED: label_value(job.job)}},
            "endpoints": [_endpoint(job, port) for port in _ports(job)],
        },
    }


def _ports(job: Job) -> Iterator[int]:
    """The container's ports that the targets name, each once; what the scheme means where they name none."""
    named = (target.rpartition(":")[2] for target in job.targets)
    usual = 443 if job.scheme == "https" else 80
    yield from dict.fromkeys(int(port) if port.isdecimal() else usual for port in named)


def _endpoint(job: Job, port: int) -> dict[str, Any]:
    set_labels = {**job.labels, "job": job.job}
    relabelings = [_relabeling(name, value) for name, value in set_labels.items()]
    if job.strips_port:
        host = {"sourceLabels": ["__address__"], "regex": r"(.+):\d+", "targetLabel": "instance", "replacement": "$1"}
        relabelings.append({"action": "replace", **host})
    return {
        "targetPort": port,
        "path": job.path,
        "scheme": job.scheme,
        "interval": job.interval,
        "relabelings": relabelings,
    }


def _relabeling(name: str, value: str) -> dict[str, Any]:
    """Sets a label; a dollar in it is a dollar, not a part of a match."""
    return {"action": "replace", "targetLabel": name, "replacement": value.replace("$", "$$")}
