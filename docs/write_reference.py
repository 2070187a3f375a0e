"""Write the reference pages that must never differ from the program: ``errors.md`` and ``commands.md``.

``python docs/write_reference.py`` writes them beside this script, ``python docs/write_reference.py FOLDER`` elsewhere.
"""  # noqa: INP001 - a script beside the pages, no package

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

os.environ["LOA_LANG"] = "vi"  # the texts of options are made when their modules are read

from typer.models import ArgumentInfo, CommandInfo, OptionInfo, ParameterInfo

from loa.cli.verbs import build, every_verb
from loa.messages import Sentence, catalogue_entries

GENERATED = "<!-- Trang này do docs/write_reference.py viết ra; đừng sửa bằng tay. -->"
AREAS = {
    "E1": ("Đọc tệp YAML, Markdown", "Sai cách viết trong tệp: Loa chỉ rõ tệp, dòng, cột và cách viết đúng."),
    "E2": ("Thư mục làm việc, đơn vị, chiến dịch", "Nội dung trong tệp chưa khớp với nhau hoặc còn thiếu."),
    "E3": ("Ngày giờ và lịch phát", "Ngày nghỉ, âm lịch, giờ yên lặng và thời điểm của từng tin."),
    "E4": ("Mẫu, ảnh, clip", "Không dựng được ấn phẩm, hoặc ấn phẩm chưa đạt để phát."),
    "E5": ("Duyệt và phát", "Vì sao một lượt gửi đang đứng lại, đã bị bỏ qua, hoặc cần người quyết định."),
    "E6": ("Trả lời của các kênh", "Kênh nói gì, và những điều đầu phát kiểm tra trước khi gửi."),
    "E7": ("Sổ phát và bộ lịch phát", "Nơi ghi mọi việc đã làm, và chương trình chạy theo lịch."),
    "E8": ("Xem trước, báo cáo, bãi tập", "Các trang mở trên máy này."),
    "E9": ("Dòng lệnh", "Cách gọi lệnh loa."),
}
WORDS = {str: "CHỮ", int: "SỐ", Path: "ĐƯỜNG_DẪN"}
EXAMPLES = {
    "init": "loa init truyen-thong",
    "check": "loa check",
    "schema": "loa schema",
    "rules": "loa rules",
    "timetable": "loa timetable chuyen-doi-so-10-10 --from 2027-09-01 --to 2027-10-31 --ics lich.ics",
    "render": "loa render chuyen-doi-so-10-10",
    "preview": "loa preview",
    "proof": 'loa proof chuyen-doi-so-10-10 --for "Nguyễn Thị Hạnh" --zip',
    "approve": 'loa approve chuyen-doi-so-10-10 --as "Nguyễn Thị Hạnh"',
    "return": 'loa return chuyen-doi-so-10-10 --as hanh --item ngay-mai --note "Số liệu chưa có nguồn"',
    "run": "loa run",
    "worker": "loa worker --threads 16",
    "webhooks": "loa webhooks --show sms-nghe-an",
    "rehearse": "loa rehearse chuyen-doi-so-10-10 --from 2027-09-01 --to 2027-11-10",
    "metrics": "loa metrics",
    "alerts check": "loa alerts check",
    "alerts test": "loa alerts test",
    "alerts list": "loa alerts list",
    "status": "loa status",
    "decide": "loa decide 128 done --as hanh",
    "retry": "loa retry dot-lon --as hanh",
    "correct": "loa correct 128 --text content/dinh-chinh.md --as binh",
    "takedown": 'loa takedown 128 --as hanh --why "Sai số điện thoại"',
    "plan": "loa plan son-tay --day 2025-12-31",
    "cost": "loa cost --plan son-tay",
    "report": "loa report --from 2027-10-01 --to 2027-10-31",
    "insights": "loa insights chuyen-doi-so-10-10",
    "stop": 'loa stop --mourning --why "Thông báo Lễ Quốc tang" --from 2026-12-01 --to 2026-12-02 --as lan',
    "resume": "loa resume",
    "doctor": "loa doctor",
    "verify": "loa verify",
    "backup": "loa backup E:/sao-luu-loa --keep 30",
    "restore": "loa restore E:/sao-luu-loa/loa-20271010T010000Z.zip",
    "migrate-store": "loa migrate-store --to postgresql+psycopg://loa@10.0.0.5/loa",
    "service install": "loa service install",
    "service show": "loa service show --for windows",
    "service remove": "loa service remove",
    "login": "loa login zalo zalo-xa-kim-lien",
    "sandbox": "loa sandbox",
    "demo": "loa demo",
    "template list": "loa template list",
    "template show": "loa template show infographics/chi-so",
    "template check": "loa template check --all",
    "template new": "loa template new infographics/chi-so-xa --from infographics/chi-so",
    "template preview": "loa template preview infographics/chi-so",
    "secret set": "loa secret set fb-tinh-nghe-an",
    "secret list": "loa secret list",
    "secret test": "loa secret test fb-tinh-nghe-an",
    "secret remove": "loa secret remove fb-tinh-nghe-an",
    "people list": "loa people list",
    "people pin": "loa people pin lan",
    "people unlock": "loa people unlock lan",
    "event list": "loa event list dvct-xa --ics su-kien.ics",
    "event held": "loa event held dvct-xa/livestream/xa-son-ha --people 42 --photo buoi.jpg --as hanh",
    "handoff list": "loa handoff list",
    "handoff open": "loa handoff open 24e6654b",
    "handoff done": "loa handoff done 24e6654b --as hanh --link https://youtu.be/abc",
    "log add": "loa log add copies to-roi --count 300 --day 2027-10-10 --unit xa-kim-lien --photo anh.jpg --as hanh",
    "log import": "loa log import log/viec-da-lam.csv --as hanh",
    "log list": "loa log list",
    "log withdraw": "loa log withdraw 12 --as hanh",
    "pack key": "loa pack key",
    "pack build": "loa pack build dvctt --version 2027.1 --campaign chuyen-doi-so-10-10 --as hanh",
    "pack verify": "loa pack verify dvctt-2027.1.zip",
    "pack import": "loa pack import dvctt-2027.1.zip --as hanh",
    "pack list": "loa pack list --note phieu-goi.json",
    "pack units": "loa pack units dvctt phieu/",
    "feedback import": "loa feedback import gop-y-vnform.xlsx --from VNForm --as hanh",
    "feedback add": 'loa feedback add "Không nhận được mã xác thực" --topic VNeID --unit xa-kim-lien --as hanh',
    "feedback list": "loa feedback list --state new",
    "feedback answer": 'loa feedback answer 3 "Bà con bấm Gửi lại mã sau 60 giây." --public --as hanh',
    "feedback pass": 'loa feedback pass 4 "Công an xã Kim Liên" --as hanh',
    "feedback close": "loa feedback close 3 --as hanh",
    "feedback faq": "loa feedback faq hoi-dap.md",
    "handoff cancel": 'loa handoff cancel 24e6654b --as hanh --why "Hoãn vì mưa bão"',
    "recipients import": "loa recipients import to-cong-nghe-so danh-sach.xlsx",
    "recipients stats": "loa recipients stats",
    "recipients review": "loa recipients review to-cong-nghe-so",
    "recipients purge": "loa recipients purge",
    "recipients forget": "loa recipients forget",
    "recipients block": "loa recipients block dnc.csv --dated 2027-09-30",
    "sms compare": "loa sms compare chuyen-doi-so-10-10 nguoi-cao-tuoi --count 20000 --rate 20",
    "sms go": "loa sms go 128 --as hanh",
    "sms pause": 'loa sms pause 128 --as hanh --why "Chờ sửa đường dẫn"',
    "sms resume": "loa sms resume 128 --as hanh",
    "sms doubts": "loa sms doubts 128",
    "sms dossier": "loa sms dossier chuyen-doi-so-10-10 --from 2027-09-01 --to 2027-10-31",
    "sms arm": "loa sms arm sms-tinh-nghe-an --for to-cong-nghe-so --as hanh",
    "sms disarm": "loa sms disarm sms-tinh-nghe-an --as hanh",
    "brand check": "loa brand check",
    "brand new": 'loa brand new tinh-lam-dong --primary "#0B6B3A" --highlight "#F7BE4B"',
}


def main(folder: Path) -> None:
    """Write both pages into ``folder``."""
    for name, lines in (("errors.md", errors()), ("commands.md", commands())):
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def errors() -> Iterator[str]:
    """The page of all codes."""
    entries = catalogue_entries()
    yield from (
        "# Mã lỗi và thông báo",
        "",
        GENERATED,
        "",
        "Mỗi thông báo của Loa có một mã. Chữ trong ngoặc nhọn, như {account}, được thay bằng giá trị thật khi báo.",
        "Lệnh `loa check` báo mọi lỗi trong các tệp của cơ quan một lượt, kèm tệp, dòng và cột.",
        "Thêm `--lang en` để xem bằng tiếng Anh; mã không đổi giữa hai ngôn ngữ.",
        "",
    )
    areas = [area for area in AREAS if any(code.startswith(area) for code, _ in entries)]
    for area in areas:
        yield f"- [{area}xx: {AREAS[area][0]}](#{anchor(f'{area}xx: {AREAS[area][0]}')})"
    for area in areas:
        title, about = AREAS[area]
        yield from ("", f"## {area}xx: {title}", "", about)
        for code, sentence in entries:
            if code.startswith(area):
                yield from error(code, sentence)


def error(code: str, sentence: Sentence) -> Iterator[str]:
    """One code: its sentence and what to do."""
    yield from ("", f"### {code}", "", escaped(sentence.vi))
    if sentence.remedy_vi:
        yield from ("", f"**Cách xử lý:** {escaped(sentence.remedy_vi)}")


def commands() -> Iterator[str]:
    """The page of all verbs."""
    verbs = dict(every_verb(build()))
    yield from (
        "# Lệnh loa",
        "",
        GENERATED,
        "",
        "Chạy lệnh trong thư mục làm việc (thư mục có `loa.yaml`) hoặc thư mục con của nó.",
        "`loa LỆNH --help` cho cùng nội dung với trang này.",
        "",
        "- Thêm `--lang en` vào bất cứ đâu để dùng tiếng Anh.",
        "- Mã thoát: 0 là xong; 1 là có việc cần người xử lý, in kèm [mã lỗi](errors.md); 2 là gọi lệnh sai cách.",
        "- Vòng việc hằng ngày: `check` → `timetable` → `render` → `preview` → `approve` → `run` → `report`.",
        "",
    )
    for name, verb in verbs.items():
        yield f"- [loa {name}](#{anchor(f'loa {name}')}): {verb.help}"
    for name, verb in verbs.items():
        yield from command(name, verb)


def command(called: str, verb: CommandInfo) -> Iterator[str]:
    """One verb: usage, an example, its arguments and options."""
    given = list(parameters(verb))
    arguments = [each for each in given if isinstance(each[1], ArgumentInfo)]
    options = [each for each in given if isinstance(each[1], OptionInfo)]
    usage = " ".join(["loa", called, *(argument_usage(*each) for each in arguments)])
    yield from ("", f"## loa {called}", "", str(verb.help), "", "```sh")
    yield from (usage + (" [TÙY CHỌN]" if options else ""), "```", "", f"Ví dụ: `{EXAMPLES[called]}`")
    if arguments:
        yield from ("", "| Tham số | Ý nghĩa |", "|---|---|")
        yield from (f"| `{name.upper()}` | {cell(info.help or '')} |" for name, info, _, _ in arguments)
    if options:
        yield from ("", "| Tùy chọn | Ý nghĩa | Mặc định |", "|---|---|---|")
        yield from (option_row(*each) for each in options)


Parameter = tuple[str, ParameterInfo, Any, Any]
"""Name, what typer knows of it, its type, its default."""


def parameters(verb: CommandInfo) -> Iterator[Parameter]:
    """The parameters of a verb, from the signature of its function."""
    assert verb.callback  # noqa: S101 - typer's own promise
    hints = get_type_hints(verb.callback, include_extras=True)
    for name, parameter in inspect.signature(verb.callback).parameters.items():
        kind, info, *_ = get_args(hints[name])
        yield name, info, kind, parameter.default


def argument_usage(name: str, info: ParameterInfo, kind: Any, default: Any) -> str:  # noqa: ARG001 - one shape for all
    """An argument as it stands in the usage."""
    shown = name.upper() + ("..." if is_list(kind) else "")
    return shown if default is inspect.Parameter.empty else f"[{shown}]"


def option_row(name: str, info: ParameterInfo, kind: Any, default: Any) -> str:
    """An option as a row of its table."""
    # Inside Annotated, typer keeps the first name of an option where its default would stand.
    named = [each for each in (info.default, *(info.param_decls or ())) if str(each).startswith("--")]
    flag = named[0] if named else f"--{name.replace('_', '-')}"
    value = "" if kind is bool else " " + cell(info.metavar or word(kind))
    return f"| `{flag}{value}` | {cell(info.help or '')} | {shown_default(default)} |"


def shown_default(default: Any) -> str:
    """A default as its cell."""
    if default is inspect.Parameter.empty:
        return "bắt buộc"
    if isinstance(default, Path):
        default = default.as_posix()
    return "" if default in (None, "", False) else f"`{default}`"


def word(kind: Any) -> str:
    """What stands for a value of this type."""
    if get_origin(kind) is Literal:
        return "|".join(get_args(kind))
    inner = [each for each in get_args(kind) if each is not type(None)]
    if is_list(kind) or inner:
        return word(inner[0])
    return WORDS[kind]


def is_list(kind: Any) -> bool:
    """Whether an option or argument may be given several times."""
    return list in (get_origin(kind), *(get_origin(each) for each in get_args(kind)))


def cell(text: str) -> str:
    """``text`` inside a table."""
    return text.replace("|", "\\|")


def escaped(text: str) -> str:
    """``text`` as Markdown shows it: signs stay signs, but what stands between backticks is code already."""
    parts = text.replace("{{", "{").replace("}}", "}").split("`")  # as ``str.format`` will show them
    for place in range(0, len(parts), 2):
        for sign in ("\\", "<", ">", "*", "_", "[", "]", "#"):
            parts[place] = parts[place].replace(sign, f"\\{sign}")
    return "`".join(parts)


def anchor(heading: str) -> str:
    """The address of a heading, the way GitHub makes it."""
    kept = "".join(letter for letter in heading.lower() if letter.isalnum() or letter in " -_")
    return kept.replace(" ", "-")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
