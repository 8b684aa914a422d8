// The sentences behind a mark, a cell, a number or an id: beside the pointer on hovering, in a panel on a click.
// Where there is room, the panel lies in the margin beside the text, or below a chart or table, which are wider; both
// stay where they are, and in use. On a small screen it lies over all.
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

  function fill(hash) {
    const entries = gather(hash);
    rows.replaceChildren(...entries.map(copy));
    place.href = hash;
    if (entries.length && !panel.open) {
      panel.returnValue = "";
      if (roomy.matches) panel.show();
      else panel.showModal();
    }
    if (!entries.length && panel.open) panel.close();
    rows.scrollTop = 0;
  }

  // Where one reads is kept with each place of the history: without it the browser would go to what the address names,
  // a heading that one left long ago, or the entry of the annex behind the panel.
  let read = scrollY;
  addEventListener("scroll", () => (read = scrollY), { passive: true });
  const keepPlace = () => history.replaceState({ ...history.state, read: scrollY }, "");
  const returnTo = (/** @type {number} */ top) => {
    const go = () => scrollTo({ top, behavior: "instant" });
    go();
    requestAnimationFrame(() => requestAnimationFrame(go)); // once the browser has gone its own way
  };

  // Close the panel for another place of the page; going back opens it again.
  function leave() {
    keepPlace();
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
      page.reveal(entry);
      entry?.scrollIntoView();
      return;
    }
    if (gather(hash).length) {
      event.preventDefault();
      hide();
      if (!panel.open) keepPlace();
      history[panel.open ? "replaceState" : "pushState"]({ evidence: hash, read: scrollY }, "", hash);
      const frame = link?.closest(".scroll");
      if (!panel.contains(link)) panel.classList.toggle("under", Boolean(frame));
      fill(hash);
      const covered = link && frame && panel.offsetTop < link.getBoundingClientRect().bottom;
      if (covered && !panel.matches(":modal")) link.scrollIntoView({ block: "center", behavior: "instant" });
    } else if (panel.open) {
      leave(); // a source: the page itself goes there
    }
  }

  document.addEventListener("click", follow);
  panel.addEventListener("click", (event) => event.target === panel && panel.matches(":modal") && panel.close());
  /** @type {number | undefined} */
  let closedAt; // where one read when the panel was closed: the text stays there
  panel.addEventListener("close", () => {
    if (panel.open) return; // it was opened again, in the other way
    if (panel.returnValue === "place" || !history.state?.evidence) return;
    closedAt = read;
    history.back();
  });
  addEventListener("popstate", (event) => {
    const top = closedAt ?? event.state?.read;
    closedAt = undefined;
    fill(event.state?.evidence ?? "#");
    if (top !== undefined) returnTo(top);
  });
  roomy.addEventListener("change", () => {
    if (!panel.open) return;
    panel.close("place");
    fill(history.state?.evidence ?? "#");
  });

  /** @type {HTMLElement | null} */
  let shown = null;

  function show(event) {
    const link = closest(event, 'a[href^="#"]');
    const byHand = event.pointerType === "touch" || (event.type === "focusin" && !link?.matches(":focus-visible"));
    if (!link || byHand || link === shown || panel.contains(link) || link.closest("article.item")) return;
    if (panel.open && link.getAttribute("href") === place.getAttribute("href")) return; // the panel says it already
    const [entry] = gather(link.getAttribute("href") ?? "");
    if (!entry) return;
    card.replaceChildren(...copy(entry).children);
    card.hidden = false;
    shown = link;
    const at = link.getBoundingClientRect();
    const { offsetWidth: wide, offsetHeight: high } = card;
    const below = at.bottom + 8 + high <= innerHeight || at.top < high + 8;
    card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - wide - 8))}px`;
    card.style.top = `${below ? at.bottom + 8 : at.top - high - 8}px`;
  }

  function hide() {
    card.hidden = true;
    shown = null;
  }

  // A link that comes to lie under a pointer at rest shows nothing: only a pointer that moves asks.
  for (const kind of ["pointermove", "focusin"]) document.addEventListener(kind, show);
  for (const kind of ["pointerout", "focusout", "scroll"]) document.addEventListener(kind, hide, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hide();
    if (panel.open && !panel.matches(":modal") && !event.defaultPrevented) panel.close();
  });
  return { root, target, gather };
}
