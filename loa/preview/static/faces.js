// Faces: covered zones of a Reel are shown and hidden; pictures open on a stage.
"use strict";
document.addEventListener("click", (event) => {
  const toggle = event.target.closest("[data-zones-toggle]");
  if (!toggle) return;
  const zones = toggle.closest(".face").querySelector("[data-zones]");
  zones.hidden = !zones.hidden;
  toggle.setAttribute("aria-pressed", String(!zones.hidden));
});
