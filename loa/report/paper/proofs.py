"""What has proofs of its own: events that were held, work done by hand, figures of the platforms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from loa.dispatch.views import DeliveryView
from loa.dispatch.words import channel_name
from loa.messages import number
from loa.progress import published_on
from loa.report.blocks import TT, Column, Grid, Part, Words, count_column, day_column, numbered
from loa.report.paper.period import on_paper
from loa.report.paper.source import Source
from loa.store.insights import Figure
from loa.store.logbook import Entry

_MOST = 20
"""Lines of a table in the report; all of them stand in the workbook."""
_TOP = 5
REACH = ("impression", "view", "reach", "play")
"""What a platform calls a figure of how often a post was seen; its other figures are told by their own names."""
_NAMES = (
    ("impression", "Lượt hiển thị"),
    ("reach", "Số người tiếp cận"),
    ("play", "Lượt phát"),
    ("view", "Lượt xem"),
    ("reaction", "Lượt bày tỏ cảm xúc"),
    ("like", "Lượt thích"),
    ("comment", "Bình luận"),
    ("reply", "Trả lời"),
    ("share", "Chia sẻ"),
    ("repost", "Chia sẻ"),
    ("retweet", "Chia sẻ"),
    ("quote", "Trích dẫn"),
    ("bookmark", "Lưu lại"),
    ("click", "Lượt bấm"),
    ("engaged", "Người tương tác"),
)


def events(source: Source) -> Part | None:
    """Meetings that were held in the period, with their people."""
    held = [each for each in source.entries if each.kind == "event"]
    people = [each for each in source.entries if each.kind == "people"]
    if not held and not people:
        return None
    came: Counter[tuple[str, str, date]] = Counter()
    for each in people:
        came[each.target, each.unit_code, each.day] += each.count
    keys = dict.fromkeys((each.target, each.unit_code, each.day) for each in (*held, *people))
    first = {(each.target, each.unit_code, each.day): each for each in reversed((*held, *people))}
    columns = (
        TT,
        day_column(),
        Column("Đơn vị", 1.4),
        Column("Nội dung", 2.4),
        count_column("Số người"),
        Column("Minh chứng", 2.2),
    )
    rows = [
        (
            on_paper(key[2]),
            source.unit(key[1]) or "–",
            _title(source, first[key]),
            number(came[key]),
            _proof(first[key]),
        )
        for key in sorted(keys, key=lambda key: (key[2], key[1], key[0]))
    ]
    text = f"Đã tổ chức {number(len(keys))} buổi, lớp, hội nghị với {number(came.total())} lượt người dự."
    return Part("Sự kiện, hội nghị, tập huấn", (Words(text), *_limited("su-kien", columns, rows)))


def handmade(source: Source) -> Part | None:
    """Print, broadcasts and posts that people carried out, and what they logged: by form; each is in the workbook."""
    zone = source.stand.ground.zone
    forms: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for view in source.views:
        if view.by_hand and published_on(view, zone):
            forms[channel_name(view.channel)].append((view.unit_code, 1, proof_of(view)))
    for each in source.entries:
        if each.kind in _KIND:
            form = f"{_KIND[each.kind]}: {_called(source, each)}"
            forms[form].append((each.unit_code, each.count, _proof(each)))
    if not forms:
        return None
    rows = [
        (
            form,
            number(len({unit for unit, _, _ in found if unit})),
            number(len(found)),
            number(sum(count for _, count, _ in found)),
            number(sum(bool(proof) for _, _, proof in found)),
        )
        for form, found in forms.items()
    ]
    columns = (
        TT,
        Column("Hình thức"),
        *(count_column(each, 22) for each in ("Số đơn vị", "Số lần", "Số lượng", "Có minh chứng")),
    )
    text = "Từng việc, kèm đường dẫn hoặc ảnh minh chứng, ở tệp bao-cao.xlsx kèm theo."
    return Part("In ấn, phát thanh và việc người thực hiện", (Words(text), *_limited("viec-lam-tay", columns, rows)))


_KIND = {"copies": "Bản in", "logged": "Ghi nhật ký"}


def insights(source: Source) -> Part | None:
    """What the platforms counted, by channel, and the posts that were seen most; each value with its day."""
    of_posts = _by_post(source.figures)
    posts = {view.id: view for view in source.views if view.id in of_posts}
    if not posts:
        return None
    sums: dict[str, Counter[str]] = {}
    days: dict[str, date] = {}
    zone = source.stand.ground.zone
    for number_, view in posts.items():
        for figure in of_posts[number_]:
            sums.setdefault(view.channel, Counter())[figure.name] += figure.value
            day = figure.at.astimezone(zone).date()
            days[view.channel] = max(days.get(view.channel, day), day)
    columns = (
        Column("Kênh", 1.2),
        Column("Số liệu của kênh", 3),
        count_column("Tổng", 24),
        day_column("Tính đến"),
    )
    rows = tuple(
        (channel_name(channel), figure_name(name), number(value), on_paper(days[channel]))
        for channel, counts in sums.items()
        for name, value in counts.items()
    )
    top = sorted(posts, key=lambda each: (-seen(of_posts[each]), each))[:_TOP]
    best = [
        (
            posts[each].item_title,
            channel_name(posts[each].channel),
            posts[each].unit_name,
            number(seen(of_posts[each])),
            proof_of(posts[each]),
        )
        for each in top
        if seen(of_posts[each])
    ]
    head = (
        TT,
        Column("Bài được xem nhiều nhất", 2),
        Column("Kênh"),
        Column("Đơn vị"),
        count_column("Lượt"),
        Column("Liên kết", 1.6),
    )
    text = (
        f"Các kênh cho biết số liệu của {number(len(posts))} bài. Số người tiếp cận của từng bài không cộng thành "
        "số người khác nhau."
    )
    shown = (Grid("bai-xem-nhieu", head, numbered(best)),) if best else ()
    return Part("Tương tác trên các kênh", (Words(text), Grid("tuong-tac", columns, rows), *shown))


def proof_of(view: DeliveryView) -> str:
    """The link or photo of a delivery; nothing for messages to people."""
    receipt = view.receipts[0] if view.receipts and not view.recipients else None
    return (receipt.url or receipt.photo) if receipt else ""


def seen(figures: Iterable[Figure]) -> int:
    """How often a post was seen, by the first figure that says so."""
    found = {figure.name: figure.value for figure in figures}
    return next((found[name] for word in REACH for name in sorted(found) if word in name.lower()), 0)


def figure_name(name: str) -> str:
    """A figure of a platform for people; the platform's own name stands behind it."""
    known = next((words for word, words in _NAMES if word in name.lower()), "")
    return f"{known} ({name})" if known else name


def _by_post(figures: Iterable[Figure]) -> dict[int, list[Figure]]:
    found: dict[int, list[Figure]] = defaultdict(list)
    for each in figures:
        found[each.delivery_id].append(each)
    return found


def _limited(name: str, columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]]) -> tuple[Grid | Words, ...]:
    grid = Grid(name, columns, numbered(rows[:_MOST]))
    if len(rows) <= _MOST:
        return (grid,)
    return (grid, Words(f"Bảng trên nêu {_MOST} dòng đầu; đủ {number(len(rows))} dòng ở tệp bao-cao.xlsx kèm theo."))


def _title(source: Source, entry: Entry) -> str:
    parts = (_called(source, entry), entry.words.get("note"), entry.words.get("place"))
    return "; ".join(dict.fromkeys(filter(None, parts)))


def _called(source: Source, entry: Entry) -> str:
    """What an entry is about: the title of its quota or event."""
    quotas = {quota.id: quota.title for quota in source.plan.quotas}
    events = source.stand.ground.event_titles
    return quotas.get(entry.target) or events.get("/".join(entry.target.split("/")[:2])) or entry.target


def _proof(entry: Entry) -> str:
    return entry.words.get("link") or entry.words.get("photo", "")
