"""The drift detector: baselines, the recent mean, the limits, and that better is no alarm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.drift import BASELINE, Drift, DriftDetector, worst
from queries.taskmaster.metrics import DIMENSIONS


def test_the_baselines_are_the_document_s() -> None:
    assert dict(BASELINE) == {"latency": 0.85, "length": 0.9, "format": 0.88, "coherence": 0.95, "overall": 0.89}
    assert set(BASELINE) == set(DIMENSIONS)


@pytest.mark.parametrize(
    ("mean", "verdict"), [(1.0, "fine"), (0.86, "fine"), (0.85, "warning"), (0.71, "warning"), (0.70, "critical")]
)
def test_the_limits_are_15_and_30_percent_for_the_worse(mean: float, verdict: str) -> None:
    assert Drift("overall", mean, 1.0, 100).verdict() == verdict


def test_an_improvement_is_no_alarm() -> None:
    detector = DriftDetector({"latency": 0.5})
    detector.observe({"latency": 1.0})

    (drift,) = detector.drifts()

    assert drift.deviation == -1
    assert drift.verdict() == "fine"
    assert worst(detector.drifts()) == "fine"


def test_only_the_last_hundred_count() -> None:
    detector = DriftDetector({"overall": 1.0})
    for score in [0.0] * 400 + [1.0] * 100:
        detector.observe({"overall": score})

    assert detector.deviations() == {"overall": 0}


def test_no_more_than_a_thousand_are_kept() -> None:
    detector = DriftDetector({"overall": 1.0}, recent=1000)
    for score in [0.0] * 500 + [1.0] * 1000:
        detector.observe({"overall": score})

    assert detector.drifts()[0].observed == 1000
    assert detector.deviations() == {"overall": 0}


def test_what_was_never_observed_says_nothing() -> None:
    detector = DriftDetector()
    detector.observe({"latency": 0.4, "taste": 3})

    assert [one.metric for one in detector.drifts()] == ["latency"]
    assert worst(detector.drifts()) == "critical"
    assert worst(()) == "fine"


@pytest.mark.parametrize("score", [float("nan"), float("inf")])
def test_a_score_that_is_no_number_spoils_no_mean(score: float) -> None:
    detector = DriftDetector()
    with pytest.raises(ValueError, match="overall"):
        detector.observe({"latency": 0.5, "overall": score})

    assert detector.drifts() == ()


@pytest.mark.parametrize("baseline", [{"a": 0.0}, {"a": -1.0}, {"a": float("nan")}])
def test_a_baseline_is_a_number_above_0(baseline: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="baseline of a"):
        DriftDetector(baseline)


def test_recent_cannot_be_more_than_what_is_kept() -> None:
    with pytest.raises(ValueError, match="11 recent"):
        DriftDetector(kept=10, recent=11)


@given(st.lists(st.floats(0, 1), min_size=1))
def test_a_deviation_is_how_far_the_recent_mean_has_fallen(scores: list[float]) -> None:
    detector = DriftDetector({"overall": 0.8})
    for score in scores:
        detector.observe({"overall": score})

    recent = scores[-100:]

    assert detector.deviations()["overall"] == pytest.approx(1 - sum(recent) / len(recent) / 0.8, abs=1e-9)
