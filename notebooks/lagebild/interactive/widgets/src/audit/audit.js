// The audit of a report: its text with the claims marked by verdict, and the card of the claim that was chosen. This
// file puts the desk together from its parts. Each part is given one plain object, `view`: what they share (words,
// claims, the state of the desk, its elements), and to which each adds the verbs that the others may call.

import {
  LANGUAGES,
  makeButton,
  withLabel,
  makeLanguage,
  makeSaving,
  makeSelect,
  renderAnew,
  focusOnceShown,
} from "../desk/controls.js";
import { REVIEWER_KEY, Queue, makeTalk, memory } from "../desk/queue.js";
import { findOne, keepKeys, make, readWords } from "../kit/elements.js";
import { isModified } from "../kit/focus.js";
import { makeCard, makeReport } from "./card.js";
import { OBJECTIONS, drawSign, makeActs, makeOrder } from "./claims.js";

/**
 * @import { Model } from "../kit/types.js"
 * @import { View } from "./types.js"
 */

// The bar above the report: who decides, which verdict is shown alone, and the language; and how far the objections are
// decided.

/** @param {View} view */
function makeBar(view) {
  const { t, audit, claims, state } = view;
  const write = (event) => (state.by = event.target.value);
  const keep = () => memory.set(REVIEWER_KEY, state.by.trim());
  const by = make("input", {
    type: "text",
    value: state.by,
    maxlength: 80,
    autocomplete: "off",
    title: t("desk.by_kept"),
    oninput: write,
    onchange: keep,
  });
  const language = makeSelect(LANGUAGES, view.language, (wanted) => view.speak(wanted));
  const choices = ["", ...audit.verdicts];
  const filters = choices.map((verdict) => {
    const words = verdict ? [drawSign(t, verdict), t(`audit.verdict.${verdict}`)] : [t("desk.all")];
    const n = make("span", { class: "n" });
    const node = makeButton([...words, n], "", () => show(verdict), { class: verdict });
    return { verdict, node, n };
  });

  const set = (values) => (language.value = values.language);
  const focusLanguage = () => language.focus();
  function show(verdict) {
    state.only = verdict;
    view.first();
    view.markReport();
    drawFilters();
  }
  /** Show the next verdict alone of which there is a claim, or all again after the last one. */
  function turn() {
    const there = choices.filter((verdict) => !verdict || claims.some((one) => one.verdict === verdict));
    show(there[(there.indexOf(state.only) + 1) % there.length]);
    view.say(state.only ? t(`audit.verdict.${state.only}`) : t("desk.all"));
  }
  function drawFilters() {
    for (const { verdict, node, n } of filters) {
      n.textContent = ` ${claims.filter((one) => !verdict || one.verdict === verdict).length}`;
      node.setAttribute("aria-pressed", String(verdict === state.only));
    }
  }
  /** The name that decisions carry; without one, the reviewer is asked for it. */
  function nameReviewer() {
    const name = state.by.trim();
    if (name) return name;
    view.warn(t("desk.name_needed"));
    by.focus();
    return "";
  }
  const shown = make(
    "div",
    { class: "filters", role: "group", "aria-label": t("audit.desk.filter") },
    filters.map(({ node }) => node),
  );
  return {
    bar: make(
      "div",
      { class: "bar" },
      withLabel(t("desk.reviewer"), by),
      shown,
      withLabel(t("desk.language"), language),
    ),
    drawFilters,
    set,
    focusLanguage,
    turn,
    nameReviewer,
  };
}

/** @param {View} view */
function makeProgress(view) {
  const { t, claims } = view;
  const meter = make("progress", { "aria-label": t("desk.progress") });
  const counts = make("p", { class: "counts" });
  function drawProgress() {
    const objected = claims.filter((one) => OBJECTIONS.includes(one.says));
    const done = objected.filter((one) => one.by).length;
    const more = claims.filter((one) => one.by).length - done; // of the claims to which nothing was objected
    Object.assign(meter, { max: Math.max(objected.length, 1), value: done });
    counts.textContent = t(more ? "audit.desk.done_more" : "audit.desk.done", { done, n: objected.length, more });
    view.drawFilters();
    view.drawSaving();
  }
  return { meter, counts, drawProgress };
}

// The keys of the audit.

const ALIASES = { j: "n", ArrowDown: "n", k: "p", ArrowUp: "p" }; // keys that do what another one does
const NAMES = {
  n: "audit.desk.next",
  p: "audit.desk.previous",
  N: "audit.desk.next_wrong",
  P: "audit.desk.previous_wrong",
  u: "desk.undo",
  "?": "desk.help",
};
const REPEATABLE = new Set(["n", "p", "N", "P"]); // keys that may be held down

/** @param {View} view */
function makeKeys(view) {
  const { t, audit, state, card, text, root } = view;
  const KEYS = {
    n: () => view.go(1),
    p: () => view.go(-1),
    N: () => view.goOn(1),
    P: () => view.goOn(-1),
    u: view.undo,
    f: view.turn,
    "?": view.toggleHelp,
  };
  for (const [at, verdict] of audit.verdicts.entries()) KEYS[at + 1] = () => view.askWhy(verdict);

  /** A button that does what a key does. */
  const drawKey = (key) => makeButton(t(NAMES[key]), key, KEYS[key]);
  function press(event) {
    const { key, target } = event;
    if (key === "Escape") {
      event.preventDefault();
      return view.close();
    }
    if (isModified(event) || target.closest("input, select")) return;
    if ((key === "Enter" || key === " ") && target.closest("[role=button]")) {
      event.preventDefault();
      return view.choose(Number(target.closest("[role=button]").dataset.at));
    }
    if (target === text && key.startsWith("Arrow")) return; // they scroll
    const name = ALIASES[key] ?? key;
    if (!Object.hasOwn(KEYS, name)) return;
    event.preventDefault();
    if (event.repeat && !REPEATABLE.has(name)) return;
    const inside = root.contains(document.activeElement);
    const inText = text.contains(document.activeElement);
    KEYS[name]();
    if (state.asks || state.help) return;
    if (inText) findOne(".here", text)?.focus({ preventScroll: true });
    else if (inside && !root.contains(document.activeElement)) card.focus({ preventScroll: true });
  }
  root.addEventListener("keydown", press);
  return { drawKey };
}

/** @type {((view: View) => Partial<View>)[]} */
const PARTS = [
  makeBar,
  makeProgress,
  makeSaving,
  makeOrder,
  makeActs,
  makeReport,
  makeCard,
  makeLanguage,
  makeTalk,
  makeKeys,
];

/**
 * The state of an audit that is opened.
 *
 * @param {Model} model
 */
const start = (model) => ({
  by: model.get("reviewer") || memory.get(REVIEWER_KEY) || model.get("login"),
  chosen: 0, // the place of the claim on the card
  only: "", // the one verdict that is shown
  asks: "", // the verdict of which the card asks the reason
  help: false, // whether the keys are shown
  loaded: false, // whether the kernel has told how the claims stand
  unwritten: "", // why the kernel could not write
  taken: [], // acts that undo can take back, the latest last
  sent: new Map(), // name of an act → when it was sent first, and when last, and how often
  behind: new Map(), // name of an undo → the act that it takes back
  met: new Map(), // claim → who decided on it meanwhile
});

/**
 * Show the audit; with what is `kept` of one in the other language, from which `again` leads to the next.
 *
 * @param {Model} model
 */
function mount(model, el, kept, again) {
  const t = readWords(model);
  const audit = model.get("audit");
  const view = /** @type {View} */ (
    /** @type {unknown} */ ({
      t,
      model,
      audit,
      language: model.get("language"),
      queue: kept?.queue ?? new Queue("audit", audit.place, "verdicts"),
      claims: audit.claims.map((one, at) => ({
        ...one,
        at,
        says: one.verdict,
        by: "",
        why: "",
        latest: "",
        waits: kept?.claims[at].waits ?? false,
      })),
      state: kept?.state ?? start(model),
      root: make("section", { class: "lagebild desk audit", tabindex: "0", "aria-label": t("audit.kind") }),
      text: make("div", { class: "text", tabindex: "0", role: "region", "aria-label": t("audit.desk.report") }),
      card: make("div", { class: "card", tabindex: "-1", role: "group", "aria-label": t("audit.desk.claim") }),
      note: make("p", { class: "note", role: "alert" }),
      live: make("p", { class: "hidden", role: "status", "aria-live": "polite" }),
      warn: (...words) => view.note.replaceChildren(...words),
      say: (words) => (view.live.textContent = words),
      reopen,
    })
  );
  function reopen(answer) {
    for (const name of ["language", "words", "audit"]) model.set(name, answer[name]);
    Object.assign(view.state, { asks: "", help: false });
    again({ queue: view.queue, state: view.state, claims: view.claims, answer });
  }
  for (const part of PARTS) Object.assign(view, part(view));
  keepKeys(view.root);
  view.root.lang = view.language;
  view.root.append(view.bar, ...view.progress, make("div", { class: "board" }, view.text, view.card));
  el.append(view.root);
  const stop = view.listen();
  view.drawReport();
  view.draw();
  focusOnceShown(view, el);
  if (kept) {
    view.hear(kept.answer);
    view.focusLanguage();
  } else {
    view.askRows();
    for (const act of view.queue.acts) view.send(act); // what an earlier kernel did not answer
  }
  return stop;
}

export default { render: renderAnew(mount) };
