"""Which line of a TOML file says a setting."""

import re


class Lines:
    """The text of a file; `file` is what people call it."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        bare = (re.sub(r"[\s\"']", "", line) for line in text.splitlines())
        self.bare = [re.sub(r"^\[+", "[", line) for line in bare]

    def where(self, *path: str) -> str:
        """file:line of a setting; of the nearest table around it where it is written in a way of its own."""
        at, rest = self._header(path)
        for key in rest:
            says = re.compile(rf"(?:^|[{{,.]){re.escape(key)}[=.]")
            at = next((number for number in range(max(at, 0), len(self.bare)) if says.search(self.bare[number])), at)
        return f"{self.file}:{max(at, 0) + 1}"

    def _header(self, path: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        """The line of the deepest table that has a header, -1 for none, and the way that is left from there."""
        for depth in range(len(path), 0, -1):
            header = f"[{'.'.join(path[:depth])}]"
            for number, line in enumerate(self.bare):
                if line.startswith(header):
                    return number, path[depth:]
        return -1, path
