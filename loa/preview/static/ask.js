// A button with data-act asks before it acts: what it does, why (data-why: must, may or nothing), then yes or no.
// The answer of the server takes the place of the element that data-into names.
"use strict";
{
  const dialog = document.getElementById("ask"), form = document.getElementById("ask-form");
  const byId = (id) => document.getElementById(id);
  let asked = null;

  const field = (name, need) => {
    const label = byId(`ask-${name}-label`), input = label.querySelector("input, textarea");
    label.hidden = !need;
    input.value = "";
    input.required = need === "must";
    input.disabled = !need;
    return input;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    asked = button.dataset;
    byId("ask-head").textContent = asked.head;
    byId("ask-text").textContent = asked.text;
    const yes = byId("ask-yes");
    yes.textContent = asked.yes;
    yes.classList.toggle("danger", "danger" in asked);
    const why = field("why", asked.why);
    byId("ask-why-hint").textContent = asked.why === "may" ? byId("ask-why-hint").dataset.may : "";
    dialog.returnValue = "";
    dialog.showModal();
    (asked.why ? why : yes).focus();
  });
  dialog.querySelector("[data-no]").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", () => {
    const values = { ...JSON.parse(asked.values ?? "{}"), ...Object.fromEntries(new FormData(form)) };
    htmx.ajax("POST", asked.act, { source: dialog, values, target: asked.into, swap: "outerHTML" });
  });
}
