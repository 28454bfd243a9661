"""Traffic for the service: `python -m examples.ai_service.load --scenario slow`."""

from .traffic import Load, traffic

__all__ = ["Load", "traffic"]
