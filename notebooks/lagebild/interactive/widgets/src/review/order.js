// Which rows are gone through: in which order, the bar in which that is chosen, and how far the review is.

import { LANGUAGES, withLabel, makeSelect } from "../desk/controls.js";
import { REVIEWER_KEY, memory, readNames } from "../desk/queue.js";
import { make } from "../kit/elements.js";
import { SURENESS } from "./rows.js";

/**
 * @import { Model, Translate } from "../kit/types.js"
 * @import { View } from "./types.js"
 */

const LATER_KEY = "lagebild-review-later:"; // where the browser keeps which rows were put off, by case

/** @param {View} view */
export function makeOrder(view) {
  const { t, rows, twins, state } = view;
  const key = LATER_KEY + rows.desk.place;
  const later = readNames(key); // rows that were put off, the latest last

  const onDesk = () => state.missed ?? rows.all.get(state.chosen);
  /** For each choice of the bar whether it shows a row. */
  const shows = {
    all: () => true,
    open: (row) => rows.isOpen(row),
    decided: (row) => !rows.isOpen(row),
    two: (row) => rows.isOpen(row) && rows.two.has(row.mention_id),
    parted: (row) => rows.isOpen(row) && rows.parted.has(row.mention_id),
  };
  const isShown = (row) => shows[state.show](row);
  const isLater = (row) => later.has(row.mention_id) && rows.isOpen(row);
  const payPlace = (row) => rows.desk.pays?.[row.mention_id]?.[0] ?? rows.all.size; // what somebody added comes last
  /** For each order how two rows compare. */
  const orders = {
    text: () => () => 0,
    pays: () => (a, b) => payPlace(a) - payPlace(b),
    confidence: () => (a, b) => SURENESS[a.confidence] - SURENESS[b.confidence],
    rule: () => (a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
    latest() {
      const acts = new Map(state.taken.flatMap((act, at) => act.rows.map((one) => [one.row, at])));
      const place = (row) => (rows.isOpen(row) || row.waits ? -2 : (acts.get(row.mention_id) ?? -1));
      return (a, b) => place(b) - place(a);
    },
  };
  /** The rows in the order chosen; the one on the desk stays, decided or not, and `whole` leaves out no state. */
  function listRows(whole = false) {
    const { where, confidence, chosen } = state;
    const asked = state.search.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (row) =>
      (whole || isShown(row) || row.mention_id === chosen) &&
      (row.mention_id === chosen || where || !twins.follows(row)) &&
      (!where || where === `${row.source_id}:${row.language}`) &&
      (!confidence || (row.confidence || "coded") === confidence) &&
      asked.every((word) => holds(row, word));
    const compare = orders[state.order]();
    const putOff = new Map(Array.from(later, (id, at) => [id, at + 1]));
    const last = (row) => ((rows.isOpen(row) || row.waits) && putOff.get(row.mention_id)) || 0;
    return Array.from(rows.all.values())
      .filter(fits)
      .sort((a, b) => last(a) - last(b) || compare(a, b));
  }
  /** Whether a row or its twin holds a word; with ! before the word, whether neither does. */
  function holds(row, word) {
    const without = word.startsWith("!") && word.length > 1;
    const found = [row, twins.partner(row)].some((one) => one?.search.includes(without ? word.slice(1) : word));
    return found !== without;
  }
  function go(step, openOnly = false) {
    const found = listRows();
    let to = found.findIndex((row) => row.mention_id === state.chosen) + step;
    while (openOnly && found[to] && !rows.isOpen(found[to])) to += step;
    if (openOnly && !found[to]) to = found.findIndex((row) => rows.isOpen(row));
    if (found[to]) choose(found[to].mention_id);
    else view.draw();
  }
  function choose(id, showAll = false) {
    if (state.missed) return view.warn(t("desk.add_open"));
    if (showAll) view.set({ show: "all", where: "", confidence: "", search: "" });
    state.chosen = id;
    state.panel = "";
    view.draw();
  }
  /** Stay on the row if it is among those that are shown, or else go to the first of them. */
  function first() {
    if (state.missed) return view.warn(t("desk.add_open"));
    if (!listRows().some((row) => row.mention_id === state.chosen && isShown(row))) state.chosen = "";
    state.chosen ||= listRows()[0]?.mention_id ?? "";
    view.draw();
  }
  /** Put the row off: it comes last, and carries a mark until it is decided. */
  function postpone() {
    const row = rows.all.get(state.chosen);
    if (!row) return;
    if (!rows.isOpen(row)) return view.warn(t("desk.later_decided"));
    const at = listRows().indexOf(row);
    later.delete(row.mention_id);
    later.add(row.mention_id);
    const marked = Array.from(later).filter((id) => rows.all.has(id) && isLater(rows.all.get(id)));
    memory.set(key, JSON.stringify(marked));
    const found = listRows();
    const next = [...found.slice(at), ...found].find((one) => rows.isOpen(one)) ?? row;
    choose(next.mention_id);
    view.say(`${t("desk.later_mark")}. ${rows.summary(next)}`);
    view.card.focus({ preventScroll: true });
  }

  /** How many rows there are and are left, twins that are decided together as one; the open ones by confidence, too. */
  function countRows() {
    const open = new Map();
    const counted = Array.from(rows.all.values()).filter((row) => !twins.follows(row));
    for (const row of counted) {
      const kind = row.confidence || "coded";
      if (rows.isOpen(row)) open.set(kind, (open.get(kind) ?? 0) + 1);
    }
    const left = Array.from(open.values()).reduce((sum, n) => sum + n, 0);
    return { n: counted.length, left, open };
  }
  const countLater = () => (later.size ? rows.count((row) => isLater(row)) : 0);
  const tellLeft = () => t("desk.left", countRows());
  return { onDesk, isLater, listRows, go, choose, first, postpone, countRows, countLater, tellLeft };
}

// The bar above the desk: who reviews and why, which rows are gone through and in which order, and the language.

const ORDER_KEY = "lagebild-review-order"; // where the browser keeps the order in which they go through the rows
const ORDERS = ["pays", "text", "confidence", "rule", "latest"];

/**
 * What the bar holds at first: the name that is known, and all that is open, in the order chosen last.
 *
 * @param {Model} model
 */
export const startBar = (model) => ({
  by: model.get("reviewer") || memory.get(REVIEWER_KEY) || model.get("login"),
  reason: "",
  show: "open",
  where: "",
  confidence: "",
  order: memory.get(ORDER_KEY),
  search: "",
  language: model.get("language"),
});

/** @param {View} view */
export function makeBar(view) {
  const { t, rows, state } = view;
  const all = ["", t("desk.all")];
  const states = [
    ...["open", "decided", "two", "parted"].map((one) => [one, t(`desk.show.${one}`)]),
    ["all", t("desk.all")],
  ];
  const orders = ORDERS.map((one) => [one, t(`desk.order.${one}`)]);
  if (!ORDERS.includes(state.order)) [state.order] = ORDERS;
  const texts = Object.keys(rows.desk.texts).map((key) => {
    const [id, language] = key.split(":");
    return [key, `${id} ${language} · ${rows.desk.sources[id]?.[0] ?? ""}`.slice(0, 80)];
  });
  const first = () => view.first();
  /**
   * A list that sets a part of the state.
   *
   * @param {"show" | "where" | "confidence" | "order" | "language"} name
   * @param {string[][]} choices
   * @param {(value: string) => void} [run]
   */
  const choose = (name, choices, run = first) => {
    const change = (value) => {
      state[name] = value;
      run(value);
    };
    return makeSelect(choices, state[name], change);
  };
  const write = (name, more, run = () => {}) => {
    const change = (event) => {
      state[name] = event.target.value;
      run();
    };
    return make("input", { type: "text", value: state[name], autocomplete: "off", oninput: change, ...more });
  };
  const keepName = () => memory.set(REVIEWER_KEY, state.by.trim());
  function sort(order) {
    if (order !== "latest") memory.set(ORDER_KEY, order);
    else if (state.show === "open") set({ show: "decided" });
    if (!rows.working.has(state.chosen)) state.chosen = ""; // what is being changed stays on the desk
    view.first();
  }
  const controls = {
    by: write("by", { maxlength: 80, title: t("desk.by_kept"), onchange: keepName }),
    reason: write("reason", { placeholder: t("desk.reason_hint"), maxlength: 300 }),
    show: choose("show", states),
    where: choose("where", [all, ...texts]),
    confidence: choose("confidence", [all, ...listConfidence(t)]),
    order: choose("order", orders, sort),
    search: write("search", { type: "search", title: t("desk.search_hint") }, first),
    language: choose("language", LANGUAGES, (language) => view.speak(language)),
  };
  const label = (name, words, kind = "") => withLabel(t(words), controls[name], { class: kind });
  const labels = [
    label("by", "desk.reviewer"),
    label("reason", "desk.reason", "wide"),
    label("show", "desk.show"),
    label("where", "desk.text"),
    label("confidence", "desk.confidence"),
    label("order", "desk.order", "middle"),
    label("search", "desk.search"),
    label("language", "desk.language"),
  ];

  /** Set what stands in the bar. */
  function set(values) {
    for (const [name, value] of Object.entries(values)) state[name] = controls[name].value = value;
  }
  /** The name that decisions carry; without one, the reviewer is asked for it. */
  function nameReviewer() {
    const by = state.by.trim();
    if (by) return by;
    view.warn(t("desk.name_needed"));
    controls.by.focus();
    return "";
  }
  const focusLanguage = () => controls.language.focus();
  return { bar: make("div", { class: "bar" }, labels), set, nameReviewer, focusLanguage };
}

/** @param {Translate} t */
const listConfidence = (t) => [...["A", "B", "C"].map((one) => [one, one]), ["coded", t("desk.coded")]];

/** @param {View} view */
export function makeProgress(view) {
  const { t } = view;
  const meter = make("progress", { "aria-label": t("desk.progress") });
  const counts = make("p", { class: "counts" });

  function drawProgress() {
    const { n, open, left } = view.countRows();
    const done = n - left;
    Object.assign(meter, { max: Math.max(n, 1), value: done });
    const kinds = listConfidence(t).filter(([kind]) => open.has(kind));
    const kindly = kinds.map(([kind, words]) => `${words} ${open.get(kind)}`).join(", ");
    const later = view.countLater();
    const told = [
      t("desk.reviewed", { done, n }),
      kindly && `${view.tellLeft()}: ${kindly}`,
      later && t("desk.later_count", { n: later }),
      view.rows.desk.agreement,
    ];
    counts.textContent = told.filter(Boolean).join(" · ");
    view.drawSaving();
  }
  return { meter, counts, drawProgress };
}
