// An event that is being added: from words selected in a text, or from a sentence that was overlooked.

function makeMissed(view) {
  const { t, rows, queue, state } = view;

  function startMissed() {
    const found = readSelection(view.text);
    if (!open(view.shownText() || {}, found)) return;
    view.draw();
    view.card.querySelector(found ? "select" : "[data-field=quote]")?.focus();
  }
  /** Begin an event in a sentence that was overlooked, with one of the types offered and the first actors named. */
  function startOverlooked(one, type) {
    const [source = "", target = ""] = one.actors;
    open(one, { sentence_no: one.sentence_no, from: 0, words: one.evidence });
    Object.assign(state.missed, { type_alt: one.types.join(";"), back: "overlooked" });
    rows.change(state.missed, "event_type", type);
    rows.setRoles(state.missed, [source, target, "no"]);
    view.draw();
    view.card.focus();
    view.say(`${t("desk.add_hint")} ${rows.summary(state.missed)}`);
  }
  function open({ source_id, language }, found) {
    if (!source_id) return false;
    const blank = Object.fromEntries(rows.desk.columns.map((name) => [name, ""]));
    const usual = { mutual: "no", status: "asserted", stance: "supports", credibility: "6", state: "open", quote: "" };
    const id = `A-${source_id}-${language}.${queue.token}-${queue.count + 1}`;
    state.missed = { ...blank, ...usual, mention_id: id, source_id, language, sentence_no: 0, start: 0, end: 0 };
    if (found) placeMissed(found);
    state.panel = "";
    view.warn();
    return true;
  }
  /** Put the event where its words stand; without them, nowhere. */
  function placeMissed(found) {
    const { missed } = state;
    if (!found) return Object.assign(missed, { evidence: "", end: missed.start });
    missed.sentence_no = found.sentence_no;
    const start = rows.sentenceStart(missed) + found.from;
    const end = start + characters(found.words).length;
    Object.assign(missed, { quote: found.words, evidence: found.words, start, end });
    rows.change(missed, "quote", found.words);
  }
  function saveMissed() {
    const row = state.missed;
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
    rows.working.delete(state.missed.mention_id);
    const { back = "" } = state.missed;
    state.missed = null;
    view.close(back);
  }
  return { startMissed, startOverlooked, placeMissed, saveMissed, dropMissed };
}
