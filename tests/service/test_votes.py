"""A user who votes again has changed their mind: the counter takes nothing back, the satisfaction does."""

from __future__ import annotations

from tests.service.town import Town, lived


def test_a_changed_vote_is_counted_and_a_repeated_one_is_not() -> None:
    async def story(town: Town) -> None:
        await town.ask("taskmaster", "POST", "/tasks", json={"text": "Do it."}, headers={"X-Request-ID": "mine"})
        counted: list[list[float]] = []
        shares: list[float] = []
        for thumbs in ("up", "up", "down", "down", "up"):
            said = {"request_id": "mine", "thumbs": thumbs, "score": 0.5, "reason": "because"}
            answer = await town.ask("taskmaster", "POST", "/feedback", json=said)
            assert (answer.status_code, answer.json()["first"]) == (200, not counted)
            counted.append(
                [await town.value("taskmaster", "user_feedback_total", verdict=one) for one in ("up", "down")]
            )
            shares.append(await town.value("taskmaster", "taskmaster_user_satisfaction_ratio", estimate="share"))

        assert counted == [[1, 0], [1, 0], [1, 1], [1, 1], [2, 1]]
        assert shares == [1, 1, 0, 0, 1]
        assert "because" not in town.lines.getvalue()

    lived(story)
