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
    if (now.problems !== before.problems || before === now) tell("problems", now.told);
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
}
