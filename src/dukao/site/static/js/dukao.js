// What every page has: a search field one reaches with "/", tables that scroll by keyboard, and what is said
// where an htmx request is refused or not answered.
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

// An answer with an error is a page of its own: it takes the place of what stands in `main`, whatever part the
// form was to swap, so that its sentence is read.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status < 400) return;
  event.detail.shouldSwap = true;
  event.detail.target = document.querySelector("main");
  event.detail.selectOverride = "main > *";
  event.detail.swapOverride = "innerHTML show:window:top focus-scroll:false";
  document.addEventListener("htmx:afterSettle", () => document.querySelector("main").focus({ preventScroll: true }), { once: true });
});

// A request without an answer: said where it is seen and heard; what was typed stays as it is.
const tell = (sentence) => {
  const said = document.getElementById("unsent");
  said.textContent = sentence;
  said.hidden = !sentence;
};
document.addEventListener("htmx:beforeRequest", () => tell(""));
document.addEventListener("htmx:sendError", () => tell("没有连上服务器，这一步没有保存。请检查网络后再按一次。"));
document.addEventListener("htmx:timeout", () => tell("服务器很久没有回答，不知道这一步有没有保存。请检查网络，刷新页面看一看，没有保存的再按一次。"));

// Who pressed within what was swapped finds the cursor in what took its place, where that can be stopped at.
document.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement === document.body && event.detail.elt.matches?.("[tabindex='-1']")) {
    event.detail.elt.focus({ preventScroll: true });
  }
});

// Sentences that were typed and not sent: the browser asks before they are left behind.
let sends = false;
document.addEventListener("submit", () => { sends = true; });
document.addEventListener("htmx:afterRequest", () => { sends = false; });
addEventListener("pageshow", () => { sends = false; });
addEventListener("beforeunload", (event) => {
  const typed = [...document.querySelectorAll("form[method='post'] textarea")].some((one) => one.value !== one.defaultValue);
  if (typed && !sends) event.preventDefault();
});
