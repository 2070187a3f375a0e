"""The states in people's words."""

from __future__ import annotations

from loa.cli.language import say
from loa.delivery import State

_NAMES = {
    State.PLANNED: ("chưa dựng", "not rendered"),
    State.AWAITING: ("chờ duyệt", "awaiting approval"),
    State.APPROVED: ("đã duyệt", "approved"),
    State.DUE: ("đến hạn", "due"),
    State.SENDING: ("đang gửi", "sending"),
    State.PENDING: ("nền tảng đang xử lý", "pending"),
    State.DONE: ("đã phát", "done"),
    State.REFUSED: ("bị từ chối", "refused"),
    State.RETRY_LATER: ("sẽ thử lại", "retry later"),
    State.UNKNOWN: ("chưa rõ kết quả", "unknown"),
    State.HUMAN: ("chờ người quyết định", "a person must decide"),
    State.MISSED: ("bỏ lỡ", "missed"),
    State.HELD: ("đang giữ lại", "held"),
    State.CANCELLED: ("đã hủy", "cancelled"),
}


def state_name(state: State) -> str:
    """A state as people say it."""
    return say(*_NAMES[state])
