"""Logs: one line an event, JSON in production and readable in development; how long texts are, never the texts."""

from __future__ import annotations

import logging
import sys
from typing import Any, TextIO, TypeAlias

import structlog
from opentelemetry import trace
from structlog.contextvars import merge_contextvars
from structlog.types import EventDict, Processor

from .settings import Settings

#: structlog's own type is what the caller says it is.
Log: TypeAlias = Any


def logger(service: str, settings: Settings, to: TextIO | None = None) -> Log:
    """The log of one service; by default to stderr, for stdout is the answer of the command."""
    production = settings.environment == "production"
    last: Processor = structlog.processors.JSONRenderer() if production else structlog.dev.ConsoleRenderer(colors=False)
    return structlog.wrap_logger(
        structlog.PrintLogger(to or sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(settings.log_level.upper())),
        processors=[
            merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _trace,
            *((structlog.processors.format_exc_info,) if production else ()),
            last,
        ],
    ).bind(service=service)


def _trace(_: Any, __: str, event: EventDict) -> EventDict:
    """The trace that the event belongs to, as its page in Jaeger is called."""
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = trace.format_trace_id(context.trace_id)
    return event
