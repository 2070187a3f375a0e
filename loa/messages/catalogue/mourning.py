"""E290 to E292: days of national mourning."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E290": Sentence(
        "Giữ lại vì quốc tang ({why}); không tự phát về sau.",
        "Held for national mourning ({why}); it does not go out by itself later.",
        "`loa resume --only {id} --as TÊN` để phát, hoặc `loa decide {id} cancel --as TÊN` để bỏ.",
        "`loa resume --only {id} --as NAME` to publish it, or `loa decide {id} cancel --as NAME` to give it up.",
    ),
    "E291": Sentence(
        "Ngày cuối của quốc tang đứng trước ngày đầu.",
        "The last day of mourning comes before the first.",
        "Sửa --from hoặc --to.",
        "Mend --from or --to.",
    ),
    "E292": Sentence(
        "Dừng vì quốc tang phải ghi căn cứ.",
        "A stop for mourning says why.",
        'Ví dụ: loa stop --mourning --why "Thông báo Lễ Quốc tang"',
        'For example: loa stop --mourning --why "National mourning"',
    ),
}
