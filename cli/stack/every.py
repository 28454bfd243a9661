"""Every maker of files around pages and rules, and the files of those that `dash.toml` asks for."""

from collections.abc import Mapping

from cli.stack import alertmanager, compose, kubernetes, prometheus, provisioning
from cli.stack.whole import Maker, Text, Whole

#: By the name that `[build] stack` has for it.
MAKERS: Mapping[str, Maker] = {
    "prometheus": prometheus.files,
    "alertmanager": alertmanager.files,
    "grafana": provisioning.files,
    "compose": compose.files,
    "kubernetes": kubernetes.files,
}


def files(whole: Whole) -> dict[str, Text]:
    """The files, by their path in the build folder."""
    found: dict[str, Text] = {}
    if not (whole.settings.asked or whole.groups or whole.jobs):
        return found  # pages alone: whoever only draws has a Prometheus already
    for name in whole.settings.makers:
        if name in MAKERS:
            found |= MAKERS[name](whole)
    return found
