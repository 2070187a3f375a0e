// The page follows the files: each event is one format looked at again, or an error. Texts are set, never parsed.
"use strict";
const byId = (id) => document.getElementById(id);
const status = byId("status"), words = status.dataset, sheets = byId("sheets"), broken = byId("broken");

for (const select of document.querySelectorAll("[data-asks]")) {
  select.addEventListener("change", () => {
    const asked = new URLSearchParams(location.search);
    asked.set(select.dataset.asks, select.value);
    location.search = asked.toString();
  });
}
for (const name of ["safe", "larger"]) {
  const tick = byId(name);
  tick.checked = sessionStorage.getItem(name) === "yes";
  const apply = () => document.body.classList.toggle(name, tick.checked);
  tick.addEventListener("change", () => { sessionStorage.setItem(name, tick.checked ? "yes" : "no"); apply(); frames(); });
  apply();
}

function say(state, text) {
  status.dataset.state = state;
  status.textContent = text;
}

function sheetOf(format) {
  const known = byId("f-" + format);
  if (known) return known;
  const sheet = byId("sheet").content.firstElementChild.cloneNode(true);
  sheet.id = "f-" + format;
  sheet.querySelector(".name").textContent = format;
  sheets.append(sheet);
  return sheet;
}

function list(place, problems) {
  place.replaceChildren(...problems.map((each) => {
    const shown = byId("problem").content.firstElementChild.cloneNode(true);
    shown.querySelector(".where").textContent = `${each.where} [${each.code}]`;
    shown.querySelector(".message").textContent = each.message;
    shown.querySelector(".source").textContent = each.source;
    shown.querySelector(".remedy").textContent = each.remedy ? "→ " + each.remedy : "";
    return shown;
  }));
}

function verdict(sheet, count) {
  const told = sheet.querySelector(".verdict");
  told.textContent = count ? `${count} ${count === 1 ? words.problem : words.problems}` : words.sound;
  told.classList.toggle("bad", count > 0);
}

// The safe area is drawn over the picture itself, wherever it stands in its frame.
function frames() {
  for (const sheet of sheets.children) {
    const mark = sheet.querySelector("i.safe"), picture = sheet.querySelector("img");
    if (!sheet.safe || !picture.naturalWidth) continue;
    const scale = Math.min(picture.clientWidth / picture.naturalWidth, picture.clientHeight / picture.naturalHeight);
    const width = picture.naturalWidth * scale, height = picture.naturalHeight * scale;
    const left = picture.offsetLeft + (picture.clientWidth - width) / 2, top = picture.offsetTop + (picture.clientHeight - height) / 2;
    const [up, right, down, before] = sheet.safe.map((share) => share / 100);
    mark.style.left = left + before * width + "px";
    mark.style.top = top + up * height + "px";
    mark.style.width = width * (1 - before - right) + "px";
    mark.style.height = height * (1 - up - down) + "px";
    mark.classList.toggle("known", sheet.safe.some(Boolean));
  }
}
addEventListener("resize", frames);

const told = {
  begin({ formats }) {
    broken.hidden = true;
    say("working", words.working);
    for (const sheet of [...sheets.children]) if (!formats.includes(sheet.id.slice(2))) sheet.remove();
    for (const format of formats) sheets.append(sheetOf(format));
  },
  look(event) {
    const sheet = sheetOf(event.format), picture = sheet.querySelector("img"), script = sheet.querySelector(".script");
    sheet.querySelector(".size").textContent = (event.width ? `${event.width}×${event.height} · ` : "") + words[event.what];
    sheet.querySelector(".time").textContent = `${event.ms} ms`;
    sheet.classList.remove("stale");
    sheet.querySelector(".overlay").hidden = true;
    sheet.querySelector(".frame").hidden = !event.picture;
    script.hidden = !event.text;
    script.textContent = event.text;
    verdict(sheet, event.problems.length);
    list(sheet.querySelector(".list"), event.problems);
    sheet.safe = event.safe;
    if (event.picture && picture.dataset.name !== event.picture) {
      picture.dataset.name = event.picture;
      picture.onload = frames;
      picture.src = "/picture/" + event.picture;
    }
  },
  error({ format, problems }) {
    const sheet = sheetOf(format), overlay = sheet.querySelector(".overlay");
    sheet.classList.add("stale");
    sheet.querySelector(".frame").hidden = false;
    sheet.querySelector(".script").hidden = true;
    overlay.hidden = false;
    verdict(sheet, problems.length);
    list(overlay, problems);
    list(sheet.querySelector(".list"), []);
  },
  broken({ problems }) {
    broken.hidden = false;
    list(broken.querySelector(".list"), problems);
    for (const sheet of sheets.children) sheet.classList.add("stale");
    say("watching", words.connected);
  },
  end({ ms }) {
    say("watching", `${words.connected} · ${words.took} ${ms} ms`);
  },
};

const source = new EventSource("/events" + location.search);
source.onmessage = ({ data }) => { const event = JSON.parse(data); told[event.kind](event); };
source.onerror = () => say("lost", words.lost);
