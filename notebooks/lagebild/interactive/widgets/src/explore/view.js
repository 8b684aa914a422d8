// The view: its parts, as parameters of the notebook, and as the line that repeats it; `core/filters.py` writes the
// same.

import { make } from "../kit/elements.js";

/** @import { App, View } from "./types.js" */

/** @type {View} */
export const EMPTY = Object.freeze({
  since: "",
  until: "",
  actors: [],
  types: [],
  status: [],
  publishers: [],
  words: "",
  undated: "",
});

/** Return whether two views are the same. */
export const sameView = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The view that is shown, and those to which one can go back. */
export class Views {
  /** @param {View} view */
  constructor(view) {
    this.now = view;
    /** @type {View[]} */
    this.past = [];
  }
  /**
   * Change parts of the view; return whether it differs now. A change that goes on with the one before is taken back
   * with it.
   *
   * @param {Partial<View>} change
   * @param {boolean} goesOn
   */
  change(change, goesOn) {
    const next = { ...this.now, ...change };
    if (sameView(next, this.now)) return false;
    if (!goesOn) this.past.push(this.now);
    else if (this.past.length && sameView(this.past[this.past.length - 1], next)) this.past.pop();
    this.now = next;
    return true;
  }
  /** Go back to the view before; return whether there was one. */
  undo() {
    const before = this.past.pop();
    this.now = before ?? this.now;
    return before !== undefined;
  }
}

const LISTS = ["actors", "types", "status", "publishers"];
const MISREAD = /^(\s*[+-]?(\.?\p{Nd}[^]*|inf(inity)?|nan)\s*|true|false|none)$/iu;

export const splitList = (text) => [
  ...new Set(
    (text ?? "")
      .split(";")
      .map((part) => part.trim().replace(/%(25|3B)/g, (_, code) => (code === "25" ? "%" : ";")))
      .filter(Boolean),
  ),
];
export const joinList = (values) =>
  values.map((value) => value.replace(/[%;]/g, (sign) => (sign === "%" ? "%25" : "%3B"))).join(";");

/**
 * Return the view that parameters describe.
 *
 * @param {Record<string, string>} values
 * @returns {View}
 */
export const readView = (values) => ({
  since: values.since ?? "",
  until: values.until ?? "",
  actors: [...new Set(splitList(values.actors).map(orderPair))],
  types: splitList(values.types),
  status: splitList(values.status),
  publishers: splitList(values.publishers),
  words: (values.words ?? "").trim(),
  undated: values.undated ?? "",
});
/**
 * A pair in either direction has one name.
 *
 * @param {string} value
 */
const orderPair = (value) => (isLeftOut(value) ? `!${orderPair(value.slice(1))}` : value.split("~").sort().join("~"));

/** Whether a value is one that is left out. */
export const isLeftOut = (value) => value.startsWith("!");
/** The values of which one is to fit, and those of which none may. */
export const partValues = (values) => [
  values.filter((one) => !isLeftOut(one)),
  values.filter(isLeftOut).map((one) => one.slice(1)),
];
/** A view in which a value of a list is left out instead, or the other way round. */
export const turnValue = (view, name, value) => ({
  [name]: view[name].map((one) => (one !== value ? one : isLeftOut(one) ? one.slice(1) : `!${one}`)),
});

/**
 * Return a view as parameters, those that leave something out.
 *
 * @param {View} view
 */
export function writeView(view) {
  const values = {
    since: view.since,
    until: view.until,
    ...Object.fromEntries(LISTS.map((name) => [name, joinList(view[name])])),
    words: view.words,
    undated: view.undated,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
}

/** Quote a word for a POSIX shell, as Python's shlex does. */
const quoteWord = (word) => (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`);

/**
 * Return the command of papermill that shows a view again, in parts that belong together.
 *
 * @param {View} view
 */
export function writeLine(place, view) {
  const isText = (value) => !MISREAD.test(value) || /^\d{4}-\d\d-\d\d$/.test(value);
  const given = Object.entries({ ...place, ...writeView(view) });
  return [
    "papermill notebooks/explore.ipynb out.ipynb",
    ...given.map(([name, value]) => [isText(value) ? "-p" : "-r", name, value].map(quoteWord).join(" ")),
  ];
}

/**
 * The line for the current view, with a button that copies it.
 *
 * @param {App} app
 */
export function makeLine(app) {
  const { t } = app;
  const code = make("code", { tabindex: "0", "aria-label": t("explore.line_code") });
  const copy = make(
    "button",
    {
      type: "button",
      class: "copy",
      onclick: async () => {
        try {
          await navigator.clipboard.writeText(code.textContent);
        } catch {
          // a page that may not: the reader copies what is selected
          document.getSelection()?.selectAllChildren(code);
          document.execCommand("copy");
        }
        app.say(t("explore.copied"));
        copy.textContent = t("explore.copied");
        setTimeout(() => {
          copy.textContent = t("explore.copy");
        }, 2000);
      },
    },
    t("explore.copy"),
  );
  const node = make(
    "section",
    { class: "line", role: "group", "aria-label": t("explore.line") },
    make("h3", {}, t("explore.line")),
    make("p", { class: "hint" }, t("explore.line_hint")),
    make("div", { class: "copying" }, code, copy),
  );
  return {
    node,
    draw: (_, view) =>
      code.replaceChildren(
        ...writeLine(app.place, view).flatMap((part, at) => [at ? " " : "", make("span", {}, part)]),
      ),
  };
}
