"""Many runs, side by side, and their figures."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from cli.grafana import wire
from tests.faults.run import Ran, run

#: Seconds that a request may take here: a server that says nothing says so quickly.
READ = 0.5


def one(number: int, *, pages: int, kills: int) -> Ran:
    """A run by its number; the first ones are killed."""
    wire.READ = READ  # in a process of its own
    return run(number, pages, killed=number % kills == 0 if kills else False)


def many(runs: int, pages: int, *, killed: int, first: int = 1) -> list[Ran]:
    """So many runs, of which some are killed."""
    kills = runs // killed if killed else 0
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        numbers = range(first, first + runs)
        return list(pool.map(partial(one, pages=pages, kills=kills), numbers, chunksize=5))


def told(ran: Sequence[Ran]) -> str:
    """The figures, and each run that showed a fault."""
    bad = [one for one in ran if one.faults]
    words = [fault for one in bad for fault in one.faults]
    lost = sum(word.startswith("lost") for word in words)
    twice = sum(word.startswith(("twice", "nobody")) for word in words)
    foreign = sum(word.startswith("foreign") for word in words)
    rerun = sum("rerun" in word or "arrive" in word for word in words)
    back = sum("rollback" in word for word in words)
    lines = [f"seed {one.seed}: {one.what}: {'; '.join(one.faults)}" for one in bad]
    edits = sum(one.edits for one in ran)
    struck = sum(one.struck for one in ran)
    lines.append(
        f"{len(ran)} pushes, to {struck} of them something happened, {edits} edits by hand: {lost} lost, "
        f"{twice} duplicates, {foreign} foreign pages touched, {rerun} reruns that did not converge, "
        f"{back} faults of rollbacks"
    )
    return "".join(f"{line}\n" for line in lines)
