"""Contexts: every Grafana that `dash.toml` knows by a name, and where its secrets are to be had; never the secrets."""

from cli.contexts.context import Context, Contexts
from cli.contexts.reading import read

__all__ = ["Context", "Contexts", "read"]
