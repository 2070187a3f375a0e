"""E470 to E479: bulletins for loudspeakers and sound."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E471": Sentence(
        "Tệp âm thanh “{path}” không đọc hoặc không ghi được: {reason}",
        "The sound “{path}” cannot be read or written: {reason}",
        "Dùng tệp WAV, MP3 hoặc M4A nghe được trên máy; kiểm tra dung lượng đĩa.",
        "Use a WAV, MP3 or M4A that plays on your machine; check the free space of the disk.",
    ),
    "E472": Sentence(
        "Tệp âm thanh “{path}” gần như không có tiếng, hoặc ngắn hơn nửa giây.",
        "The sound “{path}” is all but silent, or shorter than half a second.",
        "Thu lại, để micrô cách miệng khoảng một gang tay và xem mức âm lượng khi thu.",
        "Record it again, a hand's breadth from the microphone, and watch the level.",
    ),
    "E473": Sentence(
        "Không đưa được “{path}” về độ lớn {wanted} LUFS (chỉ tới {reached}); tiếng quá gắt.",
        "“{path}” cannot be brought to {wanted} LUFS (it reaches {reached}): its peaks are too sharp.",
        "Thu lại ở nơi yên tĩnh, tránh tiếng gõ, tiếng gió vào micrô.",
        "Record it again in a quiet place, without knocks or wind on the microphone.",
    ),
}
