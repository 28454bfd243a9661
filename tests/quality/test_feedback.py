"""Feedback: satisfaction with its interval, agreement with the scores, one vote an answer."""

from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.feedback import VERDICTS, Feedback, FeedbackLog, Thumb, agreement, satisfaction


def votes(up: int, down: int) -> list[Feedback]:
    thumbs: list[Thumb] = [VERDICTS[number >= up] for number in range(up + down)]
    return [Feedback(str(number), thumb) for number, thumb in enumerate(thumbs)]


def test_satisfaction_is_the_share_of_thumbs_up() -> None:
    found = satisfaction(votes(8, 2))

    assert found
    assert (found.votes, found.share) == (10, 0.8)
    # Wilson's interval of 8 of 10, as any table of it says
    assert (round(found.low, 3), round(found.high, 3)) == (0.490, 0.943)


def test_without_votes_nobody_is_satisfied_or_not() -> None:
    assert satisfaction([]) is None


def test_votes_that_follow_the_scores_agree_with_them() -> None:
    right = [Feedback(f"{n}", "up" if n % 2 else "down", quality=0.9 if n % 2 else 0.2) for n in range(20)]
    wrong = [Feedback(f"{n}", "down" if n % 2 else "up", quality=0.9 if n % 2 else 0.2) for n in range(20)]

    assert agreement(right) == pytest.approx(1)
    assert agreement(wrong) == pytest.approx(-1)


def test_of_too_few_or_of_what_never_changes_nothing_is_said() -> None:
    assert agreement([Feedback(str(n), "up" if n % 2 else "down", quality=n / 9) for n in range(9)]) is None
    assert agreement([Feedback(str(n), "up", quality=n / 20) for n in range(20)]) is None
    assert agreement(votes(10, 10)) is None


def test_who_votes_again_has_changed_their_mind() -> None:
    log = FeedbackLog()

    assert log.take(Feedback("a", "up"))
    assert not log.take(Feedback("a", "down"))
    assert [one.verdict for one in log.votes()] == ["down"]


def test_the_oldest_vote_goes_first() -> None:
    log = FeedbackLog(kept=2)
    for name in "abc":
        log.take(Feedback(name, "up"))

    assert [one.request_id for one in log.votes()] == ["b", "c"]


def test_votes_of_many_threads_are_all_taken() -> None:
    log = FeedbackLog(kept=10_000)

    def vote(who: int) -> None:
        for number in range(500):
            log.take(Feedback(f"{who}-{number}", "up"))

    threads = [Thread(target=vote, args=(who,)) for who in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(log.votes()) == 4000


@pytest.mark.parametrize("quality", [-0.1, 1.1, float("nan")])
def test_a_quality_that_is_none_is_refused(quality: float) -> None:
    with pytest.raises(ValueError, match="quality"):
        Feedback("a", "up", quality=quality)


def test_a_verdict_is_up_or_down() -> None:
    with pytest.raises(ValueError, match="sideways"):
        Feedback("a", "sideways")  # type: ignore[arg-type] # what a request's body may say


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_share_is_always_in_its_interval(up: int, down: int) -> None:
    found = satisfaction(votes(up, down))

    assert found is None or 0 <= found.low <= found.share <= found.high <= 1
