// Search over the whole report: every hit is marked and counted, and Enter goes from one to the next.
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
  const judge = (node) =>
    node.nodeType === 1 && node.matches(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
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

function search() {
  const words = query.value.trim();
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
  tell();
}

function tell() {
  const words = query.value.trim();
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
  const inside =
    range.startContainer.nodeType === 3
      ? range.startContainer.parentElement
      : range.startContainer.childNodes[range.startOffset];
  for (let one = inside; one; one = one.parentElement) if (one.matches("details")) one.open = true;
  inside.scrollIntoView({ block: "center", inline: "nearest" });
  if (canHighlight) CSS.highlights.set("current", new Highlight(range));
  else {
    document.querySelectorAll(".hit-now").forEach((one) => one.classList.remove("hit-now"));
    inside.closest(".hit")?.classList.add("hit-now");
  }
  tell();
}

let waiting;
query.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => (search(), note()), 200);
});
find.addEventListener("submit", (event) => (event.preventDefault(), step(1)));
find.elements.namedItem("back").addEventListener("click", () => step(-1));
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.shiftKey) (event.preventDefault(), step(-1));
  if (event.key !== "Escape" || !query.value) return;
  event.preventDefault();
  query.value = "";
  search();
  note();
});
document.getElementById("search").hidden = false;
