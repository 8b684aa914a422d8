// The review of drafts: one row at a time beside its text. This file puts the desk together from its parts. Each part
// is given one plain object, `view`: what they share (words, rows, the state of the desk, its elements), and to which
// each adds the verbs that the others may call.

import { makeLanguage, makeSaving, renderAnew, focusOnceShown } from "../desk/controls.js";
import { Queue, makeTalk } from "../desk/queue.js";
import { focused, keepKeys, make, readWords } from "../kit/elements.js";
import { makeCard } from "./card.js";
import { makeActs, makeChanges, makeMissed, makeReadings } from "./decisions.js";
import { makeChecks } from "./fields.js";
import { makeKeys } from "./keys.js";
import { Offers } from "./offers.js";
import { makeBar, makeOrder, makeProgress, startBar } from "./order.js";
import { makeOverlooked } from "./overlooked.js";
import { makeDoubts } from "./panels.js";
import { Meetings, Rows, Twins } from "./rows.js";

/**
 * @import { Model } from "../kit/types.js"
 * @import { View } from "./types.js"
 */

// What the kernel tells of the rows, taken over by the desk.

/** @param {View} view */
function makeKernel(view) {
  const { rows, state } = view;

  /** Take in an answer, to an act of this desk or to none. */
  function take(answer, act) {
    if (answer.rows) hearRows(answer);
    if (answer.note) view.warn(answer.note);
    if (act) view.conclude(act, answer);
    // What stands in a field that somebody types into is not drawn anew.
    const typing = view.card.contains(focused()) && focused()?.closest("form");
    if (!typing && (answer.whole || answer.fault || state.panel === "overlooked" || isAbout(answer.names))) view.draw();
    else view.drawProgress();
  }
  /** Whether decisions change what the card tells: on its row, its event, or the record of its rule. */
  function isAbout(names = []) {
    const row = view.onDesk();
    const sameRule = (id) => !state.panel && row?.rule && rows.all.get(id)?.rule === row.rule;
    return [state.chosen, row?.event_id].some((id) => names.includes(id)) || names.some(sameRule);
  }
  /** Take over rows as they are now: all, or those that an act was about. */
  function hearRows(answer) {
    const id = rows.desk.columns.indexOf("mention_id");
    const there = new Set(answer.rows.map((cells) => cells[id]));
    const isNew = !answer.whole && Array.from(there).some((name) => !rows.all.has(name));
    const { chosen, missed } = state;
    const goes = chosen !== "" && !there.has(chosen) && (answer.whole || answer.names.includes(chosen));
    const before = goes ? view.listRows(true).findIndex((row) => row.mention_id === chosen) : 0;
    if (answer.whole) rows.load(answer.rows);
    else for (const cells of answer.rows) rows.put(cells);
    for (const name of answer.names ?? []) if (!there.has(name)) rows.all.delete(name); // its addition was taken back
    for (const name of Array.from(rows.working.keys())) if (name !== missed?.mention_id) rows.settle(name);
    if (isNew) rows.sort();
    if (answer.titles) rows.entitle(answer.titles);
    if (answer.whole) view.loadTaken(answer.taken);
    if (answer.whole) rows.parted = new Map(Object.entries(answer.parted));
    if (answer.whole) view.askDoubts();
    state.loaded = true;
    if (goes) state.chosen = view.listRows(true)[Math.max(before - 1, 0)]?.mention_id ?? "";
    if (!state.chosen && !missed) view.first();
  }
  return { take, hearRows };
}

/** @param {View} view */
function makeActors(view) {
  const { t, rows, state } = view;
  /** Add an actor to the case; once it is on the disk, `take` is told its id. */
  function addActor({ name, type }, take) {
    const row = state.chosen;
    view.ask({ ask: "actor", name, type }, ({ actor, fault, wait }) => {
      if (!actor) return view.warn(fault || wait);
      rows.addActor(actor);
      if (row === state.chosen) take(actor[0]); // else the reviewer went on meanwhile
      view.warn();
      view.say(t("desk.actor_added", { name: actor[1] }));
    });
  }
  function addName(words, id) {
    view.ask({ ask: "name", name: words, actor: id }, ({ actor, fault, wait }) => {
      if (!actor) return view.warn(fault || wait);
      rows.addName(actor);
      view.close();
      view.say(t("desk.name_added", { name: actor[1] }));
    });
  }
  return { addActor, addName };
}

/** @param {View} view */
function makeReopening(view) {
  const { model, rows, queue, state } = view;
  function reopen(answer) {
    for (const name of ["language", "words", "queue"]) model.set(name, answer[name]);
    view.again({ queue, state, met: rows.met, shown: listChanges(rows), answer });
  }
  return { reopen };
}

/**
 * What was changed and not saved, by row, with the language in which the row was shown.
 *
 * @param {Rows} rows
 */
const listChanges = (rows) => Array.from(rows.working, ([id, fields]) => [id, fields, rows.all.get(id)?.language]);

/**
 * Go on in the language that was asked for, where the desk in the other one stopped.
 *
 * @param {View} view
 */
function takeUp(view, { met, shown, answer }) {
  const { rows, state } = view;
  Object.assign(state, { panel: "", picked: "" });
  rows.met = met;
  view.hearRows(answer);
  restoreChanges(rows, shown, state.apart);
  view.draw();
  view.focusLanguage();
}

/**
 * Take up what was changed. Words of the text belong to one language: those changed in the other wait until it is shown
 * again.
 *
 * @param {Rows} rows
 * @param {[string, Record<string, string>, string | undefined][]} shown
 * @param {Map<string, Record<string, string>>} apart
 */
function restoreChanges(rows, shown, apart) {
  for (const [id, fields, language] of shown) {
    const row = rows.all.get(id);
    const other = row && language !== row.language;
    const back = apart.get(`${id}:${row?.language}`) ?? {};
    const isText = (/** @type {[string, string]} */ [field]) => field === "quote" || field === "cue";
    const entries = Object.entries(fields);
    if (other) apart.set(`${id}:${language}`, Object.fromEntries(entries.filter(isText)));
    const stays = other ? { ...Object.fromEntries(entries.filter((one) => !isText(one))), ...back } : fields;
    if (Object.keys(stays).length) rows.working.set(id, stays);
  }
  for (const [key, fields] of apart) {
    const [id, language] = [key.slice(0, key.lastIndexOf(":")), key.slice(key.lastIndexOf(":") + 1)];
    const here = rows.all.get(id)?.language === language && Object.keys(fields).length;
    if (here && !rows.working.has(id)) rows.working.set(id, fields);
    if (here) apart.delete(key);
  }
}

/** @type {((view: View) => Partial<View>)[]} */
const PARTS = [
  makeBar,
  makeProgress,
  makeSaving,
  makeOrder,
  makeActs,
  makeMissed,
  makeChanges,
  makeReadings,
  makeChecks,
  makeActors,
  makeDoubts,
  makeLanguage,
  makeReopening,
  makeOverlooked,
  makeCard,
  makeKernel,
  makeTalk,
  makeKeys,
];

/**
 * The state of a desk that is opened.
 *
 * @param {Model} model
 */
const start = (model) => ({
  ...startBar(model),
  chosen: "", // the row on the desk
  missed: null, // an event that is being added
  panel: "", // what is open on the card: a key of PANELS, or overlooked
  picked: "", // the words that were selected when it was opened
  loaded: false, // whether the kernel has told the rows
  unwritten: "", // why the kernel could not write
  taken: [], // acts that undo can take back, the latest last
  sent: new Map(), // name of an act → when it was sent first, and when last, and how often
  behind: new Map(), // name of an act → the act that it takes back, or the event that it adds
  apart: new Map(), // row and language → words of the text that were changed in that language
});

/**
 * Show the desk; with what is `kept` of one in the other language, from which `again` leads to the next.
 *
 * @param {Model} model
 */
function mount(model, el, kept, again) {
  const t = readWords(model);
  const desk = model.get("queue");
  const queue = kept?.queue ?? new Queue("review", desk.place, desk.content);
  const rows = new Rows(desk, t, queue);
  const view = /** @type {View} */ (
    /** @type {unknown} */ ({
      t,
      model,
      queue,
      rows,
      state: kept?.state ?? start(model),
      again,
      language: model.get("language"),
      twins: new Twins(desk.twins, rows),
      offers: new Offers(rows),
      meetings: new Meetings(t, rows),
      root: make("section", { class: "lagebild desk review", tabindex: "0", "aria-label": t("desk.about") }),
      text: make("div", { class: "text", tabindex: "0", role: "region", "aria-label": t("desk.text") }),
      card: make("div", { class: "card", tabindex: "-1", role: "group", "aria-label": t("desk.row") }),
      note: make("p", { class: "note", role: "alert" }),
      live: make("p", { class: "hidden", role: "status", "aria-live": "polite" }),
      isNew: (row) => row === view.state.missed,
      warn: (...words) => view.note.replaceChildren(...words),
      say: (words) => (view.live.textContent = words),
    })
  );
  for (const part of PARTS) Object.assign(view, part(view));
  keepKeys(view.root);
  view.root.lang = view.language;
  view.root.append(view.bar, ...view.progress, view.board);
  el.append(view.root);
  const stop = view.listen();
  view.draw();
  focusOnceShown(view, el);
  view.drawOlder();
  if (kept) {
    takeUp(view, kept);
  } else {
    view.askRows();
    for (const act of queue.acts) view.send(act); // what an earlier kernel did not answer
  }
  return stop;
}

export default { render: renderAnew(mount) };
