// A rehearsal is watched: the slider and the keys choose a moment, the server writes what is seen then.
"use strict";
{
  const time = document.getElementById("time");
  const plain = () => document.querySelectorAll("#moment [data-stage]").forEach((each) => each.removeAttribute("data-stage"));
  // pictures of a rehearsal open by themselves: they belong to no delivery of the desk
  document.addEventListener("htmx:afterSettle", plain);
  plain();
  if (time) {
    const slider = time.elements.step, unit = time.elements.unit, play = document.getElementById("play");
    const PACE = 1500, REST = 120;
    let rest = 0, timer = 0;

    function show() {
      clearTimeout(rest);
      rest = setTimeout(() => {
        const asked = new URLSearchParams({ unit: unit.value, step: slider.value });
        htmx.ajax("GET", `/rehearsal/at?${asked}`, { target: "#moment", swap: "outerHTML" });
        history.replaceState(null, "", `/rehearsal?${asked}`);
      }, REST);
    }
    function go(by) {
      const wanted = Number(slider.value) + by;
      if (wanted < 0 || wanted > Number(slider.max)) return false;
      slider.value = wanted;
      show();
      return true;
    }
    function run(on) {
      clearInterval(timer);
      timer = 0;
      if (on) {
        if (slider.value === slider.max) { slider.value = 0; show(); }
        timer = setInterval(() => go(1) || run(false), PACE);
      }
      play.setAttribute("aria-pressed", String(on));
      play.textContent = on ? play.dataset.stop : play.dataset.play;
    }
    time.addEventListener("submit", (event) => event.preventDefault());
    slider.addEventListener("input", show);
    unit.addEventListener("change", () => { location.href = `/rehearsal?unit=${encodeURIComponent(unit.value)}`; });
    play.addEventListener("click", () => run(!timer));
    document.getElementById("before").addEventListener("click", () => go(-1));
    document.getElementById("after").addEventListener("click", () => go(1));
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target.closest("input, select, textarea, button, summary, a, video, .rehearsal-glass")) return;
      const deed = { " ": () => run(!timer), ArrowLeft: () => go(-1), ArrowRight: () => go(1) }[event.key];
      if (deed) { event.preventDefault(); deed(); }
    });
  }
}
