"""E26x to E28x: plans, what serves them, and the log of what people did for them."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E260": Sentence(
        'Mã kế hoạch "{id}" đã dùng trong {file}.',
        'The plan id "{id}" is already used in {file}.',
        "Đặt mã khác cho một trong hai kế hoạch.",
        "Give one of the two plans another id.",
    ),
    "E261": Sentence(
        "Giai đoạn này nằm ngoài thời gian của kế hoạch ({start} đến {end}).",
        "This phase lies outside the plan ({start} to {end}).",
        "Sửa ngày của giai đoạn, hoặc from/to của kế hoạch.",
        "Mend the days of the phase, or from/to of the plan.",
    ),
    "E262": Sentence(
        'Nhóm nhiệm vụ "{name}" chưa khai báo ở mục groups của kế hoạch.',
        'The group "{name}" is not declared under groups of the plan.',
    ),
    "E263": Sentence(
        'Nhiệm vụ "{name}" chưa khai báo ở mục tasks của kế hoạch.',
        'The task "{name}" is not declared under tasks of the plan.',
    ),
    "E264": Sentence(
        'Giai đoạn "{name}" chưa khai báo ở mục phases của kế hoạch.',
        'The phase "{name}" is not declared under phases of the plan.',
    ),
    "E265": Sentence(
        'Không có kế hoạch nào mang mã "{name}".',
        'There is no plan "{name}".',
        "Kế hoạch là tệp plan.yaml trong campaigns/ hoặc thư mục con.",
        "A plan is a file plan.yaml in campaigns/ or below.",
    ),
    "E266": Sentence(
        "Mục serves cần một kế hoạch, mà chiến dịch này không thuộc kế hoạch nào.",
        "serves needs a plan, and this campaign belongs to none.",
        "Đặt chiến dịch vào thư mục có plan.yaml, hoặc ghi plan: <mã kế hoạch>.",
        "Put the campaign into a folder with a plan.yaml, or write plan: <plan id>.",
    ),
    "E267": Sentence(
        'Kế hoạch không có chỉ tiêu hay nhiệm vụ nào mang mã "{name}".',
        'The plan has no quota and no task "{name}".',
    ),
    "E268": Sentence(
        'Tin "{item}" chưa ghi thực hiện chỉ tiêu, nhiệm vụ nào của kế hoạch.',
        'The item "{item}" serves no quota and no task of the plan.',
        "Thêm serves: [<mã chỉ tiêu hoặc nhiệm vụ>] vào tin hoặc chiến dịch.",
        "Add serves: [<quota or task id>] to the item or the campaign.",
    ),
    "E269": Sentence(
        'Chưa có tin nào thực hiện chỉ tiêu "{quota}".',
        'No item serves the quota "{quota}".',
        "Ghi mã chỉ tiêu này vào serves của những tin thực hiện nó, hoặc thêm tin.",
        "Name this quota under serves of the items that fill it, or add items.",
    ),
    "E270": Sentence(
        'Kế hoạch {plan} không có mã "{name}" cho loại việc "{kind}".',
        'The plan {plan} has no id "{name}" for entries of the kind "{kind}".',
        "Xem mã trong plan.yaml, hoặc chạy loa plan {plan}.",
        "See the ids in plan.yaml, or run loa plan {plan}.",
    ),
    "E271": Sentence(
        "Ghi nhật ký cần số lượng, số tiền hoặc giá trị.",
        "An entry needs a count, an amount or a value.",
        "Thêm --count, --amount hoặc --value.",
        "Add --count, --amount or --value.",
    ),
    "E272": Sentence(
        "Việc này cần minh chứng: đường dẫn hoặc ảnh.",
        "This needs a proof: a link or a photo.",
        "Thêm --link hoặc --photo; việc không có minh chứng thì không tính vào chỉ tiêu.",
        "Add --link or --photo; without a proof it does not count.",
    ),
    "E273": Sentence(
        "Không có dòng nhật ký số {name}, hoặc dòng đó đã được rút.",
        "There is no entry {name} in the log, or it has been withdrawn.",
        "Xem số của từng dòng bằng loa log list.",
        "loa log list shows the numbers.",
    ),
    "E274": Sentence(
        "Ngày {day} còn ở tương lai: nhật ký chỉ ghi việc đã làm.",
        "{day} is in the future: the log tells only what was done.",
        "Ghi lại sau khi việc đã xong.",
        "Write it down once it is done.",
    ),
}
