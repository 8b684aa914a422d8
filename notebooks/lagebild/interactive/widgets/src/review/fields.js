// The fields of a row, each with the control that fits it. `view` is what the widget lends: words (t), rows, redraw,
// accept, and the kernel's word on a date (explain).

import { makeButton, withLabel, makeSelect } from "../desk/controls.js";
import { findAll, findOne, make, makeCombobox } from "../kit/elements.js";
import { drawOffers } from "./offers.js";
import { splitIds, nameChoice } from "./rows.js";

/**
 * @import { Rows } from "./rows.js"
 * @import { Row, View } from "./types.js"
 */

const FIELDS = ["event_type", "source_actors", "target_actors", "mutual", "date", "status", "cue", "speaker"];
const LESS_USED = ["date_basis", "mode", "context", "stance", "credibility", "quote"];
const LONGEST = 1000; // characters of a field

/**
 * What may be meant instead: other sides, types and roles.
 *
 * @param {View} view
 * @param {Row} row
 */
export function drawAlternatives(view, row) {
  const { t, rows } = view;
  const shown = ["source_actors", "target_actors", "mutual"].map((field) => rows.get(row, field)).join("|");
  const seen = new Set();
  const isNew = (one) => !seen.has(one.join("|")) && seen.add(one.join("|"));
  const readings = row.condition_id || shown.startsWith("||") ? [] : rows.readings(row).filter(isNew);
  const roles = readings.map((one) => {
    const [source, target] = one.map((side) => rows.names(side));
    const both = one[2] === "yes";
    const key = both ? "b" : one.join("|") === rows.swapped(row).join("|") ? "x" : "";
    const words = both ? t("desk.roles_mutual", { names: source }) : t("desk.roles_as", { source, target });
    return makeButton(words, key, (event) => view.takeRoles(one, event.shiftKey), {
      "aria-pressed": String(one.join("|") === shown),
    });
  });
  const turned = roles.length > 1 && make("div", { role: "group", "aria-label": t("desk.roles") }, roles);
  return make("div", { class: "alternatives" }, drawReadings(view, row), drawOffers(view, row), turned);
}

/**
 * The readings of two reviewers, or of the model and the rules, side by side; one key takes one.
 *
 * @param {View} view
 * @param {Row} row
 */
function drawReadings(view, row) {
  const drawn = view.listReadings(row).map(({ title, told }, at) => {
    const words = [make("b", {}, title), make("br"), told];
    return makeButton(words, ",."[at] ?? "", () => view.takeReading(at));
  });
  const named = { role: "group", "aria-label": view.t("desk.readings"), class: "readings" };
  return drawn.length > 1 && make("div", named, drawn);
}

/**
 * @param {View} view
 * @param {Row} row
 */
export function drawForm(view, row) {
  const { t, rows } = view;
  const changed = new Set(rows.changesOf(row).map(([field]) => field));
  const mutual = rows.get(row, "mutual") === "yes";
  const hidden = row.condition_id ? ["event_type", "mutual", "mode"] : mutual ? ["target_actors"] : [];
  const draw = (fields) => {
    const shown = fields.filter((field) => !hidden.includes(field));
    const drawn = shown.map((field) => drawField(view, row, field, changed.has(field)));
    return make("div", { class: "fields" }, drawn);
  };
  const submit = (event) => {
    event.preventDefault();
    view.accept();
  };
  const [first, rest] = view.isNew(row)
    ? [["quote", ...FIELDS], LESS_USED.filter((field) => field !== "quote")]
    : [FIELDS, LESS_USED];
  const open = rest.some((field) => changed.has(field));
  const more = make("details", { open }, make("summary", {}, t("desk.more")), draw(rest));
  return make("form", { onsubmit: submit }, draw(first), more);
}

/**
 * @param {View} view
 * @param {Row} row
 * @param {string} field
 * @param {boolean} changed
 */
function drawField(view, row, field, changed) {
  const { t, rows } = view;
  const value = rows.get(row, field);
  const named = { "data-field": field };
  const set = (next) => {
    rows.change(row, field, next);
    view.redraw(field);
  };
  const frame = (...children) => make("div", { class: changed ? "field changed" : "field" }, children);
  if (field === "event_type") {
    const none = value ? [] : [["", t("desk.type_choose")]];
    const control = makeSelect([...none, ...rows.desk.types], value, set, named);
    const definition = make("p", { class: "hint" }, rows.types.get(value)?.definition ?? "");
    return frame(withLabel(t("desk.fields.event_type"), control), definition);
  }
  if (field === "mutual") {
    const flip = () => view.setRoles(rows.flipped(row), field);
    const box = make("input", { type: "checkbox", checked: value === "yes", onchange: flip, ...named });
    return frame(make("label", { class: "check" }, box, make("span", {}, t("desk.fields.mutual"))));
  }
  if (field in rows.desk.choices) {
    const choices = rows.desk.choices[field].map((one) => [one, nameChoice(t, field, one)]);
    return frame(withLabel(t(`desk.fields.${field}`), makeSelect(choices, value, set, named)));
  }
  if (["source_actors", "target_actors", "speaker"].includes(field)) return drawActors(view, row, field, changed);
  return drawWords(view, row, field, frame);
}

/**
 * A field of words: what is typed counts at once, and the fields keep their place.
 *
 * @param {View} view
 * @param {Row} row
 * @param {string} field
 */
function drawWords(view, row, field, frame) {
  const { t, rows } = view;
  const value = rows.get(row, field);
  const hint = field === "date" && make("p", { class: "hint", id: `date-${row.mention_id}`.replace(/[^\w-]/g, "_") });
  const plain = { type: "text", autocomplete: "off", spellcheck: "false", maxlength: LONGEST };
  const input = make("input", { ...plain, value, "aria-describedby": hint && hint.id, "data-field": field });
  input.addEventListener("input", () => {
    const typed = input.value.trim();
    rows.change(row, field, typed);
    input.closest(".field")?.classList.toggle("changed", typed !== row[field]);
    view.retouch(field, typed, input);
  });
  if (hint) view.explain(value, input, hint);
  const asTold = hint && row.date_text && make("p", { class: "hint" }, t("desk.date_text", { words: row.date_text }));
  return frame(withLabel(t(`desk.fields.${field}`), input), hint, asTold);
}

/**
 * Chips of the actors that are named, and a field in which others are found by any of their names.
 *
 * @param {View} view
 * @param {Row} row
 * @param {string} field
 * @param {boolean} changed
 */
function drawActors(view, row, field, changed) {
  const { t, rows } = view;
  const ids = splitIds(rows.get(row, field));
  const label = t(`desk.fields.${field}`);
  const set = (next) => {
    rows.setSide(row, field, next);
    view.redraw(field);
  };
  const chips = ids.map((id) => {
    const remove = { "aria-label": t("desk.actor_remove", { name: rows.name(id) }) };
    const without = () => set(ids.filter((one) => one !== id));
    const away = make("button", { type: "button", onclick: without, ...remove }, "×");
    return make("span", { class: "chip", title: id }, rows.name(id), away);
  });
  const asTold = field === "speaker" && row.speaker_text;
  return make(
    "div",
    { class: `field actors${changed ? " changed" : ""}`, role: "group", "aria-label": label },
    make("span", { class: "label" }, label),
    make("div", { class: "chips" }, chips, drawFinder(view, row, field, ids, set)),
    asTold && make("p", { class: "hint" }, t("desk.speaker_text", { words: row.speaker_text })),
  );
}

const NEW_ACTORS = ["person", "organisation", "group"]; // what a case may add here; a state has a code of its own

/**
 * A field that finds actors by any of their names, or adds one to the case; the backspace key in an empty one takes the last chip away.
 *
 * @param {View} view
 * @param {Row} row
 * @param {string} field
 */
function drawFinder(view, row, field, ids, set) {
  const { t, rows } = view;
  const label = t(`desk.fields.${field}`);
  const words = t("desk.actor_find");
  const { input, found } = makeCombobox({
    id: `${field}-${row.mention_id}-list`.replace(/[^\w-]/g, "_"),
    label,
    none: t("desk.actor_none"),
    field: { "aria-label": `${label}: ${words}`, placeholder: words, "data-field": field },
    find: (asked) => rows.findActors(asked, ids, view.offers.near(row)).map((id) => ({ id, name: "", type: "" })),
    offer: (name) => NEW_ACTORS.map((type) => ({ id: "", name, type })),
    draw: (one) =>
      one.type
        ? t("desk.actor_add", { name: one.name, type: t(`actor.${one.type}`) })
        : [`${rows.name(one.id)} `, make("small", {}, one.id)],
    take: (one) => (one.type ? view.addActor(one, (id) => set([...ids, id])) : set([...ids, one.id])),
    save: view.accept,
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Backspace" || input.value || !ids.length) return;
    event.preventDefault();
    event.stopPropagation();
    set(ids.slice(0, -1));
  });
  return [input, found];
}

// Values that cannot be saved: said in their field, with the remedy, before the desk moves on; dates are judged by the
// kernel.

/** @param {View} view */
export function makeChecks(view) {
  const { t, rows, card } = view;
  const judged = new Map(); // EDTF → its words, or its fault, as the kernel told them
  const silent = new Set(); // EDTF of which it told nothing for long
  /** @type {{ date: string, run: () => void, row: string } | null} */
  let held = null; // an act that waits for the kernel's word on a date

  /** Show a date in words; the kernel is asked for them once. */
  function explain(edtf, input, hint = findOne(`#${input.getAttribute("aria-describedby")}`)) {
    if (!hint) return;
    hint.dataset.asked = edtf;
    const show = ({ words, fault }) => {
      hint.textContent = words || fault;
      hint.classList.toggle("wrong", Boolean(fault));
      input.setAttribute("aria-invalid", String(Boolean(fault)));
    };
    show((edtf ? judged.get(edtf) : { words: t("desk.date_none") }) ?? { words: "", fault: "" });
    if (!edtf || judged.has(edtf)) return;
    const take = (answer) => {
      judged.set(edtf, answer);
      if (hint.dataset.asked === edtf) show(answer); // else more was typed meanwhile
      resume(edtf);
    };
    const giveUp = () => {
      silent.add(edtf);
      resume(edtf);
    };
    view.ask({ ask: "date", text: edtf }, take, giveUp);
  }
  /** Whether what was changed on the row can be saved; if not, its fields say why, or `run` is called once it is known. */
  function isSound(row, run) {
    const faults = findFaults(rows, row, readTyped(card), judged);
    if (faults.size) {
      view.say(Array.from(faults.values()).join(" "));
      showFaults(card, faults);
      return false;
    }
    const [, date] = rows.changesOf(row).find(([field]) => field === "date") ?? [];
    if (!date || judged.has(date) || silent.has(date)) return true; // if the kernel is gone, the act waits
    held = { date, run, row: row.mention_id };
    const input = card.querySelector("[data-field=date]");
    if (input) explain(date, input);
    return false;
  }
  /** Go on with the act that waited for a date, if the row is still on the desk. */
  function resume(edtf) {
    if (!held || held.date !== edtf) return;
    const { run, row } = held;
    held = null;
    if (view.onDesk()?.mention_id === row) run();
  }
  return { explain, isSound };
}

/**
 * What was typed into fields that find actors, and not chosen: field → words.
 *
 * @param {HTMLElement} card
 */
function readTyped(card) {
  const finders = /** @type {HTMLInputElement[]} */ (findAll("input[role=combobox][data-field]", card));
  return new Map(finders.map((input) => [input.dataset.field ?? "", input.value.trim()]));
}

/**
 * What is wrong with what was changed on a row: field → words. `typed` holds what was typed and not chosen, `judged`
 * what the kernel said of dates.
 *
 * @param {Rows} rows
 * @param {Row} row
 * @param {Map<string, string>} typed
 * @param {Map<string, { fault?: string }>} judged
 * @returns {Map<string, string>}
 */
export function findFaults(rows, row, typed, judged) {
  const { t } = rows;
  const found = new Map();
  const changed = new Map(rows.changesOf(row));
  if (!row.condition_id && changed.get("event_type") === "") found.set("event_type", t("desk.missing_type"));
  for (const [field, words] of typed) if (words) found.set(field, t("desk.fault_actor", { words }));
  const [, , sentence] = rows.sentencesOf(row).find(([no]) => no === row.sentence_no) ?? [];
  for (const field of ["quote", "cue"]) {
    const words = changed.get(field);
    const times = words && sentence !== undefined ? sentence.split(words).length - 1 : 1;
    const placed = field === "quote" && words && rows.sentenceHolds(row, words);
    if (times !== 1 && !placed) found.set(field, t(times ? "desk.fault_often" : "desk.fault_words"));
  }
  const { fault } = judged.get(changed.get("date") ?? "") ?? {};
  if (fault) found.set("date", fault);
  return found;
}

/**
 * Say in each field what is wrong with it, and go to the first one.
 *
 * @param {HTMLElement} card
 */
function showFaults(card, faults) {
  const controls = findAll("[data-field]", card).filter((one) => faults.has(one.dataset.field));
  for (const control of controls) {
    const field = control.dataset.field;
    control.setAttribute("aria-invalid", "true");
    control.closest("details")?.setAttribute("open", "");
    if (field === "date") continue; // its hint says so already
    const id = `fault-${field}`;
    card.querySelector(`#${id}`)?.remove();
    const words = make("p", { class: "hint wrong", id }, faults.get(field));
    control.setAttribute("aria-describedby", id);
    control.closest(".field")?.append(words);
    const mend = () => {
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
      words.remove();
    };
    control.addEventListener("input", mend, { once: true });
  }
  controls[0]?.focus();
}
