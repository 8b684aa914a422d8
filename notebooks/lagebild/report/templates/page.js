// The sentences behind a mark, a cell, a number or an id: beside the pointer on hovering, in a panel on a click.
// Without JavaScript the same links lead to them. The address bar keeps the place, and going back returns.
const panel = document.getElementById("evidence");
const rows = document.getElementById("evidence-rows");
const place = document.getElementById("evidence-place");

const card = document.createElement("div");
card.className = "card";
card.hidden = true;
document.body.append(card);

const target = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));
const copy = (entry) => {
  const made = entry.cloneNode(true);
  for (const one of [made, ...made.querySelectorAll("[id]")]) one.removeAttribute("id");
  made.hidden = false;
  for (const heading of made.querySelectorAll("h4")) {
    const higher = document.createElement("h3"); // the panel is headed by an h2
    higher.append(...heading.childNodes);
    heading.replaceWith(higher);
  }
  return made;
};

// An entry of the annex is evidence; so is a row that cites entries: a cell of a matrix, a tie, a statement.
function gather(hash) {
  const found = hash.length > 1 && target(hash);
  if (!found) return [];
  if (found.matches("article.item")) return [found];
  if (!found.matches("tr[id^=rel-], tr[id^=tie-], tr[id^=say-]")) return [];
  const cited = [...found.querySelectorAll(".ids a")].map((link) => target(link.hash));
  return cited.filter((entry) => entry?.matches("article.item"));
}

function fill(hash) {
  const entries = gather(hash);
  rows.replaceChildren(...entries.map(copy));
  place.href = hash;
  if (entries.length && !panel.open) panel.showModal();
  if (!entries.length && panel.open) panel.close();
  rows.scrollTop = 0;
}

function follow(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest?.("a[href]");
  if (["alternate", "prev"].includes(link?.rel)) link.hash = location.hash; // another report, at the same place
  const hash = link?.getAttribute("href") ?? "";
  if (!hash.startsWith("#")) return;
  if (link === place) {
    event.preventDefault();
    const entry = target(hash);
    panel.close("place");
    if (entry.hidden) filter.reset();
    entry.scrollIntoView();
    return;
  }
  if (gather(hash).length) {
    event.preventDefault();
    hide();
    history[panel.open ? "replaceState" : "pushState"]({ evidence: hash }, "", hash);
    fill(hash);
  } else if (panel.open) {
    panel.close("place"); // a source: the page itself goes there
  }
}

document.addEventListener("click", follow);
panel.addEventListener("click", (event) => event.target === panel && panel.close());
panel.addEventListener("close", () => {
  if (panel.returnValue !== "place" && history.state?.evidence) history.back();
  panel.returnValue = "";
});
addEventListener("popstate", (event) => fill(event.state?.evidence ?? "#"));

function show(event) {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link || panel.contains(link) || link.closest("article.item")) return;
  const [entry] = gather(link.getAttribute("href"));
  if (!entry) return;
  card.replaceChildren(...copy(entry).children);
  card.hidden = false;
  const at = link.getBoundingClientRect();
  const { offsetWidth: wide, offsetHeight: high } = card;
  const below = at.bottom + 8 + high <= innerHeight || at.top < high + 8;
  card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - wide - 8))}px`;
  card.style.top = `${below ? at.bottom + 8 : at.top - high - 8}px`;
}

function hide() {
  card.hidden = true;
}

for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, show);
for (const kind of ["pointerout", "focusout", "scroll"]) document.addEventListener(kind, hide, true);
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());

// Search and filter over the annex; the choice stands in the address, so that it can be handed on.
const filter = document.getElementById("filter");
if (filter) {
  const items = [...document.querySelectorAll("article.item")];
  const words = new Map(items.map((item) => [item, item.textContent.toLowerCase()]));
  const count = filter.elements.namedItem("count");
  const fits = (item, want) =>
    (want.text ?? "").toLowerCase().split(/\s+/).every((word) => words.get(item).includes(word)) &&
    (!want.type || item.dataset.type === want.type) &&
    (!want.status || item.dataset.status === want.status) &&
    (!want.contested || item.dataset.contested === want.contested) &&
    (!want.actor || item.dataset.actors.split(" ").includes(want.actor)) &&
    (!want.from || !item.dataset.to || item.dataset.to >= want.from) &&
    (!want.to || !item.dataset.from || item.dataset.from <= want.to);
  const apply = () => {
    const want = Object.fromEntries([...new FormData(filter)].filter(([, value]) => value));
    for (const item of items) item.hidden = !fits(item, want);
    const shown = items.filter((item) => !item.hidden).length;
    count.value = count.dataset.text.replace("{n}", shown).replace("{all}", items.length);
    return want;
  };
  const restore = () => {
    if (!location.hash.startsWith("#find?")) return;
    for (const [name, value] of new URLSearchParams(location.hash.slice(6))) {
      const field = filter.elements.namedItem(name);
      if (field && "value" in field) field.value = value;
    }
    apply();
    filter.scrollIntoView();
  };
  filter.hidden = false;
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("input", () => history.replaceState(null, "", `#find?${new URLSearchParams(apply())}`));
  filter.addEventListener("reset", () => setTimeout(() => (apply(), history.replaceState(null, "", "#annex-h"))));
  addEventListener("hashchange", restore);
  addEventListener("hashchange", () => target(location.hash)?.matches("article[hidden]") && filter.reset());
  apply();
  restore();
}

// What need not scroll is no stop for the keyboard.
const frames = [...document.querySelectorAll(".scroll")];
const measure = () => frames.forEach((frame) => (frame.tabIndex = frame.scrollWidth > frame.clientWidth ? 0 : -1));
addEventListener("resize", measure);
measure();

// Paper shows everything, whatever is filtered on the screen.
addEventListener("beforeprint", () => document.querySelectorAll("article.item").forEach((item) => (item.hidden = false)));
