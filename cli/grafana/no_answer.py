"""Why nothing came that can be read: one word, whoever was asked."""

from typing import Literal, TypeAlias

#: nobody is there; nobody lets us in, in time; it took too long; it broke off, or is no HTTP; it is too much; TLS;
#: their certificate; ours, which they want or do not take; the proxy on the way.
Word: TypeAlias = Literal["nobody", "late", "slow", "cut", "large", "tls", "untrusted", "certificate", "proxy"]


class NoAnswer(Exception):
    """Nothing came that can be read."""

    def __init__(self, word: Word) -> None:
        super().__init__(word)
        self.word = word
