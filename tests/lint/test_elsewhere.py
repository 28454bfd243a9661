"""Work in a copy of a process: what comes back, what when the copy fails, and where none is made."""

import subprocess
import sys
from pathlib import Path

import pytest

#: What both processes have. Each case runs by itself, for a process that runs tests has threads and cannot be copied.
BEGIN = """
import os, signal, threading
from cli.lint.elsewhere import cores, elsewhere

HERE = os.getpid()
SHARED = [object(), object()]

def here():
    return os.getpid() == HERE
"""
pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="only Linux says how many threads run")


def _said(script: str) -> str:
    run = subprocess.run([sys.executable, "-c", BEGIN + script], capture_output=True, text=True, check=True, timeout=60)
    assert run.stderr == ""
    return run.stdout.strip()


def test_what_was_made_comes_back_from_another_process() -> None:
    assert (
        _said("made = elsewhere(lambda: (here(), 'x' * 1_000_000), []); print(made() == (False, 'x' * 1_000_000))")
        == "True"
    )


def test_what_both_have_is_not_sent() -> None:
    assert (
        _said("one, other = elsewhere(lambda: SHARED[::-1], SHARED)(); print(one is SHARED[1], other is SHARED[0])")
        == "True True"
    )


@pytest.mark.parametrize(
    "failing",
    [
        "raise ValueError('the copy')",
        "os.kill(os.getpid(), signal.SIGKILL)",
        "signal.raise_signal(signal.SIGINT)",
        "return lambda: 'cannot be pickled'",
        "raise SystemExit",
    ],
)
def test_where_the_copy_fails_the_work_is_done_here_and_nothing_is_said(failing: str) -> None:
    script = f"""
def work():
    if not here():
        {failing}
    return 'made here'
print(elsewhere(work, [])())
"""
    assert _said(script) == "made here"


def test_an_error_of_the_work_is_raised_here() -> None:
    script = """
def work():
    raise ValueError('of the work')
try:
    elsewhere(work, [])()
except ValueError as error:
    print(error)
"""
    assert _said(script) == "of the work"


def test_where_no_copy_can_be_made_the_work_is_done_here() -> None:
    script = """
def none():
    raise BlockingIOError(11, 'no more processes')
os.fork = none
before = len(os.listdir('/proc/self/fd'))
print(elsewhere(here, [])(), len(os.listdir('/proc/self/fd')) - before)
"""
    assert _said(script) == "True 0"


def test_copies_leave_nothing_behind() -> None:
    script = """
before = len(os.listdir('/proc/self/fd'))
print([one() for one in [elsewhere(here, []) for _ in range(3)]], len(os.listdir('/proc/self/fd')) - before)
try:
    os.wait()
except ChildProcessError:
    print('nobody is left')
"""
    assert _said(script) == "[False, False, False] 0\nnobody is left"


def test_as_many_as_there_are_cores_but_one_alone_where_threads_run() -> None:
    script = """
os.sched_getaffinity = lambda _: range(3)
few = cores()
os.sched_getaffinity = lambda _: range(100)
many = cores()
done = threading.Event()
threading.Thread(target=done.wait).start()
print(few, many, cores())
done.set()
"""
    assert _said(script) == "3 8 1"


def test_one_alone_where_nobody_says_how_many_threads_run() -> None:
    assert _said("os.listdir = lambda _: open('/nowhere'); print(cores())") == "1"
