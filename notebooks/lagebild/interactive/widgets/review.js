// The review of drafts: one row at a time beside its text. Every decision is kept in this browser until the kernel has
// said that it is on the disk; what a kernel did not answer is sent to the next one.

const PATIENCE = 4000; // milliseconds until a kernel that does not answer is called gone
const NAME = "lagebild-reviewer"; // where the browser keeps the reviewer's name
const ORDER = "lagebild-review-order"; // and the order in which they go through the rows

/** The day where the reviewer is, YYYY-MM-DD. */
function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

function render({ model, el }) {
  let stop = mount(model, el, null, again);
  function again(kept) {
    stop();
    el.replaceChildren();
    stop = mount(model, el, kept, again);
  }
  return () => stop();
}

/** Show the desk; with what is `kept` of one in the other language, from which `again` leads to the next. */
function mount(model, el, kept, again) {
  const t = wordsOf(model);
  const desk = model.get("queue");
  const queue = kept?.queue ?? new Queue(desk.place, desk.content);
  const rows = new Rows(desk, t, queue);
  const twins = new Twins(desk.twins, rows);
  const offers = new Offers(rows);
  const meetings = new Meetings(t, rows);
  const began = Date.now();
  const sent = kept?.sent ?? new Map(); // name of an act → when it was sent first, and when last, and how often
  const adding = kept?.adding ?? new Map(); // name of an act → the event that it adds
  const undoing = kept?.undoing ?? new Map(); // name of an act → the act that it takes back
  const told = new Map(); // EDTF → its words
  const wrong = new Map(); // EDTF → why it is none
  let doubted = null; // a date on which an act waits: the kernel has not said yet whether it is one
  const asked = new Map(); // number of a question → where the words of a date go
  const awaited = new Map(); // number of a question → what to do with the actor that was added
  const replies = new Map(); // number of another question → what to do with the answer
  let picked = ""; // the words that were selected when a panel was opened
  let doubts = []; // suggestions to merge and to split, as the kernel told them last
  let stopped = false; // another desk stands in the place of this one
  let switching = 0; // since when the kernel is asked for the other language
  let loaded = false; // whether the kernel has told the rows
  let unwritten = ""; // why the kernel could not write
  let taken = []; // acts that undo can take back, the latest last
  let chosen = kept?.chosen ?? ""; // the row on the desk
  let missed = kept?.missed ?? null; // an event that is being added
  let panel = ""; // merge, batch, help, overlooked, mentions, doubts, title, name
  const onDesk = () => missed ?? rows.all.get(chosen);

  // --- decisions

  function act(decisions, reason) {
    const by = reviewer.value.trim();
    if (!by) {
      warn(t("desk.name_needed"));
      reviewer.focus();
      return "";
    }
    const name = queue.nextName();
    const ids = Array.from(new Set(decisions.map(({ row }) => row)));
    const common = { by, reason: meetings.confirm(ids, why.value.trim() || reason), date: today() };
    const decided = decisions.map((one, at) => ({
      decision_id: `${name}.${at + 1}`,
      field: "",
      value: "",
      ...one,
      ...common,
    }));
    const seen = Object.fromEntries(ids.map((id) => [id, rows.all.get(id)?.latest ?? ""]));
    const made = { name, at: Date.now(), rows: decided, seen };
    queue.put(made);
    for (const { row } of decided) if (rows.all.has(row)) rows.all.get(row).waits = true;
    if (decisions[0].action !== "undo") taken.push(made);
    why.value = "";
    note.replaceChildren();
    send(made);
    return name;
  }
  function send(decided) {
    const [first, , times] = sent.get(decided.name) ?? [Date.now(), 0, 0];
    sent.set(decided.name, [first, Date.now(), times + 1]);
    tell({ ask: "decide", act: decided.rows, seen: decided.seen ?? {}, number: decided.name });
  }
  function tell(message) {
    try {
      model.send(message);
    } catch {
      /* no kernel: a decision waits, a date stays unexplained */
    }
  }
  function toDecision(row, [field, value]) {
    const there = field === "cue" || field === "quote" ? `${field}_${row.language}` : field;
    return { row: row.mention_id, action: "edit", field: there, value };
  }
  const toEdits = (row) => rows.changesOf(row).map((change) => toDecision(row, change));
  function accept() {
    if (missed) return saveMissed();
    const row = rows.all.get(chosen);
    if (!row) return;
    if (!isSound(row, accept)) return;
    const edits = toEdits(row);
    const own =
      ["accepted", "edited", "added"].includes(row.state) &&
      row.decided.startsWith(`${reviewer.value.trim()}, `) &&
      !rows.met.has(chosen);
    const alike = !twins.of(row) || !twins.differences(row, twins.of(row)).length;
    if (own && !edits.length && !row.waits && alike) return leave(t("desk.accepted")); // once is enough
    const rest = edits.length && row.state !== "rejected" ? [] : [{ row: chosen, action: "accept" }];
    if (act(twins.extend(row, [...rest, ...edits]), t(edits.length ? "desk.reason_edit" : "desk.reason_accept")))
      leave(t("desk.accepted"));
  }
  /** Whether what was changed on the row can be saved; if not, its fields say why, or `run` is called once it is known. */
  function isSound(row, run) {
    const faults = findFaults(rows, row, card, wrong);
    if (faults.size) {
      live.textContent = Array.from(faults.values()).join(" ");
      showFaults(card, faults);
      return false;
    }
    const [, date] = rows.changesOf(row).find(([field]) => field === "date") ?? [];
    if (!date || told.has(date)) return true;
    if (doubted?.date === date && Date.now() - doubted.at > PATIENCE) return true; // the kernel is gone: the act waits
    doubted = { date, run, row: row.mention_id, at: Date.now() };
    const input = card.querySelector("[data-field=date]");
    if (input) explain(date, input);
    return false;
  }
  /** Go on with the act that waited for a date, if the row is still on the desk. */
  function resume(edtf) {
    if (!doubted || (edtf !== undefined && doubted.date !== edtf)) return;
    const { run, row } = doubted;
    if (edtf !== undefined) doubted = null;
    if (onDesk()?.mention_id === row) run();
    if (edtf === undefined) doubted = null;
  }
  function reject() {
    const row = rows.all.get(chosen);
    if (!row || !act(twins.extend(row, [{ row: chosen, action: "reject" }]), t("desk.reason_reject"))) return;
    rows.working.delete(chosen);
    leave(t("desk.rejected"));
  }
  /** After a decision: on to the next open row. */
  function leave(what) {
    go(1, true);
    const row = rows.all.get(chosen);
    live.textContent = `${what}. ${rows.left()}. ${row ? rows.summary(row) : ""}`;
    card.focus({ preventScroll: true });
  }
  /** Take back the last act of this reviewer, not of another one. */
  function undo() {
    const last = taken.findLast((one) => one.rows[0].by === reviewer.value.trim());
    if (!last) return warn(t("desk.no_undo"));
    const back = last.rows.map((one) => ({ row: one.row, action: "undo", value: one.decision_id })).reverse();
    const name = act(back, t("desk.reason_undo"));
    if (!name) return;
    undoing.set(name, last);
    taken = taken.filter((one) => one !== last);
    chosen = last.rows.find((one) => rows.all.has(one.row))?.row ?? chosen;
    draw();
    live.textContent = t("desk.undone");
  }
  /** Whether the row can be moved to another event; if not, the reviewer is told why. */
  function canMove(row) {
    if (row && !row.condition_id && row.state !== "rejected") return true;
    if (row) warn(t(row.condition_id ? "desk.no_event" : "desk.is_rejected"));
    return false;
  }
  function split() {
    const row = rows.all.get(chosen);
    if (!canMove(row)) return;
    const twin = twins.of(row);
    const moved = [row, twin?.event_id === row.event_id && twin].filter(Boolean);
    if (rows.sameEvent(row).length <= moved.length) return warn(t("desk.event_alone"));
    if (!isSound(row, split)) return;
    const own = `V-${row.mention_id.slice(row.mention_id.indexOf("-") + 1)}`;
    const used = rows.count((one) => one.event_id === own);
    const value = used ? `${own}-${queue.token}-${queue.count + 1}` : own;
    const splits = moved.map((one) => ({ row: one.mention_id, action: "split", value }));
    if (act([...toEdits(row), ...splits], t("desk.reason_split"))) draw();
  }
  function merge(event, onlyThis) {
    const row = rows.all.get(chosen);
    if (!isSound(row, () => merge(event, onlyThis))) return;
    const moved = onlyThis ? [row, twins.of(row)].filter(Boolean) : rows.sameEvent(row);
    const moves = moved.map((one) => ({ row: one.mention_id, action: "merge", value: event }));
    panel = "";
    if (act([...toEdits(row), ...moves], t("desk.reason_merge"))) draw();
    card.focus();
  }
  function batch(action, ids) {
    const { rule } = rows.all.get(chosen);
    panel = "";
    const decisions = ids.flatMap((row) => twins.extend(rows.all.get(row), [{ row, action }]));
    const done = action === "accept" ? t("desk.accepted") : t("desk.rejected");
    if (act(decisions, t("desk.reason_batch", { rule }))) leave(done);
  }
  function warn(...words) {
    note.replaceChildren(...words);
  }

  // --- an event that was missed

  /** The text that is shown: that of the row on the desk, or one that was chosen and has no row. */
  function shownText() {
    if (panel === "overlooked" && !missed && overlooked.current()) return overlooked.current();
    const [source_id, language] = where.value.split(":");
    return onDesk() ?? (language && { mention_id: "", source_id, language, sentence_no: 0 });
  }
  function startMissed() {
    const found = readSelection(text);
    if (!openMissed(shownText() || {}, found)) return;
    draw();
    card.querySelector(found ? "select" : "[data-field=quote]")?.focus();
  }
  /** Begin an event in a sentence that was overlooked, with one of the types offered and the first actors named. */
  function startOverlooked(one, type) {
    const [source = "", target = ""] = one.actors;
    openMissed(one, { sentence_no: one.sentence_no, from: 0, words: one.evidence });
    Object.assign(missed, { type_alt: one.types.join(";"), back: "overlooked" });
    rows.change(missed, "event_type", type);
    rows.setRoles(missed, [source, target, "no"]);
    draw();
    card.focus();
    live.textContent = `${t("desk.add_hint")} ${rows.summary(missed)}`;
  }
  function openMissed({ source_id, language }, found) {
    if (!source_id) return false;
    const blank = Object.fromEntries(desk.columns.map((name) => [name, ""]));
    const usual = { mutual: "no", status: "asserted", stance: "supports", credibility: "6", state: "open", quote: "" };
    const id = `A-${source_id}-${language}.${queue.token}-${queue.count + 1}`;
    missed = { ...blank, ...usual, mention_id: id, source_id, language, sentence_no: 0, start: 0, end: 0 };
    if (found) placeMissed(found);
    panel = "";
    note.replaceChildren();
    return true;
  }
  function placeMissed({ sentence_no, from, words }) {
    missed.sentence_no = sentence_no;
    const start = rows.sentenceStart(missed) + from;
    Object.assign(missed, { quote: words, evidence: words, start, end: start + characters(words).length });
    rows.change(missed, "quote", words);
  }
  function saveMissed() {
    const row = missed;
    if (!row.evidence || rows.get(row, "quote") !== row.evidence) return warn(t("desk.select_first"));
    if (!rows.get(row, "event_type")) return warn(t("desk.missing_type"));
    if (!isSound(row, saveMissed)) return;
    const place = `${row.source_id}:${row.language}:${row.sentence_no}:${row.start}`;
    const decisions = [
      { row: row.mention_id, action: "add", value: place },
      toDecision(row, ["quote", row.evidence]),
      ...toEdits(row),
      { row: row.mention_id, action: "split", value: `V-${row.mention_id.slice(2)}` },
    ];
    const name = act(decisions, t("desk.reason_add"));
    if (!name) return;
    adding.set(name, [row, rows.working.get(row.mention_id)]);
    dropMissed();
    live.textContent = t("desk.added");
  }
  function dropMissed() {
    rows.working.delete(missed.mention_id);
    panel = missed.back ?? "";
    missed = null;
    note.replaceChildren();
    draw();
    card.focus();
  }
  function setEvidence() {
    const row = onDesk();
    const found = readSelection(text);
    if (!row || !found || (!missed && found.sentence_no !== row.sentence_no)) return warn(t("desk.select_first"));
    if (missed) placeMissed(found);
    else rows.change(row, "quote", found.words);
    draw();
  }

  // --- the rows to go through

  const isShown = (row) => show.value === "all" || (show.value === "open") === rows.isOpen(row);
  const payPlace = (row) => desk.pays?.[row.mention_id]?.[0] ?? rows.all.size; // what somebody added comes last
  /** The rows in the order chosen; the one on the desk stays, decided or not, and `whole` leaves out no state. */
  function listRows(whole = false) {
    const words = search.value.trim().toLowerCase();
    const fits = (row) =>
      (whole || isShown(row) || row.mention_id === chosen) &&
      (row.mention_id === chosen || where.value || !twins.follows(row)) &&
      (!where.value || where.value === `${row.source_id}:${row.language}`) &&
      (!confidence.value || (row.confidence || "coded") === confidence.value) &&
      (row.search.includes(words) || twins.partner(row)?.search.includes(words));
    const found = Array.from(rows.all.values()).filter(fits);
    if (order.value === "pays") found.sort((a, b) => payPlace(a) - payPlace(b));
    if (order.value === "confidence") found.sort((a, b) => SURENESS[a.confidence] - SURENESS[b.confidence]);
    if (order.value === "rule") found.sort((a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0));
    return found;
  }
  function go(step, openOnly = false) {
    const found = listRows();
    let to = found.findIndex((row) => row.mention_id === chosen) + step;
    while (openOnly && found[to] && !rows.isOpen(found[to])) to += step;
    if (openOnly && !found[to]) to = found.findIndex((row) => rows.isOpen(row));
    if (found[to]) choose(found[to].mention_id);
    else draw();
  }
  function choose(id, showAll = false) {
    if (missed) return warn(t("desk.add_open"));
    if (showAll)
      for (const [control, value] of [
        [show, "all"],
        [where, ""],
        [confidence, ""],
        [search, ""],
      ])
        control.value = value;
    chosen = id;
    panel = "";
    draw();
  }
  function first() {
    if (missed) return warn(t("desk.add_open"));
    if (!listRows().some((row) => row.mention_id === chosen && isShown(row))) chosen = "";
    chosen = chosen || (listRows()[0]?.mention_id ?? "");
    draw();
  }

  // --- what stands on the desk

  const reviewer = make("input", {
    type: "text",
    value: model.get("reviewer") || memory.get(NAME) || model.get("login"),
    autocomplete: "off",
    maxlength: 80,
    title: t("desk.by_kept"),
    onchange: () => memory.set(NAME, reviewer.value.trim()),
  });
  const why = make("input", { type: "text", placeholder: t("desk.reason_hint"), autocomplete: "off", maxlength: 300 });
  const all = ["", t("desk.all")];
  const states = [
    ["open", t("desk.show_open")],
    ["decided", t("desk.show_decided")],
    ["all", t("desk.all")],
  ];
  const orders = [
    ["pays", t("desk.order_pays")],
    ["text", t("desk.order_text")],
    ["confidence", t("desk.order_confidence")],
    ["rule", t("desk.order_rule")],
  ];
  const sureness = [...["A", "B", "C"].map((one) => [one, one]), ["coded", t("desk.coded")]];
  const texts = Object.keys(desk.texts).map((key) => {
    const [id, language] = key.split(":");
    return [key, `${id} ${language} · ${desk.sources[id]?.[0] ?? ""}`.slice(0, 80)];
  });
  const show = pick(states, "open", first);
  const where = pick([all, ...texts], "", first);
  const confidence = pick([all, ...sureness], "", first);
  const order = pick(orders, orders.find(([one]) => one === memory.get(ORDER))?.[0] ?? "pays", (value) => {
    memory.set(ORDER, value);
    draw();
  });
  const search = make("input", { type: "search", oninput: first });
  const spoken = pick(LANGUAGES, model.get("language"), askLanguage);
  const inputs = [reviewer, why, show, where, confidence, order, search];
  for (const [at, value] of (kept?.values ?? []).entries()) inputs[at].value = value;
  const live = make("p", { class: "hidden", role: "status", "aria-live": "polite" });
  const saving = make("p", { class: "saving" });
  const alarm = make("div", { class: "alarm", role: "alert" });
  const older = make("div", { class: "alarm" });
  const note = make("p", { class: "note", role: "alert" });
  const meter = make("progress", { "aria-label": t("desk.progress") });
  const counts = make("p", { class: "counts" });
  const text = make("div", { class: "text", tabindex: "0", role: "region", "aria-label": t("desk.text") });
  const card = make("div", { class: "card", tabindex: "-1", role: "group", "aria-label": t("desk.row") });
  const near = make("ol", { class: "near", "aria-label": t("desk.neighbours") });
  const root = make(
    "section",
    { class: "lagebild review", tabindex: "0", lang: model.get("language"), "aria-label": t("desk.about") },
    make(
      "div",
      { class: "bar" },
      labelled(t("desk.reviewer"), reviewer),
      labelled(t("desk.reason"), why, { class: "wide" }),
      labelled(t("desk.show"), show),
      labelled(t("desk.text"), where),
      labelled(t("desk.confidence"), confidence),
      labelled(t("desk.order"), order),
      labelled(t("desk.search"), search),
      labelled(t("desk.language"), spoken),
    ),
    make("div", { class: "progress" }, meter, counts, saving, live),
    alarm,
    older,
    make("div", { class: "board" }, make("div", { class: "left" }, text, near), card),
  );
  keepKeys(root);

  const setRoles = (reading, field = "") => {
    rows.setRoles(onDesk(), reading);
    redraw(field);
  };
  /** Choose what a digit stands for; what completes a row is saved with it. */
  function pickOffer(digit, stay) {
    const row = onDesk();
    if (!row) return;
    const complete = offers.choose(row, digit, stay);
    if (!complete) return draw();
    const filled = rows.summary(row);
    accept();
    if (chosen !== row.mention_id) live.textContent = `${filled}. ${live.textContent}`;
  }
  function turn(side) {
    if (onDesk()) offers.turn(onDesk(), side);
    draw();
  }
  function cycle(field) {
    if (onDesk()) offers.cycle(onDesk(), field);
    draw();
  }
  /** Draw anew, and leave the focus in the field that was changed. */
  function redraw(field) {
    draw();
    if (field) card.querySelector(`[data-field="${field}"]`)?.focus();
  }
  /** Show what the words typed into a field change, without drawing the field anew. */
  function retouch(field, typed, input) {
    if (field === "date") explain(typed, input);
    if (field === "quote") {
      const found = rows.findWords(onDesk(), typed);
      if (missed && found) placeMissed(found);
      else if (missed) Object.assign(missed, { evidence: "", end: missed.start });
      input.setAttribute("aria-invalid", String(!found));
    }
    if (field === "cue" || field === "quote") drawText(text, rows, onDesk());
  }
  // --- the event of the row

  /** Ask the kernel; what it answers is for `take`. */
  function ask(question, take) {
    const number = `${queue.token}-more-${replies.size}`;
    replies.set(number, take);
    tell({ ...question, number });
  }
  function askDoubts() {
    ask({ ask: "doubts" }, (answer) => {
      doubts = answer.doubts ?? doubts;
      if (!card.querySelector("form :focus, .panel :focus")) draw();
    });
  }
  const eventActs = {
    ask,
    doubts: () => doubts,
    selected: () => picked,
    /** Decide on the row without its twin, or with it again. */
    part() {
      const row = rows.all.get(chosen);
      if (!row || !twins.partner(row)) return warn(t("desk.twin_none"));
      twins.toggle(row);
      draw();
      live.textContent = t(twins.of(row) ? "desk.twin_together" : "desk.twin_alone");
    },
    /** Merge the event of the row with the one that is likeliest the same. */
    mergeDoubt() {
      const row = rows.all.get(chosen);
      const found = row?.event_id && canMove(row) && doubtsOn(view, row).find((one) => one.other);
      if (found) merge(found.there.event_id, false);
      else warn(t("desk.doubts_none"));
    },
    /** Do what a suggestion of the list says. */
    decideDoubt(one) {
      const [row, other] = [rows.all.get(one.row), rows.all.get(one.other)];
      chosen = row.mention_id;
      const stay = () => afterDoubt(one);
      if (!other) split();
      else merge(other.event_id, false);
      stay();
    },
    dismiss: (one) => afterDoubt(one),
    title(event, titles) {
      const decisions = titles.map(([field, value]) => ({ row: event, action: "title", field, value }));
      if (decisions.length && !act(decisions, t("desk.reason_title"))) return;
      panel = "";
      draw();
      card.focus();
    },
    name(words, actor) {
      ask({ ask: "name", name: words, actor }, (answer) => {
        if (!answer.actor) return warn(answer.fault || answer.wait);
        rows.addName(answer.actor);
        panel = "";
        warn();
        draw();
        card.focus();
        live.textContent = t("desk.name_added", { name: answer.actor[1] });
      });
    },
  };
  /** Go on with the list of suggestions, without the one that was decided. */
  function afterDoubt(one) {
    doubts = doubts.filter((other) => other !== one);
    panel = "doubts";
    draw();
    (card.querySelector(".panel .main") ?? card.querySelector(".panel button"))?.focus();
  }
  const isNew = (row) => row === missed;
  const overlooked = makeOverlooked({
    t,
    rows,
    queue,
    note,
    tell,
    undo,
    warn,
    draw,
    begin: startOverlooked,
    close: openOverlooked,
    focus: () => card.focus(),
    only: () => where.value,
    say: (words) => (live.textContent = words),
  });
  const view = {
    t,
    rows,
    accept,
    addActor,
    batch,
    choose,
    cycle,
    explain,
    isNew,
    language: model.get("language"),
    merge,
    offers,
    pickOffer,
    redraw,
    retouch,
    setRoles,
    split,
    toggle,
    twins,
    ...eventActs,
    turn,
  };

  function draw() {
    const row = onDesk();
    drawProgress();
    drawText(text, rows, shownText());
    drawNear();
    const looking = panel === "overlooked" && !missed;
    card.replaceChildren(...(looking ? overlooked.draw() : row ? drawCard(row) : drawEmpty()));
  }
  function drawProgress() {
    const open = rows.countOpen();
    const done = rows.all.size - Array.from(open.values()).reduce((sum, n) => sum + n, 0);
    meter.max = Math.max(rows.all.size, 1);
    meter.value = done;
    const kinds = sureness.filter(([kind]) => open.has(kind));
    const left = kinds.map(([kind, words]) => `${words} ${open.get(kind)}`).join(", ");
    counts.textContent = t("desk.reviewed", { done, n: rows.all.size }) + (left && ` · ${rows.left()}: ${left}`);
    drawSaving();
  }
  function drawSaving() {
    const n = queue.acts.length;
    const late = (one) => Date.now() - (sent.get(one.name)?.[0] ?? 0) > PATIENCE;
    const gone = loaded ? queue.acts.some(late) : Date.now() - began > PATIENCE;
    const words = n && unwritten ? t("desk.unwritten", { n, fault: unwritten }) : gone ? t("desk.gone", { n }) : "";
    saving.textContent = words ? "" : !loaded ? t("desk.loading") : n ? t("desk.saving", { n }) : t("desk.saved");
    if (alarm.dataset.words !== words) {
      alarm.dataset.words = words;
      alarm.replaceChildren(...(words ? [make("p", {}, words), n > 0 && drawDiscard(n, discard)].filter(Boolean) : []));
    }
    root.dataset.waiting = loaded ? n : "";
  }
  /** A button that is pressed twice, for what it takes away does not come back. */
  function drawDiscard(n, run) {
    const press = (event) => {
      if (event.target.dataset.sure) return run();
      event.target.dataset.sure = "yes";
      event.target.textContent = t("desk.discard_sure", { n });
    };
    return button(t("desk.discard"), "", press);
  }
  function discard() {
    queue.discard();
    unwritten = "";
    askRows();
    drawSaving();
    card.focus();
  }
  /** Ask what shall become of decisions on an older state of the case. */
  function drawOlder() {
    const n = queue.older.length;
    const done = (run) => () => {
      run();
      for (const one of queue.acts) send(one);
      drawOlder();
      drawSaving();
      card.focus();
    };
    const send_ = button(
      t("desk.older_send"),
      "",
      done(() => queue.adopt()),
    );
    const drop = drawDiscard(
      n,
      done(() => queue.discardOlder()),
    );
    older.replaceChildren(...(n ? [make("p", {}, t("desk.older", { n })), send_, drop] : []));
  }
  function drawNear() {
    if (panel === "overlooked") return near.replaceChildren();
    const found = listRows(true);
    const at = found.findIndex((row) => row.mention_id === chosen);
    const items = found.slice(Math.max(at - 2, 0), Math.max(at, 2) + 4).map((row) => {
      const go = () => {
        choose(row.mention_id);
        card.focus();
      };
      const state = [rows.states[row.state], row.confidence].filter(Boolean).join(" · ");
      const words = [make("b", {}, rows.summary(row)), ` · ${state} · `, quoted(row)];
      const more = row.mention_id === chosen ? { "aria-current": "true" } : {};
      return make("li", more, make("button", { type: "button", onclick: go }, words));
    });
    near.replaceChildren(...items);
  }
  function drawEmpty() {
    const words = loaded ? t("desk.empty") : t("desk.loading");
    const add = where.value && button(t("desk.add"), "i", startMissed);
    const look = loaded && !rows.all.size && button(t("desk.overlooked"), "o", openOverlooked);
    return [make("p", {}, words), note, add, look].filter(Boolean);
  }
  function drawCard(row) {
    const changed = rows.changesOf(row).length > 0;
    return [
      drawHead(row, changed),
      ...(missed ? [] : [...drawTwin(view, row), ...drawDoubts(view, row)]),
      drawActions(changed),
      note,
      rows.met.has(row.mention_id) && make("p", { class: "wrong met" }, meetings.describe(row.mention_id)),
      !missed && PANELS[panel]?.(view, row),
      panel === "merge" && drawMerge(view, row),
      panel === "batch" && drawBatch(view, row),
      panel === "help" && drawHelp(view),
      drawAlternatives(view, row),
      drawForm(view, row),
      !missed && drawEvent(view, row),
      !missed && drawEventTools(view, row),
    ].filter(Boolean);
  }
  function drawHead(row, changed) {
    const found = listRows();
    const at = found.findIndex((one) => one.mention_id === chosen) + 1;
    const facts = [
      !missed && t("desk.place", { at, n: found.length }),
      row.mention_id,
      row.confidence && t(`desk.sureness.${row.confidence}`),
      row.rule && `${t("desk.rule")} ${row.rule}`,
      !missed && (row.waits ? t("desk.saving", { n: 1 }) : rows.states[row.state]),
      changed && t("desk.changed"),
    ];
    const pays = order.value === "pays" && !missed && tellWhy(view, row);
    const sides = list(row.inferred)
      .map((side) => t(`desk.fields.${side}_actors`))
      .join(", ");
    return make(
      "header",
      {},
      make("h3", {}, missed ? t("desk.add_hint") : rows.summary(row)),
      make("p", { class: "facts" }, facts.filter(Boolean).join(" · ")),
      pays && make("p", { class: "facts" }, pays),
      row.decided && make("p", { class: "facts" }, row.decided),
      sides && make("p", { class: "facts" }, t("desk.inferred", { sides })),
    );
  }
  function drawActions(changed) {
    const evidence = button(t("desk.evidence_set"), "", setEvidence);
    if (missed) {
      const save = button(t("desk.add_save"), "a", saveMissed, { class: "main" });
      return make("div", { class: "actions" }, save, button(t("desk.add_cancel"), "Escape", dropMissed), evidence);
    }
    return make(
      "div",
      { class: "actions", role: "toolbar", "aria-label": t("desk.actions") },
      button(t(changed ? "desk.save" : "desk.accept"), "a", accept, { class: "main" }),
      button(t("desk.reject"), "r", reject),
      button(t("desk.edit"), "e", edit),
      button(t("desk.previous"), "p", () => go(-1)),
      button(t("desk.next"), "n", () => go(1)),
      button(t("desk.undo"), "u", undo),
      button(t("desk.merge"), "m", () => toggle("merge")),
      button(t("desk.split"), "s", split),
      button(t("desk.batch"), "l", () => toggle("batch")),
      button(t("desk.add"), "i", startMissed),
      button(t("desk.overlooked"), "o", openOverlooked),
      evidence,
      button(t("desk.help"), "?", () => toggle("help")),
    );
  }
  function toggle(which) {
    if (["merge", "mentions", "title"].includes(which) && !canMove(rows.all.get(chosen))) return;
    panel = panel === which ? "" : which;
    picked = readSelection(text)?.words ?? "";
    note.replaceChildren();
    draw();
    (card.querySelector(".panel input, .panel button") ?? card).focus();
  }
  /** Open the sentences that were overlooked, or close them. */
  function openOverlooked() {
    panel = panel === "overlooked" ? "" : "overlooked";
    overlooked.ask();
    note.replaceChildren();
    draw();
    card.focus();
  }
  function edit() {
    card.querySelector("form select, form input")?.focus();
  }

  // --- keys

  const KEYS = {
    a: accept,
    Enter: accept,
    r: reject,
    e: edit,
    n: () => go(1),
    j: () => go(1),
    ArrowDown: () => go(1),
    p: () => go(-1),
    k: () => go(-1),
    ArrowUp: () => go(-1),
    u: undo,
    x: () => onDesk() && setRoles(rows.swapped(onDesk())),
    b: () => onDesk() && setRoles(rows.flipped(onDesk())),
    m: () => toggle("merge"),
    s: split,
    l: () => toggle("batch"),
    i: startMissed,
    o: openOverlooked,
    "?": () => toggle("help"),
    v: () => toggle("mentions"),
    t: () => toggle("title"),
    g: () => toggle("doubts"),
    h: () => toggle("name"),
    z: () => eventActs.part(),
    M: () => eventActs.mergeDoubt(),
  };
  const reach = (field) => card.querySelector(`input[data-field="${field}"]`)?.focus();
  KEYS.f = () => reach((onDesk() && offers.side(onDesk())) || "source_actors");
  KEYS.D = () => reach("date");
  for (const [key, side] of Object.entries(TURNS)) KEYS[key] = () => turn(side);
  for (const [key, field] of Object.entries(CYCLES)) KEYS[key] = () => cycle(field);
  const HELD = new Set(["n", "j", "ArrowDown", "p", "k", "ArrowUp"]); // keys that may be held down
  const WHILE_ADDING = new Set(["a", "Enter", "e", "x", "b", "c", "f", "D", "?"]);
  /** Go through what can be chosen in a panel, by arrows. */
  function walk(panel, step) {
    const stops = Array.from(panel.querySelectorAll("input, button"));
    stops[stops.indexOf(document.activeElement) + step]?.focus();
  }
  function press(event) {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    const within = event.target.closest(".panel");
    if (event.key === "Escape") {
      event.preventDefault();
      if (missed && !typing) return dropMissed();
      panel = "";
      note.replaceChildren();
      draw();
      return card.focus();
    }
    if (within && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      return walk(within, event.key === "ArrowDown" ? 1 : -1);
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && card.contains(event.target)) {
      event.preventDefault();
      return event.repeat || accept();
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === "Enter" || event.key === " ") && event.target.closest("button, summary, input")) return;
    if (text.contains(event.target) && event.key.startsWith("Arrow")) return;
    if (panel === "overlooked" && !missed && overlooked.press(event)) return;
    const [digit, stay] = readDigit(event, KEYS);
    if (digit < 0 && !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    if (event.repeat && !HELD.has(event.key)) return;
    if (missed && digit < 0 && !WHILE_ADDING.has(event.key)) return warn(t("desk.add_open"));
    const inside = card.contains(event.target);
    if (digit >= 0) pickOffer(digit, stay);
    else KEYS[event.key]();
    if (inside && !root.contains(document.activeElement)) card.focus({ preventScroll: true });
  }
  root.addEventListener("keydown", press);

  // --- the kernel

  /** Show a date in words, asked of the kernel once. */
  function explain(edtf, input, hint = document.getElementById(input.getAttribute("aria-describedby"))) {
    hint.dataset.asked = edtf;
    showDate(input, hint, edtf ? (told.get(edtf) ?? "") : t("desk.date_none"), "");
    if (!edtf || told.has(edtf)) return;
    const number = `${queue.token}-date-${asked.size}`;
    asked.set(number, [edtf, input, hint]);
    tell({ ask: "date", text: edtf, number });
  }
  function showDate(input, hint, words, fault) {
    hint.textContent = words || fault;
    hint.classList.toggle("wrong", Boolean(fault));
    input.setAttribute("aria-invalid", String(Boolean(fault)));
  }
  function hearDate([edtf, input, hint], { words, fault }) {
    if (fault) wrong.set(edtf, fault);
    else told.set(edtf, words);
    if (hint.dataset.asked === edtf) showDate(input, hint, words, fault); // else more was typed meanwhile
    resume(edtf);
  }
  /** Add an actor to the case; once it is on the disk, `take` is told its id. */
  function addActor({ name, type }, take) {
    const number = `${queue.token}-actor-${awaited.size}`;
    awaited.set(number, [chosen, take]);
    tell({ ask: "actor", name, type, number });
  }
  function hearActor([row, take], { actor, fault, wait }) {
    if (!actor) return warn(fault || wait);
    rows.addActor(actor);
    if (row === chosen) take(actor[0]); // else the reviewer went on meanwhile
    warn();
    live.textContent = t("desk.actor_added", { name: actor[1] });
  }
  function askLanguage(language) {
    switching = Date.now();
    tell({ ask: "language", language, number: `${queue.token}-language` });
  }
  /** Show the desk anew in the language that the kernel speaks by now, with all that was not saved. */
  function hearLanguage(answer) {
    for (const name of ["language", "words", "queue"]) model.set(name, answer[name]);
    const values = inputs.map((input) => input.value);
    again({ queue, sent, adding, undoing, chosen, missed, values, answer, met: rows.met, ...keepChanges(rows, kept) });
  }
  function hear(answer) {
    if (stopped) return;
    if (answer.words && switching) return hearLanguage(answer);
    if (overlooked.hear(answer)) return;
    if (asked.has(answer.number)) return hearDate(asked.get(answer.number), answer);
    if (awaited.has(answer.number)) return hearActor(awaited.get(answer.number), answer);
    if (replies.has(answer.number)) return replies.get(answer.number)(answer);
    if (answer.titles) rows.entitle(answer.titles);
    const decided = queue.acts.find((one) => one.name === answer.number);
    if (decided && answer.wait) {
      unwritten = answer.wait;
      return drawSaving();
    }
    if (decided) {
      unwritten = "";
      queue.drop(decided.name);
      sent.delete(decided.name);
    }
    if (answer.rows) hearRows(answer);
    if (answer.note) warn(answer.note);
    if (decided && answer.fault)
      hearRefusal(decided, t("desk.refused", { row: decided.rows[0].row, fault: answer.fault }));
    if (decided && answer.met) {
      meetings.hear(answer.met);
      hearRefusal(
        decided,
        Object.keys(answer.met)
          .map((id) => meetings.describe(id))
          .join(" "),
        Object.keys(answer.met)[0],
      );
    }
    // What stands in a field that somebody types into is not drawn anew.
    if (card.contains(document.activeElement) && document.activeElement.closest("form")) drawProgress();
    else if (
      answer.whole ||
      answer.fault ||
      panel === "overlooked" ||
      [chosen, onDesk()?.event_id].some((id) => answer.names?.includes(id))
    )
      draw();
    else drawProgress();
  }
  function hearRefusal(decided, words, row = decided.rows[0].row) {
    taken = taken.filter((one) => one.name !== decided.name);
    if (undoing.has(decided.name)) taken.push(undoing.get(decided.name));
    for (const one of decided.rows) if (rows.all.has(one.row)) rows.all.get(one.row).waits = queue.has(one.row);
    if (adding.has(decided.name) && !missed) {
      const [event, changes] = adding.get(decided.name);
      missed = event;
      if (changes) rows.working.set(event.mention_id, changes);
    }
    const there = rows.all.has(row) && row !== chosen && button(row, "", () => choose(row, true));
    warn(...[words, there].filter(Boolean));
  }
  /** Take over rows as they are now: all, or those that an act was about. */
  function hearRows(answer) {
    const id = desk.columns.indexOf("mention_id");
    const there = new Set(answer.rows.map((cells) => cells[id]));
    const isNew = !answer.whole && Array.from(there).some((name) => !rows.all.has(name));
    const goes = chosen !== "" && !there.has(chosen) && (answer.whole || answer.names.includes(chosen));
    const before = goes ? listRows(true).findIndex((row) => row.mention_id === chosen) : 0;
    if (answer.whole) rows.load(answer.rows);
    else for (const cells of answer.rows) rows.put(cells);
    for (const name of answer.names ?? []) if (!there.has(name)) rows.all.delete(name); // its addition was taken back
    for (const name of Array.from(rows.working.keys())) if (name !== missed?.mention_id) rows.settle(name);
    if (isNew) rows.sort();
    if (answer.whole) loadTaken(answer.taken);
    if (answer.whole) askDoubts();
    loaded = true;
    if (goes) chosen = listRows(true)[Math.max(before - 1, 0)]?.mention_id ?? "";
    if (!chosen && !missed) first();
  }
  /** Read which acts undo can take back: those in the file, then those that wait, less what waits to be undone. */
  function loadTaken(decisions) {
    const acts = new Map();
    for (const row of decisions) acts.set(row.act, [...(acts.get(row.act) ?? []), row]);
    taken = Array.from(acts, ([name, decided]) => ({ name, rows: decided }));
    for (const one of queue.acts) {
      const undone = new Set(one.rows.filter((row) => row.action === "undo").map((row) => row.value));
      if (undone.size) taken = taken.filter((act) => !act.rows.some((row) => undone.has(row.decision_id)));
      else if (!acts.has(one.name)) taken.push(one);
    }
  }
  const askRows = () => tell({ ask: "rows", number: `${queue.token}-rows` });
  /** Try again: the oldest act first, and ever more rarely. */
  function retry() {
    const [oldest] = queue.acts;
    const [, last, times] = (oldest && sent.get(oldest.name)) ?? [0, 0, 0];
    if (oldest && Date.now() - last > PATIENCE * Math.min(times || 1, 8)) send(oldest);
    if (!loaded && Date.now() - began > PATIENCE) askRows();
    if (switching && Date.now() - switching > PATIENCE) {
      switching = 0;
      spoken.value = model.get("language");
      warn(t("desk.gone_language"));
    }
    if (doubted && Date.now() - doubted.at > PATIENCE) resume();
    drawSaving();
  }
  model.on("msg:custom", hear);
  const clock = setInterval(retry, 1000);

  el.append(root);
  draw();
  // Run All ends at the last cell, which shows the desk: its top, not its foot, is what one wants to see.
  if (el.closest(".jp-Cell.jp-mod-active")) setTimeout(() => root.scrollIntoView({ block: "start" }), 300);
  drawOlder();
  if (kept) {
    rows.met = kept.met;
    hearRows(kept.answer);
    restoreChanges(rows, kept);
    draw();
    spoken.focus();
  } else {
    askRows();
    for (const one of queue.acts) send(one); // what an earlier kernel did not answer
  }
  return () => {
    stopped = true;
    clearInterval(clock);
    model.off("msg:custom", hear);
  };
}

export default { render };
