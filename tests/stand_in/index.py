"""What a search finds: on newer servers the pages as they were a moment ago."""

from collections import deque
from dataclasses import dataclass, field

from tests.stand_in.rows import Page


@dataclass
class Index:
    """The search's own copy of the pages, which follows the table after `lag` seconds."""

    lag: float = 0.0  # math.inf: only when it is flushed
    _pages: dict[int, Page] = field(default_factory=dict)
    _late: deque[tuple[float, int, Page | None]] = field(default_factory=deque)

    def put(self, number: int, page: Page | None, moment: float) -> None:
        """Take note of a page that was written, or of one that is gone."""
        self._late.append((moment + self.lag, number, page))

    def pages(self, moment: float) -> list[Page]:
        """What a search knows at this moment, the oldest page first."""
        while self._late and self._late[0][0] <= moment:
            self._take()
        return [self._pages[number] for number in sorted(self._pages)]

    def flush(self) -> None:
        """Catch up."""
        while self._late:
            self._take()

    def _take(self) -> None:
        _, number, page = self._late.popleft()
        if page:
            self._pages[number] = page
        else:
            self._pages.pop(number, None)
