// How two pictures are compared, and where the curtain or the skin stands.
"use strict";
for (const pair of document.querySelectorAll("[data-pair]")) {
  pair.addEventListener("change", (event) => {
    if (!event.target.matches("[data-way]")) return;
    for (const one of pair.querySelectorAll("[data-show]")) one.hidden = one.dataset.show !== event.target.value;
  });
  pair.addEventListener("input", (event) => {
    const stack = event.target.closest(".over")?.querySelector(".stack");
    if (event.target.matches("[data-swipe]")) stack.style.setProperty("--wipe", `${event.target.value}%`);
    if (event.target.matches("[data-onion]")) stack.style.setProperty("--skin", event.target.value / 100);
  });
}
