// The bar: menus, the section that is being read, citing and sharing.

import { closest, findAll, findOne } from "../kit/elements.js";

/** @import { Page } from "./types.js" */

/** @param {Page} page */
export function makeBar(page) {
  const menus = /** @type {HTMLDetailsElement[]} */ (findAll("details.menu"));
  const contents = /** @type {HTMLElement} */ (document.getElementById("contents"));
  const pinned = new Map([
    [contents, matchMedia("(min-width: 1200px)")],
    [document.getElementById("search"), matchMedia("(min-width: 40.01rem)")],
  ]);

  // What stands below the bar begins where it ends: it grows when a filter is on.
  const over = /** @type {HTMLElement} */ (findOne(".over"));
  new ResizeObserver(() => page.root.style.setProperty("--top", `${over.offsetHeight}px`)).observe(over);

  const isPinned = (menu) => Boolean(pinned.get(menu)?.matches);
  const close = (menu) => (menu.open = isPinned(menu));
  for (const [menu, wide] of pinned) {
    wide.addEventListener("change", () => close(menu));
    close(menu);
  }
  for (const menu of menus) {
    menu.addEventListener("toggle", () => {
      if (!menu.open || isPinned(menu)) return;
      menus.filter((other) => other !== menu).forEach(close);
      const types = menu.id === "filter-menu" && matchMedia("(hover: none)").matches; // a keyboard would hide the rest
      if (menu.id !== "more" && !types) findOne(".drop :is(input, select, a)", menu)?.focus({ preventScroll: true });
    });
    menu.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape" || event.defaultPrevented || !menu.open || isPinned(menu)) return;
        event.preventDefault(); // Escape closes one thing at a time
        menu.open = false;
        findOne("summary", menu)?.focus();
      },
      true,
    );
  }
  document.addEventListener("click", (event) => {
    if (closest(event, "dialog")) return; // who closes the panel goes on with the menu
    const inside = closest(event, "details.menu");
    const link = closest(event, "a[href^='#']");
    const opened = link && menus.find((menu) => `#${menu.id}` === link.getAttribute("href"));
    const stays = closest(event, "#fitting"); // of several days one looks at one after the other
    menus.filter((menu) => menu !== opened && (menu !== inside || (link && !stays))).forEach(close);
    if (!opened) return;
    event.preventDefault();
    opened.open = true;
    findOne("input, select, a", opened)?.focus();
  });

  const entries = Array.from(contents.querySelectorAll("a"), (link) => ({ link, heading: page.target(link.hash) }));
  function markSection() {
    const ended = scrollY + innerHeight > page.root.scrollHeight - 2;
    const edge = ended ? innerHeight : over.offsetHeight + 40;
    const current = entries.findLast(({ heading }) => heading && heading.getBoundingClientRect().top < edge)?.link;
    for (const { link } of entries) {
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
  let asked = false;
  addEventListener(
    "scroll",
    () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => ((asked = false), markSection()));
    },
    { passive: true },
  );
  markSection();

  const say = (/** @type {HTMLElement} */ button) => {
    const words = button.textContent;
    button.textContent = button.dataset.done ?? words;
    setTimeout(() => (button.textContent = words), 1500);
  };
  const put = (
    /** @type {string} */ text,
    /** @type {HTMLElement} */ button,
    shown = /** @type {Node | null | undefined} */ (null),
  ) =>
    (navigator.clipboard?.writeText(text) ?? Promise.reject()).then(
      () => say(button),
      () => shown && getSelection()?.selectAllChildren(shown), // then the reader copies by hand
    );
  for (const button of findAll(".citation button")) {
    button.hidden = false;
    const shown = button.parentElement?.querySelector("pre");
    button.addEventListener("click", () => put(shown?.textContent ?? "", button, shown));
  }
  const share = /** @type {HTMLElement} */ (findOne("#share button"));
  for (const one of [share.parentElement, findOne(".keys")]) if (one) one.hidden = false;
  share.addEventListener("click", () => {
    if (!navigator.share) return put(location.href, share);
    navigator.share({ title: document.title, url: location.href }).catch(() => {}); // the reader thought better of it
  });

  // A report that was handed on alone has no figures beside it.
  page.root.classList.toggle("adrift", !location.pathname.includes(`/reports/${page.root.dataset.case}/`));
}
