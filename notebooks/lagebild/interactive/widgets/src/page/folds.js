// The folded sections of the annex: links, the search and paper open them.

import { findAll } from "../kit/elements.js";

/** @import { Page } from "./types.js" */

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

  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = folds.filter((fold) => !fold.open);
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => opened.forEach((fold) => (fold.open = false)));
  return { reveal };
}
