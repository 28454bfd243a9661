"""What users think of answers, and whether the scores that we compute agree with them."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite, sqrt
from statistics import StatisticsError, correlation
from threading import Lock
from typing import Literal

Thumb = Literal["up", "down"]
VERDICTS: tuple[Thumb, ...] = ("up", "down")
#: The votes that satisfaction and agreement are computed from.
KEPT = 1000
#: With fewer, a correlation is chance.
FEWEST = 10
#: The normal distribution's quantile of a 95 % interval.
Z = 1.959964


@dataclass(frozen=True, slots=True)
class Feedback:
    """One user's word on one answer.

    Attributes:
        request_id: which answer.
        verdict: thumb up or down.
        quality: the overall score that the answer was given, 0 to 1; None where nobody scored it.
        reason: the user's own words; never a label.
    """

    request_id: str
    verdict: Thumb
    quality: float | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"a verdict {self.verdict!r}: up or down")
        if self.quality is not None and not (isfinite(self.quality) and 0 <= self.quality <= 1):
            raise ValueError(f"a quality of {self.quality!r}: 0 to 1")


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The share of thumbs up, and between which shares it would lie if all users had voted.

    Wilson's score interval of 95 % (E. B. Wilson 1927, "Probable inference, the law of succession, and statistical
    inference"): right also for few votes, where the plain share is not.
    """

    votes: int
    share: float
    low: float
    high: float

    @property
    def estimates(self) -> dict[str, float]:
        """As the gauge `taskmaster_user_satisfaction_ratio{estimate}` bears them."""
        return {"low": self.low, "share": self.share, "high": self.high}


def satisfaction(feedback: Iterable[Feedback]) -> Satisfaction | None:
    """Of these votes; None where there is none."""
    thumbs = [one.verdict == "up" for one in feedback]
    if not (votes := len(thumbs)):
        return None
    share = sum(thumbs) / votes
    middle = (share + Z**2 / (2 * votes)) / (1 + Z**2 / votes)
    around = Z / (1 + Z**2 / votes) * sqrt(share * (1 - share) / votes + Z**2 / (4 * votes**2))
    # the last digit of a sum may lie beyond the share itself
    return Satisfaction(votes, share, max(0.0, min(share, middle - around)), min(1.0, max(share, middle + around)))


def agreement(feedback: Iterable[Feedback]) -> float | None:
    """How far votes and quality scores agree: -1 to 1; None where too few say both, or one of them never changes.

    The point-biserial correlation: Pearson's, of the vote as 0 or 1 with the score.
    """
    both = [(float(one.verdict == "up"), one.quality) for one in feedback if one.quality is not None]
    if len(both) < FEWEST:
        return None
    try:
        return correlation([vote for vote, _ in both], [score for _, score in both])
    except StatisticsError:
        return None


class FeedbackLog:
    """The last votes, one for each answer: who votes again has changed their mind. Any thread may take one."""

    def __init__(self, kept: int = KEPT) -> None:
        if kept < 1:
            raise ValueError(f"{kept} votes that are kept")
        self._votes: dict[str, Feedback] = {}
        self._order: deque[str] = deque()
        self._kept, self._lock = kept, Lock()

    def take(self, feedback: Feedback) -> bool:
        """Whether it is the first word on that answer."""
        with self._lock:
            first = feedback.request_id not in self._votes
            self._votes[feedback.request_id] = feedback
            if first:
                self._order.append(feedback.request_id)
                if len(self._order) > self._kept:
                    del self._votes[self._order.popleft()]
            return first

    def votes(self) -> tuple[Feedback, ...]:
        """Those that are kept, oldest first."""
        with self._lock:
            return tuple(self._votes[one] for one in self._order)
