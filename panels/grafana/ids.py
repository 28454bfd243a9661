"""Panel ids that survive whatever is put before a panel, and references to data sources."""

from hashlib import blake2b

from queries import Mistake
from queries.source import Source


def panel_id(uid: str, key: str) -> int:
    """31 bits of a hash of the page and the panel: neither row nor place counts, and nothing is kept between builds."""
    number = int.from_bytes(blake2b(f"{uid}\0{key}".encode()).digest()[:4], "big") & 0x7FFFFFFF
    # 0 is what Grafana takes for "no id yet"
    return number or 1


class Ids:
    """The ids of one page, each given once."""

    def __init__(self, uid: str) -> None:
        self._uid = uid
        self._taken: dict[int, str] = {}

    def take(self, key: str, where: Source) -> int:
        """The id of a panel; Mistake where another one of the page has it already."""
        number = panel_id(self._uid, key)
        other = self._taken.setdefault(number, key)
        if other != key:
            what = f"panels {other!r} and {key!r} of page {self._uid!r} get one id, {number}"
            raise Mistake(what, fix="key=... gives one of them another", where=where)
        return number
