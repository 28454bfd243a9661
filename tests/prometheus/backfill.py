"""From a world to the blocks of a Prometheus: OpenMetrics text, and promtool."""

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.prometheus.lifelike import Series, World

#: The largest block that promtool makes of 15 days is 486 h; each further block is another pass over the text.
LARGEST_BLOCK = "500h"
#: promtool works on one core; while it reads the first part, the next is written.
PARTS = 2


def backfill(world: World, data: Path, largest_block: str = LARGEST_BLOCK) -> None:
    """Write everything that happened in a world into a fresh data folder of a Prometheus."""
    promtool = shutil.which("promtool")
    if promtool is None:
        raise FileNotFoundError("promtool")
    names = sorted(world.series)
    with ExitStack() as stack:
        running = []
        for part in range(PARTS):
            text = data.with_name(f"{data.name}-{part}.openmetrics")
            with text.open("w", encoding="utf-8") as file:
                file.writelines(openmetrics(world, names[part::PARTS]))
            stack.callback(text.unlink)
            running.append(stack.enter_context(_reading(promtool, text, data, largest_block)))
        for process in running:
            said = process.communicate()[0]
            if process.returncode:
                raise RuntimeError(said)


def _reading(promtool: str, text: Path, data: Path, largest_block: str) -> subprocess.Popen[str]:
    command = [promtool, "tsdb", "create-blocks-from", f"--max-block-duration={largest_block}", "-q", "openmetrics"]
    return subprocess.Popen(
        [*command, str(text), str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def openmetrics(world: World, names: Iterable[str]) -> Iterator[str]:
    """The samples of these names as text, a series at a time."""
    times: dict[int, list[str]] = {}
    for series in (one for name in names for one in world.series[name]):
        stamps = times.setdefault(id(series.times), [f" {one / 1000:.3f}\n" for one in series.times])
        yield _samples(series, stamps)
    yield "# EOF\n"


def _samples(series: Series, stamps: list[str]) -> str:
    labels = ",".join(f'{name}="{value}"' for name, value in sorted(series.labels.items()))
    head = f"{series.name}{{{labels}}} "
    return "".join([f"{head}{value!r}{stamp}" for value, stamp in zip(series.values, stamps, strict=True)])
