"""The page of key figures as a designer would write it for a browser's print: flex, grid, balanced text.

Cards have a hairline, as ours have on paper, or the shadow of the screen, which a browser prints as pictures.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from loa.render.fontfiles import FAMILY, file_of
from loa.render.tree.qr import modules

_WEIGHTS = (400, 500, 600, 700, 800)
HAIRLINE, SHADOW = "outline:1.5px solid rgb(12 38 82/.2)", "box-shadow:0 8px 28px rgb(12 38 82/.13)"
_COLORS = ("#1259C3", "#C81E36", "#08806C", "#C0440B")
STYLE = """
@page{size:1080px 1527px;margin:0}*{box-sizing:border-box;margin:0}
body{width:1080px;height:1527px;font-family:'Be Vietnam Pro';font-weight:500;color:#0D2045;display:flex;
flex-direction:column;position:relative}
.waves{position:absolute;right:-40px;top:-40px}.head{padding:44px 58px 30px;position:relative;color:#fff}
.ground{position:absolute;inset:0;overflow:hidden;background:linear-gradient(125deg,#0A2E7A,#0E4DAE)}
.mark{display:flex;gap:18px;align-items:center;font-size:28px;font-weight:700;text-transform:uppercase}
.mark small{display:block;font-size:25px;font-weight:500;color:#CFE2FF;text-transform:none}
.kicker{margin-top:22px;color:#FFC420;font-size:29px;font-weight:700;text-transform:uppercase;letter-spacing:.03em}
h1{font-size:78px;font-weight:800;line-height:1.14;letter-spacing:-.014em;text-wrap:balance}
.sub{font-size:32px;line-height:1.36;color:#CFE2FF;text-wrap:balance}
.sheet{flex:1;background:#F2F6FC;border-radius:42px 42px 0 0;padding:30px 58px 14px;display:flex;flex-direction:column;
gap:18px;position:relative}
.cards{flex:1;display:grid;grid-template-columns:1fr 1fr;gap:18px}
.card{background:#fff;border-radius:28px;outline:1.5px solid rgb(12 38 82/.2);padding:10px 24px;display:flex;gap:22px;
align-items:center}
.card b{font-size:76px;font-weight:800;letter-spacing:-.022em}.card b small{font-size:.6em;font-weight:700}
.card p{font-size:29px;line-height:1.24;text-wrap:balance}.card div{flex:1}
.steps{display:flex;gap:22px;background:#fff;border-radius:28px;
outline:1.5px solid rgb(12 38 82/.2);padding:18px 24px}
.steps div{flex:1;font-size:29px;font-weight:700;display:flex;gap:12px;align-items:center}
.steps i{font-style:normal;width:46px;height:46px;border-radius:50%;background:#0A2150;color:#fff;display:flex;
align-items:center;justify-content:center}
.source{font-size:22px;color:#4C5B76}.slogan{background:#FFC420;color:#0A2150;font-size:32px;font-weight:700;
text-align:center;padding:13px 58px;position:relative;text-wrap:balance}
.foot{background:#0A2150;color:#fff;padding:24px 58px 36px;display:flex;gap:28px;align-items:center;position:relative}
.foot div{flex:1;font-size:30px;font-weight:600}.foot small{display:block;font-size:27px;font-weight:500;color:#CFE2FF}
.foot b{display:block;font-size:56px;font-weight:800;color:#FFC420}
.foot em{font-style:normal;width:260px;text-align:right;
font-size:28px;font-weight:600;text-wrap:balance}
.qr{width:190px;height:190px;border-radius:18px;background:#fff;display:flex;align-items:center;justify-content:center}
"""


def _faces() -> str:
    return "".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};src:url('{file_of(FAMILY, weight).as_uri()}')}}"
        for weight in _WEIGHTS
    )


def _ring(share: float, color: str) -> str:
    around = 2 * 3.14159265 * 56
    return (
        f"<svg width=136 height=136 viewBox='-68 -68 136 136'><circle r=56 fill=none stroke='{color}' "
        f"stroke-opacity=.14 stroke-width=23 /><circle r=56 fill=none stroke='{color}' stroke-width=23 "
        f"transform='rotate(-90)' stroke-dasharray='{around * share / 100} {around}'/></svg>"
    )


def _qr(value: str) -> str:
    matrix = modules(value)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    side = len(matrix)
    return f"<svg width=160 height=160 viewBox='0 0 {side} {side}'><path fill='#0A2150' d='{path}'/></svg>"


def page(data: Mapping[str, Any], edge: str = HAIRLINE) -> str:
    """The whole page with its data; ``edge`` sets the cards off from the ground."""
    told = {name: html.escape(value) if isinstance(value, str) else value for name, value in data.items()}
    cards = "".join(
        f"<section class=card><div><b style='color:{color}'>{fact['value']}<small>"
        f"{'' if fact['unit'] == '%' else ' '}{fact['unit']}</small></b><p>{fact['label']}</p></div>"
        f"{_ring(float(fact['number']), color) if fact['unit'] == '%' else ''}</section>"
        for fact, color in zip(told["facts"], _COLORS, strict=False)
    )
    steps = "".join(f"<div><i>{number}</i>{step['title']}</div>" for number, step in enumerate(told["steps"], 1))
    waves = "".join(
        f"<circle cx=500 cy=0 r={radius} fill=none stroke='#fff' stroke-opacity=.07 stroke-width=60 />"
        for radius in range(130, 900, 170)
    )
    unit = told["unit"]
    return (
        f"<!doctype html><meta charset=utf-8><style>{_faces()}{STYLE.replace(HAIRLINE, edge)}</style><div class=ground>"
        f"<svg class=waves width=1000 height=900>{waves}</svg></div><header class=head><div class=mark>"
        f"<svg width=80 height=80 viewBox='0 0 2 2'><circle cx=1 cy=1 r=1 fill='#FFC420'/>"
        f"<circle cx=1 cy=1 r=.92 fill='#D5203A'/></svg><div>{unit['name']}<small>"
        f"{told['organiser']}</small></div></div><p class=kicker>{told['kicker']}</p><h1>{told['title']}</h1>"
        f"<p class=sub>{told['subtitle']}</p></header><main class=sheet><div class=cards>{cards}</div>"
        f"<div class=steps>{steps}</div><p class=source>{told['source']}</p></main><p class=slogan>{told['slogan']}</p>"
        f"<footer class=foot><div><small>{told['hotline_label']}</small><b>{unit['hotline']}</b>dichvucong.gov.vn</div>"
        f"<em>{told['qr_caption']}</em><span class=qr>{_qr(data['qr'])}</span></footer>"
    )
