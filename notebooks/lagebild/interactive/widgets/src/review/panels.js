// The event of a row, and what opens on demand on the card: merges, suggestions, titles, names, rules, keys.

import { makeButton, drawKeys, withLabel, makePanel } from "../desk/controls.js";
import { findOne, make, makeCombobox } from "../kit/elements.js";
import { nameLanguage } from "./text.js";

/**
 * @import { Rows } from "./rows.js"
 * @import { Doubt, Merge, Row, View } from "./types.js"
 */

export const quoteEvidence = (one, tag = "span") => make(tag, { lang: one.language }, one.evidence);

/**
 * The event that the row tells, and who else tells it.
 *
 * @param {View} view
 * @param {Row} row
 */
export function drawEvent(view, row) {
  const { t, rows } = view;
  const others = rows.sameEvent(row).filter((one) => one.mention_id !== row.mention_id);
  const name = rows.desk.names[row.event_id || row.condition_id];
  const head = row.condition_id ? t("desk.condition", { id: row.condition_id }) : `${t("desk.event")} ${row.event_id}`;
  const items = others.slice(0, 12).map((one) => {
    const go = () => view.choose(one.mention_id, true);
    return make(
      "li",
      {},
      make("button", { type: "button", onclick: go }, one.mention_id),
      " ",
      quoteEvidence(one, "q"),
    );
  });
  const title = make("h4", {}, [head, name].filter(Boolean).join(": "));
  const lead = make("p", { class: "hint" }, t(others.length ? "desk.event_others" : "desk.event_alone"));
  return make("div", { class: "event" }, title, lead, make("ul", {}, items));
}

/**
 * All mentions of the event of a row, side by side; what is told otherwise than in the row is marked.
 *
 * @param {View} view
 * @param {Row} row
 */
function drawMentions(view, row) {
  const { t, rows } = view;
  const told = [row, ...rows.sameEvent(row).filter((one) => one.mention_id !== row.mention_id)];
  const cells = ["source_actors", "target_actors", "event_type", "date", "status"];
  const value = (one, field) => (one === row ? rows.get(one, field) : one[field]);
  const tell = (one, field) => {
    const words = rows.tell(field, value(one, field));
    if (value(one, field) === value(row, field)) return words;
    return make("mark", { class: "differs" }, words, make("span", { class: "hidden" }, ` (${t("desk.differs")})`));
  };
  const lines = told.map((one) => {
    const [, publisher, day] = rows.desk.sources[one.source_id] ?? [];
    const go = makeButton(one.mention_id, "", () => view.choose(one.mention_id, true));
    const drawn = [
      [publisher, day].filter(Boolean).join(", "),
      quoteEvidence(one, "q"),
      ...cells.map((f) => tell(one, f)),
    ];
    const data = drawn.map((cell) => make("td", {}, cell));
    return make("tr", { "aria-current": one === row && "true" }, make("th", { scope: "row" }, go), data);
  });
  const heads = [t("desk.row"), t("desk.text"), ...["quote", ...cells].map((field) => t(`desk.fields.${field}`))];
  const top = heads.map((words) => make("th", { scope: "col" }, words));
  const table = make("table", {}, make("thead", {}, make("tr", {}, top)), make("tbody", {}, lines));
  return makePanel(
    t("desk.mentions"),
    make("p", {}, t("desk.mentions_lead", { n: told.length, event: rows.eventName(row) })),
    make("div", { class: "sideways", tabindex: "0", role: "region", "aria-label": t("desk.mentions") }, table),
    makeButton(t("desk.close"), "", () => view.close()),
  );
}

/**
 * The title of the event in each language of the report; the kernel says what it is called so far.
 *
 * @param {View} view
 * @param {Row} row
 */
function drawTitle(view, row) {
  const { t } = view;
  const typed = { type: "text", maxlength: 120, autocomplete: "off" };
  const fields = ["de", "en"].map((lang) => ({ lang, field: make("input", { ...typed, lang, "data-title": lang }) }));
  /** @type {Record<string, string>} */
  const before = {};
  const ids = view.rows.sameEvent(row).map((one) => one.mention_id);
  view.ask({ ask: "title", event: row.event_id, rows: ids }, ({ named }) => {
    for (const { lang, field } of fields) {
      before[lang] = named?.[lang] ?? "";
      field.value ||= before[lang];
    }
  });
  const save = (event) => {
    event.preventDefault();
    const told = fields.map(({ lang, field }) => ({ lang, words: field.value.trim() }));
    const changed = told.filter(({ lang, words }) => words && words !== before[lang]);
    view.entitle(
      row.event_id,
      changed.map(({ lang, words }) => [`summary_${lang}`, words]),
    );
  };
  return make(
    "form",
    { class: "panel", onsubmit: save, "aria-label": t("desk.title") },
    make("p", {}, t("desk.title_lead")),
    fields.map(({ lang, field }) => withLabel(nameLanguage(view, lang) ?? lang, field, { class: "wide" })),
    make("div", { class: "actions" }, makeButton(t("desk.title_save"), "", null, { type: "submit", class: "main" })),
  );
}

/**
 * The events with which that of the row can be merged, the most alike first.
 *
 * @param {View} view
 * @param {Row} row
 */
function drawMerge(view, row) {
  const { t, rows } = view;
  const events = rows.otherEvents(row);
  const many = rows.sameEvent(row).length;
  const only = make("input", { type: "checkbox" });
  const found = make("ul", {});
  const drawChoice = (one) => {
    const told = [one.date, one.event_id, rows.desk.names[one.event_id]].filter(Boolean).join(" · ");
    const merge = () => view.merge(one.event_id, only.checked);
    const words = [make("b", {}, rows.summary(one)), ` ${told} · `, quoteEvidence(one)];
    return make("li", {}, make("button", { type: "button", onclick: merge }, words));
  };
  const fill = () => {
    const words = find.value.trim().toLowerCase();
    const fits = events.filter((one) => `${one.event_id} ${one.search}`.toLowerCase().includes(words)).slice(0, 8);
    found.replaceChildren(...(fits.length ? fits.map(drawChoice) : [make("li", {}, t("desk.merge_none"))]));
  };
  const label = t("desk.merge_find");
  const find = make("input", { type: "search", oninput: fill, "aria-label": label, placeholder: label });
  find.addEventListener("keydown", (event) => event.key === "Enter" && found.querySelector("button")?.click());
  fill();
  return makePanel(
    t("desk.merge"),
    make("p", {}, t("desk.merge_lead")),
    find,
    many > 1 && make("label", { class: "check" }, only, make("span", {}, t("desk.merge_only", { n: many }))),
    found,
  );
}

// Suggestions: which events may be one. The kernel finds them, and the reviewer decides.

/** @param {View} view */
export function makeDoubts(view) {
  const { t, rows, state, card } = view;
  let doubts = []; // as the kernel told them last

  function askDoubts() {
    view.ask({ ask: "doubts" }, (answer) => {
      doubts = answer.doubts ?? doubts;
      if (!card.querySelector("form :focus, .panel :focus")) view.draw();
    });
  }
  /** Merge the event of the row with the one that is likeliest the same. */
  function mergeDoubt() {
    const row = rows.all.get(state.chosen);
    const [found] = row?.event_id && view.canMove(row) ? doubtsOn(view, row) : [];
    if (found) view.merge(found.there.event_id, false);
    else view.warn(t("desk.doubts_none"));
  }
  /** Do what a suggestion of the list says. */
  function decideDoubt(one) {
    const other = rows.all.get(one.other);
    state.chosen = one.row;
    if (other) view.merge(other.event_id, false);
    dismiss(one);
  }
  /** Go on with the list of suggestions, without the one that was decided. */
  function dismiss(one) {
    doubts = doubts.filter((other) => other !== one);
    state.panel = "doubts";
    view.draw();
    (findOne(".panel .main", card) ?? findOne(".panel button", card))?.focus();
  }
  return { listDoubts: () => doubts, askDoubts, mergeDoubt, decideDoubt, dismiss };
}

/**
 * Whether a suggestion still holds, as decisions leave the rows.
 *
 * @param {Rows} rows
 */
function stillHolds(rows, { row, other }) {
  const [one, two] = [rows.all.get(row), rows.all.get(other)];
  const there = (/** @type {Row} */ some) => some.state !== "rejected" && some.event_id;
  return one && two && there(one) && there(two) && one.event_id !== two.event_id;
}

/**
 * The suggestions on the event of a row, `there` being a row of the event that may be the same.
 *
 * @param {View} view
 * @param {Row} row
 */
function doubtsOn(view, row) {
  const { rows } = view;
  const tells = (id) => rows.all.get(id)?.event_id === row.event_id;
  const near = view.listDoubts().filter((one) => tells(one.row) || tells(one.other));
  const found = near.filter((one) => stillHolds(rows, one));
  const there = (/** @type {Doubt} */ one) => rows.all.get(tells(one.row) ? one.other : one.row);
  return found.map((one) => /** @type {Merge} */ ({ ...one, there: there(one) }));
}

/**
 * Which event may be that of the row, with the key that merges them.
 *
 * @param {View} view
 * @param {Row} row
 */
export function drawDoubts(view, row) {
  const { t, rows } = view;
  const [merge] = row.event_id ? doubtsOn(view, row) : [];
  if (!merge) return [];
  const words = t("desk.doubt_merge", { event: rows.eventName(merge.there), why: merge.why });
  return [make("p", { class: "doubt" }, words, " ", makeButton(t("desk.merge_this"), "M", view.mergeDoubt))];
}

/**
 * All suggestions, each with the buttons that decide it.
 *
 * @param {View} view
 */
function drawDoubtList(view) {
  const { t, rows } = view;
  const found = view.listDoubts().filter((one) => stillHolds(rows, one));
  const items = found.map((one) => {
    const [here, there] = [rows.all.get(one.row), rows.all.get(one.other)];
    const see = (some) => makeButton(rows.eventName(some), "", () => view.choose(some.mention_id, true));
    const yes = makeButton(t("desk.merge"), "", () => view.decideDoubt(one), { class: "main" });
    const no = makeButton(t("desk.doubt_apart"), "", () => view.dismiss(one));
    return make(
      "li",
      {},
      make("p", {}, see(here), see(there)),
      make("p", { class: "hint" }, quoteEvidence(here, "q"), " · ", quoteEvidence(there, "q")),
      make("p", {}, one.why),
      make("p", { class: "actions" }, yes, no),
    );
  });
  return makePanel(
    t("desk.doubts"),
    make("p", {}, t(found.length ? "desk.doubts_lead" : "desk.doubts_none", { n: found.length })),
    make("ul", { class: "batch", tabindex: "0" }, items),
    makeButton(t("desk.close"), "", () => view.close()),
  );
}

/**
 * Another name of an actor that is known, from the selection in the text.
 *
 * @param {View} view
 */
function drawName(view) {
  const { t, rows } = view;
  const name = make("input", { type: "text", maxlength: 120, autocomplete: "off", value: view.state.picked });
  const { input, found } = makeCombobox({
    id: "name-of-list",
    label: t("desk.name_of"),
    none: t("desk.name_unknown"),
    field: { "aria-label": t("desk.name_of"), placeholder: t("desk.actor_find") },
    find: (asked) => rows.findActors(asked, []),
    draw: (id) => [`${rows.name(id)} `, make("small", {}, id)],
    take: (id) => view.addName(name.value, id),
  });
  const stay = (event) => event.preventDefault();
  return make(
    "form",
    { class: "panel", onsubmit: stay, "aria-label": t("desk.name") },
    make("p", {}, t("desk.name_lead")),
    withLabel(t("desk.name_words"), name, { class: "wide" }),
    make("div", { class: "field actors" }, make("span", { class: "label" }, t("desk.name_of")), input, found),
    makeButton(t("desk.close"), "", () => view.close()),
  );
}

/**
 * All open rows of the same rule, to look at and to decide on at once.
 *
 * @param {View} view
 * @param {Row} row
 */
function drawBatch(view, row) {
  const { t, rows } = view;
  const found = rows.alike(row).filter((one) => one === row || !view.twins.follows(one));
  if (found.length < 2) return makePanel(t("desk.batch"), make("p", {}, t("desk.batch_none")));
  const boxes = found.map((one) => {
    const checked = !rows.changesOf(one).length; // what was changed is saved with its row, not with all
    return make("input", { type: "checkbox", checked, value: one.mention_id, onchange: () => count() });
  });
  const ticked = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const yes = makeButton("", "", () => view.batch("accept", ticked()), { class: "main" });
  const no = makeButton("", "", () => view.batch("reject", ticked()));
  const count = () => {
    const n = ticked().length;
    yes.textContent = t("desk.batch_accept", { n });
    no.textContent = t("desk.batch_reject", { n });
    yes.disabled = no.disabled = !n;
  };
  count();
  const items = found.map((one, at) => {
    const words = make("span", {}, make("b", {}, rows.summary(one)), " · ", quoteEvidence(one));
    return make("li", {}, make("label", { class: "check" }, boxes[at], words));
  });
  return makePanel(
    t("desk.batch"),
    make("p", {}, t("desk.batch_lead", { rule: row.rule, n: found.length })),
    make("div", { class: "actions" }, yes, no),
    make("ul", { class: "batch", tabindex: "0" }, items),
  );
}

const GROUPS = ["decide", "read", "mend", "events", "go"].map((group) => `desk.help.${group}`); // of the keys

/**
 * All keys of the desk.
 *
 * @param {View} view
 */
const drawHelp = (view) => drawKeys(view, "desk.help", GROUPS);

export const PANELS = {
  merge: drawMerge,
  batch: drawBatch,
  help: drawHelp,
  mentions: drawMentions,
  doubts: drawDoubtList,
  title: drawTitle,
  name: drawName,
};
