// What every page does: messages are closed, a failed network is told, a page that asks for it is renewed.
"use strict";
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-close]");
  if (button) button.closest(".box").remove();
});
for (const name of ["htmx:sendError", "htmx:timeout"])
  document.addEventListener(name, () => {
    const vi = document.documentElement.lang === "vi";
    const box = document.createElement("div");
    box.className = "box bad";
    box.setAttribute("role", "alert");
    box.textContent = vi
      ? "Máy chủ xem trước không trả lời. Thao tác vừa rồi chưa được ghi; kiểm tra cửa sổ đang chạy “loa preview”."
      : "The preview does not answer. What you just did was not recorded; look at the window in which “loa preview” runs.";
    document.getElementById("told").replaceChildren(box);
  });
// A refusal comes with a status of its own and a message for the place above the page: it is shown, not dropped.
document.addEventListener("htmx:beforeSwap", (event) => {
  const status = event.detail.xhr.status;
  if (status >= 400 && event.detail.xhr.getResponseHeader("HX-Retarget")) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
