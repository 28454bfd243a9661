"""What the digital worker's users say, as its gauges and counters bear it."""

from __future__ import annotations

from queries.feedback import Feedback, FeedbackLog, agreement, satisfaction
from queries.instrument import Instruments
from queries.taskmaster import metrics


class Ratings:
    """The votes, counted."""

    def __init__(self, count: Instruments) -> None:
        self._count, self._log = count, FeedbackLog()

    def take(self, feedback: Feedback) -> bool:
        """Whether it is the first word on that answer; only that one is counted, for a counter takes nothing back."""
        first = self._log.take(feedback)
        if first:
            self._count[metrics.FEEDBACK].inc(verdict=feedback.verdict)
        votes = self._log.votes()
        if (share := satisfaction(votes)) is not None:
            for estimate, value in (("low", share.low), ("share", share.share), ("high", share.high)):
                self._count[metrics.SATISFACTION].set(value, estimate=estimate)
        if (agreed := agreement(votes)) is not None:
            self._count[metrics.AGREEMENT].set(agreed)
        return first
