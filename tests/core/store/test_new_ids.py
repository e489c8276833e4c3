"""Identities are UUIDs of version 7 that rise."""

from __future__ import annotations

import time
import uuid

from partnerdesk.model.ids import new_id


def test_ids_rise_and_never_repeat() -> None:
    made = [new_id() for _ in range(5_000)]
    assert made == sorted(set(made))


def test_an_id_is_a_uuid_of_version_7_that_holds_the_time() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(new_id())
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert before <= made.int >> 80 <= before + 1_000
