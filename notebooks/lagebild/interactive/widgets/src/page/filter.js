// The filter that lists and charts obey. Without scripts it would do nothing, so the annex holds it hidden; here it moves
// to the bar, to be at hand beside every chart. Search and filter stand in the address, to be handed on.

import { findAll, findOne } from "../kit/elements.js";
import { touchesPeriod } from "../kit/match.js";

/** @import { Page } from "./types.js" */

const LISTED = 60; // entries below the fields

/**
 * Whether an entry fits what is asked for.
 *
 * @param {DOMStringMap} item
 * @param {string} words of the entry, in small letters
 * @param {Record<string, string>} want
 */
export const matchesFilter = (item, words, want) =>
  (want.text ?? "")
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word)) &&
  (!want.type || item.type === want.type) &&
  (!want.status || item.status === want.status) &&
  (!want.contested || item.contested === want.contested) &&
  (!want.actor || (item.actors ?? "").split(" ").includes(want.actor)) &&
  touchesPeriod(item.from, item.to, want.from, want.to);

// What is drawn with a mark, but is no link: a number lies in its cell, the span of an event is level with its mark; of
// several marks it is that of the nearest.
function matchCompanions(svg) {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  if (!scale) return []; // it is the drawing for another screen
  const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  const links = Array.from(svg.querySelectorAll("a[href]"), (link) => {
    const symbol = link.lastElementChild ?? link;
    return { link, box: symbol.getBoundingClientRect(), isText: symbol.tagName === "text" };
  });
  const symbols = links.filter(({ isText }) => !isText);
  const match = (drawn) => {
    const box = drawn.getBoundingClientRect();
    const [x, y] = middle(box);
    const far = (one) => Math.hypot(middle(one.box)[0] - x, middle(one.box)[1] - y);
    const holds = (one) => x > one.box.left && x < one.box.right && y > one.box.top && y < one.box.bottom;
    const level = (one) => box.height < 22 * scale && Math.abs(middle(one.box)[1] - y) < 5 * scale;
    const [first, ...rest] = (symbols.length ? symbols : links).filter(drawn.matches("text") ? holds : level);
    return rest.reduce((best, one) => (far(best) <= far(one) ? best : one), first)?.link;
  };
  // On a small screen the labels are the links, and each sign is level with its own.
  const isSign = ({ width, height }) => Math.max(width, height) < 18 * scale && Math.min(width, height) > 2 * scale;
  const signs = symbols.length ? [] : Array.from(svg.querySelectorAll("circle, path"));
  const drawn = Array.from(svg.querySelectorAll("text, path[d$=z]"))
    .concat(signs.filter((one) => isSign(one.getBoundingClientRect())))
    .filter((one) => !one.closest("a"));
  return drawn.map((one) => ({ one, link: match(one) })).filter(({ link }) => link);
}

/**
 * Bring the filter to life; return what writes it into the address, and what takes it away.
 *
 * @param {Page} page
 */
export function makeFilter(page) {
  const filter = /** @type {HTMLFormElement | null} */ (document.getElementById("filter"));
  const filtered = /** @type {HTMLElement} */ (document.getElementById("filtered"));
  const fitting = /** @type {HTMLElement} */ (document.getElementById("fitting"));
  const fields = filter ? /** @type {any[]} */ (Array.from(filter.elements)) : [];
  const items = findAll("article.item").map((node) => ({ node, words: "" }));
  /** @type {[Element, HTMLElement[]][] | undefined} */
  let marks; // the links of the charts, with the entries behind each
  let written = location.hash.startsWith("#find?") ? "" : location.hash;

  const chosen = () =>
    (filter ? [...new FormData(filter)].filter(([, value]) => value) : []).map(([name, value]) => [
      name,
      String(value),
    ]);

  function apply() {
    const want = Object.fromEntries(chosen());
    const on = Object.keys(want).length > 0;
    for (const item of items) {
      item.words ||= (item.node.textContent ?? "").toLowerCase();
      item.node.hidden = on && !matchesFilter(item.node.dataset, item.words, want);
    }
    const shown = items.map(({ node }) => node).filter((node) => !node.hidden);
    const said = { "{n}": shown.length, "{all}": items.length };
    for (const count of /** @type {HTMLOutputElement[]} */ ([
      filter?.elements.namedItem("count"),
      filtered.firstElementChild,
    ])) {
      count.value = (count.dataset.text ?? "").replace(/\{n\}|\{all\}/g, (name) => said[name]);
    }
    filtered.hidden = !on;
    listFitting(on ? shown : [], want);
    for (const drawn of document.querySelectorAll("svg .dim")) drawn.classList.remove("dim");
    if (!on) return;
    marks ??= [...document.querySelectorAll(".plot svg a[href]")].map((link) => [
      link,
      page.gather(link.getAttribute("href") ?? ""),
    ]);
    for (const [link, entries] of marks)
      link.classList.toggle(
        "dim",
        entries.every((entry) => entry.hidden),
      );
    for (const { one, link } of Array.from(document.querySelectorAll(".plot svg")).flatMap(matchCompanions)) {
      one.classList.toggle("dim", link?.matches(".dim"));
    }
  }

  /** List the entries that fit, those first that certainly fall in the time, each a link to its sentences. */
  function listFitting(nodes, want) {
    const dated = Boolean(want.from || want.to);
    const isSure = ({ dataset }) =>
      dataset.from && dataset.to && dataset.from >= (want.from ?? "") && dataset.to <= (want.to ?? "9999");
    const isEvent = ({ dataset }) => /^[A-Z]/.test(dataset.type ?? ""); // a condition has a kind in small letters
    const sure = dated ? nodes.filter(isSure) : nodes;
    const byDay = (a, b) => (a.dataset.from < b.dataset.from ? -1 : Number(a.dataset.from > b.dataset.from));
    const events = sure.filter(isEvent).sort(byDay);
    const conditions = sure.filter((node) => !isEvent(node)).sort(byDay);
    const below = conditions.slice(0, Math.max(LISTED - events.length, 0));
    const left = nodes.length - Math.min(sure.length, LISTED);
    const draw = (node) => {
      const [item, link] = [document.createElement("li"), document.createElement("a")];
      const when = findOne(".facts", node)?.textContent?.split(" · ")[0];
      const id = findOne(".id", node)?.textContent ?? "";
      link.href = `#${node.id}`;
      link.textContent = `${when}: ${findOne("h4", node)?.textContent?.replace(id, "").trim()}`;
      item.append(link);
      return item;
    };
    const say = (key, n) => {
      const textContent = (fitting.dataset[key] ?? "").replace("{n}", `${n}`);
      return Object.assign(document.createElement("li"), { className: "rest", textContent });
    };
    fitting.replaceChildren(
      ...(dated && nodes.length ? [say("sure", events.length)] : []),
      ...events.slice(0, LISTED).map(draw),
      ...(dated && below.length ? [say("conditions", conditions.length)] : []),
      ...below.map(draw),
      ...(left ? [say("rest", left)] : []),
    );
    fitting.hidden = !nodes.length;
  }

  function note() {
    const words = page.query.value.trim();
    const state = new URLSearchParams(words ? [["search", words], ...chosen()] : chosen()).toString();
    written = state && `#find?${state}`;
    history.replaceState(history.state, "", written || location.pathname + location.search);
  }

  function clearFilter() {
    for (const field of fields) if ("value" in field && field.type !== "reset") field.value = "";
    apply();
    page.search();
    note();
  }

  function restore() {
    if (!location.hash.startsWith("#find?") || location.hash === written) return;
    written = location.hash;
    const asked = new URLSearchParams(location.hash.slice(6));
    if (filter) {
      for (const field of fields) {
        if (field.name && field.name !== "count") field.value = asked.get(field.name) ?? "";
      }
      apply();
    }
    page.query.value = asked.get("search") ?? asked.get("text") ?? "";
    page.search();
    if (asked.has("search")) page.step(1);
    else {
      const items = findOne(".items");
      page.reveal(items);
      items?.closest("section")?.scrollIntoView();
    }
  }

  if (filter) {
    const menu = /** @type {HTMLElement} */ (document.getElementById("filter-menu"));
    const link = document.createElement("a");
    link.href = "#filter-menu";
    link.textContent = filter.getAttribute("aria-label");
    filter.before(link);
    findOne(".drop", menu)?.append(filter, fitting);
    filter.hidden = menu.hidden = false;
    filter.addEventListener("submit", (event) => event.preventDefault());
    filter.addEventListener("input", () => (apply(), page.search(), note()));
    filter.addEventListener("reset", (event) => (event.preventDefault(), clearFilter()));
    findOne("button", filtered)?.addEventListener("click", clearFilter);
    addEventListener("hashchange", () => page.target(location.hash)?.matches("article[hidden]") && clearFilter());
    apply();
  }
  addEventListener("hashchange", restore);
  restore();

  // Paper shows everything, whatever is filtered on the screen.
  addEventListener("beforeprint", () => items.forEach(({ node }) => (node.hidden = false)));
  addEventListener("afterprint", () => filter && apply());
  return { note, clearFilter };
}
