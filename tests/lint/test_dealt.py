"""Work on many things by copies of a process: who takes what, what comes back, and what where a copy fails."""

import subprocess
import sys
from pathlib import Path

import pytest

#: Each case runs by itself, for a process that runs tests has threads and cannot be copied.
BEGIN = """
import os, signal, threading, time
from cli.lint.dealt import cores, dealt

HERE = os.getpid()
SHARED = [object(), object()]

def here():
    return os.getpid() == HERE

BEFORE = len(os.listdir('/proc/self/fd'))

def left():
    files = len(os.listdir('/proc/self/fd')) - BEFORE
    try:
        os.wait()
    except ChildProcessError:
        return f'{files} files, no process'
    return 'a process'

def slowly(things):
    return [(one, here()) for one in things if not time.sleep(0.01)]
"""
pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="only Linux says how many threads run")


def _said(script: str) -> str:
    run = subprocess.run([sys.executable, "-c", BEGIN + script], capture_output=True, text=True, check=True, timeout=60)
    assert run.stderr == ""
    return run.stdout.strip()


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_each_thing_is_taken_once_by_one_of_the_processes(processes: int) -> None:
    script = f"""
parts = dealt(range(50), slowly, {processes})
done = [one for part in parts for one in part]
print(len(parts), sorted(one for one, _ in done) == [*range(50)], len({{is_here for _, is_here in done}}))
"""
    assert _said(script) == f"{processes} True {min(processes, 2)}"


def test_who_is_free_takes_the_next() -> None:
    script = """
def work(things):
    return [one for one in things if not time.sleep(0.5 if here() else 0.01)]
mine, others = dealt(range(20), work, 2)
print(len(mine) < len(others))
"""
    assert _said(script) == "True"


def test_nothing_to_do_is_done_by_all() -> None:
    assert _said("print(dealt([], list, 3))") == "[[], [], []]"


def test_much_comes_back() -> None:
    script = "print([len(part) for part, _ in dealt(range(9), lambda those: ('x' * 1_000_000, [*those]), 3)])"

    assert _said(script) == "[1000000, 1000000, 1000000]"


def test_of_very_many_each_is_taken_once_too() -> None:
    script = """
parts = dealt(range(123_456), lambda those: [(one, here()) for one in those], 3)
done = [one for part in parts for one in part]
print(sorted(one for one, _ in done) == [*range(123_456)], len(parts))
"""
    assert _said(script) == "True 3"


def test_what_all_have_is_not_sent() -> None:
    script = """
made = dealt(range(20), lambda things: [SHARED[one % 2] for one in things if not time.sleep(0.01)], 2, SHARED)
print(len(made), {id(one) for one in made[1]} <= {id(one) for one in SHARED})
"""
    assert _said(script) == "2 True"


@pytest.mark.parametrize(
    "failing",
    [
        "raise ValueError('the copy')",
        "os.kill(os.getpid(), signal.SIGKILL)",
        "raise SystemExit",
        "return lambda: 'cannot be pickled'",
    ],
)
def test_what_a_copy_took_that_fails_is_done_here_and_nothing_is_said(failing: str) -> None:
    script = f"""
def work(things):
    done = []
    for one in things:
        if not here() and one > 5:
            {failing}
        time.sleep(0.01)
        done.append(one)
    return done
first, again = dealt(range(60), work, 2)
print(sorted(first + again) == [*range(60)], len(again) > 1)
"""
    assert _said(script) == "True True"


def test_an_error_of_the_work_is_raised_here() -> None:
    script = """
def work(things):
    for one in things:
        if not here():
            raise ValueError(f'of {one}')
        time.sleep(0.01)
    if again:
        raise ValueError('again')
    again.append(1)
again = []
try:
    dealt(range(60), work, 2)
except ValueError as error:
    print(error)
"""
    assert _said(script) == "again"


@pytest.mark.parametrize(("what", "works"), [("fork", 1), ("pipe", 1), ("pipe", 2)])
def test_where_no_copy_can_be_made_all_is_done_here(what: str, works: int) -> None:
    script = f"""
import errno
calls = []
def none():
    calls.append(1)
    if len(calls) >= {works}:
        raise OSError(errno.EAGAIN, 'no more of them')
    return real()
real, os.{what} = os.{what}, none
print(sorted(one for part in dealt(range(3), list, 2) for one in part), left())
"""
    assert _said(script) == "[0, 1, 2] 0 files, no process"


def test_copies_leave_nothing_behind() -> None:
    assert _said("print(len(dealt(range(3), list, 4)), left())") == "4 0 files, no process"


def test_a_copy_whose_process_is_gone_ends_too() -> None:
    script = """
def work(things):
    if not here():
        print(os.getpid(), flush=True)
        os.kill(HERE, signal.SIGKILL)
    # longer than anybody waits, and more than a pipe holds
    return [one for one in things if not time.sleep(0.05)], "x" * 200_000
dealt(range(9000), work, 3)
"""
    run = subprocess.run(
        [sys.executable, "-c", BEGIN + script], capture_output=True, text=True, check=False, timeout=60
    )

    assert (run.returncode, run.stderr) == (-9, "")  # what it said is whole when both have ended, long before its work


def test_where_the_work_here_fails_no_copy_is_left() -> None:
    script = """
def work(things):
    if here():
        raise ValueError('here')
    return [one for one in things if not time.sleep(0.05)]
try:
    dealt(range(9000), work, 3)
except ValueError as error:
    print(error, left())
"""
    assert _said(script) == "here 0 files, no process"


def test_ctrl_c_is_for_the_first_process() -> None:
    script = """
def work(things):
    if not here():
        os.kill(HERE, signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
    return slowly(things)
try:
    dealt(range(2000), work, 2)
except KeyboardInterrupt:
    print('told once')
"""
    assert _said(script) == "told once"


def test_ctrl_c_while_a_copy_is_made_does_not_run_the_program_twice() -> None:
    script = """
os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGINT))
print(sorted(one for part in dealt(range(50), slowly, 3) for one, _ in part) == [*range(50)])
"""
    assert _said(script) == "True"


def test_where_nobody_wants_to_know_how_processes_end() -> None:
    script = """
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print(sorted(one for part in dealt(range(50), slowly, 3) for one, _ in part) == [*range(50)])
"""
    assert _said(script) == "True"


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
