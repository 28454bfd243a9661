"""The server's clock, which a test may turn."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass
class Clock:
    """The real time, and what a test has turned it forward by."""

    ahead: float = 0.0

    def turn(self, seconds: float) -> None:
        """Let so much time pass at once."""
        self.ahead += seconds

    def seconds(self) -> float:
        """Since 1970."""
        return time.time() + self.ahead

    def milliseconds(self) -> int:
        """Since 1970."""
        return int(self.seconds() * 1000)

    def text(self) -> str:
        """The time in Grafana's spelling."""
        return datetime.fromtimestamp(self.seconds(), UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
