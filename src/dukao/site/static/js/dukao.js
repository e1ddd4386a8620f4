// What every page has: a search field one reaches with "/", tables that scroll by keyboard, and messages that
// htmx answers carry.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.querySelector("[data-search]");
  if (field) {
    event.preventDefault();
    field.focus();
    field.select();
  }
});

// A table wider than the window, with nothing in it to stop at: one stops at the table itself and scrolls it.
const stopAtWideTables = () => {
  document.querySelectorAll(".scroll, .sheet__scroll").forEach((one) => {
    const wide = one.scrollWidth > one.clientWidth && !one.querySelector("a, button, input, select, textarea");
    one.toggleAttribute("tabindex", wide);
    if (wide) one.tabIndex = 0;
  });
};
addEventListener("load", stopAtWideTables);
addEventListener("resize", stopAtWideTables);
document.addEventListener("htmx:afterSettle", stopAtWideTables);

// An answer with an error is a page of its own: shown whole, so that its sentence is read.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status >= 400) {
    event.detail.shouldSwap = true;
    event.detail.target = document.querySelector("main");
    event.detail.selectOverride = "main > *";
  }
});
