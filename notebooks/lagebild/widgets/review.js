// The review of drafts: one row at a time beside its text. Every decision is kept in this browser until the kernel has
// said that it is on the disk; what a kernel did not answer is sent to the next one.

const PATIENCE = 4000; // milliseconds until a kernel that does not answer is called gone

/** The day where the reviewer is, YYYY-MM-DD. */
function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

function render({ model, el }) {
  const t = wordsOf(model);
  const desk = model.get("desk");
  const queue = new Queue(desk.place);
  const rows = new Rows(desk, t, queue);
  const sent = new Map(); // name of an act → when it was sent first, and when last
  const told = new Map(); // EDTF → its words
  const asked = new Map(); // number of a question → where the words of a date go
  let taken = []; // acts that undo can take back, the latest last
  let chosen = ""; // the row on the desk
  let missed = null; // an event that is being added
  let panel = ""; // merge, batch, help
  let note = ""; // what went wrong
  const onDesk = () => missed ?? rows.all.get(chosen);

  // --- decisions

  function act(decisions, reason) {
    if (!reviewer.value.trim()) {
      note = t("desk.name_needed");
      draw();
      reviewer.focus();
      return false;
    }
    const name = queue.nextName();
    const common = { by: reviewer.value.trim(), reason: why.value.trim() || reason, date: today() };
    const decided = decisions.map((one, at) => ({
      decision_id: `${name}.${at + 1}`,
      field: "",
      value: "",
      ...one,
      ...common,
    }));
    queue.put({ name, rows: decided });
    for (const { row } of decided) if (rows.all.has(row)) rows.all.get(row).waits = true;
    if (decisions[0].action !== "undo") taken.push({ name, rows: decided });
    note = "";
    send({ name, rows: decided });
    return true;
  }
  function send(decided) {
    sent.set(decided.name, [sent.get(decided.name)?.[0] ?? Date.now(), Date.now()]);
    tell({ ask: "decide", act: decided.rows, number: decided.name });
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
  function accept() {
    if (missed) return saveMissed();
    const row = rows.all.get(chosen);
    if (!row) return;
    const changes = rows.changesOf(row);
    const decisions = changes.map((change) => toDecision(row, change));
    if (!changes.length || row.state === "rejected") decisions.unshift({ row: chosen, action: "accept" });
    if (act(decisions, t(changes.length ? "desk.reason_edit" : "desk.reason_accept"))) leave(t("desk.accepted"));
  }
  function reject() {
    const row = rows.all.get(chosen);
    if (!row || missed) return;
    if (act([{ row: chosen, action: "reject" }], t("desk.reason_reject"))) leave(t("desk.rejected"));
  }
  /** After a decision: on to the next open row. */
  function leave(what) {
    go(1, true);
    const row = rows.all.get(chosen);
    live.textContent = `${what}. ${rows.left()}. ${row ? rows.summary(row) : ""}`;
    card.focus({ preventScroll: true });
  }
  function undo() {
    const last = taken.pop();
    if (!last) return warn(t("desk.no_undo"));
    const back = last.rows.map((one) => ({ row: one.row, action: "undo", value: one.decision_id })).reverse();
    if (!act(back, t("desk.reason_undo"))) return taken.push(last);
    chosen = last.rows.find((one) => rows.all.has(one.row))?.row ?? chosen;
    missed = null;
    draw();
    live.textContent = t("desk.undone");
  }
  function split() {
    const row = rows.all.get(chosen);
    if (!row || row.condition_id || rows.sameEvent(row).length < 2) return warn(t("desk.event_alone"));
    const own = `V-${row.mention_id.slice(row.mention_id.indexOf("-") + 1)}`;
    const used = rows.count((one) => one.event_id === own);
    const value = used ? `${own}-${queue.token}-${queue.count + 1}` : own;
    if (act([{ row: chosen, action: "split", value }], t("desk.reason_split"))) draw();
  }
  function merge(event, onlyThis) {
    const row = rows.all.get(chosen);
    const moved = onlyThis ? [row] : rows.sameEvent(row);
    panel = "";
    const decisions = moved.map((one) => ({ row: one.mention_id, action: "merge", value: event }));
    if (act(decisions, t("desk.reason_merge"))) draw();
    card.focus();
  }
  function batch(action, ids) {
    const { rule } = rows.all.get(chosen);
    panel = "";
    const decisions = ids.map((row) => ({ row, action }));
    const done = action === "accept" ? t("desk.accepted") : t("desk.rejected");
    if (act(decisions, t("desk.reason_batch", { rule }))) leave(done);
  }
  function warn(words) {
    note = words;
    draw();
  }

  // --- an event that was missed

  function startMissed() {
    const row = rows.all.get(chosen);
    if (!row) return;
    const found = readSelection(text);
    if (!found) return warn(t("desk.select_first"));
    const id = `A-${row.source_id}-${row.language}-${found.sentence_no}.${queue.token}-${queue.count + 1}`;
    const { source_id, language } = row;
    const blank = Object.fromEntries(desk.columns.map((name) => [name, ""]));
    const usual = { mutual: "no", status: "asserted", stance: "supports", credibility: "6", state: "open" };
    missed = { ...blank, ...usual, mention_id: id, source_id, language, sentence_no: found.sentence_no };
    placeMissed(found);
    panel = "";
    note = "";
    draw();
    card.querySelector("select")?.focus();
  }
  function placeMissed(found) {
    const start = rows.sentenceStart(missed) + found.from;
    Object.assign(missed, { evidence: found.words, start, end: start + characters(found.words).length });
  }
  function saveMissed() {
    const row = missed;
    if (!rows.get(row, "event_type")) return warn(t("desk.missing_type"));
    const place = `${row.source_id}:${row.language}:${row.sentence_no}:${row.start}`;
    const decisions = [
      { row: row.mention_id, action: "add", value: place },
      toDecision(row, ["quote", row.evidence]),
      ...rows.changesOf(row).map((change) => toDecision(row, change)),
      { row: row.mention_id, action: "split", value: `V-${row.mention_id.slice(2)}` },
    ];
    if (!act(decisions, t("desk.reason_add"))) return;
    dropMissed();
    live.textContent = t("desk.added");
  }
  function dropMissed() {
    rows.working.delete(missed.mention_id);
    missed = null;
    draw();
    card.focus();
  }
  function setEvidence() {
    const row = onDesk();
    const found = readSelection(text);
    if (!row || !found || found.sentence_no !== row.sentence_no) return warn(t("desk.select_first"));
    if (missed) placeMissed(found);
    else rows.change(row, "quote", found.words);
    draw();
  }

  // --- the rows to go through

  const isShown = (row) => show.value === "all" || (show.value === "open") === rows.isOpen(row);
  /** The rows in the order chosen; the one on the desk stays, decided or not, and `whole` leaves out no state. */
  function listRows(whole = false) {
    const words = search.value.trim().toLowerCase();
    const fits = (row) =>
      (whole || isShown(row) || row.mention_id === chosen) &&
      (!confidence.value || (row.confidence || "coded") === confidence.value) &&
      row.search.includes(words);
    const found = Array.from(rows.all.values()).filter(fits);
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
    if (showAll) show.value = "all";
    chosen = id;
    missed = null;
    panel = "";
    draw();
  }
  function first() {
    if (!listRows().some((row) => row.mention_id === chosen && isShown(row))) chosen = "";
    chosen = chosen || (listRows()[0]?.mention_id ?? "");
    draw();
  }

  // --- what stands on the desk

  const reviewer = make("input", {
    type: "text",
    value: model.get("reviewer"),
    autocomplete: "off",
    maxlength: 80,
    title: t("desk.by_kept"),
  });
  const why = make("input", { type: "text", placeholder: t("desk.reason_hint"), autocomplete: "off", maxlength: 300 });
  const all = ["", t("desk.all")];
  const states = [
    ["open", t("desk.show_open")],
    ["decided", t("desk.show_decided")],
    ["all", t("desk.all")],
  ];
  const orders = [
    ["text", t("desk.order_text")],
    ["confidence", t("desk.order_confidence")],
    ["rule", t("desk.order_rule")],
  ];
  const sureness = [...["A", "B", "C"].map((one) => [one, one]), ["coded", t("desk.coded")]];
  const show = pick(states, "open", first);
  const confidence = pick([all, ...sureness], "", first);
  const order = pick(orders, "text", draw);
  const search = make("input", { type: "search", oninput: first });
  const live = make("p", { class: "hidden", role: "status", "aria-live": "polite" });
  const saving = make("p", { class: "saving" });
  const meter = make("progress", { "aria-label": t("desk.about") });
  const counts = make("p", { class: "counts" });
  const text = make("div", { class: "text", tabindex: "0", role: "region", "aria-label": t("desk.text") });
  const card = make("div", { class: "card", tabindex: "-1", role: "group", "aria-label": t("desk.about") });
  const near = make("ol", { class: "near", "aria-label": t("desk.neighbours") });
  const root = make(
    "section",
    { class: "lagebild review", tabindex: "0", "aria-label": t("desk.about") },
    make(
      "div",
      { class: "bar" },
      labelled(t("desk.reviewer"), reviewer),
      labelled(t("desk.reason"), why, { class: "wide" }),
      labelled(t("desk.show"), show),
      labelled(t("desk.confidence"), confidence),
      labelled(t("desk.order"), order),
      labelled(t("desk.search"), search),
    ),
    make("div", { class: "progress" }, meter, counts, saving, live),
    make("div", { class: "board" }, make("div", { class: "left" }, text, near), card),
  );
  keepKeys(root);

  const setRoles = (reading, field = "") => {
    rows.setRoles(onDesk(), reading);
    redraw(field);
  };
  const changeType = (at) => {
    const row = onDesk();
    const type = row && [row.event_type, ...list(row.type_alt)][at];
    if (!type) return;
    rows.change(row, "event_type", type);
    draw();
  };
  /** Draw anew, and leave the focus in the field that was changed. */
  function redraw(field) {
    draw();
    if (field) card.querySelector(`[data-field="${field}"]`)?.focus();
  }
  /** Show what the words typed into a field change, without drawing the field anew. */
  function retouch(field, typed, hint) {
    if (field === "date") explain(typed, hint);
    if (field === "cue") drawText(text, rows, onDesk());
  }
  const view = { t, rows, accept, batch, changeType, choose, explain, merge, redraw, retouch, setRoles, toggle };

  function draw() {
    const row = onDesk();
    drawProgress();
    drawText(text, rows, row);
    drawNear();
    card.replaceChildren(...(row ? drawCard(row) : [make("p", {}, t("desk.empty")), drawNote()]));
  }
  function drawProgress() {
    const done = rows.all.size - rows.count((row) => rows.isOpen(row));
    meter.max = Math.max(rows.all.size, 1);
    meter.value = done;
    const left = sureness
      .map(([kind, words]) => [words, rows.count((row) => rows.isOpen(row) && (row.confidence || "coded") === kind)])
      .filter(([, n]) => n)
      .map(([words, n]) => `${words} ${n}`)
      .join(", ");
    counts.textContent = t("desk.reviewed", { done, n: rows.all.size }) + (left && ` · ${t("desk.open")}: ${left}`);
    drawSaving();
  }
  function drawSaving() {
    const n = queue.acts.length;
    const gone = queue.acts.some((one) => Date.now() - (sent.get(one.name)?.[0] ?? 0) > PATIENCE);
    const words = !n ? t("desk.saved") : gone ? t("desk.gone", { n }) : t("desk.saving", { n });
    if (saving.textContent !== words) saving.textContent = words;
    saving.classList.toggle("gone", Boolean(n && gone));
    root.dataset.waiting = n;
  }
  function drawNear() {
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
  const drawNote = () => make("p", { class: "note", role: "alert" }, note);
  function drawCard(row) {
    const changed = rows.changesOf(row).length > 0;
    return [
      drawHead(row, changed),
      drawActions(changed),
      drawNote(),
      panel === "merge" && drawMerge(view, row),
      panel === "batch" && drawBatch(view, row),
      panel === "help" && drawHelp(view),
      drawAlternatives(view, row),
      drawForm(view, row),
      !missed && drawEvent(view, row),
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
    const sides = list(row.inferred)
      .map((side) => t(`desk.fields.${side}_actors`))
      .join(", ");
    return make(
      "header",
      {},
      make("h3", {}, missed ? t("desk.add_hint", { words: row.evidence }) : rows.summary(row)),
      make("p", { class: "facts" }, facts.filter(Boolean).join(" · ")),
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
      { class: "actions", role: "toolbar", "aria-label": t("desk.about") },
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
      evidence,
      button(t("desk.help"), "?", () => toggle("help")),
    );
  }
  function toggle(which) {
    if (which === "merge" && rows.all.get(chosen)?.condition_id) return warn(t("desk.merge_none"));
    panel = panel === which ? "" : which;
    note = "";
    draw();
    (card.querySelector(".panel input, .panel button") ?? card).focus();
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
    "?": () => toggle("help"),
  };
  function press(event) {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (event.key === "Escape") {
      event.preventDefault();
      if (missed && !typing) return dropMissed();
      panel = "";
      note = "";
      draw();
      return card.focus();
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return accept();
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === "Enter" || event.key === " ") && event.target.closest("button, summary, input")) return;
    if (text.contains(event.target) && event.key.startsWith("Arrow")) return;
    const digit = /^[1-9]$/.test(event.key);
    if (!digit && !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    const inside = card.contains(event.target);
    if (digit) changeType(Number(event.key) - 1);
    else KEYS[event.key]();
    if (inside && !root.contains(document.activeElement)) card.focus({ preventScroll: true });
  }
  root.addEventListener("keydown", press);

  // --- the kernel

  /** Show a date in words, asked of the kernel once. */
  function explain(edtf, hint) {
    hint.dataset.asked = edtf;
    hint.classList.remove("wrong");
    hint.textContent = edtf ? (told.get(edtf) ?? "") : t("desk.date_none");
    if (!edtf || told.has(edtf)) return;
    const number = `date ${asked.size}`;
    asked.set(number, [edtf, hint]);
    tell({ ask: "date", text: edtf, number });
  }
  function hearDate([edtf, hint], { words, fault }) {
    if (!fault) told.set(edtf, words);
    if (hint.dataset.asked !== edtf) return; // more was typed meanwhile
    hint.textContent = words || fault;
    hint.classList.toggle("wrong", Boolean(fault));
  }
  function hear(answer) {
    if (asked.has(answer.number)) return hearDate(asked.get(answer.number), answer);
    const decided = queue.acts.find((one) => one.name === answer.number);
    if (!decided) return;
    queue.drop(decided.name);
    sent.delete(decided.name);
    if (answer.fault) hearRefusal(decided, answer.fault);
    else hearRows(answer);
    if (answer.fault || decided.rows.some((one) => one.row === chosen || one.action === "add")) draw();
    else drawProgress();
  }
  function hearRefusal(decided, fault) {
    taken = taken.filter((one) => one.name !== decided.name);
    const { row } = decided.rows[0];
    note = t("desk.refused", { row, fault });
    for (const one of decided.rows) if (rows.all.has(one.row)) rows.all.get(one.row).waits = queue.has(one.row);
    if (rows.all.has(row)) chosen = row;
  }
  function hearRows(answer) {
    const id = desk.columns.indexOf("mention_id");
    const there = new Set(answer.rows.map((cells) => cells[id]));
    const isNew = answer.names.some((name) => there.has(name) && !rows.all.has(name));
    for (const name of answer.names) {
      if (!there.has(name)) rows.all.delete(name); // it was added, and the addition was taken back
      if (!queue.has(name)) rows.working.delete(name);
    }
    for (const cells of answer.rows) rows.put(cells);
    if (isNew) rows.sort();
  }
  /** Read which acts undo can take back: those in the file that no other one took back. */
  function loadTaken() {
    const rowsTaken = model.get("taken");
    const undone = new Set(rowsTaken.filter((row) => row.action === "undo").map((row) => row.value));
    const acts = new Map();
    for (const row of rowsTaken) {
      if (row.action === "undo" || undone.has(row.decision_id)) continue;
      const name = /^(.+-\d+)\.\d+$/.exec(row.decision_id)?.[1] ?? row.decision_id;
      acts.set(name, [...(acts.get(name) ?? []), row]);
    }
    taken = Array.from(acts, ([name, decided]) => ({ name, rows: decided }));
  }
  function reload() {
    rows.load(model.get("rows"));
    loadTaken();
    draw();
  }
  model.on("msg:custom", hear);
  model.on("change:rows", reload);
  const clock = setInterval(() => {
    for (const one of queue.acts) if (Date.now() - (sent.get(one.name)?.[1] ?? 0) > PATIENCE) send(one);
    drawSaving();
  }, 1000);

  rows.load(model.get("rows"));
  loadTaken();
  el.append(root);
  first();
  for (const one of queue.acts) send(one); // what an earlier kernel did not answer
  return () => {
    clearInterval(clock);
    model.off("msg:custom", hear);
    model.off("change:rows", reload);
  };
}

export default { render };
