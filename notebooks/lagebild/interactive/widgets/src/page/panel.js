// The sentences behind a mark, a cell, a number or an id: beside the pointer on hovering, in a panel on a click.
// Where there is room, the panel stands beside the text, which stays in use; on a small screen it lies over it.
// Without JavaScript the same links lead to them. The address bar keeps the place, and going back returns.

import { closest, findAll } from "../kit/elements.js";

/** @import { Page } from "./types.js" */

/**
 * Bring the panel to life; return the page's element, what an address names, and the evidence behind one.
 *
 * @param {Page} page
 */
export function makePanel(page) {
  const root = document.documentElement;
  root.classList.add("live");
  const panel = /** @type {HTMLDialogElement} */ (document.getElementById("evidence"));
  const rows = /** @type {HTMLElement} */ (document.getElementById("evidence-rows"));
  const place = /** @type {HTMLAnchorElement} */ (document.getElementById("evidence-place"));
  const roomy = matchMedia("(min-width: 1000px)");

  const card = document.createElement("div");
  card.className = "card";
  card.hidden = true;
  document.body.append(card);

  const target = (/** @type {string} */ hash) => document.getElementById(decodeURIComponent(hash.slice(1)));
  const copy = (/** @type {HTMLElement} */ entry) => {
    const made = /** @type {HTMLElement} */ (entry.cloneNode(true));
    for (const one of [made, ...findAll("[id]", made)]) one.removeAttribute("id");
    for (const one of findAll("[tabindex]", made)) one.removeAttribute("tabindex");
    made.hidden = false;
    for (const heading of findAll("h4", made)) {
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
    const cited = findAll(".ids a", found).map((link) => target(/** @type {HTMLAnchorElement} */ (link).hash));
    return cited.flatMap((entry) => (entry?.matches("article.item") ? [entry] : []));
  }

  // The text moves when the panel comes to stand beside it: what the reader looks at stays where it is.
  function hold(change) {
    const inside = (one) =>
      one?.closest("main") && one.getBoundingClientRect().bottom > 0 && one.getBoundingClientRect().top < innerHeight;
    const seen = [document.activeElement, document.elementFromPoint(innerWidth / 3, innerHeight / 2)].find(inside);
    const top = seen?.getBoundingClientRect().top ?? 0;
    change();
    if (seen) scrollBy({ top: seen.getBoundingClientRect().top - top, behavior: "instant" });
    seen?.closest("svg a")?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  }

  function fill(hash) {
    const entries = gather(hash);
    rows.replaceChildren(...entries.map(copy));
    place.href = hash;
    if (entries.length && !panel.open) {
      panel.returnValue = "";
      hold(() => root.classList.toggle("beside", roomy.matches));
      if (roomy.matches) panel.show();
      else panel.showModal();
    }
    if (!entries.length && panel.open) panel.close();
    rows.scrollTop = 0;
  }

  // Close the panel for another place of the page; going back opens it again.
  function leave() {
    history.scrollRestoration = "auto";
    root.classList.remove("beside");
    panel.close("place");
  }

  function follow(event) {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = /** @type {HTMLAnchorElement | null} */ (closest(event, "a[href]"));
    const another = link && ["alternate", "prev"].includes(link.rel) && !link.type; // report
    if (another) link.hash = location.hash; // at the same place
    const hash = link?.getAttribute("href") ?? "";
    if (!hash.startsWith("#")) return;
    if (link === place) {
      event.preventDefault();
      const entry = target(hash);
      leave();
      if (entry?.hidden) page.clearFilter();
      entry?.scrollIntoView();
      return;
    }
    if (gather(hash).length) {
      event.preventDefault();
      hide();
      history.scrollRestoration = "manual"; // the text stays where it is when the panel goes
      history[panel.open ? "replaceState" : "pushState"]({ evidence: hash }, "", hash);
      fill(hash);
    } else if (panel.open) {
      leave(); // a source: the page itself goes there
    }
  }

  document.addEventListener("click", follow);
  panel.addEventListener("click", (event) => event.target === panel && panel.matches(":modal") && panel.close());
  panel.addEventListener("close", () => {
    if (panel.open) return; // it was opened again, in the other way
    if (root.classList.contains("beside")) hold(() => root.classList.remove("beside"));
    if (panel.returnValue !== "place" && history.state?.evidence) history.back();
  });
  addEventListener("popstate", (event) => {
    fill(event.state?.evidence ?? "#");
    if (!event.state?.evidence) history.scrollRestoration = "auto";
  });
  roomy.addEventListener("change", () => {
    if (!panel.open) return;
    panel.close("place");
    fill(history.state?.evidence ?? "#");
  });

  function show(event) {
    const link = closest(event, 'a[href^="#"]');
    if (!link || panel.contains(link) || link.closest("article.item")) return;
    const [entry] = gather(link.getAttribute("href") ?? "");
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
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hide();
    if (panel.open && !panel.matches(":modal") && !event.defaultPrevented) panel.close();
  });
  return { root, target, gather };
}
