"""What one process sends another that is its copy: all but what both have."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import IO, Any


def send(made: object, to: IO[bytes], shared: Sequence[object]) -> None:
    """Writes a value; of what is shared only which it is."""
    _Sending(to, shared).dump(made)


def received(sent: bytes, shared: Sequence[object]) -> Iterator[Any]:
    """The value, with what is shared from here; nothing where it was not sent to its end."""
    try:
        yield _Receiving(BytesIO(sent), shared).load()
    except (EOFError, pickle.UnpicklingError):
        return


class _Sending(pickle.Pickler):
    def __init__(self, file: IO[bytes], shared: Sequence[object]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.numbers = {id(one): number for number, one in enumerate(shared)}

    def persistent_id(self, obj: object) -> int | None:
        """Which of the shared ones it is."""
        return self.numbers.get(id(obj))


class _Receiving(pickle.Unpickler):
    def __init__(self, file: IO[bytes], shared: Sequence[object]) -> None:
        super().__init__(file)
        self.shared = shared

    def persistent_load(self, number: int) -> object:
        """The shared one that was meant."""
        return self.shared[number]
