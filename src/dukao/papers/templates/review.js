// Only an enhancement: the page is whole without it. Select on either side and the other follows; j and k walk the cards.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const spansOf = (item) => document.querySelectorAll(`.span[data-t="${CSS.escape(item)}"]`);
  const clear = () => document.querySelectorAll(".here").forEach((one) => one.classList.remove("here"));
  const shown = () => [...document.querySelectorAll(".card")].filter((card) => card.offsetParent);
  let current = null;

  const choose = (item, from) => {
    const card = document.getElementById(`t-${item}`);
    const spans = spansOf(item);
    clear();
    current = card;
    spans.forEach((span) => span.classList.add("here"));
    if (!card) return;
    card.classList.add("here");
    if (from !== "desk") {
      if (!card.offsetParent) document.getElementById("f-all").checked = true;
      card.scrollIntoView({ block: "nearest" });
    }
    if (from !== "paper" && spans.length && matchMedia("(min-width: 861px)").matches) spans[0].scrollIntoView({ block: "center" });
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("a, label, summary, input") || String(getSelection())) return;
    const span = event.target.closest(".span");
    const card = event.target.closest(".card");
    if (span) choose(span.dataset.t, "paper");
    else if (card) choose(card.dataset.item, "desk");
  });

  // A link to a hidden card must not lead nowhere: show everything again.
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (!target.offsetParent && target.closest("[data-f]")) {
      document.getElementById("f-all").checked = true;
      target.scrollIntoView();
    }
    const span = target.closest(".span");
    clear();
    if (target.matches(".card")) choose(target.dataset.item, "desk");
    else if (span) choose(span.dataset.t, "paper");
  };
  addEventListener("hashchange", follow);
  if (location.hash) follow();

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=radio]), textarea")) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const cards = shown();
    const at = cards.indexOf(current);
    const next = cards[at < 0 ? 0 : at + step];
    if (next) choose(next.dataset.item, "keys");
  });
})();
