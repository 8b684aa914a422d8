// The filter that lists and charts obey. Without scripts it would do nothing, so the annex holds it hidden; here it moves
// to the bar, to be at hand beside every chart. Search and filter stand in the address, to be handed on.
const filter = document.getElementById("filter");
const filtered = document.getElementById("filtered");
const items = [...document.querySelectorAll("article.item")];
let marks; // the links of the charts, with the entries behind each
let written = location.hash.startsWith("#find?") ? "" : location.hash;

const fits = (item, want) =>
  (want.text ?? "")
    .toLowerCase()
    .split(/\s+/)
    .every((word) => item.words.includes(word)) &&
  (!want.type || item.dataset.type === want.type) &&
  (!want.status || item.dataset.status === want.status) &&
  (!want.contested || item.dataset.contested === want.contested) &&
  (!want.actor || item.dataset.actors.split(" ").includes(want.actor)) &&
  (!want.from || !item.dataset.to || item.dataset.to >= want.from) &&
  (!want.to || !item.dataset.from || item.dataset.from <= want.to);

const chosen = () => (filter ? [...new FormData(filter)].filter(([, value]) => value) : []);

function apply() {
  const want = Object.fromEntries(chosen());
  const on = Object.keys(want).length > 0;
  for (const item of items) {
    item.words ??= item.textContent.toLowerCase();
    item.hidden = on && !fits(item, want);
  }
  const said = { "{n}": items.filter((item) => !item.hidden).length, "{all}": items.length };
  for (const count of [filter.elements.namedItem("count"), filtered.firstElementChild]) {
    count.value = count.dataset.text.replace(/\{n\}|\{all\}/g, (name) => said[name]);
  }
  filtered.hidden = !on;
  for (const drawn of document.querySelectorAll("svg .dim")) drawn.classList.remove("dim");
  if (!on) return;
  marks ??= [...document.querySelectorAll(".plot svg a[href]")].map((link) => [
    link,
    gather(link.getAttribute("href")),
  ]);
  for (const [link, entries] of marks)
    link.classList.toggle(
      "dim",
      entries.every((entry) => entry.hidden),
    );
  for (const [drawn, link] of [...document.querySelectorAll(".plot svg")].flatMap(matchCompanions)) {
    drawn.classList.toggle("dim", link.matches(".dim"));
  }
}

// What is drawn with a mark, but is no link: a number lies in its cell, the span of an event is level with its mark; of
// several marks it is that of the nearest.
function matchCompanions(svg) {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  if (!scale) return []; // it is the drawing for another screen
  const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  const links = [...svg.querySelectorAll("a[href]")].map((link) => [
    link,
    link.lastElementChild.getBoundingClientRect(),
  ]);
  const symbols = links.filter(([link]) => link.lastElementChild.tagName !== "text");
  const match = (drawn) => {
    const box = drawn.getBoundingClientRect();
    const [x, y] = middle(box);
    const far = ([, one]) => Math.hypot(middle(one)[0] - x, middle(one)[1] - y);
    const holds = ([, one]) => x > one.left && x < one.right && y > one.top && y < one.bottom;
    const level = ([, one]) => box.height < 22 * scale && Math.abs(middle(one)[1] - y) < 5 * scale;
    const near = symbols.filter(drawn.matches("text") ? holds : level);
    return near.reduce((best, one) => (best && far(best) <= far(one) ? best : one), undefined)?.[0];
  };
  const drawn = [...svg.querySelectorAll("text, path[d$=z]")].filter((one) => !one.closest("a"));
  return drawn.map((one) => [one, match(one)]).filter(([, link]) => link);
}

function note() {
  const words = query.value.trim();
  const state = new URLSearchParams(words ? [["search", words], ...chosen()] : chosen()).toString();
  written = state && `#find?${state}`;
  history.replaceState(history.state, "", written || location.pathname + location.search);
}

function clearFilter() {
  for (const field of filter.elements) if ("value" in field && field.type !== "reset") field.value = "";
  apply();
  search();
  note();
}

function restore() {
  if (!location.hash.startsWith("#find?") || location.hash === written) return;
  written = location.hash;
  const asked = new URLSearchParams(location.hash.slice(6));
  if (filter) {
    for (const field of filter.elements) {
      if (field.name && field.name !== "count") field.value = asked.get(field.name) ?? "";
    }
    apply();
  }
  query.value = asked.get("search") ?? asked.get("text") ?? "";
  search();
  if (asked.has("search")) step(1);
  else document.querySelector(".items")?.closest("section").scrollIntoView();
}

if (filter) {
  const menu = document.getElementById("filter-menu");
  const link = document.createElement("a");
  link.href = "#filter-menu";
  link.textContent = filter.getAttribute("aria-label");
  filter.before(link);
  menu.querySelector(".drop").append(filter);
  filter.hidden = menu.hidden = false;
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("input", () => (apply(), search(), note()));
  filter.addEventListener("reset", (event) => (event.preventDefault(), clearFilter()));
  filtered.querySelector("button").addEventListener("click", clearFilter);
  addEventListener("hashchange", () => target(location.hash)?.matches("article[hidden]") && clearFilter());
  apply();
}
addEventListener("hashchange", restore);
restore();

// Paper shows everything, whatever is filtered on the screen.
addEventListener("beforeprint", () => items.forEach((item) => (item.hidden = false)));
addEventListener("afterprint", () => filter && apply());
