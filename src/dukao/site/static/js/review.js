// The review page works without this. With it, selecting on either side shows the other, and keys do the work:
// j and k next and previous, Enter the proposed answer, 1 to 9 another, e another text, u undo, ? the keys.
"use strict";

(() => {
  document.documentElement.classList.add("js");
  const paper = document.getElementById("paper");
  const quick = matchMedia("(prefers-reduced-motion: reduce)");
  const wide = matchMedia("(min-width: 1000px)");
  let current = null; // the id of the question or card one is at
  let goesOn = false; // an answer given by key leads on to the next question

  const find = (id) => (id ? document.getElementById(id) : null);
  const names = (one, name) => (one.dataset[name] || "").split(" ").filter(Boolean);
  const asks = () => [...document.querySelectorAll(".ask")];
  const stops = () => (asks().length ? asks() : [...document.querySelectorAll(".task-card")]);

  const show = (places) => {
    document.querySelectorAll(".review__paper .here").forEach((one) => one.classList.remove("here"));
    const spans = places.map(find).filter(Boolean);
    spans.forEach((span) => {
      const task = span.dataset.task;
      span.classList.add("here");
      // A span cut by another mark goes on in pieces without the id.
      if (task) document.querySelectorAll(`.span[data-task="${CSS.escape(task)}"]`).forEach((one) => one.classList.add("here"));
    });
    if (spans.length && wide.matches) {
      const top = spans[0].getBoundingClientRect().top - paper.getBoundingClientRect().top + paper.scrollTop;
      paper.scrollTo({ top: top - paper.clientHeight / 3, behavior: quick.matches ? "auto" : "smooth" });
    }
  };

  const choose = (one, { scrolls = true, focuses = true, shows = true } = {}) => {
    document.querySelectorAll(".ask--here, .task-card--here").forEach((other) => other.classList.remove("ask--here", "task-card--here"));
    if (!one) return;
    current = one.id;
    one.classList.add(one.matches(".ask") ? "ask--here" : "task-card--here");
    if (focuses) one.focus({ preventScroll: true });
    if (scrolls) one.scrollIntoView({ block: "nearest", behavior: quick.matches ? "auto" : "smooth" });
    if (shows) show(names(one, "places"));
  };

  const step = (by, onlyOpen = false) => {
    const all = stops();
    const at = all.findIndex((one) => one.id === current);
    const rest = by > 0 ? all.slice(at + 1) : all.slice(0, Math.max(at, 0)).reverse();
    const next = rest.find((one) => !onlyOpen || !one.matches(".ask--settled"));
    if (next) choose(next);
    return Boolean(next);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-goto], .ref, a[href^='#']");
    if (link) {
      const id = decodeURIComponent(link.hash.slice(1));
      const target = find(id);
      if (!target) return; // another filter shows it: the link leads there
      if (target.matches(".ask, .task-card")) {
        event.preventDefault();
        choose(target, { shows: !link.matches(".ref") });
      } else if (target.closest("#paper") && wide.matches) {
        event.preventDefault();
        const home = link.closest(".ask, .task-card");
        if (home) choose(home, { scrolls: false, shows: false });
        show([id]);
      }
      return;
    }
    if (event.target.closest("a, button, summary, input, textarea, select, label") || String(getSelection())) return;
    const span = event.target.closest(".review__paper .span");
    if (span) {
      const own = asks().find((one) => names(one, "tasks").includes(span.dataset.task));
      const card = find(`task-${span.dataset.task}`) || own;
      if (card) choose(card, { focuses: false, shows: false });
      show([span.id].filter(Boolean));
      return;
    }
    const one = event.target.closest(".ask, .task-card");
    if (one) choose(one, { scrolls: false });
  });

  const open = (one) => {
    const more = one.querySelector(".ask__more");
    if (more) {
      const edit = [...one.querySelectorAll(".ask__more")].find((way) => way.querySelector("textarea")) || more;
      edit.open = true;
      edit.querySelector("textarea, input:not([type=hidden]), select").focus();
      return;
    }
    const link = one.querySelector(".task-card__edit");
    if (link) link.click();
  };

  // The ways to answer in the order they are shown: buttons, then those that ask for more.
  const take = (one, number) => {
    const way = one && one.querySelectorAll(".ask__ways > form button, .ask__more > summary")[number - 1];
    if (!way) return false;
    if (way.matches("summary")) {
      way.parentElement.open = true;
      way.parentElement.querySelector("textarea, input:not([type=hidden]), select").focus();
      return true;
    }
    goesOn = true;
    way.click();
    return true;
  };

  const press = {
    j: () => step(1),
    k: () => step(-1),
    e: (one) => one && open(one),
    u: (one) => one && one.querySelector(".ask__undo")?.click(),
    "?": () => {
      const keys = find("keys");
      if (keys) keys.open = !keys.open;
    },
    Enter: (one) => {
      const proposed = one && one.querySelector(".ask__proposed");
      if (!proposed) return false;
      goesOn = true;
      proposed.click();
      return true;
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select")) {
      if (event.key === "Escape") choose(event.target.closest(".ask") || find(current));
      if (event.key === "Enter" && event.target.matches("input")) goesOn = true;
      return;
    }
    // Enter on a link or a button is theirs.
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    const act = press[event.key] || (/^[1-9]$/.test(event.key) && ((one) => take(one, Number(event.key))));
    if (act && act(find(current)) !== false) event.preventDefault();
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const one = event.detail.elt;
    if (!one.matches || !one.matches(".ask") || one.id !== (event.detail.target && event.detail.target.id)) return;
    const moves = goesOn && one.matches(".ask--settled");
    goesOn = false;
    if (moves && step(1, true)) return;
    choose(find(one.id), { scrolls: false });
  });

  document.addEventListener("htmx:sendError", () => {
    goesOn = false;
  });

  const arrive = () => {
    const target = find(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches(".ask, .task-card")) choose(target, { scrolls: false });
    else if (target && target.closest("#paper")) show([target.id]);
  };
  addEventListener("hashchange", arrive);
  arrive();
})();
