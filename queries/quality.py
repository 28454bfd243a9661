"""How good an answer is, judged by what can be seen of it: its length, its speed, its form, its words.

The judge and its limits are those of document 003 (QualityScorer). It costs no model call, so it can judge every
answer; it cannot know whether an answer is true.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import fsum
from types import MappingProxyType

#: What a reader sees as structure: a list, a heading, a table, code, a paragraph break.
STRUCTURE = re.compile(r"^\s*(?:[-*+•]\s|\d+[.)]\s|#{1,6}\s|\||```)|\n\s*\n|`[^`\n]+`|\*\*[^*\n]+\*\*", re.MULTILINE)
#: The share of different words in plain prose is some two thirds: times this, prose is coherent.
PROSE = 1.5
#: Fewer words say nothing about repetition.
FEWEST_WORDS = 6
WORD = re.compile(r"\w+")
DIMENSIONS = ("length", "latency", "format", "coherence")


@dataclass(frozen=True, slots=True)
class Quality:
    """One answer's scores, each from 0 to 1."""

    length: float
    latency: float
    format: float
    coherence: float
    overall: float

    @property
    def by_dimension(self) -> dict[str, float]:
        """As the gauge `taskmaster_quality_score{dimension}` bears them."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class QualityScorer:
    """Judges answers.

    Attributes:
        weights: how much each dimension counts in the overall score, where it is not as much as the others: 1.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        for name, weight in self.weights.items():
            if name not in DIMENSIONS:
                raise ValueError(f"no dimension is called {name!r}: {', '.join(DIMENSIONS)}")
            if not 0 <= weight < float("inf"):
                raise ValueError(f"the weight of {name} is {weight!r}: a number from 0 on")
        if not any(self.weights.get(name, 1) for name in DIMENSIONS):
            raise ValueError("every weight is 0: nothing would count")

    def score(self, answer: str, latency: float) -> Quality:
        """The scores of an answer that took `latency` seconds."""
        scores = {
            "length": of_length(len(answer)),
            "latency": of_latency(latency),
            "format": 1.0 if STRUCTURE.search(answer) else 0.5,
            "coherence": of_words(WORD.findall(answer.casefold())),
        }
        weights = {name: self.weights.get(name, 1.0) for name in DIMENSIONS}
        overall = fsum(scores[name] * weights[name] for name in DIMENSIONS) / fsum(weights.values())
        return Quality(**scores, overall=overall)


def of_length(characters: int) -> float:
    """A few sentences are best; a word, or a page, is not what was asked for."""
    if 50 <= characters <= 500:  # noqa: PLR2004 - these numbers are the definition
        return 1.0
    return 0.7 if 20 <= characters <= 1000 else 0.3  # noqa: PLR2004 - likewise


def of_latency(seconds: float) -> float:
    """Quick, bearable, slow; what is no time at all (NaN, less than 0) is worst."""
    for below, score in ((0.5, 1.0), (1.0, 0.8), (2.0, 0.6)):
        if 0 <= seconds < below:
            return score
    return 0.3


def of_words(words: list[str]) -> float:
    """The share of different words: an answer that goes round in circles has few."""
    return min(1.0, PROSE * len(set(words)) / len(words)) if len(words) >= FEWEST_WORDS else 1.0
