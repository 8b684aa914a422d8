// What is folded: the sections of the annex, which links, the search and paper open, and of many ids behind a sentence
// all but the first.

import { findAll } from "../kit/elements.js";

/** @import { Page } from "./types.js" */

const SHOWN = 3; // ids behind a sentence

/**
 * Leave the first ids of many, and a button that shows the others; return what presses it, without moving the focus.
 *
 * @param {HTMLElement} cite
 * @param {string} words for the button, with {n} for how many there are
 */
function foldIds(cite, words) {
  const links = findAll("a", cite);
  const more = links.length - SHOWN;
  if (more < 2) return null;
  const rest = document.createElement("span");
  rest.hidden = true;
  const close = cite.lastChild; // the bracket
  if (close) cite.removeChild(close);
  const from = links[SHOWN - 1].nextSibling;
  while (from && cite.lastChild !== from && cite.lastChild) rest.prepend(cite.lastChild);
  if (from) rest.prepend(from);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = `+${more}`;
  button.title = words.replace("{n}", `${more}`);
  button.setAttribute("aria-label", button.title);
  const show = () => {
    rest.hidden = false;
    button.remove();
  };
  button.addEventListener("click", () => {
    show();
    links[SHOWN]?.focus();
  });
  cite.append(button, rest, close ?? "");
  return show;
}

/**
 * Bring the folds to life; return what opens all that an element lies folded in.
 *
 * @param {Page} page
 */
export function makeFolds(page) {
  const folds = /** @type {HTMLDetailsElement[]} */ (findAll("details.fold"));

  const reveal = (/** @type {Element | null} */ element) => {
    for (let one = element; one; one = one.parentElement) if (one instanceof HTMLDetailsElement) one.open = true;
  };

  function arrive() {
    const named = page.target(location.hash);
    if (!named?.closest("details.fold:not([open])")) return;
    reveal(named);
    named.scrollIntoView();
  }
  addEventListener("hashchange", arrive);
  arrive();

  const button = document.getElementById("unfold");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => folds.forEach((fold) => (fold.open = true)));
  }

  const words = page.root.querySelector("main")?.dataset.more ?? "";
  const shows = findAll(".cite").map((cite) => foldIds(cite, words));

  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = folds.filter((fold) => !fold.open);
    for (const fold of opened) fold.open = true;
    for (const show of shows) show?.();
  });
  addEventListener("afterprint", () => opened.forEach((fold) => (fold.open = false)));
  return { reveal };
}
