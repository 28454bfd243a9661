"""What Prometheus computes ahead for the model serving."""

from queries import RecordingRule, RuleGroup, increase
from queries.ml_serving import numbers as ml
from queries.ml_serving.metrics import REQUESTS_ANSWERED

#: The requests of an hour: a week of them, or last week's, is one look-up for each hour.
REQUESTS_AN_HOUR = RecordingRule("ml_serving:requests:increase1h", increase(REQUESTS_ANSWERED, "1h"))
WITHIN_PROMISE = RecordingRule("ml_serving:inferences_within_500ms:ratio_rate1h", ml.within_promise().over("1h"))
ACCURACY = RecordingRule("service:prediction_accuracy:ratio_rate1h", ml.accuracy("service").over("1h"))
CONFIDENCE = RecordingRule("model_name:prediction_confidence:mean_rate1h", ml.confidence("model_name").over("1h"))

group = RuleGroup(
    name="ml_serving_recordings",
    rules=(REQUESTS_AN_HOUR, WITHIN_PROMISE, ACCURACY, CONFIDENCE),
)
