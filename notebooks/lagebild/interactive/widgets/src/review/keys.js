// The keys of the desk.

import { findAll, findOne, focused } from "../kit/elements.js";
import { isModified } from "../kit/focus.js";
import { makeButton } from "../desk/controls.js";
import { STATUS, TURNS, readDigit } from "./offers.js";

/** @import { View } from "./types.js" */

export const ALIASES = { Enter: "a", j: "n", ArrowDown: "n", k: "p", ArrowUp: "p" }; // keys that do what another one does
const PANEL_KEYS = {
  m: "merge",
  l: "batch",
  o: "overlooked",
  v: "mentions",
  t: "title",
  g: "doubts",
  h: "name",
  "?": "help",
};
const VERBS = {
  a: "accept",
  r: "reject",
  u: "undo",
  p: "previous",
  n: "next",
  e: "edit",
  y: "later",
  s: "split",
  i: "add",
};
export const REPEATABLE = new Set(["n", "p"]); // keys that may be held down
const WHILE_ADDING = new Set(["a", "e", ..."xXbB", "f", "E", "?", ...Object.keys(STATUS)]);

/** @param {View} view */
export function makeKeys(view) {
  const { t, rows, offers, state, card, text, root } = view;
  const reach = (field) => findOne(`input[data-field="${field}"]`, card)?.focus();
  /** Another reading of the roles. */
  const read = (/** @type {"swapped" | "flipped"} */ which, stay) => () => {
    const row = view.onDesk();
    if (row) view.takeRoles(rows[which](row), stay);
  };
  const chosenSide = () => {
    const row = view.onDesk();
    return (row && offers.side(row)) || "source_actors";
  };
  const KEYS = {
    a: view.accept,
    r: view.reject,
    y: view.postpone,
    u: view.undo,
    n: () => view.go(1),
    p: () => view.go(-1),
    e: view.edit,
    x: read("swapped", false),
    X: read("swapped", true),
    b: read("flipped", false),
    B: read("flipped", true),
    f: () => reach(chosenSide()),
    d: view.nextDate,
    E: () => reach("date"),
    s: view.split,
    i: view.startMissed,
    z: view.part,
    M: view.mergeDoubt,
    ",": () => view.takeReading(0),
    ".": () => view.takeReading(1),
  };
  for (const [key, which] of Object.entries(PANEL_KEYS)) KEYS[key] = () => view.toggle(which);
  for (const [key, status] of Object.entries(STATUS)) KEYS[key] = () => view.setStatus(status);
  for (const [key, field] of Object.entries(TURNS)) KEYS[key] = () => view.turn(field);

  /** A button that does what a key does. */
  const drawKey = (key) => makeButton(t(`desk.${VERBS[key] ?? PANEL_KEYS[key]}`), key, KEYS[key]);
  /** Go through what can be chosen in a panel, by arrows. */
  function walk(panel, step) {
    const stops = findAll("input, button", panel);
    stops[stops.indexOf(/** @type {HTMLElement} */ (focused())) + step]?.focus();
  }
  function press(event) {
    const { key, target } = event;
    const typing = target.closest("input:not([type=checkbox]), select, textarea");
    const within = target.closest(".panel");
    if (key === "Escape") {
      event.preventDefault();
      return state.missed && !typing ? view.dropMissed() : view.close();
    }
    if (within && (key === "ArrowDown" || key === "ArrowUp")) {
      event.preventDefault();
      return walk(within, key === "ArrowDown" ? 1 : -1);
    }
    if (key === "Enter" && (event.ctrlKey || event.metaKey) && card.contains(target)) {
      event.preventDefault();
      return event.repeat || view.accept();
    }
    if (typing || isModified(event)) return;
    if ((key === "Enter" || key === " ") && target.closest("button, summary, input")) return;
    if (text.contains(target) && key.startsWith("Arrow")) return;
    if (state.panel === "overlooked" && !state.missed && view.overlooked.press(event)) return;
    const [digit, stay] = readDigit(event, KEYS);
    const name = ALIASES[key] ?? key;
    if (digit < 0 && !Object.hasOwn(KEYS, name)) return;
    event.preventDefault();
    if (event.repeat && !REPEATABLE.has(name)) return;
    if (state.missed && digit < 0 && !WHILE_ADDING.has(name)) return view.warn(t("desk.add_open"));
    const inside = card.contains(target);
    if (digit >= 0) view.pickOffer(digit, stay);
    else KEYS[name]();
    if (inside && !root.contains(document.activeElement)) card.focus({ preventScroll: true });
  }
  root.addEventListener("keydown", press);
  return { drawKey };
}
