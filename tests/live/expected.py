"""Which alerts a fault is expected to raise within minutes, and why; nothing else may be pending or firing."""

from __future__ import annotations

from collections.abc import Mapping

#: Objectives that a short look sees broken are broken in every window: there is no better past in these Prometheus.
WINDOWS = ("1h", "6h", "1d", "3d")


def burns(name: str, why: str, *windows: str) -> Mapping[str, str]:
    """The alerts of an objective whose budget is burning."""
    return {f"{name}BudgetBurn{window}": why for window in windows or WINDOWS}


EXPECTED: Mapping[str, Mapping[str, str]] = {
    "healthy": {},
    "errors": {
        "HighErrorRate": "a third of the calls fail, its limit is 5 % of the requests",
        "TaskMasterHighErrorRate": "a third of the tasks fail, its limit is 5 %",
        **burns("AiApiAvailability", "the objective is 99.5 %"),
        **burns("AiAppAvailability", "4 % of its requests ask the model and fail, the objective is 99.5 %", "1d", "3d"),
        **burns("InferenceServerAvailability", "the objective is 99.5 %"),
        **burns("TaskMasterAvailability", "the objective is 99.5 %"),
        **burns("MlServingAvailability", "the objective is 99.5 %"),
    },
    "token-spike": {
        "TokenCostSpike": "12,000 tokens a call instead of 40",
        "RunawayAgentSessions": "each step of an agent opens twelve sessions that nobody ends",
    },
    "drift": {
        "RetrievalQualityDrop": "passages are half as relevant",
        "TaskMasterQualityDrift": "answers ramble: long, without structure, the same words again and again",
        "TaskMasterDrift": "the same, below the baselines of format and coherence",
        "TaskMasterSevereDrift": "by more than 30 %",
        "TaskMasterSatisfactionDrop": "users vote as good as the answers are",
        "ExtensiveDataDrift": "seven words of ten are none that the classifier has seen",
        "PredictionAccuracyDegradation": "and of those it can but guess the label",
    },
    "model-gone": {
        "ModelServerDown": "its scrape is answered with 503",
        "ModelServiceDown": "likewise",
        "TaskMasterModelDown": "its model is not loaded",
        "TaskMasterQualityDrift": "no answer was ever scored",
        "TaskMasterHighErrorRate": "no task succeeds",
        **burns("TaskMasterAvailability", "no task succeeds"),
        **burns("AiAppAvailability", "11 % of its requests ask the model", "6h", "1d", "3d"),
    },
    "gpu-full": {"GPUMemoryExhausted": "98 % of the memory are used, its limit is 95 %"},
    "queue": {
        "QueueBacklog": "twelve documents come a visit, and nobody takes one",
        "RequestQueueBacklog": "64 requests come a visit, and no server takes one",
    },
    "feedback": {
        "TaskMasterSatisfactionDrop": "four of five thumbs are down",
        "LowUserSatisfaction": "and four of five marks are 1 or 2",
    },
    # the last, for it takes longest
    "slow": {
        "AiAppHighInferenceLatency": "the model server takes 63 to 72 s, its limit is 60 s",
        "HighLLMLatency": "each call takes 15.75 to 18 s, its limit is 15 s",
        "InferenceServerHighLatency": "each batch takes 5.25 to 6 s, its limit is 5 s",
        "InferenceServerSlow": "the same, and its limit is 2 s",
        "TaskMasterHighLatency": "each task takes 2.1 to 2.4 s, its limit is 2 s",
        "HighInferenceLatency": "each prediction takes 2.1 to 2.4 s, its limit is 2 s",
        "TaskMasterDrift": "the latency's score is 0.3, its baseline 0.85",
        "TaskMasterSevereDrift": "65 % below the baseline is more than 30 %",
        **burns("AiApiLatency", "nothing that asks a model is answered within 1 s", "6h", "1d", "3d"),
        **burns("InferenceServerLatency", "no batch is answered within 1 s"),
        **burns("TaskMasterLatency", "no task is answered within 500 ms"),
        **burns("MlServingLatency", "no prediction is answered within 500 ms"),
    },
}

#: What chance or a slow machine decides: the share of the bad ones is near the limit, or it follows minutes later.
MAY: Mapping[str, Mapping[str, str]] = {
    "slow": burns("AiAppLatency", "11 % of its requests ask the model; the first of them are answered after 63 s"),
    "errors": burns("AiAppAvailability", "4 % of its requests fail; the limits are 7.2 and 3 %", "1h", "6h"),
    "queue": burns("InferenceServerAvailability", "after three minutes 2,000 requests wait, and one more is refused"),
    "model-gone": burns("AiAppAvailability", "11 % of its requests fail; the limit is 7.2 %", "1h"),
}


def names(scenario: str) -> set[str]:
    """Of the alerts."""
    return set(EXPECTED[scenario])


def certain(scenario: str, alerts: set[str]) -> set[str]:
    """Those of them that chance did not decide."""
    return alerts - MAY.get(scenario, {}).keys()
