"""Retrieval over a few passages: the nearest by the rare words that they share with the question, as a cosine."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt

from .prose import PLACES, SUBJECTS, TIMES, VERBS

#: A passage says more than was asked: a cosine of so much is as good as it gets.
WHOLE = 0.55


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was found.

    Attributes:
        text: of it.
        score: its relevance, 0 to 1.
    """

    text: str
    score: float


class Index:
    """Passages, by their words."""

    def __init__(self, passages: Iterable[str]) -> None:
        bags = [(text, _bag(text)) for text in passages]
        found = Counter(word for _, bag in bags for word in bag)
        #: What every passage says tells none from another.
        self._weights = {word: log(len(bags) / many) for word, many in found.items()}
        self._passages = [(text, self._weighed(bag)) for text, bag in bags]

    def nearest(self, question: str, many: int = 3, relevance: float = 1.0) -> tuple[Passage, ...]:
        """The best passages, best first; `relevance` is the share that a stale index has left of theirs."""
        asked = self._weighed(_bag(question))
        best = sorted(((_cosine(asked, bag), text) for text, bag in self._passages), reverse=True)[:many]
        return tuple(Passage(text, min(1.0, cosine / WHOLE) * relevance) for cosine, text in best)

    def _weighed(self, bag: Counter[str]) -> dict[str, float]:
        return {word: count * self._weights[word] for word, count in bag.items() if self._weights.get(word)}


def manual() -> Index:
    """What the service knows of: each subject, and what may happen to it."""
    return Index(
        f"When the {subject} {verb} {time}, look {PLACES[(at + also) % len(PLACES)]}: what happens is said there."
        for at, subject in enumerate(SUBJECTS)
        for also, verb in enumerate(VERBS)
        for time in TIMES
    )


def _bag(text: str) -> Counter[str]:
    return Counter(word.strip(".,:?!") for word in text.casefold().split())


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    together = sum(weight * other.get(word, 0.0) for word, weight in one.items())
    lengths = sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return together / lengths if lengths else 0.0
