// Search over the whole report: every hit is marked and counted, and Enter goes from one to the next.

import { writePattern } from "../kit/match.js";

/** @import { Page } from "./types.js" */

const SKIPPED = "svg, [hidden], .unseen, .files, .zoom";
const BLOCKS = "p, li, dt, dd, th, td, caption, figcaption, summary, pre, h1, h2, h3, h4";

/**
 * Bring the search to life; return its field, what looks for its words, and what goes on to another hit.
 *
 * @param {Page} page
 */
export function makeFind(page) {
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const find = /** @type {HTMLFormElement} */ (document.getElementById("find"));
  const part = (/** @type {string} */ name) => /** @type {any} */ (find.elements.namedItem(name));
  const query = /** @type {HTMLInputElement} */ (part("search"));
  const hits = /** @type {HTMLOutputElement} */ (part("hits"));
  const canHighlight = "highlights" in CSS;
  // In the style itself they would stop the Nu HTML checker, which does not know them.
  if (canHighlight) {
    document.styleSheets[0].insertRule("::highlight(found) { background-color: #ffd54a; color: #000; }");
    document.styleSheets[0].insertRule("::highlight(current) { background-color: #b34700; color: #fff; }");
  }
  /** @type {Range[]} */
  let found = [];
  let at = -1;

  // The text of each block, with the place of each of its nodes in it: a hit may begin in one and end in another.
  function readBlocks() {
    /** @type {{ text: string, nodes: [number, Text][] }[]} */
    const blocks = [];
    let last;
    const judge = (/** @type {Node} */ node) =>
      node instanceof Element && node.matches(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, judge);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!(node instanceof Text)) continue;
      const block = node.parentElement?.closest(BLOCKS) ?? main;
      if (block !== last) blocks.push({ text: "", nodes: [] });
      last = block;
      const held = blocks[blocks.length - 1];
      held.nodes.push([held.text.length, node]);
      held.text += node.data;
    }
    return blocks;
  }

  function search() {
    const words = query.value.trim();
    unmark();
    at = -1;
    found = [];
    if (words.length > 1) {
      const pattern = writePattern(words);
      for (const { text, nodes } of readBlocks()) {
        for (const match of text.matchAll(pattern)) {
          const range = new Range();
          const end = match.index + match[0].length;
          const [from, first] = nodes.findLast(([start]) => start <= match.index) ?? nodes[0];
          const [until, last] = nodes.findLast(([start]) => start < end) ?? nodes[0];
          range.setStart(first, match.index - from);
          range.setEnd(last, end - until);
          found.push(range);
        }
      }
    }
    mark();
    for (const name of ["back", "next"]) part(name).hidden = !found.length;
    tell();
  }

  function tell() {
    const words = query.value.trim();
    const text = (found.length ? hits.dataset.text : hits.dataset.none) ?? "";
    hits.value = words.length > 1 ? text.replace("{n}", `${at + 1}`).replace("{all}", `${found.length}`) : "";
  }

  function mark() {
    if (!found.length) return;
    if (canHighlight) CSS.highlights.set("found", new Highlight(...found));
    else found = found.reverse().map(wrap).reverse(); // elements split the text, so the last hit goes first
  }

  /**
   * Put elements round a hit, and return the range of what they hold.
   *
   * @param {Range} range
   */
  function wrap(range) {
    const whole = new Range();
    const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let node = /** @type {Node | null} */ (walker.currentNode); node; node = walker.nextNode()) {
      if (node instanceof Text && range.intersectsNode(node)) nodes.push(node);
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
    whole.setStartBefore(made[made.length - 1]);
    whole.setEndAfter(made[0]);
    return whole;
  }

  function unmark() {
    if (canHighlight) return ["found", "current"].forEach((name) => CSS.highlights.delete(name));
    for (const element of document.querySelectorAll(".hit")) {
      const parent = element.parentNode;
      element.replaceWith(...element.childNodes);
      parent?.normalize();
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
    const { startContainer: start, startOffset } = range;
    const inside = /** @type {Element} */ (start instanceof Text ? start.parentElement : start.childNodes[startOffset]);
    page.reveal(inside);
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
    waiting = setTimeout(() => (search(), step(1), page.note()), 200);
  });
  find.addEventListener("submit", (event) => (event.preventDefault(), step(1)));
  part("back").addEventListener("click", () => step(-1));
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.shiftKey) (event.preventDefault(), step(-1));
    if (event.key !== "Escape" || !query.value) return;
    event.preventDefault();
    query.value = "";
    search();
    page.note();
  });
  /** @type {HTMLElement} */ (document.getElementById("search")).hidden = false;
  return { query, search, step };
}
