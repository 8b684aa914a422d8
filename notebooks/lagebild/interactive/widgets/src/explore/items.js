// Items of drawings and lists: how one goes from one to the next by keys, and what one tells of itself.

import { closest, findAll, focused, make } from "../kit/elements.js";
import { goByKeys, setStop } from "../kit/focus.js";
import { OPEN_FROM, OPEN_TO } from "./data.js";

/** @import { App } from "./types.js" */

// One part is one stop of the tabulator key; inside it, arrow keys go from item to item. An item has a data-key.

/**
 * Let arrow keys go through the items of a box. `move` gets the item, the key, all items and whether shift is held, and
 * returns the item to go to. What `redraw` draws keeps the focus if the item is still there.
 *
 * @param {HTMLElement} box
 */
export function makeRoving(box, move) {
  let current = "";
  const items = () => findAll("[data-key]", box);
  const settle = () => {
    const all = items();
    const chosen = all.find((item) => item.dataset.key === current) ?? all.find((item) => item.dataset.entry) ?? all[0];
    setStop(all, chosen);
    return chosen;
  };
  box.addEventListener("focusin", (event) => {
    const item = closest(event, "[data-key]");
    if (!item || item.dataset.key === current) return;
    box.querySelector("[data-key][tabindex='0']")?.setAttribute("tabindex", "-1");
    current = item.dataset.key ?? "";
    item.setAttribute("tabindex", "0");
  });
  goByKeys(box, (event) => {
    const item = closest(event, "[data-key]");
    if (item && (event.key === "Enter" || event.key === " ") && item.tagName !== "BUTTON") {
      event.preventDefault();
      item.dispatchEvent(new MouseEvent("click", { bubbles: true, shiftKey: event.shiftKey }));
      return null;
    }
    return item && move(item, event.key, items(), event.shiftKey);
  });
  return {
    redraw(draw) {
      const inside = box.contains(focused()) && focused()?.closest("[data-key]");
      draw();
      const chosen = settle();
      if (inside) chosen?.focus({ preventScroll: true });
    },
    focus: () => settle()?.focus({ preventScroll: true }),
  };
}

// What a mark, a cell or a row is, in words beside it, while one points at it or has gone to it by key: one can go over
// to the words, they stay, and Esc takes them away (WCAG 2.2, 1.4.13).

const TIPS = new WeakMap(); // item: what returns the lines that repeat its name, and those that say more
const SLOW = 600; // milliseconds until a row tells, beside which everything stands already
const SOON = 100;
const LEAVE = 250; // in which one reaches the words

/** Let an item tell what it is; `tell` returns two lists of lines, the first one led by what it is called. */
export function withTip(node, tell, slow = false) {
  node.setAttribute("data-tip", slow ? "slow" : "soon");
  TIPS.set(node, tell);
  return node;
}

export function makeTips(root) {
  const id = `explore-tip-${Math.random().toString(36).slice(2)}`;
  const named = make("div", {}),
    more = make("div", { id });
  const node = make("div", { class: "tip", role: "tooltip", popover: "manual" }, named, more);
  /** @type {HTMLElement | null} */
  let item = null; // what tells now
  let timer = 0;
  let quiet = ""; // the key of the item that was chosen or dismissed: it tells again once one comes back to it
  /** @type {[number, number] | null} */
  let pressed = null;

  function show(target, x = null) {
    const tell = TIPS.get(target);
    if (!tell || !target.isConnected) return hide();
    hide();
    const [first, then] = tell();
    named.replaceChildren(...first.map((line, at) => make(at ? "p" : "b", {}, line)));
    more.replaceChildren(...then.map((line) => make("p", {}, line)));
    item = target;
    (target.matches("[data-key]") ? target : target.querySelector("[data-key]"))?.setAttribute("aria-describedby", id);
    node.showPopover();
    place(x);
    document.addEventListener("keydown", escape, true);
    document.addEventListener("scroll", follow, true);
  }
  function place(x = null) {
    if (!item) return;
    const box = item.getBoundingClientRect(),
      own = node.getBoundingClientRect();
    const [wide, high] = [document.documentElement.clientWidth, document.documentElement.clientHeight];
    const left = x ?? Math.min(box.left, box.right - 20);
    const below = box.bottom + 5;
    node.style.left = `${Math.max(4, Math.min(left, wide - own.width - 4))}px`;
    node.style.top = `${below + own.height < high ? below : Math.max(4, box.top - own.height - 5)}px`;
  }
  function hide() {
    clearTimeout(timer);
    if (!item) return;
    for (const one of [item, ...item.querySelectorAll("[aria-describedby]")])
      if (one.getAttribute("aria-describedby") === id) one.removeAttribute("aria-describedby");
    item = null;
    if (node.isConnected) node.hidePopover();
    document.removeEventListener("keydown", escape, true);
    document.removeEventListener("scroll", follow, true);
  }
  /** Hide, and do not show again when what has the focus is drawn anew. */
  function rest() {
    if (!item) return;
    quiet = item.contains(focused()) ? keyOf(item) : "";
    hide();
  }
  const later = (run, wait) => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
  const follow = () => (item?.isConnected ? place() : hide());
  const keyOf = (target) => (target.dataset.key ?? target.querySelector("[data-key]")?.dataset.key) || "";
  function escape(event) {
    if (event.key !== "Escape") return;
    rest();
    if (!root.contains(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  root.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || (pressed && pressed[0] === event.clientX && pressed[1] === event.clientY))
      return;
    if (node.contains(event.target)) return clearTimeout(timer);
    const target = closest(event, "[data-tip]");
    if (target && target === item) return clearTimeout(timer);
    if (target) later(() => show(target, event.clientX + 8), target.dataset.tip === "slow" ? SLOW : SOON);
    else later(hide, LEAVE);
  });
  root.addEventListener("pointerleave", () => later(hide, LEAVE));
  root.addEventListener(
    "pointerdown",
    (event) => {
      if (node.contains(event.target)) return;
      pressed = [event.clientX, event.clientY];
      hide();
    },
    true,
  );
  root.addEventListener("focusin", (event) => {
    const target = closest(event, "[data-tip]");
    if (!target || !event.target.matches(":focus-visible")) return hide();
    if (keyOf(target) === quiet) return;
    quiet = "";
    show(target);
  });
  root.addEventListener("focusout", (event) => {
    if (!event.relatedTarget || !root.contains(event.relatedTarget)) hide();
  });
  return {
    node,
    /** What tells has been chosen, or drawn anew. */
    hush() {
      if (item) rest();
    },
    stop: hide,
  };
}

/**
 * Return what is to say of many events: their types, outlets, and the days between which they lie.
 *
 * @param {App} app
 */
export function summarise(app, holds) {
  const { data, t, words } = app;
  const types = new Uint32Array(data.types.length),
    outlets = new Set();
  let from = OPEN_TO,
    to = OPEN_FROM;
  for (let i = 0; i < data.n; i++) {
    if (!holds(i)) continue;
    types[data.type[i]]++;
    for (const one of words.list("outlets", i)) outlets.add(one);
    for (const day of [data.first(data.date[i]), data.last(data.date[i])]) {
      if (day === OPEN_FROM || day === OPEN_TO) continue;
      from = Math.min(from, day);
      to = Math.max(to, day);
    }
  }
  const often = Array.from(types.keys())
    .filter((type) => types[type])
    .sort((a, b) => types[b] - types[a]);
  const told = often.slice(0, 3).map((type) => `${data.types[type].name} ${words.number(types[type])}`);
  if (often.length > 3) told.push("…");
  return [
    told.join(", "),
    outlets.size &&
      t(outlets.size === 1 ? "explore.told_by_one" : "explore.told_by", { n: words.number(outlets.size) }),
    from <= to && t("explore.between", { span: words.span(from, to) }),
  ].filter(Boolean);
}
