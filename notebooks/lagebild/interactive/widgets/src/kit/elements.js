// What all widgets share: elements of a page, words, a field that finds choices. Texts are untrusted: they become text
// nodes and attributes, never markup.

/** @import { Attributes, Children, Choosing, Made, Model, Translate } from "./types.js" */

const DRAWN = new Set(["svg", "g", "path", "line", "circle", "rect", "polyline", "polygon", "text", "title", "desc"]);

/**
 * Make an element: its attributes, properties of the form onclick, and children (texts or elements).
 *
 * @template {string} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Children} children
 * @returns {Made<Tag>}
 */
export function make(tag, attributes = {}, ...children) {
  const node = DRAWN.has(tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  const filled = children.flat().filter((child) => child !== null && child !== undefined && child !== false);
  node.append(.../** @type {(Node | string)[]} */ (filled));
  return /** @type {Made<Tag>} */ (node);
}

/**
 * Return all elements that fit a selector.
 *
 * @param {string} selector
 * @param {ParentNode} [root]
 */
export const findAll = (selector, root = document) =>
  /** @type {HTMLElement[]} */ (Array.from(root.querySelectorAll(selector)));

/**
 * Return the element in which an event happened and which fits a selector, if there is one.
 *
 * @template {Element} [Kind=HTMLElement]
 * @param {Event} event
 * @param {string} selector
 * @returns {Kind | null}
 */
export const closest = (event, selector) =>
  event.target instanceof Element ? /** @type {Kind | null} */ (event.target.closest(selector)) : null;

/**
 * Return the first element that fits a selector, if there is one.
 *
 * @param {string} selector
 * @param {ParentNode} [root]
 */
export const findOne = (selector, root = document) => /** @type {HTMLElement | null} */ (root.querySelector(selector));

/** Return the element that has the focus, if one has. */
export const focused = () => /** @type {HTMLElement | null} */ (document.activeElement);

/**
 * Return a function from a key to its words, with {names} filled in.
 *
 * @param {Model} model
 * @returns {Translate}
 */
export function readWords(model) {
  const words = model.get("words");
  return (key, values = {}) => {
    if (!(key in words)) throw new Error(`no words for ${key}`);
    return words[key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  };
}

/**
 * Keep the shortcuts of JupyterLab, and its habit of entering a cell, away from a widget; but one saves everywhere.
 *
 * @param {HTMLElement} root
 */
export function keepKeys(root) {
  const keep = () => root.setAttribute("data-lm-suppress-shortcuts", "true");
  keep();
  for (const kind of /** @type {const} */ (["keydown", "keyup", "keypress"])) {
    root.addEventListener(kind, (event) => {
      const saves = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
      if (!saves) return event.stopPropagation();
      root.removeAttribute("data-lm-suppress-shortcuts");
      setTimeout(keep);
    });
  }
}

/**
 * Say that a button does nothing now; it keeps the focus, which a disabled one would lose.
 *
 * @param {Element} button
 * @param {boolean} off
 */
export const setDisabled = (button, off) => button.setAttribute("aria-disabled", String(off));

/**
 * A field that finds choices in a list below it (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
 *
 * `find` returns the choices for what is typed, `draw` what one shows, `take` chooses it; `none` says that there is
 * none, and `offer` returns what can be chosen then. With `browse`, the list opens for an empty field, too.
 *
 * @template Choice
 * @param {Choosing<Choice>} choosing
 */
export function makeCombobox({ id, label, none, field, browse = false, find, offer, draw, take, save }) {
  const found = make("ul", { id, role: "listbox", hidden: true, "aria-label": label });
  const input = make("input", {
    type: "text",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": id,
    "aria-autocomplete": "list",
    autocomplete: "off",
    ...field,
  });
  /** @type {Choice[]} */
  let options = [];
  let active = -1;
  const show = (open) => {
    found.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
  };
  const point = (at) => {
    active = at;
    const drawn = Array.from(found.children).filter((node) => node.id);
    drawn.forEach((node, i) => node.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", `${id}-${at}`);
    else input.removeAttribute("aria-activedescendant");
    drawn[at]?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    show(false);
    point(-1);
  };
  const choose = (one) => {
    input.value = "";
    close();
    take(one);
  };
  const drawOption = (one, at) => {
    const press = (event) => {
      event.preventDefault();
      choose(one);
    };
    return make("li", { role: "option", id: `${id}-${at}`, "aria-selected": "false", onmousedown: press }, draw(one));
  };
  const search = () => {
    const asked = input.value.trim().toLowerCase();
    options = asked || browse ? find(asked) : [];
    const known = options.length > 0;
    const empty = { role: "option", "aria-disabled": "true", "aria-selected": "false" };
    if (!known) options = offer?.(input.value.trim()) ?? []; // nothing that Enter alone would take
    found.replaceChildren(...(known ? [] : [make("li", empty, none)]), ...options.map(drawOption));
    show(Boolean(asked) || browse);
    point(known && asked ? 0 : -1);
  };
  input.addEventListener("input", search);
  if (browse) input.addEventListener("click", search);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const open = !found.hidden;
    if (event.key === "ArrowDown" && browse && !open) search();
    else if (event.key === "ArrowDown" && open && options.length) point(Math.min(active + 1, options.length - 1));
    else if (event.key === "ArrowUp" && open && options.length) point(Math.max(active - 1, 0));
    else if (event.key === "Enter" && open && active >= 0) {
      const known = !found.querySelector("[aria-disabled]"); // what is new is added first
      choose(options[active]);
      if (known && (event.ctrlKey || event.metaKey)) save?.();
    } else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { input, found };
}
