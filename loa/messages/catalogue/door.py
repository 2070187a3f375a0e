"""E806–E815, E820: who gets in at the review desk, who may do what there, and the pictures that are brought along."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E806": Sentence(
        "Bạn chưa đăng nhập nên chỉ xem được.",
        "You have not signed in, so you can only look.",
        "Bấm “Đăng nhập” ở góc trên, chọn tên của bạn rồi làm lại.",
        "Press “Sign in” at the top, choose your name and try again.",
    ),
    "E807": Sentence(
        "{name} chưa được giao việc này (cần vai {role}).",
        "{name} is not entrusted with this (it takes the role {role}).",
        "Nhờ người có vai đó làm, hoặc nhờ cán bộ CNTT thêm vai cho bạn ở mục reviewers của loa.yaml.",
        "Ask somebody who has that role, or have it added under reviewers in loa.yaml.",
    ),
}
