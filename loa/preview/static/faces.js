// Faces: covered zones of a Reel, a look into a clip before it plays, and the stage on which a picture is looked at.
"use strict";
(() => {
  const ZOOMS = ["fit", "1", "2"];
  const MILLIMETRE = 96 / 25.4;
  let dialog = null;

  const press = (button, on) => button.setAttribute("aria-pressed", String(on));

  // -- a clip shows a scene of its middle until it is played: its first frame is often an empty ground
  const peek = (clip) => {
    if (clip.matches?.("video[data-peek]") && clip.paused && clip.currentTime === 0) clip.currentTime = clip.duration * 0.4;
  };
  document.addEventListener("loadedmetadata", ({ target }) => peek(target), true);
  for (const clip of document.querySelectorAll("video")) if (clip.readyState >= HTMLMediaElement.HAVE_METADATA) peek(clip);
  document.addEventListener("play", ({ target: clip }) => {
    if (!clip.matches?.("video[data-peek]")) return;
    clip.removeAttribute("data-peek");
    clip.currentTime = 0;
  }, true);

  // -- the stage
  const open = async (opener) => {
    const answer = await fetch(opener.dataset.stage, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return location.assign(opener.href);
    dialog ??= make();
    dialog.innerHTML = await answer.text();
    dialog.setAttribute("aria-label", opener.getAttribute("aria-label") ?? "");
    dialog.showModal();
    const image = dialog.querySelector("img");
    if (!image.complete) image.addEventListener("load", () => zoom(current()), { once: true });
    zoom("fit");
    dialog.querySelector(".board").focus();
  };

  const make = () => {
    const made = document.createElement("dialog");
    made.className = "stage-dialog";
    made.addEventListener("keydown", keys);
    made.addEventListener("pointerdown", hold);
    made.addEventListener("close", () => made.replaceChildren());
    document.body.append(made);
    return made;
  };

  const current = () => dialog.querySelector("[data-zoom][aria-pressed=true]")?.dataset.zoom ?? "fit";

  const zoom = (name) => {
    const board = dialog.querySelector(".board"), image = dialog.querySelector("img");
    const millimetres = Number(image.dataset.millimetres ?? 0);
    const [wide, high] = [image.naturalWidth || image.width, image.naturalHeight || image.height];
    const middle = [
      (board.scrollLeft + board.clientWidth / 2) / board.scrollWidth,
      (board.scrollTop + board.clientHeight / 2) / board.scrollHeight,
    ];
    board.classList.toggle("is-fit", name === "fit");
    const full = millimetres ? millimetres * MILLIMETRE : wide;
    const fit = Math.min(board.clientWidth, (board.clientHeight * wide) / high, full);
    image.style.width = `${name === "fit" ? fit : full * Number(name)}px`;
    board.scrollLeft = middle[0] * board.scrollWidth - board.clientWidth / 2;
    board.scrollTop = middle[1] * board.scrollHeight - board.clientHeight / 2;
    for (const button of dialog.querySelectorAll("[data-zoom]")) press(button, button.dataset.zoom === name);
  };

  const step = (by) => zoom(ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, ZOOMS.indexOf(current()) + by))]);

  const keys = (event) => {
    event.stopPropagation(); // the page below has keys of its own
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const deeds = { "+": () => step(1), "=": () => step(1), "-": () => step(-1), 0: () => zoom("fit"), 1: () => zoom("1"), 2: () => zoom("2") };
    if (!(event.key in deeds)) return;
    event.preventDefault();
    deeds[event.key]();
  };

  const hold = (event) => {
    const board = event.target.closest(".board");
    if (!board || event.button !== 0 || event.pointerType === "touch") return;
    const from = { x: event.clientX + board.scrollLeft, y: event.clientY + board.scrollTop };
    const move = (now) => board.scrollTo(from.x - now.clientX, from.y - now.clientY);
    const leave = () => {
      board.classList.remove("is-held");
      board.removeEventListener("pointermove", move);
    };
    board.setPointerCapture(event.pointerId);
    board.classList.add("is-held");
    board.addEventListener("pointermove", move);
    board.addEventListener("pointerup", leave, { once: true });
    board.addEventListener("pointercancel", leave, { once: true });
  };

  const zones = (button, found) => {
    for (const each of found) each.toggleAttribute("hidden");
    press(button, !found[0].hasAttribute("hidden"));
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-stage], [data-zoom], [data-zone-toggle], [data-zones-toggle], [data-stage-close]");
    if (!target) return;
    if (target.dataset.stage) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(target);
    } else if (target.dataset.zoom) zoom(target.dataset.zoom);
    else if (target.matches("[data-stage-close]")) dialog.close();
    else if (target.matches("[data-zone-toggle]")) zones(target, dialog.querySelectorAll("[data-zone], [data-zone-words]"));
    else zones(target, target.closest(".face").querySelectorAll("[data-zones]"));
  });
  window.addEventListener("resize", () => dialog?.open && current() === "fit" && zoom("fit"));
})();
