"""What the judges say is what the digital worker's catalog declares: no label of theirs is unknown to it."""

import pytest

from queries.drift import DriftDetector
from queries.feedback import VERDICTS, Feedback, FeedbackLog, agreement, satisfaction
from queries.instrument import Instruments, Refused, assert_exports
from queries.quality import QualityScorer
from queries.taskmaster import metrics

GAUGES = (metrics.QUALITY_SCORE, metrics.DRIFT_DEVIATION, metrics.SATISFACTION, metrics.AGREEMENT)


def test_every_gauge_is_borne_by_what_its_judge_says() -> None:
    inst = Instruments(GAUGES, metrics.FEEDBACK, strict=True)
    scorer, drift, log = QualityScorer(), DriftDetector(), FeedbackLog()
    for number in range(20):
        quality = scorer.score("word " * (1 if number % 2 else 40), latency=0.1)
        drift.observe(quality.by_dimension)
        log.take(Feedback(str(number), VERDICTS[number % 2], quality.overall))
        inst[metrics.FEEDBACK].inc(verdict=VERDICTS[number % 2])
    for name, score in quality.by_dimension.items():
        inst[metrics.QUALITY_SCORE].set(score, dimension=name)
    for name, deviation in drift.deviations().items():
        inst[metrics.DRIFT_DEVIATION].set(deviation, metric=name)
    content, agreed = satisfaction(log.votes()), agreement(log.votes())
    assert content
    assert agreed is not None
    for name, share in content.estimates.items():
        inst[metrics.SATISFACTION].set(share, estimate=name)
    inst[metrics.AGREEMENT].set(agreed)

    text = inst.exposition()[0].decode()

    assert_exports(text, GAUGES, metrics.FEEDBACK)
    assert 'taskmaster_user_satisfaction_ratio{estimate="share"} 0.5' in text
    assert set(quality.by_dimension) == set(metrics.QUALITY_SCORE.values_of("dimension"))
    assert set(drift.deviations()) == set(metrics.DRIFT_DEVIATION.values_of("metric"))
    assert set(content.estimates) == set(metrics.SATISFACTION.values_of("estimate"))
    assert set(VERDICTS) == set(metrics.FEEDBACK.values_of("verdict"))


def test_what_nobody_has_judged_is_not_exported() -> None:
    text = Instruments(GAUGES).exposition()[0].decode()

    assert not any(gauge.name in text for gauge in GAUGES)


def test_another_estimate_is_refused() -> None:
    with pytest.raises(Refused, match="median"):
        Instruments(GAUGES, strict=True)[metrics.SATISFACTION].set(0.5, estimate="median")
