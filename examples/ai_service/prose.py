"""What the simulated model writes, and the simulated users ask: of a few words, by chance."""

from random import Random

SUBJECTS = ("invoice", "contract", "delivery", "account", "order", "refund", "subscription", "report")
VERBS = ("arrives", "changes", "ends", "begins", "waits", "moves", "closes", "opens")
PLACES = ("in the archive", "at the office", "on the portal", "with the carrier", "in your inbox", "at the bank")
TIMES = ("today", "tomorrow", "next week", "within a month", "after approval", "before noon", "every quarter")
#: What a classifier was trained on: words that say nothing, and words that say what their writer thinks.
PLAIN = ("the", "was", "and", "my", "service", "answer", "support", "price", "team", "delivery", "it", "really")
GOOD = ("great", "fast", "helpful", "friendly", "excellent", "clear", "perfect", "lovely")
BAD = ("awful", "slow", "useless", "rude", "terrible", "confusing", "broken", "late")
#: What it never saw; some of them mean the contrary of what they say.
STRANGE = ("sick", "bussin", "mid", "cooked", "goated", "salty", "lowkey", "ratioed", "slaps", "yeet", "sus", "based")


def question(chance: Random) -> str:
    """What a user asks."""
    return f"What happens when the {chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(TIMES)}?"


def answer(chance: Random) -> str:
    """A few different sentences, mostly with some structure: some 200 characters."""
    said = [_sentence(chance) for _ in range(4)]
    return "\n".join(f"- {one}" for one in said) if chance.random() < 0.85 else " ".join(said)  # noqa: PLR2004


def rambling(chance: Random) -> str:
    """The same over and over, and no end: what the quality scorer likes least."""
    return " ".join([_sentence(chance).lower()] * 40)


def opinion(chance: Random, *, strange: float = 0.0) -> tuple[str, str]:
    """What somebody thinks of us, and which it is: positive or negative."""
    likes = chance.random() < 0.5  # noqa: PLR2004 - one half
    if chance.random() < strange:
        words = [chance.choice(STRANGE) for _ in range(6)]
    else:
        words = [*(chance.choice(PLAIN) for _ in range(4)), *(chance.choice(GOOD if likes else BAD) for _ in range(2))]
    chance.shuffle(words)
    return " ".join(words), "positive" if likes else "negative"


def _sentence(chance: Random) -> str:
    subject, verb = chance.choice(SUBJECTS), chance.choice(VERBS)
    return f"The {subject} {verb} {chance.choice(PLACES)} {chance.choice(TIMES)}."
