"""Logs: one line an event, JSON in production and readable in development; how long texts are, never the texts."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from traceback import extract_tb
from typing import Any, TextIO, TypeAlias

import structlog
from opentelemetry import trace
from structlog.contextvars import merge_contextvars
from structlog.types import EventDict, Processor

from .settings import PREFIX, Settings

#: Of what failed, so many frames are said: the last ones.
FRAMES = 12
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
            last,
        ],
    ).bind(service=service)


def failure(problem: BaseException) -> dict[str, Any]:
    """What a line says of an exception: its kind and where it was; not its words, which may be a user's."""
    frames = extract_tb(problem.__traceback__)[-FRAMES:]
    return {
        "why": type(problem).__name__,
        "at": [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames],
    }


class Told(logging.Handler):
    """What libraries log, uvicorn's servers for one, as lines of a log of ours.

    Args:
        log: it.
    """

    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """One line: the first of what is said, for asyncio repeats the exception in those that follow."""
        problem = record.exc_info[1] if record.exc_info else None
        level = min(max(record.levelno // 10 * 10, logging.DEBUG), logging.CRITICAL)
        said = failure(problem) if problem else {}
        self._log.log(level, record.getMessage().partition("\n")[0], logger=record.name, **said)


def take_over(settings: Settings, to: TextIO | None = None) -> None:
    """From now on everything that this process logs, or warns of, or dies of, is a line of ours."""
    log = logger("ai_service", settings, to)
    logging.basicConfig(handlers=[Told(log)], level=logging.WARNING, force=True)
    logging.captureWarnings(capture=True)
    sys.excepthook = lambda _, problem, __: log.critical("ended", **failure(problem))
    sys.unraisablehook = lambda seen: log.error("unraisable", why=seen.exc_type.__name__)


def complain(said: str, environ: Mapping[str, str]) -> None:
    """What a command says before it ends, in the shape that its environment asks for."""
    line = {"service": "ai_service", "level": "error", "event": said}
    production = environ.get(f"{PREFIX}ENVIRONMENT") == "production"
    print(json.dumps(line) if production else f"ai_service: {said}", file=sys.stderr)  # noqa: T201 - a command's talk


def _trace(_: Any, __: str, event: EventDict) -> EventDict:
    """The trace that the event belongs to, as its page in Jaeger is called."""
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = trace.format_trace_id(context.trace_id)
    return event
