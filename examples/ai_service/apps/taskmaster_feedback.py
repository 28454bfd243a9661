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
        """Whether it is the first word on that answer.

        The counter takes nothing back: a changed mind is one verdict more, the same verdict again is none. The
        satisfaction, and how far it agrees with the quality, are of the last word on each answer.
        """
        before = next((one.verdict for one in self._log.votes() if one.request_id == feedback.request_id), None)
        first = self._log.take(feedback)
        if feedback.verdict != before:
            self._count[metrics.FEEDBACK].inc(verdict=feedback.verdict)
        votes = self._log.votes()
        if (share := satisfaction(votes)) is not None:
            for estimate, value in (("low", share.low), ("share", share.share), ("high", share.high)):
                self._count[metrics.SATISFACTION].set(value, estimate=estimate)
        if (agreed := agreement(votes)) is not None:
            self._count[metrics.AGREEMENT].set(agreed)
        return first
