"""A few words for a value, and apart from them what qualifies it, so that two values can be told together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

#: Beyond so many characters nobody reads on.
LONGEST = 400
#: What holds less tightly than a product.
LOOSE = (" plus ", " minus ")


class Notes(NamedTuple):
    """What is said once of values that agree in it.

    Attributes:
        span: "over the last 5 minutes".
        ago: "a week earlier".
        how: "on average".
        out: what is left out: "handler /metrics".
        chosen: whether somebody picks some of it on the page.
        gaps: what stands there while there is nothing: "0".
    """

    span: str = ""
    ago: str = ""
    how: str = ""
    out: tuple[str, ...] = ()
    chosen: bool = False
    gaps: str = ""

    def __str__(self) -> str:
        asides = [
            self.how,
            f"{listed(self.out)} left out" if self.out else "",
            "as chosen on the page" if self.chosen else "",
            f"{self.gaps} while there is none" if self.gaps else "",
        ]
        return self._when + "".join(f", {one}" for one in asides if one)

    @property
    def inline(self) -> str:
        """The same in the middle of a sentence."""
        asides = [
            self.how,
            f"without {listed(self.out)}" if self.out else "",
            f"{self.gaps} while there is none" if self.gaps else "",
        ]
        told = ", ".join(one for one in asides if one)
        return self._when + (f" ({told})" if told else "")

    @property
    def _when(self) -> str:
        return f" {self.span}, {self.ago}" if self.span and self.ago else _spaced(self.span, self.ago)


NO_NOTES = Notes()


class Take(NamedTuple):
    """A duration told by who takes so long: "95 % of HTTP requests".

    Attributes:
        who: "HTTP requests with status 5xx".
        share: which share of them takes at most so long; None for a mean.
    """

    who: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a value is.

    Attributes:
        noun: "HTTP requests".
        many: whether it takes "are".
        the: whether it takes an article.
        per: "per second".
        which: what picks some of it: "with status 5xx".
        notes: the rest.
        yes: the same as something that is true or not: "the last scrape worked"; `no` when it is not.
        take: for durations of something.
        event: of a moment: what happened then.
        each: the labels that an aggregation kept.
        one: what one of its series is, where it has a name: "target".
        total: "total " for a sum of what is measured.
        ratio: for a quotient of two quantities both of them, and whether the first takes "are".
        others: of a share: the share of the rest.
        value: of a number.
        things: what was counted, so that it can be counted once more.
        scaled: how many times it is meant.
    """

    noun: str
    many: bool = False
    the: bool = False
    per: str = ""
    which: tuple[str, ...] = ()
    notes: Notes = NO_NOTES
    yes: str = ""
    no: str = ""
    take: Take | None = None
    event: str = ""
    each: tuple[str, ...] = ()
    one: str = "series"
    total: str = ""
    ratio: tuple[str, str, bool] | None = None
    others: str = ""
    value: float | None = None
    things: str = ""
    scaled: float = 1.0

    def __str__(self) -> str:
        comma = "," if self.take is not None and (self.notes.span or self.notes.ago) else ""
        return shortened(self.core) + comma + str(self.notes)

    @property
    def core(self) -> str:
        """Without what is said once."""
        said = ("the " if self.the else "") + self.bare
        if self.scaled == 1:
            return said
        below = 1 / self.scaled if self.scaled else 0.0
        if below > 1 and below.is_integer():
            return f"{held(said)} divided by {number(below)}"
        return f"{number(self.scaled)} times {held(said)}"

    @property
    def whole(self) -> Phrase:
        """With the factor in the noun, for whoever makes another noun of it."""
        return self if self.scaled == 1 else self.renamed(self.core, many=self.many)

    @property
    def bare(self) -> str:
        """Without an article."""
        return f"{self.total}{self.noun}{_spaced(self.per, picking(self.which))}"

    @property
    def inline(self) -> str:
        """In the middle of a sentence, with all that it does not share."""
        return self.core + self.notes.inline

    @property
    def whether(self) -> str:
        """What is true or not, without what is said once."""
        return self.yes or f"there is any {self.bare}"

    @property
    def whether_inline(self) -> str:
        """The same in the middle of a sentence."""
        return self.whether + self.notes.inline

    def noted(self, **notes: object) -> Phrase:
        """With other notes."""
        return replace(self, notes=self.notes._replace(**notes))  # type: ignore[arg-type]

    def renamed(self, noun: str, *, many: bool = False, the: bool = False, **rest: object) -> Phrase:
        """Another noun that has taken in all but the notes."""
        plain = Phrase(noun, many, the, notes=self.notes, each=self.each, one=self.one)
        return replace(plain, **rest) if rest else plain  # type: ignore[arg-type]


def together(left: Phrase, right: Phrase) -> tuple[Phrase, Phrase, Notes]:
    """Both without what they agree in, and that; a number agrees with everything."""
    if left.value is not None:
        return left, replace(right, notes=NO_NOTES), right.notes
    if right.value is not None:
        return replace(left, notes=NO_NOTES), right, left.notes
    same = {key: mine for key, mine in left.notes._asdict().items() if mine and mine == getattr(right.notes, key)}
    said = Notes(**same)._replace(chosen=left.notes.chosen or right.notes.chosen)
    gone = {key: Notes._field_defaults[key] for key in (*same, "chosen")}
    return left.noted(**gone), right.noted(**gone), said


def number(value: float) -> str:
    """A number with its thousands parted."""
    return f"{value:,.10g}" if 1e-4 <= abs(value) < 1e12 or not value else f"{value:g}"  # noqa: PLR2004 - readable


def listed(words: Iterable[str], last: str = "and") -> str:
    """A list as a sentence has it: "a, b and c"."""
    *first, end = words
    return f"{', '.join(first)} {last} {end}" if first else end


def picking(which: Iterable[str]) -> str:
    """All that picks: "with status 5xx and method GET that take at most 1 s"."""
    labels = [one.removeprefix("with ") for one in which if one.startswith("with ")]
    others = [one for one in which if not one.startswith("with ")]
    return " ".join(([f"with {listed(labels)}"] if labels else []) + others)


def label(name: str) -> str:
    """A label in a sentence."""
    return name.replace("_", " ").strip() or name or '""'


def plural(word: str) -> str:
    """Several of it."""
    if word.endswith("s"):
        return word if word == "series" else f"{word}es"
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else f"{word}s"


def held(text: str, signs: tuple[str, ...] = LOOSE) -> str:
    """In parentheses where it would fall apart beside another operator."""
    return f"({text})" if any(sign in text for sign in signs) else text


def singular(words: str) -> str:
    """One of them."""
    if words.endswith("ies") and words != "series":
        return f"{words[:-3]}y"
    return words if words.endswith("ss") else words.removesuffix("s")


def shortened(text: str) -> str:
    """What is too long to be read ends where people stop."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def _spaced(*parts: str) -> str:
    return "".join(f" {part}" for part in parts if part)
