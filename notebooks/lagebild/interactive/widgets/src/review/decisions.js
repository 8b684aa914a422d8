// What the reviewer does: change a row, decide on it, add an event.

import { findOne } from "../kit/elements.js";
import { makeButton } from "../desk/controls.js";
import { today } from "../desk/queue.js";
import { characters } from "./rows.js";
import { drawText, readSelection } from "./text.js";

/** @import { Found, Row, View } from "./types.js" */

// The acts of the reviewer: each becomes decisions, which wait until the kernel has written them.

/** @param {View} view */
export function makeActs(view) {
  const { t, rows, twins, meetings, queue, state } = view;
  const behind = state.behind; // name of an act → the act that it takes back, or the event that it adds
  const onRow = () => rows.all.get(state.chosen);

  const setWaits = (id, waits) => {
    const row = rows.all.get(id);
    if (row) row.waits = waits;
  };

  /** Decide; return whether it was done, which takes a name. */
  function act(decisions, reason, more = {}) {
    const by = view.nameReviewer();
    if (!by) return false;
    const name = queue.nextName();
    const ids = Array.from(new Set(decisions.map(({ row }) => row)));
    const common = { by, reason: meetings.confirm(ids, state.reason.trim() || reason), date: today() };
    const number = (at) => ({ decision_id: `${name}.${at + 1}`, field: "", value: "" });
    const decided = decisions.map((one, at) => ({ ...number(at), ...one, ...common }));
    const seen = Object.fromEntries(ids.map((id) => [id, rows.all.get(id)?.latest ?? ""]));
    const made = { name, at: Date.now(), rows: decided, seen };
    queue.put(made);
    for (const id of ids) setWaits(id, true);
    if (decisions[0].action !== "undo") state.taken.push(made);
    behind.set(name, more);
    view.set({ reason: "" });
    view.warn();
    view.send(made);
    return true;
  }
  /** End an act that the kernel has answered; one that it refused is given back. */
  function conclude({ name, rows: decided }, { fault, met }) {
    const { undoes, adds, changes } = behind.get(name) ?? {};
    behind.delete(name);
    if (met) meetings.hear(met);
    if (!fault && !met) return;
    const row = fault ? decided[0].row : Object.keys(met)[0];
    const told = fault ? [t("desk.refused", { row, fault })] : Object.keys(met).map((id) => meetings.describe(id));
    state.taken = state.taken.filter((one) => one.name !== name);
    if (undoes) state.taken.push(undoes);
    for (const { row: id } of decided) setWaits(id, queue.has(id));
    if (adds && !state.missed) {
      state.missed = adds;
      if (changes) rows.working.set(adds.mention_id, changes);
    }
    const leads = rows.all.has(row) && row !== state.chosen;
    const busy = state.missed || rows.working.has(state.chosen); // what is being changed is not torn away
    // Who decided what another had decided meanwhile comes back to that row: the next key is meant for it.
    if (met && leads && !busy) view.choose(row, true);
    view.warn(told.join(" "), ...(leads && busy ? [makeButton(row, "", () => view.choose(row, true))] : []));
  }

  /** What was changed on a row, as decisions. */
  const toEdits = (row) =>
    rows.changesOf(row).map(([field, value]) => {
      const there = field === "cue" || field === "quote" ? `${field}_${row.language}` : field;
      return { row: row.mention_id, action: "edit", field: there, value };
    });
  function accept() {
    if (state.missed) return view.saveMissed();
    const row = onRow();
    if (!row || !view.isSound(row, accept)) return;
    const edits = toEdits(row);
    const own =
      ["accepted", "edited", "added"].includes(row.state) &&
      row.decided.startsWith(`${state.by.trim()}, `) &&
      !rows.met.has(row.mention_id);
    const twin = twins.of(row);
    const alike = !twin || !twins.differences(row, twin).length;
    if (own && !edits.length && !row.waits && alike) return leave(t("desk.accepted")); // once is enough
    const rest = edits.length && row.state !== "rejected" ? [] : [{ row: row.mention_id, action: "accept" }];
    const [source, target] = [rows.get(row, "source_actors"), rows.get(row, "target_actors")];
    const sided = source && source === target && rows.get(row, "mutual") !== "yes";
    if (!act(twins.extend(row, [...rest, ...edits]), t(edits.length ? "desk.reason_edit" : "desk.reason_accept")))
      return;
    leave(t("desk.accepted"));
    if (sided) view.warn(t("desk.both_sides", { names: rows.names(source) }));
  }
  function reject() {
    const row = onRow();
    const one = row && { row: row.mention_id, action: "reject" };
    if (!row || !act(twins.extend(row, [one]), t("desk.reason_reject"))) return;
    rows.working.delete(row.mention_id);
    leave(t("desk.rejected"));
  }
  /** After a decision: on to the next open row. */
  function leave(what) {
    view.go(1, true);
    const row = onRow();
    view.say(`${what}. ${view.tellLeft()}. ${row ? rows.summary(row) : ""}`);
    view.card.focus({ preventScroll: true });
  }
  /** Show a row again as it is on the disk. */
  function dropChanges(row) {
    rows.working.delete(row.mention_id);
    view.draw();
    view.say(t("desk.unchanged"));
  }
  /** Take back the last act of this reviewer, not of another one. */
  function undo() {
    const here = rows.all.get(state.chosen);
    if (!state.missed && here && rows.changesOf(here).length) return dropChanges(here);
    const last = state.taken.findLast((one) => one.rows[0].by === state.by.trim());
    if (!last) return view.warn(t("desk.no_undo"));
    const back = last.rows.map((one) => ({ row: one.row, action: "undo", value: one.decision_id })).reverse();
    if (!act(back, t("desk.reason_undo"), { undoes: last })) return;
    state.taken = state.taken.filter((one) => one !== last);
    state.chosen = last.rows.find((one) => rows.all.has(one.row))?.row ?? state.chosen;
    view.draw();
    view.say(t("desk.undone"));
  }

  /** Whether the row can be moved to another event; if not, the reviewer is told why. */
  function canMove(row) {
    if (row && !row.condition_id && row.state !== "rejected") return true;
    if (row) view.warn(t(row.condition_id ? "desk.no_event" : "desk.is_rejected"));
    return false;
  }
  function split() {
    const row = onRow();
    if (!row || !canMove(row)) return;
    const twin = twins.of(row);
    const moved = twin?.event_id === row.event_id ? [row, twin] : [row];
    if (rows.sameEvent(row).length <= moved.length) return view.warn(t("desk.event_alone"));
    if (!view.isSound(row, split)) return;
    const own = `V-${row.mention_id.slice(row.mention_id.indexOf("-") + 1)}`;
    const used = rows.count((one) => one.event_id === own);
    const value = used ? `${own}-${queue.token}-${queue.count + 1}` : own;
    const splits = moved.map((one) => ({ row: one.mention_id, action: "split", value }));
    if (act([...toEdits(row), ...splits], t("desk.reason_split"))) view.draw();
  }
  function merge(event, onlyThis) {
    const row = onRow();
    if (!row || !view.isSound(row, () => merge(event, onlyThis))) return;
    const twin = twins.of(row);
    const moved = !onlyThis ? rows.sameEvent(row) : twin ? [row, twin] : [row];
    const moves = moved.map((one) => ({ row: one.mention_id, action: "merge", value: event }));
    state.panel = "";
    if (act([...toEdits(row), ...moves], t("desk.reason_merge"))) view.draw();
    view.card.focus();
  }
  function batch(action, ids) {
    const { rule } = onRow() ?? {};
    state.panel = "";
    const decided = ids.flatMap((id) => rows.all.get(id) ?? []);
    const decisions = decided.flatMap((row) => twins.extend(row, [{ row: row.mention_id, action }]));
    const done = action === "accept" ? t("desk.accepted") : t("desk.rejected");
    if (act(decisions, t("desk.reason_batch", { rule }))) leave(done);
  }
  function entitle(event, titles) {
    const decisions = titles.map(([field, value]) => ({ row: event, action: "title", field, value }));
    if (decisions.length && !act(decisions, t("desk.reason_title"))) return;
    view.close();
  }
  /** Decide on the row without its twin, or with it again. */
  function part() {
    const row = onRow();
    if (!row || !twins.partner(row)) return view.warn(t("desk.twin_none"));
    twins.toggle(row);
    view.draw();
    view.say(t(twins.of(row) ? "desk.twin_together" : "desk.twin_alone"));
  }
  return { act, conclude, toEdits, accept, reject, undo, canMove, split, merge, batch, entitle, part };
}

// An event that is being added: from words selected in a text, or from a sentence that was overlooked.

/** @param {View} view */
export function makeMissed(view) {
  const { t, rows, queue, state } = view;

  function startMissed() {
    const found = readSelection(view.text);
    if (!open(view.shownText() ?? {}, found)) return;
    view.draw();
    findOne(found ? "select" : "[data-field=quote]", view.card)?.focus();
  }
  /** Begin an event in a sentence that was overlooked, with one of the types offered and the first actors named. */
  function startOverlooked(one, type) {
    const [source = "", target = ""] = one.actors;
    const missed = open(one, { sentence_no: one.sentence_no, from: 0, words: one.evidence });
    if (!missed) return;
    Object.assign(missed, { type_alt: one.types.join(";"), back: "overlooked" });
    rows.change(missed, "event_type", type);
    rows.setRoles(missed, [source, target, "no"]);
    view.draw();
    view.card.focus();
    view.say(`${t("desk.add_hint")} ${rows.summary(missed)}`);
  }
  /**
   * Begin an event in a text, at the words that were found, and return it; none if no text is shown.
   *
   * @param {Partial<Row>} text
   * @param {Found | null} found
   */
  function open({ source_id, language }, found) {
    if (!source_id) return null;
    const blank = Object.fromEntries(rows.desk.columns.map((name) => [name, ""]));
    const usual = { mutual: "no", status: "asserted", stance: "supports", credibility: "6", state: "open", quote: "" };
    const id = `A-${source_id}-${language}.${queue.token}-${queue.count + 1}`;
    const place = { mention_id: id, source_id, language, sentence_no: 0, start: 0, end: 0 };
    const missed = /** @type {Row} */ (/** @type {unknown} */ ({ ...blank, ...usual, ...place }));
    state.missed = missed;
    if (found) placeMissed(found);
    state.panel = "";
    view.warn();
    return missed;
  }
  /** Put the event where its words stand; without them, nowhere. */
  function placeMissed(found) {
    const { missed } = state;
    if (!missed) return;
    if (!found) return Object.assign(missed, { evidence: "", end: missed.start });
    missed.sentence_no = found.sentence_no;
    const start = rows.sentenceStart(missed) + found.from;
    const end = start + characters(found.words).length;
    Object.assign(missed, { quote: found.words, evidence: found.words, start, end });
    rows.change(missed, "quote", found.words);
  }
  function saveMissed() {
    const row = state.missed;
    if (!row) return;
    if (!row.evidence || rows.get(row, "quote") !== row.evidence) return view.warn(t("desk.select_first"));
    if (!rows.get(row, "event_type")) return view.warn(t("desk.missing_type"));
    if (!view.isSound(row, saveMissed)) return;
    const id = row.mention_id;
    const place = `${row.source_id}:${row.language}:${row.sentence_no}:${row.start}`;
    const decisions = [
      { row: id, action: "add", value: place },
      { row: id, action: "edit", field: `quote_${row.language}`, value: row.evidence },
      ...view.toEdits(row),
      { row: id, action: "split", value: `V-${id.slice(2)}` },
    ];
    if (!view.act(decisions, t("desk.reason_add"), { adds: row, changes: rows.working.get(id) })) return;
    dropMissed();
    view.say(t("desk.added"));
  }
  function dropMissed() {
    if (!state.missed) return;
    const { mention_id, back = "" } = state.missed;
    rows.working.delete(mention_id);
    state.missed = null;
    view.close(back);
  }
  return { startMissed, startOverlooked, placeMissed, saveMissed, dropMissed };
}

// What is changed on the row that is on the desk, and not saved yet.

/** @param {View} view */
export function makeChanges(view) {
  const { t, rows, offers, state } = view;

  /** Draw anew, and leave the focus in the field that was changed. */
  function redraw(field) {
    view.draw();
    if (field) findOne(`[data-field="${field}"]`, view.card)?.focus();
  }
  function setRoles(reading, field = "") {
    rows.setRoles(view.onDesk(), reading);
    redraw(field);
  }
  /** Choose what a digit stands for; what completes a row is saved with it. */
  function pickOffer(digit, stay) {
    const row = view.onDesk();
    if (!row) return;
    if (!offers.choose(row, digit, stay)) return view.draw();
    const filled = rows.summary(row);
    view.accept();
    if (state.chosen !== row.mention_id) view.say(`${filled}. ${view.live.textContent}`);
  }
  /** Turn the digits to a field. */
  function turn(field) {
    const row = view.onDesk();
    if (row) offers.turn(row, field);
    view.draw();
  }
  function nextDate() {
    const row = view.onDesk();
    if (row) offers.nextDate(row);
    view.draw();
  }
  function setStatus(status) {
    const row = view.onDesk();
    if (row) rows.change(row, "status", status);
    view.draw();
  }
  /** Take a reading of the roles, and save the row with it, unless a side is missing still, or it is to `stay`. */
  function takeRoles(reading, stay) {
    const row = view.onDesk();
    if (!row) return;
    rows.setRoles(row, reading);
    if (!stay && !state.missed && rows.isOpen(row) && !offers.lacking(row)) view.accept();
    else view.draw();
  }
  /** Show what the words typed into a field change, without drawing the field anew. */
  function retouch(field, typed, input) {
    if (field === "date") view.explain(typed, input);
    if (field === "quote") {
      const row = view.onDesk();
      const found = row ? rows.findWords(row, typed) : null;
      if (state.missed) view.placeMissed(found);
      input.setAttribute("aria-invalid", String(!found));
    }
    if (field === "cue" || field === "quote") drawText(view.text, rows, view.onDesk());
  }
  /** Take the words selected in the text as the evidence. */
  function setEvidence() {
    const row = view.onDesk();
    const found = readSelection(view.text);
    const isNew = row === state.missed;
    if (!row || !found || (!isNew && found.sentence_no !== row.sentence_no)) return view.warn(t("desk.select_first"));
    if (isNew) view.placeMissed(found);
    else rows.change(row, "quote", found.words);
    view.draw();
  }
  return { redraw, setRoles, pickOffer, turn, nextDate, setStatus, takeRoles, retouch, setEvidence };
}

// Two readings of one row: those of two reviewers who decided it differently, or those of the model and the rules.

/** @param {View} view */
export function makeReadings(view) {
  const { t, rows, state } = view;
  const tellSides = (source, target) => `${rows.names(source)} → ${rows.names(target)}`;
  /**
   * The readings of a row that stand side by side; none if there is but one.
   *
   * @param {Row} row
   */
  function listReadings(row) {
    const parted = rows.isOpen(row) && rows.parted.get(row.mention_id);
    if (parted)
      return parted.map(([by, date, reason, action, edits]) => {
        const done = t(action === "reject" ? "desk.rejected" : edits.length ? "desk.edited" : "desk.accepted");
        const fields = edits.map(([field, value]) => `${nameField(field)}: ${rows.tell(field, value)}`);
        const take = () => takeVerdict(row, by, action, edits);
        return { title: `${by}, ${date}`, told: `${[done, ...fields].join(" · ")} (${reason})`, take };
      });
    if (!row.other_source && !row.other_target) return [];
    const own = t(row.readers.includes("model") ? "desk.reading_model" : "desk.reading_words");
    const drafted = [row.source_actors, row.target_actors, row.mutual];
    const other = [row.other_source, row.other_target, "no"];
    const read = (title, roles) => ({ title, told: tellSides(...roles), take: () => takeSides(row, roles) });
    return [read(own, drafted), read(t("desk.reading_rules"), other)];
  }
  const nameField = (field) => t(`desk.fields.${field.replace(/_(de|en)$/, "")}`);
  function takeSides(row, roles) {
    rows.setRoles(row, roles);
    if (rows.isOpen(row)) view.accept();
    else view.draw();
  }
  function takeVerdict(row, by, action, edits) {
    rows.working.delete(row.mention_id);
    for (const [field, value] of edits) rows.change(row, field.replace(`_${row.language}`, ""), value);
    state.reason ||= t("desk.reason_taken", { by });
    if (action === "reject") view.reject();
    else view.accept();
  }
  /** Take one of the readings: 0 is the left one. */
  function takeReading(at) {
    const row = state.missed ? undefined : rows.all.get(state.chosen);
    const reading = row && listReadings(row)[at];
    if (reading) reading.take();
    else view.warn(t("desk.reading_none"));
  }
  return { listReadings, takeReading };
}
