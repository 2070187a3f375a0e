// The calendar: months are fetched once and kept, neighbours before they are asked for, so that turning a page is quick.
// What stands on it comes from the staff's files: it is put in as text, never as markup.
"use strict";
{
  const board = document.getElementById("calendar");
  const config = JSON.parse(board.dataset.config);
  const english = config.lang === "en";
  const say = (vi, en) => (english ? en : vi);
  const byId = (id) => document.getElementById(id);
  const VIEWS = { month: "dayGridMonth", week: "timeGridWeek", list: "" }; // the list is our own
  const WEEKDAYS = english
    ? ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    : ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
  const SHORT_WEEKDAYS = english ? WEEKDAYS.map((name) => name.slice(0, 3)) : ["CN", "T2", "T3", "T4", "T5", "T6", "T7"];
  const MINUTES_DRAWN = 52, SNAP = 15, A_DAY = 1440; // a moment has no length, but in a week it needs room
  const MOST_A_DAY = 3;
  const AT_ONCE = 24; // rows of a list: more than any screen shows

  // Days without hours, counted in UTC so that no zone moves them.
  const day = (iso) => new Date(`${iso}T00:00:00Z`);
  const iso = (date) => date.toISOString().slice(0, 10);
  const localIso = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const two = (number) => String(number).padStart(2, "0");
  const plus = (date, days) => new Date(date.getTime() + days * 864e5);
  const monday = (date) => plus(date, -((date.getUTCDay() + 6) % 7));
  const monthStart = (date, by = 0) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + by, 1));
  const short = (date) => `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}`;

  const asked = new URLSearchParams(location.search);
  const narrow = matchMedia("(max-width: 720px)").matches;
  const state = {
    view: asked.get("view") in VIEWS ? asked.get("view") : narrow ? "list" : "month",
    date: /^\d{4}-\d{2}-\d{2}$/.test(asked.get("date")) ? day(asked.get("date")) : day(config.today),
  };
  let shown = { entries: [], days: {}, digests: {} };
  let byDay = new Map();
  let calendar = null;

  // -- what is fetched -------------------------------------------------------------------------------------------
  const filter = byId("cal-filter");
  const wanted = () => new URLSearchParams([...new FormData(filter)].filter(([, value]) => value));
  let kept = new Map();

  function span(view, date) {
    if (view === "week") return [monday(date), plus(monday(date), 6)];
    const first = monthStart(date), last = plus(monthStart(date, 1), -1);
    return view === "list" ? [first, last] : [monday(first), plus(monday(last), 6)];
  }

  function load([first, last]) {
    const query = wanted();
    query.set("from", iso(first));
    query.set("to", iso(last));
    const address = `/calendar/slots?${query}`;
    if (!kept.has(address)) {
      const found = fetch(address).then((answer) => (answer.ok ? answer.json() : answer.text().then((text) => Promise.reject(text))));
      found.catch(() => kept.delete(address));
      kept.set(address, found);
    }
    return kept.get(address);
  }

  const dayOf = (entry) => entry.start.slice(0, 10);
  function grouped() {
    const found = new Map();
    for (const entry of shown.entries) found.get(dayOf(entry))?.push(entry) ?? found.set(dayOf(entry), [entry]);
    return found;
  }

  const step = (by) => (state.view === "week" ? plus(state.date, 7 * by) : monthStart(state.date, by));
  const prefetch = () => [-1, 1].forEach((by) => load(span(state.view, step(by))).catch(() => {}));

  // -- what is drawn ---------------------------------------------------------------------------------------------
  function put(name, className, ...inside) {
    const found = document.createElement(name);
    if (className) found.className = className;
    found.append(...inside);
    return found;
  }

  function symbol(channel) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${config.icons}#${config.channels[channel]?.[0] ?? "task"}`);
    svg.setAttribute("aria-hidden", "true");
    svg.append(use);
    return put("span", `channel ${channel.split("-")[0]}`, svg);
  }

  function icon(channel) {
    const box = symbol(channel);
    const name = config.channels[channel]?.[1] ?? channel;
    box.append(put("span", "visually-hidden", `${name}, `));
    box.title = name;
    return box;
  }

  function drawn(entry, withButton) {
    const slot = put(entry.delivery ? "a" : "button", "slot");
    if (entry.delivery) slot.href = `/review?delivery=${entry.delivery}`;
    else slot.type = "button";
    slot.draggable = false;
    slot.dataset.slot = entry.id;
    slot.title = `${entry.title} · ${entry.units} · ${entry.state}`;
    if (!entry.picture) slot.append(put("span", "slot-picture none", symbol(entry.channels[0])));
    else {
      const picture = put("img", "slot-picture");
      Object.assign(picture, { src: `/thumb/${entry.picture}/160`, alt: "", loading: "lazy", decoding: "async", draggable: false });
      slot.append(picture);
    }
    const head = put("span", "slot-head", put("time", "", entry.start.slice(11)), put("span", "slot-icons", ...entry.channels.map(icon)));
    const foot = put("span", "slot-foot", put("span", "slot-units", entry.units), put("span", `slot-state state ${entry.tone}`, entry.state));
    slot.append(put("span", "slot-words", head, put("span", "slot-title", entry.title), foot));
    if (!withButton || !entry.move) return [slot];
    const move = put("button", "plain slot-move", say("Dời", "Move"), put("span", "visually-hidden", ` “${entry.title}”`));
    move.type = "button";
    move.dataset.move = entry.id;
    return [slot, move];
  }

  // A month's slots stand in its cells, not as events of the calendar: that measures each one, and a month has many.
  function drawDay(date) {
    const key = localIso(date);
    const [lunar, holiday, worked, empty] = shown.days[key] ?? ["", "", 0, 0];
    const moon = put("span", "day-lunar", lunar.startsWith("1/") || date.getDate() === 1 ? lunar : lunar.split("/")[0]);
    moon.title = say(`Âm lịch ${lunar}`, `Lunar date ${lunar}`);
    const top = put("span", "day-top", put("span", "day-dates", put("span", "day-solar", String(date.getDate())), moon));
    if (holiday) top.append(put("span", "day-name", holiday));
    if (worked) top.append(put("span", "day-name worked", say("làm bù", "worked")));
    if (empty) top.append(drawGap());
    const entries = byDay.get(key) ?? [];
    const rest = entries.length - MOST_A_DAY;
    if (rest > 0) {
      const more = put("button", "day-more", say(`+${rest} tin`, `+${rest} more`), put("span", "visually-hidden", say(` nữa ngày ${short(day(key))}`, ` on ${short(day(key))}`)));
      more.type = "button";
      more.dataset.more = key;
      top.append(more);
    }
    return { domNodes: [top, ...entries.slice(0, MOST_A_DAY).map(drawCell)] };
  }

  // The same holds for a week: its columns hold the slots themselves, side by side where they are near each other.
  function drawColumns() {
    const first = monday(state.date);
    board.querySelectorAll(".ec-time-grid .ec-body .ec-day").forEach((column, number) => {
      const key = iso(plus(first, number));
      column.dataset.day = key;
      const off = shown.days[key]?.[1] ? [drawShade("cal-off", 0, A_DAY)] : [];
      column.replaceChildren(...off, ...quiet().map((hours) => drawShade("cal-hours", ...hours)), ...lanes(byDay.get(key) ?? []).map(drawPlaced));
    });
  }

  const minutes = (time) => 60 * Number(time.slice(0, 2)) + Number(time.slice(3, 5));
  const clock = (count) => `${two(Math.floor(count / 60))}:${two(count % 60)}`;
  const high = (from, length) => `top:${(100 * from) / A_DAY}%;height:${(100 * Math.min(length, A_DAY - from)) / A_DAY}%;`;

  // From and length of the hours of a day in which nothing goes out.
  function quiet() {
    const [from, to] = config.quiet.map(minutes);
    if (from === to) return [];
    return from < to ? [[from, to - from]] : [[0, to], [from, A_DAY - from]];
  }

  function drawShade(kind, from, length) {
    const shade = put("div", `week-shade ${kind}`);
    shade.style.cssText = high(from, length);
    return shade;
  }

  // Each slot goes to the first lane that is free; slots that touch share the width among all their lanes.
  function lanes(entries) {
    let [ends, last] = [[], 0];
    return entries.map((entry) => {
      const from = minutes(entry.start.slice(11));
      if (from >= last) ends = [];
      const free = ends.findIndex((end) => end <= from);
      const lane = free < 0 ? ends.length : free;
      last = Math.max(last, ends[lane] = from + MINUTES_DRAWN);
      return { entry, from, lane, ends };
    });
  }

  function drawPlaced({ entry, from, lane, ends }) {
    const cell = drawCell(entry);
    cell.classList.add("in-week");
    cell.style.cssText = `${high(from, MINUTES_DRAWN)}left:calc(${(100 * lane) / ends.length}% + 3px);width:calc(${100 / ends.length}% - 6px);`;
    return cell;
  }

  function drawCell(entry) {
    const cell = put("span", `cell tone-${entry.tone} ${entry.move ? "can-move" : "is-fixed"}`, ...drawn(entry, false));
    cell.draggable = Boolean(entry.move);
    cell.dataset.cell = entry.id;
    return cell;
  }

  function drawGap() {
    const gap = put("span", "cal-gap", put("span", "", "+"), put("span", "visually-hidden", say(" chưa có tin", " nothing planned")));
    gap.title = say("Ngày làm việc chưa có tin nào", "A working day with nothing planned");
    return gap;
  }

  function drawHead(date) {
    const [lunar, holiday, worked, empty] = shown.days[localIso(date)] ?? ["", "", 0, 0];
    const nodes = [
      put("span", "head-day", `${SHORT_WEEKDAYS[date.getDay()]} `, put("b", "", `${two(date.getDate())}/${two(date.getMonth() + 1)}`)),
      put("span", "day-lunar", say(`ÂL ${lunar}`, `lunar ${lunar}`)),
    ];
    if (holiday) nodes.push(put("span", "day-name", holiday));
    if (worked) nodes.push(put("span", "day-name worked", say("làm bù", "worked")));
    if (empty) nodes.push(drawGap());
    return { domNodes: nodes };
  }

  function drawSide(key) {
    const [lunar, holiday, worked] = shown.days[key] ?? ["", "", 0];
    const words = [holiday, worked ? say("làm bù", "worked") : "", lunar && say(`âm lịch ${lunar}`, `lunar ${lunar}`)];
    return words.filter(Boolean).join(" · ");
  }

  // A list may be long: what is in sight is drawn at once, the rest right after it, piece by piece.
  let drawing = 0;
  function drawList() {
    const mine = ++drawing;
    const forgotten = Object.keys(shown.days).filter((key) => shown.days[key][3] && !byDay.has(key)).map((key) => [key, []]);
    const days = [...byDay, ...forgotten].sort(([one], [other]) => (one < other ? -1 : 1));
    const main = put("section", "ec-main");
    if (!days.length) main.append(put("div", "ec-no-events", say("Không có tin nào trong tháng này khớp với lựa chọn.", "Nothing in this month matches the choice.")));
    const next = () => {
      if (mine !== drawing) return;
      for (let rows = 0; days.length && rows < AT_ONCE; rows += days.shift()[1].length || 1) main.append(drawListDay(...days[0]));
      if (days.length) setTimeout(next);
    };
    next();
    const whole = put("div", "ec ec-list ec-month-view", main);
    whole.setAttribute("role", "group");
    board.replaceChildren(whole);
  }

  function drawListDay(key, entries) {
    const date = day(key);
    const [name, side] = [put("time", "", `${WEEKDAYS[date.getUTCDay()]}, ${short(date)}`), put("time", "ec-day-side", drawSide(key))];
    name.dateTime = side.dateTime = key;
    const head = put("h4", "ec-day-head", name, " ", side);
    head.setAttribute("role", "heading");
    head.setAttribute("aria-level", "2");
    const rows = entries.map((entry) => put("article", `ec-event tone-${entry.tone} ${entry.move ? "can-move" : "is-fixed"}`, put("div", "ec-event-body", ...drawn(entry, true))));
    if (!rows.length) rows.push(put("p", "list-gap", drawGap(), put("span", "", say("Ngày làm việc chưa có tin", "A working day with nothing planned"))));
    return put("div", key === config.today ? "ec-day ec-highlight" : "ec-day", head, ...rows);
  }

  function title() {
    if (state.view === "week") {
      const [first, last] = span("week", state.date);
      return say(`Tuần ${short(first)} – ${short(last)}/${last.getUTCFullYear()}`, `Week ${short(first)} – ${short(last)}/${last.getUTCFullYear()}`);
    }
    const [month, year] = [state.date.getUTCMonth() + 1, state.date.getUTCFullYear()];
    return say(`Tháng ${month} năm ${year}`, state.date.toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }));
  }

  // Roles that the calendar gives to cells ask for rows that it does not draw; a plain group says enough.
  function mend() {
    board.querySelectorAll('[role="table"], [role="list"]').forEach((each) => each.setAttribute("role", "group"));
    for (const each of board.querySelectorAll('[role="cell"], [role="row"], [role="rowgroup"], [role="columnheader"], [role="listitem"]')) {
      each.removeAttribute("role");
      each.removeAttribute("aria-colindex");
    }
    board.querySelectorAll(".ec-col-head [aria-label]").forEach((each) => each.removeAttribute("aria-label"));
    board.querySelectorAll(".ec-main").forEach((each) => { each.tabIndex = state.view === "week" ? 0 : -1; });
    for (const each of board.querySelectorAll(".ec-day-grid .ec-day time")) {
      const [, holiday, worked] = shown.days[each.dateTime] ?? [];
      each.closest(".ec-day").classList.toggle("is-off", Boolean(holiday));
      each.closest(".ec-day").classList.toggle("is-worked", Boolean(worked));
    }
  }

  // A cell of a month asks anew what stands in it when its way of drawing is another function.
  const options = () => ({
    view: VIEWS[state.view],
    date: iso(state.date),
    highlightedDates: TODAY,
    dayCellContent: state.view === "month" ? ({ date }) => drawDay(date) : undefined,
    dayHeaderFormat: state.view === "week" ? drawHead : drawShortHead,
    height: state.view === "week" ? "680px" : undefined,
  });
  const TODAY = [config.today];
  const drawShortHead = (date) => SHORT_WEEKDAYS[date.getDay()];
  let given = {};

  function render() {
    board.dataset.view = state.view;
    if (state.view === "list") {
      if (calendar) EventCalendar.destroy(calendar);
      calendar = null;
      drawList();
    } else renderCalendar();
    byId("cal-title").textContent = title();
    for (const each of document.querySelectorAll("[data-view]")) {
      if (each !== board) each.setAttribute("aria-pressed", String(each.dataset.view === state.view));
    }
    if (!calendar) return;
    settle();
  }

  function settle() {
    mend();
    if (state.view === "week") drawColumns();
  }

  function renderCalendar() {
    const [before, now] = [given, options()];
    given = now;
    drawing += 1; // a list that is not all there yet is not wanted any more
    if (calendar) {
      for (const [name, value] of Object.entries(now)) if (value !== before[name]) calendar.setOption(name, value);
    } else {
      board.replaceChildren();
      calendar = EventCalendar.create(board, {
        ...now,
        firstDay: 1,
        locale: english ? "en-GB" : "vi-VN",
        headerToolbar: { start: "", center: "", end: "" },
        allDaySlot: false,
        slotDuration: "00:30",
        slotHeight: 34,
        columnWidth: narrow ? "104px" : undefined,
        slotLabelFormat: (date) => `${two(date.getHours())}:00`,
        scrollTime: "06:30:00",
        viewDidMount: settle,
      });
    }
  }

  // -- where we are, in the address ------------------------------------------------------------------------------
  function keepAddress() {
    const query = wanted();
    const chosen = query.toString();
    byId("cal-file").href = `/calendar/lich.ics?${chosen}`;
    byId("cal-wall").href = `/calendar/wall?${new URLSearchParams([...query, ["month", iso(state.date).slice(0, 7)]])}`;
    byId("cal-clear").hidden = !chosen;
    query.set("view", state.view);
    query.set("date", iso(state.date));
    history.replaceState(null, "", `/calendar?${query}`);
  }

  let turn = 0;
  async function go(changes = {}) {
    Object.assign(state, changes);
    const mine = ++turn;
    setTimeout(keepAddress);
    board.setAttribute("aria-busy", "true");
    try {
      const found = await load(span(state.view, state.date));
      if (mine !== turn) return;
      shown = found;
      byDay = grouped();
      render();
      setTimeout(prefetch);
    } catch (text) {
      if (typeof text !== "string") throw text;
      if (mine === turn) tell(text);
    } finally {
      if (mine === turn) board.removeAttribute("aria-busy");
    }
  }

  // The server's own refusal, as it is shown everywhere.
  function tell(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const box = page.querySelector(".box") ?? put("div", "box bad", say("Không tải được lịch.", "The calendar could not be loaded."));
    byId("told").replaceChildren(document.adoptNode(box));
  }

  async function renew() {
    const focused = document.activeElement?.dataset?.slot;
    kept = new Map();
    await go();
    if (focused) focus(focused);
  }

  function focus(id) {
    requestAnimationFrame(() => board.querySelector(`[data-slot="${CSS.escape(id)}"]`)?.focus());
  }

  // -- moving ----------------------------------------------------------------------------------------------------
  const dialog = byId("cal-dialog");
  let chosen = null;
  const entryOf = (id) => shown.entries.find((entry) => entry.id === id);

  function ask(entry) {
    if (!entry) return;
    if (!entry.move) {
      const why = config.mayMove
        ? say(`“${entry.title}” không dời được nữa: đã đến giờ, đang gửi, đã phát, hoặc là bài đính chính.`, `“${entry.title}” cannot be moved any more.`)
        : say("Đăng nhập với quyền soạn hoặc duyệt để dời tin.", "Sign in as an author or reviewer to move items.");
      const box = put("div", "box wait", put("p", "", why));
      box.setAttribute("role", "alert");
      byId("told").replaceChildren(box);
      return;
    }
    chosen = entry;
    byId("cal-dialog-what").textContent = `${entry.title} (${entry.units}), ${entry.start.slice(11)} ${short(day(entry.start.slice(0, 10)))}`;
    byId("cal-day").value = entry.start.slice(0, 10);
    byId("cal-time").value = entry.start.slice(11);
    sheet.close();
    dialog.showModal();
    byId("cal-day").focus();
  }

  async function move(entry, to) {
    const [campaign, item, occurrence] = entry.id.split("/");
    const values = { campaign, item, occurrence, to, digest: shown.digests[campaign] ?? "" };
    board.setAttribute("aria-busy", "true");
    await htmx.ajax("POST", "/calendar/move", { values, source: board, target: "#told", swap: "innerHTML" }).catch(() => {});
    await renew();
    focus(entry.id);
  }

  const sheet = byId("cal-sheet");
  function press(event) {
    const button = event.target.closest("[data-move], [data-more], button.slot");
    if (button?.dataset.more) showDay(button.dataset.more);
    else if (button) ask(entryOf(button.dataset.move ?? button.dataset.slot));
  }

  function showDay(key) {
    const date = day(key);
    byId("cal-sheet-title").textContent = `${WEEKDAYS[date.getUTCDay()]}, ${short(date)}`;
    byId("cal-sheet-list").replaceChildren(...byDay.get(key).map((entry) => put("li", `tone-${entry.tone}`, ...drawn(entry, true))));
    sheet.showModal();
  }

  byId("cal-move").addEventListener("submit", () => move(chosen, `${byId("cal-day").value}T${byId("cal-time").value}`));
  byId("cal-cancel").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => chosen && focus(chosen.id));

  board.addEventListener("click", press);
  // In a month a slot is dragged to another day and keeps its hour; in a week to another quarter of an hour.
  let carried = null, held = 0;
  const landing = put("div", "week-landing");
  const under = (event) => event.target.closest?.(":is(.ec-day-grid, .ec-body) .ec-day");
  function timeUnder(event, column) {
    const box = column.getBoundingClientRect();
    const from = SNAP * Math.round(((event.clientY - held - box.top) * A_DAY) / box.height / SNAP);
    return Math.max(0, Math.min(A_DAY - SNAP, from));
  }

  function land(event, column) {
    const from = timeUnder(event, column);
    landing.textContent = clock(from);
    landing.style.cssText = high(from, MINUTES_DRAWN);
    if (landing.parentElement !== column) column.append(landing);
  }

  const light = (cell) => board.querySelectorAll(".ec-day.is-target").forEach((each) => each !== cell && each.classList.remove("is-target"));
  board.addEventListener("dragstart", (event) => {
    const cell = event.target.closest?.("[data-cell]");
    carried = cell ? entryOf(cell.dataset.cell) : null;
    if (!carried?.move) {
      event.preventDefault();
      return;
    }
    held = event.clientY - cell.getBoundingClientRect().top;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", carried.title);
    cell.classList.add("is-carried");
  });
  board.addEventListener("dragover", (event) => {
    const cell = carried && under(event);
    if (!cell) return;
    event.preventDefault();
    light(cell);
    cell.classList.add("is-target");
    if (state.view === "week") land(event, cell);
  });
  board.addEventListener("dragend", () => {
    light(null);
    landing.remove();
    board.querySelector(".is-carried")?.classList.remove("is-carried");
    carried = null;
  });
  board.addEventListener("drop", (event) => {
    const [entry, cell] = [carried, under(event)];
    event.preventDefault();
    if (!entry || !cell) return;
    const to = state.view === "week" ? `${cell.dataset.day}T${clock(timeUnder(event, cell))}` : `${cell.querySelector("time").dateTime}T${entry.start.slice(11)}`;
    if (to !== entry.start) move(entry, to);
  });
  board.addEventListener("pointerdown", (event) => { if (event.target.closest("[data-more]")) event.stopPropagation(); }, true);
  sheet.addEventListener("click", press);
  byId("cal-sheet-close").addEventListener("click", () => sheet.close());
  for (const place of [board, sheet]) place.addEventListener("keydown", (event) => {
    const slot = event.target.closest("[data-slot]");
    if (!slot || event.ctrlKey || event.metaKey || event.altKey || event.key.toLowerCase() !== "m") return;
    event.preventDefault();
    ask(entryOf(slot.dataset.slot));
  });

  // -- the ways around ---------------------------------------------------------------------------------------------
  byId("cal-prev").addEventListener("click", () => go({ date: step(-1) }));
  byId("cal-next").addEventListener("click", () => go({ date: step(1) }));
  byId("cal-today").addEventListener("click", () => go({ date: day(config.today) }));
  for (const each of document.querySelectorAll("button[data-view]")) each.addEventListener("click", () => go({ view: each.dataset.view }));
  filter.addEventListener("change", () => go());
  filter.addEventListener("submit", (event) => { event.preventDefault(); go(); });
  byId("cal-clear").addEventListener("click", () => {
    for (const each of filter.querySelectorAll("select")) each.value = "";
    go();
    filter.querySelector("select").focus();
  });
  byId("cal-choose").open = !narrow || wanted().size > 0;
  document.body.addEventListener("book-changed", renew);
  go();
}
