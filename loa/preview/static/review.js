// Duyệt: keys, focus, ticks of what was really seen, and pins on pictures. Every decision itself is a plain form.
"use strict";
{
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const csrf = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRF"];

  // ---- keys -------------------------------------------------------------------------------------------------------
  const KEYS = { ArrowLeft: "left", ArrowRight: "right", k: "left", j: "right", a: "approve", r: "return", z: "undo" };
  const PLACES = {
    left: "[data-key=left]",
    right: "[data-key=right]",
    approve: "#acts [data-key=a]",
    return: "#acts [data-key=r]",
    undo: "#acts [data-key=z], #told [data-key=z]",
  };
  const writes = (target) =>
    target.closest("input, textarea, select, [contenteditable], dialog[open], video, audio, [role=application], [data-keys-own]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || writes(event.target)) return;
    if (one("dialog[open]:not(.file-problems)")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "?") return open("keys-dialog", event);
    const place = KEYS[key] && one(PLACES[KEYS[key]]);
    if (!place) return;
    event.preventDefault();
    place.click();
  });

  // ---- dialogs ----------------------------------------------------------------------------------------------------
  function open(id, event) {
    const dialog = document.getElementById(id);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
    one("textarea, button", dialog)?.focus();
  }
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) open(opener.dataset.opens, event);
    event.target.closest("[data-shuts]")?.closest("dialog").close();
    const away = event.target.closest("[data-goes]");
    if (away) {
      event.preventDefault();
      const tile = document.getElementById(away.dataset.goes);
      all(".sought").forEach((each) => each.classList.remove("sought"));
      tile?.classList.add("sought");
      tile?.scrollIntoView({ block: "center" });
    }
    if (event.target.closest("[data-clears]")) document.getElementById("told").replaceChildren();
    if (event.target.closest("[data-off-picture]")) aboutText();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    form?.closest("dialog[open]")?.close();
    if (event.detail.successful && form?.matches("[data-empties]")) {
      form.reset();
      aboutText();
    }
  });

  // ---- after each swap: focus, the place in the queue, pins, ticks --------------------------------------------------
  let asked = null;
  document.addEventListener("htmx:beforeRequest", (event) => (asked = event.target?.id || null));
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id === "desk") {
      const again = asked && document.getElementById(asked);
      (again && !again.closest("#acts, .steps") ? again : document.getElementById("stage-title"))?.focus({ preventScroll: true });
      if (innerWidth <= 980 && !(again && again.closest("#queue"))) scrollTo({ top: 0 });
    }
    settle();
  });
  document.addEventListener("htmx:historyRestore", settle);
  function settle() {
    const here = one(".slot.here");
    const strip = here?.closest(".slots"), list = here?.closest(".queue");
    if (here && !here.dataset.shown) {
      here.dataset.shown = "1";
      const box = here.getBoundingClientRect();
      if (strip.scrollWidth > strip.clientWidth) strip.scrollLeft += box.left - strip.getBoundingClientRect().left - 14;
      else if (box.bottom > innerHeight || box.top < list.getBoundingClientRect().top) list.scrollTop += box.top - innerHeight / 2;
    }
    pins();
    watch();
  }

  // ---- ticks: only what stood in view for a moment, in a window that is in front ------------------------------------
  const MOMENT = 400;
  const ripe = new Map();
  // Of a tile of a contact sheet both the picture and the end of its text must have stood in view.
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, intersectionRatio } of entries) {
        clearTimeout(ripe.get(target));
        if (isIntersecting && intersectionRatio >= 0.6) ripe.set(target, setTimeout(() => ripen(target), MOMENT));
      }
    },
    { threshold: [0, 0.6] },
  );
  function ripen(part) {
    if (document.visibilityState !== "visible" || !loaded(part)) return ripe.set(part, setTimeout(() => ripen(part), MOMENT));
    const tile = part.closest("[data-tile]");
    part.dataset.seen = "1";
    watcher.unobserve(part);
    if (tile && parts(tile).every((each) => each.dataset.seen)) tick(tile);
  }
  const parts = (tile) => all("img, footer", tile);
  function watch() {
    const face = one(".face-room[data-open]");
    if (face?.dataset.open && !face.dataset.watched) {
      face.dataset.watched = "1";
      setTimeout(() => face.isConnected && tick(face), MOMENT);
    }
    for (const tile of all("[data-tile]:not(.opened, [data-watched])")) {
      tile.dataset.watched = "1";
      parts(tile).forEach((each) => watcher.observe(each));
    }
  }
  const loaded = (part) => part.localName !== "img" || (part.complete && part.naturalWidth && part.clientWidth >= 320);
  async function tick(place) {
    if (!place.isConnected || place.dataset.ticked) return;
    const inView = (image) => image.getBoundingClientRect().top < innerHeight;
    const ready = all("img", place).every((image) => image.complete || !inView(image));
    if (document.visibilityState !== "visible" || !ready) return void setTimeout(() => tick(place), MOMENT);
    place.dataset.ticked = "1";
    const seen = place.dataset.tile ?? place.dataset.open;
    const answer = await fetch("/review/looked", {
      method: "POST",
      headers: { "X-CSRF": csrf() },
      body: new URLSearchParams({ seen }),
    }).catch(() => null);
    if (!answer?.ok) return delete place.dataset.ticked;
    place.classList.add("opened");
    clearTimeout(renewal);
    renewal = setTimeout(() => document.body.dispatchEvent(new CustomEvent("looked")), 120);
  }
  let renewal = 0;

  // ---- pins ---------------------------------------------------------------------------------------------------------
  const WHOLE = 10000;
  const form = () => one("#remark-form");
  function put(name, className, x, y) {
    const made = document.createElement(name);
    made.className = className;
    made.style.left = `${x / 100}%`;
    made.style.top = `${y / 100}%`;
    return made;
  }
  function pins() {
    all(".mark-face .pin:not(.draft)").forEach((each) => each.remove());
    for (const said of all("#remarks li[data-asset]")) {
      const face = one(`.mark-board[data-asset="${said.dataset.asset}"] .mark-face`);
      if (!face) continue;
      const pin = put("span", "pin", said.dataset.x, said.dataset.y);
      pin.textContent = said.dataset.number;
      pin.title = one(".words", said).textContent;
      pin.classList.toggle("settled", said.classList.contains("settled"));
      face.append(pin);
    }
    for (const face of all(".mark-face:not([data-ready])")) {
      face.dataset.ready = "1";
      const cross = put("span", "cross", WHOLE / 2, WHOLE / 2);
      face.append(cross);
      const at = { x: WHOLE / 2, y: WHOLE / 2 };
      face.addEventListener("click", (event) => {
        const box = face.getBoundingClientRect();
        choose(face, ((event.clientX - box.left) / box.width) * WHOLE, ((event.clientY - box.top) / box.height) * WHOLE);
      });
      face.addEventListener("keydown", (event) => {
        const step = event.shiftKey ? 1000 : 200;
        const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
        if (event.key === "Enter") choose(face, at.x, at.y);
        if (!move) return;
        event.preventDefault();
        at.x = Math.min(WHOLE, Math.max(0, at.x + move[0]));
        at.y = Math.min(WHOLE, Math.max(0, at.y + move[1]));
        cross.style.left = `${at.x / 100}%`;
        cross.style.top = `${at.y / 100}%`;
      });
    }
  }
  function choose(face, x, y) {
    if (!form()) return;
    all(".pin.draft").forEach((each) => each.remove());
    const [left, top] = [Math.round(x), Math.round(y)];
    const pin = put("span", "pin draft", left, top);
    pin.textContent = "+";
    face.append(pin);
    const fields = form().elements;
    fields.asset.value = face.closest(".mark-board").dataset.asset;
    fields.x.value = left;
    fields.y.value = top;
    about("on", false);
    fields.words.focus();
    form().scrollIntoView({ block: "nearest" });
  }
  function aboutText() {
    all(".pin.draft").forEach((each) => each.remove());
    if (!form()) return;
    for (const name of ["asset", "x", "y"]) form().elements[name].value = "";
    about("about", true);
  }
  function about(what, hidden) {
    const where = one(".where", form());
    where.textContent = where.dataset[what];
    one("[data-off-picture]", form()).hidden = hidden;
  }

  settle();
}
