// The page follows the desk: the server tells that the book, the files or their problems have changed.
// A part of a page with hx-trigger="book-changed from:body" renews itself. Texts are set, never parsed.
"use strict";
{
  let known = null;
  const tell = (name, detail) => document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));

  function hear(now) {
    const before = known ?? now;
    known = now;
    if (now.book !== before.book || now.files !== before.files) tell("book-changed");
    if (now.files !== before.files) tell("files");
    if (now.problems !== before.problems || (before === now && now.told.length)) tell("problems", now.told);
  }

  // A page that nobody sees does not listen: browsers allow few connections to one server, over all pages together.
  let source = null;
  function listen() {
    const wanted = document.visibilityState === "visible";
    if (wanted === (source !== null)) return;
    source?.close();
    source = wanted ? new EventSource("/events") : null;
    if (source) source.onmessage = (event) => hear(JSON.parse(event.data));
  }
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => { source?.close(); source = null; });
  addEventListener("pageshow", listen);
  listen();

  // What is wrong with the staff's files stands over every page until it is mended; put aside, it leaves a button.
  const english = document.documentElement.lang === "en";
  const put = (name, className, text) => Object.assign(document.createElement(name), { className, textContent: text });
  const sheet = put("dialog", "file-problems", ""), knob = put("button", "file-problems-knob danger", "");
  const head = put("h2", "", ""), list = put("ol", "", ""), close = put("button", "plain", english ? "Put aside" : "Tạm ẩn");
  close.type = knob.type = "button";
  head.id = "file-problems-head";
  sheet.setAttribute("aria-labelledby", head.id);
  const bar = put("div", "file-problems-bar", "");
  bar.append(head, close);
  sheet.append(bar, put("p", "", english
    ? "Until they are mended the pages show the last good plan, and the scheduler publishes nothing new."
    : "Cho đến khi sửa xong, các trang vẫn theo kế hoạch tốt gần nhất và bộ lịch phát không phát gì."), list);
  knob.hidden = true;
  // where a name is chosen the sheet would lie on the button: there it waits as a button of its own
  const signsIn = document.querySelector('form[action="/sign-in"]') !== null;
  document.body.append(sheet, knob);
  close.addEventListener("click", () => { sheet.close(); knob.hidden = false; knob.focus(); });
  knob.addEventListener("click", () => { sheet.show(); knob.hidden = true; close.focus(); });
  sheet.addEventListener("keydown", (event) => event.key === "Escape" && close.click());

  function entry({ code, where, message, source, remedy }) {
    const item = put("li", "", "");
    const place = put("p", "where", where);
    place.append(put("span", "code", code));
    item.append(place, put("p", "message", message));
    if (source) item.append(Object.assign(put("pre", "", source), { tabIndex: 0 }));
    if (remedy) item.append(put("p", "remedy", remedy));
    return item;
  }

  document.body.addEventListener("problems", ({ detail }) => {
    if (!detail.length) {
      sheet.close();
      knob.hidden = true;
      return;
    }
    const count = english ? `${detail.length} problem${detail.length > 1 ? "s" : ""} in the files` : `${detail.length} lỗi trong tệp`;
    head.textContent = knob.textContent = count;
    list.replaceChildren(...detail.map(entry));
    knob.hidden = !signsIn;
    if (!signsIn) sheet.show();
  });
}
