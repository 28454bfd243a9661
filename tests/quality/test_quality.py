"""The quality scorer: each limit of the document, on both sides of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.quality import DIMENSIONS, QualityScorer, of_latency, of_length, of_words
from queries.taskmaster.metrics import DIMENSIONS as EXPORTED

GOOD = "A short answer:\n\n- the first point that somebody can act on\n- and another one, with a reason\n"


@pytest.mark.parametrize(
    ("characters", "score"),
    [(0, 0.3), (19, 0.3), (20, 0.7), (49, 0.7), (50, 1), (500, 1), (501, 0.7), (1000, 0.7), (1001, 0.3)],
)
def test_a_few_sentences_are_best(characters: int, score: float) -> None:
    assert of_length(characters) == score


@pytest.mark.parametrize(
    ("seconds", "score"),
    [(0, 1), (0.499, 1), (0.5, 0.8), (0.999, 0.8), (1, 0.6), (1.999, 0.6), (2, 0.3), (-1, 0.3), (float("nan"), 0.3)],
)
def test_quick_is_better_than_slow(seconds: float, score: float) -> None:
    assert of_latency(seconds) == score


@pytest.mark.parametrize(
    ("words", "score"),
    [("a a a a a", 1), ("a a a a a a", 0.25), ("a b c a b c", 0.75), ("a b c d e f", 1), ("a b c d a b", 1)],
)
def test_an_answer_that_goes_round_in_circles_is_incoherent_from_six_words_on(words: str, score: float) -> None:
    assert of_words(words.split()) == score


@pytest.mark.parametrize("answer", ["- one", "1. one", "# Title", "| a | b |", "one\n\ntwo", "run `ls`", "**mind** it"])
def test_structure_is_seen(answer: str) -> None:
    assert QualityScorer().score(answer, 0.1).format == 1


@pytest.mark.parametrize("answer", ["", "one line", "2 - 1 is 1", "a | b", "one\ntwo", "#hashtag", "1.5 of 2"])
def test_plain_lines_have_no_structure(answer: str) -> None:
    assert QualityScorer().score(answer, 0.1).format == 0.5


def test_the_overall_score_is_the_mean() -> None:
    perfect = QualityScorer().score(GOOD, 0.1)
    slow = QualityScorer().score(GOOD, 3)

    assert perfect.overall == 1
    assert slow.overall == pytest.approx((1 + 0.3 + 1 + 1) / 4)


def test_a_weight_counts() -> None:
    only_speed = QualityScorer({"length": 0, "format": 0, "coherence": 0, "latency": 2})

    assert only_speed.score(GOOD, 0.7).overall == 0.8
    assert QualityScorer({"latency": 3}).score(GOOD, 3).overall == pytest.approx((3 + 0.3 * 3) / 6)


@pytest.mark.parametrize(
    ("weights", "says"),
    [({"taste": 1}, "taste"), ({"length": -1}, "length"), (dict.fromkeys(DIMENSIONS, 0), "every weight")],
)
def test_weights_that_mean_nothing_are_refused(weights: dict[str, float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        QualityScorer(weights)


def test_the_gauge_of_the_catalog_knows_every_dimension() -> None:
    assert set(QualityScorer().score(GOOD, 0.1).by_dimension) == set(EXPORTED)


@given(st.text(), st.floats())
def test_a_score_is_never_out_of_range(answer: str, latency: float) -> None:
    assert all(0 <= score <= 1 for score in QualityScorer().score(answer, latency).by_dimension.values())
