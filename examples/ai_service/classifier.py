"""A classifier of opinions by the words that it was trained on; of others it knows nothing, and is not sure."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .prose import BAD, GOOD, PLAIN

#: How sure it is without a word that says anything, and with ever more of them.
UNSURE, SURE = 0.5, (0.9, 0.95, 0.98)
KNOWN = frozenset((*GOOD, *BAD, *PLAIN))


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the classifier says.

    Attributes:
        label: positive or negative.
        confidence: 0.5 to 1.
        unknown: the share of the words that it was never trained on.
    """

    label: str
    confidence: float
    unknown: float


class Classifier:
    """Counts words; where they say nothing, it guesses."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def predict(self, text: str) -> Prediction:
        """What its writer thinks."""
        words = text.casefold().split()
        balance = sum(word in GOOD for word in words) - sum(word in BAD for word in words)
        unknown = sum(word not in KNOWN for word in words) / len(words) if words else 1.0
        if not balance:
            return Prediction(self._chance.choice(("positive", "negative")), UNSURE, unknown)
        confidence = SURE[min(abs(balance), len(SURE)) - 1]
        return Prediction("positive" if balance > 0 else "negative", confidence, unknown)
