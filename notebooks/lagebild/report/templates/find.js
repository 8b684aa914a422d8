// Search over the whole report, and the filter that lists and charts obey; both stand in the address, to be handed on.
const main = document.querySelector("main");
const find = document.getElementById("find");
const query = find.elements.namedItem("search");
const hits = find.elements.namedItem("hits");
const SKIPPED = "svg, [hidden], .unseen, .files, .zoom";
const BLOCKS = "p, li, dt, dd, th, td, caption, figcaption, summary, pre, h1, h2, h3, h4";
const canHighlight = "highlights" in CSS;
// In the style itself they would stop the Nu HTML checker, which does not know them.
if (canHighlight) {
  document.styleSheets[0].insertRule("::highlight(found) { background-color: #ffd54a; color: #000; }");
  document.styleSheets[0].insertRule("::highlight(current) { background-color: #b34700; color: #fff; }");
}
let found = []; // ranges
let at = -1;

// The text of each block, with the place of each of its nodes in it: a hit may begin in one and end in another.
function readBlocks() {
  const blocks = [];
  let last;
  const judge = (node) => (node.nodeType === 1 && node.matches(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, judge);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType !== 3) continue;
    const block = node.parentElement.closest(BLOCKS) ?? main;
    if (block !== last) blocks.push({ text: "", nodes: [] });
    last = block;
    blocks.at(-1).nodes.push([blocks.at(-1).text.length, node]);
    blocks.at(-1).text += node.data;
  }
  return blocks;
}

function search(words) {
  unmark();
  at = -1;
  found = [];
  if (words.length > 1) {
    const pattern = new RegExp(words.replace(/[\\^$.*+?()[\]{}|\/-]/g, "\\$&").replace(/\s+/g, "\\s+"), "gi");
    for (const { text, nodes } of readBlocks()) {
      for (const match of text.matchAll(pattern)) {
        const range = new Range();
        const [from, first] = nodes.findLast(([start]) => start <= match.index);
        const [until, last] = nodes.findLast(([start]) => start < match.index + match[0].length);
        range.setStart(first, match.index - from);
        range.setEnd(last, match.index + match[0].length - until);
        found.push(range);
      }
    }
  }
  mark();
  for (const name of ["back", "next"]) find.elements.namedItem(name).hidden = !found.length;
  tell(words);
}

function tell(words) {
  const text = found.length ? hits.dataset.text : hits.dataset.none;
  hits.value = words.length > 1 ? text.replace("{n}", at + 1).replace("{all}", found.length) : "";
}

function mark() {
  if (!found.length) return;
  if (canHighlight) CSS.highlights.set("found", new Highlight(...found));
  else found = found.reverse().map(wrap).reverse(); // elements split the text, so the last hit goes first
}

function wrap(range) {
  const whole = new Range();
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  const nodes = [];
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (node.nodeType === 3 && range.intersectsNode(node)) nodes.push(node);
  }
  const { startContainer, startOffset, endContainer, endOffset } = range;
  const made = nodes.reverse().map((node) => {
    let piece = node;
    if (node === endContainer) piece.splitText(endOffset);
    if (node === startContainer) piece = node.splitText(startOffset);
    const element = document.createElement("mark");
    element.className = "hit";
    piece.replaceWith(element);
    element.append(piece);
    return element;
  });
  whole.setStartBefore(made.at(-1));
  whole.setEndAfter(made[0]);
  return whole;
}

function unmark() {
  if (canHighlight) return ["found", "current"].forEach((name) => CSS.highlights.delete(name));
  for (const element of document.querySelectorAll(".hit")) {
    const parent = element.parentNode;
    element.replaceWith(...element.childNodes);
    parent.normalize();
  }
}

// Go to another hit; the first one is the one that follows what is on the screen.
function step(by) {
  if (!found.length) return;
  if (at < 0) {
    const next = found.findIndex((range) => range.getBoundingClientRect().top > 60);
    at = by > 0 ? Math.max(next, 0) : (next < 0 ? found.length : next) - 1;
  } else at += by;
  at = (at + found.length) % found.length;
  const range = found[at];
  const inside = range.startContainer.nodeType === 3 ? range.startContainer.parentElement : range.startContainer.childNodes[range.startOffset];
  for (let one = inside; one; one = one.parentElement) if (one.matches("details")) one.open = true;
  inside.scrollIntoView({ block: "center", inline: "nearest" });
  if (canHighlight) CSS.highlights.set("current", new Highlight(range));
  else {
    document.querySelectorAll(".hit-now").forEach((one) => one.classList.remove("hit-now"));
    inside.closest(".hit")?.classList.add("hit-now");
  }
  tell(query.value.trim());
}

// The filter stands in the annex; here it moves to the bar, so that it is at hand beside every chart.
const filter = document.getElementById("filter");
const filtered = document.getElementById("filtered");
const items = [...document.querySelectorAll("article.item")];
let marks; // the links of the charts, with the entries behind each
let companions; // what is drawn with them but is no link: the number of a cell, the span of an event
let written = location.hash.startsWith("#find?") ? "" : location.hash;

const fits = (item, want) =>
  (want.text ?? "").toLowerCase().split(/\s+/).every((word) => item.words.includes(word)) &&
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
  if (!on && !marks) return;
  marks ??= [...document.querySelectorAll(".plot svg a[href]")].map((link) => [link, gather(link.getAttribute("href"))]);
  companions ??= [...document.querySelectorAll(".plot svg")].flatMap(matchCompanions);
  for (const [link, entries] of marks) {
    link.classList.toggle("dim", on && entries.every((entry) => entry.hidden));
  }
  for (const [drawn, link] of companions) drawn.classList.toggle("dim", link.matches(".dim"));
}

// Nothing in a drawing says that a number belongs to a cell, or a span to a mark: a number lies in its cell, a span is
// level with its mark; of several marks it is that of the nearest.
function matchCompanions(svg) {
  const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  const links = [...svg.querySelectorAll("a[href]")].map((link) => [link, link.lastElementChild.getBoundingClientRect()]);
  const symbols = links.filter(([link]) => link.lastElementChild.tagName !== "text");
  const match = (drawn) => {
    const box = drawn.getBoundingClientRect();
    const [x, y] = middle(box);
    const far = ([, one]) => Math.hypot(middle(one)[0] - x, middle(one)[1] - y);
    const holds = ([, one]) => x > one.left && x < one.right && y > one.top && y < one.bottom;
    const level = ([, one]) => box.height < 28 && Math.abs(middle(one)[1] - y) < 6;
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
  search(query.value.trim());
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
  search(query.value.trim());
  if (asked.has("search")) step(1);
  else document.querySelector(".items")?.closest("section").scrollIntoView();
}

let waiting;
query.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => (search(query.value.trim()), note()), 200);
});
find.addEventListener("submit", (event) => (event.preventDefault(), step(1)));
find.elements.namedItem("back").addEventListener("click", () => step(-1));
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.shiftKey) (event.preventDefault(), step(-1));
  if (event.key !== "Escape" || !query.value) return;
  event.preventDefault();
  query.value = "";
  search("");
  note();
});
document.getElementById("search").hidden = false;

if (filter) {
  const menu = document.getElementById("filter-menu");
  const link = document.createElement("a");
  link.href = "#filter-menu";
  link.textContent = filter.getAttribute("aria-label");
  filter.before(link);
  menu.querySelector(".drop").append(filter);
  filter.hidden = menu.hidden = false;
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("input", () => (apply(), search(query.value.trim()), note()));
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
