"""Names of files for what somebody else has named: they stay in their folder, on every system. Pure."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

#: A name that every system, shell and archive takes as it is, whatever it thinks of capitals.
PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,80}")
#: In bytes, for `~`, a hash, `.json` and what a system adds must fit into 255.
LONGEST = 80
#: Of the hash of what was said, in hexadecimal: for nobody to find two that are one.
DIGITS = 16
#: Between a name and its hash. No name has it by itself, so that a hash cannot be imitated.
MARK = "~"
#: Besides letters, digits and the marks on them. No dot: it would hide a file, end a name, or lead out of the folder.
ALLOWED = frozenset(" _-+&(),")
#: Letters and marks that nobody sees, and some systems do not compare.
INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
#: What Windows opens instead of a file; it counts superscripts as digits.
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def name_of(text: str) -> str:
    """A name for this text alone: the text itself when it is plain, else what is left of it with a hash."""
    if PLAIN.fullmatch(text) and text not in DEVICES:
        return text
    return _hashed(re.sub("[^a-z0-9_-]", "-", text.lower()), text, DIGITS)


def names(texts: Iterable[str], taken: Collection[str] = ()) -> Mapping[str, str]:
    """A name for each of these texts, no two of them one on any system.

    What people read stays as it is, where it can be a name. Of twins, which differ by capitals or by how they are
    encoded, each has a hash: so whoever comes first has no other name than if it had come last.

    Args:
        texts: of one folder, all of them: who else is there decides who is a twin.
        taken: names in that folder that none of them may have.
    """
    every = frozenset(texts)
    seen = Counter(map(_key, every)) + Counter(map(_key, taken))
    found = {text: text if seen[_key(text)] == 1 and _may_stay(text) else _hashed(text, text, DIGITS) for text in every}
    same = Counter(map(_key, found.values()))
    # Two of one hash: somebody looked for them.
    return {text: name if same[_key(name)] == 1 else _hashed(text, text, None) for text, name in found.items()}


def _may_stay(text: str) -> bool:
    return (
        0 < len(_bytes(text)) <= LONGEST
        and text == unicodedata.normalize("NFKC", text)
        and text[0].isalnum()
        and text[-1] != " "
        and all(map(_is_allowed, text))
        and _key(text) not in DEVICES
    )


def _is_allowed(sign: str) -> bool:
    return sign in ALLOWED or (unicodedata.category(sign)[0] in "LNM" and not INVISIBLE.match(sign))


def _hashed(words: str, text: str, digits: int | None) -> str:
    """What is left of the words, and the text's hash: a hash alone helps nobody who reads it."""
    composed = unicodedata.normalize("NFKC", words[:LONGEST])
    clean = re.sub("--+", "-", "".join(sign if _is_allowed(sign) else "-" for sign in composed))
    left = clean.encode()[:LONGEST].decode(errors="ignore").strip(" -")
    start = left if left[:1].isalnum() else f"x-{left}".rstrip("-")
    return f"{start}{MARK}{hashlib.sha256(_bytes(text)).hexdigest()[:digits]}"


def _key(name: str) -> str:
    """The same for two names that some system takes for one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).upper().casefold())


def _bytes(text: str) -> bytes:
    """A text may hold half a sign, which no encoding knows."""
    return text.encode("utf-8", "surrogatepass")
