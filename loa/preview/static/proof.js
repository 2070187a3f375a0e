// A proof: opinions are kept on this machine as they are given, and saved as one signed file.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("proof-data").textContent);
  const find = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const PLACE = `loa-proof-${data.proof}`;
  const WHOLE = 10000, STEP = 200;
  const spots = new Map(); // delivery id → remarks on its pictures

  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // -- the opinions, as they stand on the page
  const verdicts = all("[data-verdict]");
  const idOf = (verdict) => Number(verdict.dataset.verdict);
  const choiceOf = (verdict) => find("input:checked", verdict).value;
  const noteOf = (verdict) => find("[data-note]", verdict).value.trim();
  const spotsOf = (verdict) => spots.get(idOf(verdict)) ?? [];
  const isShort = (verdict) => ["return", "remark"].includes(choiceOf(verdict)) && !noteOf(verdict) && !spotsOf(verdict).length;

  const opinionOf = (verdict) => ({
    id: idOf(verdict),
    hash: data.shown[idOf(verdict)],
    decision: choiceOf(verdict),
    note: noteOf(verdict),
    spots: spotsOf(verdict),
  });

  const show = () => {
    let done = 0, lacking = 0;
    for (const verdict of verdicts) {
      const choice = choiceOf(verdict), short = isShort(verdict);
      find(".note", verdict).hidden = !choice;
      find(".need", verdict).hidden = !short;
      verdict.closest(".slot").classList.toggle("is-done", Boolean(choice) && !short);
      done += choice && !short ? 1 : 0;
      lacking += short ? 1 : 0;
      list(verdict);
    }
    find("#done").textContent = fill(find("#done").dataset.words, { at: done, of: verdicts.length });
    find("#lacks").textContent = lacking ? fill(find("#lacks").dataset.words, { n: lacking }) : "";
    find("#save").disabled = !done || lacking > 0 || !canSign();
  };

  const list = (verdict) => {
    const rows = spotsOf(verdict).map((spot, place) => {
      const row = document.createElement("li"), words = document.createElement("span"), drop = document.createElement("button");
      words.textContent = `${place + 1}. ${spot.words}`;
      drop.type = "button";
      drop.className = "plain";
      drop.textContent = "✕";
      drop.setAttribute("aria-label", `${find(".spots", verdict).dataset.drop} ${place + 1}`);
      drop.addEventListener("click", () => {
        spots.set(idOf(verdict), spotsOf(verdict).filter((_, other) => other !== place));
        keep();
      });
      row.append(words, drop);
      return row;
    });
    find(".spots", verdict).replaceChildren(...rows);
  };

  // -- kept between visits, where the browser keeps anything for a file
  const keep = () => {
    show();
    const kept = verdicts.filter((each) => choiceOf(each) || noteOf(each) || spotsOf(each).length).map(opinionOf);
    try {
      localStorage.setItem(PLACE, JSON.stringify(kept));
    } catch { /* nothing is kept; the page works all the same */ }
  };

  const restore = () => {
    let kept = [];
    try {
      kept = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    } catch { /* nothing was kept */ }
    for (const each of kept) {
      const verdict = verdicts.find((one) => idOf(one) === each.id);
      if (!verdict || data.shown[each.id] !== each.hash) continue;
      find(`input[value="${each.decision}"]`, verdict).checked = true;
      find("[data-note]", verdict).value = each.note;
      spots.set(each.id, each.spots);
    }
  };

  // -- the signed file
  const canSign = () => Boolean(globalThis.crypto?.subtle);
  const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const hexOf = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const signature = async (text) => {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", bytesOf(data.key), algorithm, false, ["sign"]);
    return hexOf(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text)));
  };

  const save = async () => {
    const opinions = verdicts.filter((each) => choiceOf(each)).map(opinionOf);
    const { proof, campaign, reviewer } = data;
    const signed = JSON.stringify({ proof, campaign, reviewer, saved_at: new Date().toISOString(), opinions });
    const whole = { form: "loa-opinions/1", signed, signature: await signature(signed) };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(whole, null, 1)], { type: "application/json" }));
    link.download = data.file;
    link.click();
    const box = document.createElement("p");
    box.className = "box good";
    box.textContent = fill(find("#saved").dataset.words, { file: data.file });
    find("#saved").replaceChildren(box);
  };

  // -- a picture large, with its remarks
  const look = find("#look"), board = find("#look-board"), sheet = find(".look-sheet"), form = find(".look-form");
  let shown = null; // { verdict, asset, x, y }

  const open = (link) => {
    const slot = link.closest("[data-slot]"), image = find("img", sheet);
    const verdict = find("[data-verdict]", slot);
    shown = { verdict, asset: link.dataset.asset, x: WHOLE / 2, y: WHOLE / 2 };
    image.src = link.href;
    image.alt = find("img", link).alt;
    find("#look-title").textContent = find("h3", slot).textContent;
    form.hidden = !verdict;
    form.reset();
    large(false);
    pins();
    look.showModal();
    board.focus();
  };

  const large = (on) => {
    look.classList.toggle("is-large", on);
    find("#look-zoom").setAttribute("aria-pressed", String(on));
  };

  const pin = (spot, words, kind) => {
    const made = document.createElement("span");
    made.className = `pin ${kind}`;
    made.textContent = words;
    made.style.left = `${spot.x / 100}%`;
    made.style.top = `${spot.y / 100}%`;
    return made;
  };

  const pins = () => {
    for (const old of all(".pin", sheet)) old.remove();
    if (!shown.verdict) return;
    spotsOf(shown.verdict).forEach((spot, place) => spot.asset === shown.asset && sheet.append(pin(spot, place + 1, "")));
    sheet.append(pin(shown, "+", "new"));
  };

  const within = (value) => Math.max(0, Math.min(WHOLE, Math.round(value)));

  const point = (event) => {
    const box = find("img", sheet).getBoundingClientRect();
    shown.x = within(((event.clientX - box.left) / box.width) * WHOLE);
    shown.y = within(((event.clientY - box.top) / box.height) * WHOLE);
    pins();
    find("#look-words").focus();
  };

  const move = (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way || !shown.verdict || look.classList.contains("is-large")) return;
    event.preventDefault();
    shown.x = within(shown.x + way[0] * STEP);
    shown.y = within(shown.y + way[1] * STEP);
    pins();
  };

  const remark = (event) => {
    event.preventDefault();
    const words = find("#look-words").value.trim();
    if (!words) return;
    const { verdict, asset, x, y } = shown;
    spots.set(idOf(verdict), [...spotsOf(verdict), { asset, x, y, words }]);
    if (!choiceOf(verdict)) find('input[value="remark"]', verdict).checked = true;
    keep();
    look.close();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.open[data-asset]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });
  find("#look-close").addEventListener("click", () => look.close());
  find("#look-zoom").addEventListener("click", () => large(!look.classList.contains("is-large")));
  sheet.addEventListener("click", (event) => shown.verdict && point(event));
  board.addEventListener("keydown", move);
  form.addEventListener("submit", remark);

  if (!data.proof) return; // made for looking at only
  const warn = (words) => {
    const box = document.createElement("p");
    box.className = "box bad";
    box.textContent = words;
    find("#guide").before(box);
  };
  if (!canSign()) warn(find("#guide").dataset.unable);
  if (new Date(data.until) < new Date()) warn(find("#guide").dataset.late);
  restore();
  show();
  document.addEventListener("change", (event) => {
    if (event.target.id === "only-open") document.body.classList.toggle("only-open", event.target.checked);
    else keep();
  });
  document.addEventListener("input", (event) => event.target.matches("[data-note]") && keep());
  find("#save").addEventListener("click", save);
})();
