"""Traces: OpenTelemetry for what FastAPI answers and HTTPX asks; sent by OTLP only where an endpoint is set."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Thread

import httpx
from fastapi import FastAPI
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.metrics import NoOpMeterProvider
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from .settings import Settings

#: Seconds that the last spans have to be taken.
PATIENCE = 1.0
#: Nobody asks for the traces of these.
UNTRACED = "metrics,healthz,readyz"


class Traces:
    """The traces of one service.

    Args:
        service: as Jaeger lists it.
        settings: where they are sent.
        processor: takes the spans instead, in a test.
    """

    def __init__(self, service: str, settings: Settings, processor: SpanProcessor | None = None) -> None:
        said = {"service.name": service, "deployment.environment.name": settings.environment}
        self._provider = TracerProvider(resource=Resource.create(said), shutdown_on_exit=False)
        if processor is None and settings.otlp_endpoint:
            endpoint = f"{settings.otlp_endpoint.rstrip('/')}/v1/traces"
            processor = BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint))
        if processor is not None:
            self._provider.add_span_processor(processor)
        self.tracer = self._provider.get_tracer("examples.ai_service")

    def of_app(self, app: FastAPI) -> None:
        """Each request is a span."""
        FastAPIInstrumentor.instrument_app(
            app,
            tracer_provider=self._provider,
            meter_provider=NoOpMeterProvider(),
            excluded_urls=UNTRACED,
            exclude_spans=["receive", "send"],
        )

    def of_client(self, client: httpx.AsyncClient) -> None:
        """Each request that it makes is a span, and the other side's is its child."""
        HTTPXClientInstrumentor.instrument_client(
            client, tracer_provider=self._provider, meter_provider=NoOpMeterProvider()
        )

    def close(self) -> None:
        """What was not sent yet is sent, if somebody takes it soon: the exporter itself tries for half a minute."""
        ending = Thread(target=self._provider.shutdown, daemon=True)
        ending.start()
        ending.join(PATIENCE)


def exemplar() -> Mapping[str, str] | None:
    """The trace of now, to stand beside a latency; None outside of any, or of one that is not kept."""
    context = trace.get_current_span().get_span_context()
    kept = context.is_valid and context.trace_flags.sampled
    return {"trace_id": trace.format_trace_id(context.trace_id)} if kept else None
