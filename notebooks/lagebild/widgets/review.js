// The review of drafts: one row at a time beside its text. Every decision is kept in this browser until the kernel has
// said that it is on the disk; what a kernel did not answer is sent to the next one. Offsets count characters, as in
// Python, not the 16-bit units of JavaScript.

const FIELDS = ["event_type", "source_actors", "target_actors", "mutual", "date", "status", "cue", "speaker",
  "date_basis", "mode", "context", "stance", "credibility"];
const LESS_USED = new Set(["date_basis", "mode", "context", "stance", "credibility"]);
const PATIENCE = 4000; // milliseconds until a kernel that does not answer is called gone
const SURENESS = { A: 0, B: 1, C: 2, "": 3 };

const characters = (text) => Array.from(text);
const list = (cell) => (cell ? cell.split(";") : []);
const today = () => {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
};

/** The decisions that are not on the disk yet, in the memory of this browser: they outlive kernel, page and browser. */
class Queue {
  constructor(place) {
    this.prefix = `lagebild-review:${place}:`;
    this.token = `r${Array.from(crypto.getRandomValues(new Uint8Array(6)), (b) => (b % 36).toString(36)).join("")}`;
    this.count = 0;
    this.acts = []; // each {name, rows}
    for (const key of this.keys()) this.acts.push(...JSON.parse(localStorage.getItem(key)));
    this.keep();
    for (const key of this.keys()) if (key !== this.prefix + this.token) localStorage.removeItem(key);
  }
  keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(this.prefix)).sort();
    } catch { // a browser that keeps nothing
      return [];
    }
  }
  keep() {
    try {
      if (this.acts.length) localStorage.setItem(this.prefix + this.token, JSON.stringify(this.acts));
      else localStorage.removeItem(this.prefix + this.token);
    } catch { /* then memory is all there is */ }
  }
  nextName() {
    this.count += 1;
    return `${this.token}-${this.count}`;
  }
  put(act) {
    this.acts.push(act);
    this.keep();
  }
  drop(name) {
    this.acts = this.acts.filter((act) => act.name !== name);
    this.keep();
  }
}

function render({ model, el }) {
  const t = wordsOf(model);
  const desk = model.get("desk");
  const column = Object.fromEntries(desk.columns.map((name, at) => [name, at]));
  const actors = new Map(desk.actors.map(([id, name, type, forms]) => [id, { id, name, type, forms }]));
  const haystack = desk.actors.map(([id, name, , forms]) => [id, `${name} ${id} ${forms}`.toLowerCase()]);
  const types = new Map(desk.types.map(([id, name, definition]) => [id, { name, definition }]));
  const queue = new Queue(desk.place);
  const working = new Map(); // id of a row → fields that were changed and not saved
  const rows = new Map();
  const sent = new Map(); // name of an act → when it was sent first, and when last
  let taken = []; // acts that undo can take back, the latest last
  let chosen = ""; // the row on the desk
  let missed = null; // an event that is being added
  let panel = ""; // merge, batch, help
  let note = ""; // what went wrong
  let dates = 0;

  const name = (id) => actors.get(id)?.name ?? id;
  const names = (cell) => list(cell).map(name).join(", ") || t("desk.unknown");
  const get = (row, field) => (working.get(row.mention_id) ?? {})[field] ?? row[field];
  const isOpen = (row) => row.state === "open" && !row.waits;
  const say = (text) => { live.textContent = text; };

  // --- rows

  function load(all) {
    rows.clear();
    for (const cells of all) putRow(cells);
  }
  function putRow(cells) {
    const row = Object.fromEntries(desk.columns.map((key, at) => [key, cells[at]]));
    row.waits = queue.acts.some((act) => act.rows.some((one) => one.row === row.mention_id));
    row.search = [row.mention_id, row.evidence, row.rule, names(row.source_actors), names(row.target_actors),
      types.get(row.event_type)?.name ?? ""].join(" ").toLowerCase();
    rows.set(row.mention_id, row);
  }
  function sortRows() {
    const key = (row) => [row.source_id, row.language, String(row.start).padStart(9, "0"), row.mention_id].join(" ");
    const sorted = Array.from(rows, ([id, row]) => [key(row), id, row]).sort((a, b) => (a[0] < b[0] ? -1 : 1));
    rows.clear();
    for (const [, id, row] of sorted) rows.set(id, row);
  }
  function loadTaken() {
    const undone = new Set(model.get("taken").filter((row) => row.action === "undo").map((row) => row.value));
    const acts = new Map();
    for (const row of model.get("taken")) {
      if (row.action === "undo" || undone.has(row.decision_id)) continue;
      const act = /^(.+-\d+)\.\d+$/.exec(row.decision_id)?.[1] ?? row.decision_id;
      acts.set(act, [...(acts.get(act) ?? []), row]);
    }
    taken = Array.from(acts, ([act, decided]) => ({ name: act, rows: decided }));
  }
  const isShown = (row) => show.value === "all" || (show.value === "open") === isOpen(row);
  /** The rows in the order chosen; the one on the desk stays, decided or not, and `whole` leaves out no state. */
  function listRows(whole = false) {
    const words = search.value.trim().toLowerCase();
    const found = Array.from(rows.values()).filter((row) =>
      (whole || isShown(row) || row.mention_id === chosen)
      && (!confidence.value || (row.confidence || "coded") === confidence.value)
      && (!words || row.search.includes(words)));
    if (order.value === "confidence") found.sort((a, b) => SURENESS[a.confidence] - SURENESS[b.confidence]);
    if (order.value === "rule") found.sort((a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0));
    return found;
  }
  function go(step, openOnly = false) {
    const found = listRows();
    const at = found.findIndex((row) => row.mention_id === chosen);
    let to = at + step;
    while (openOnly && found[to] && !isOpen(found[to])) to += step;
    if (openOnly && !found[to]) to = found.findIndex((row) => isOpen(row));
    if (found[to]) choose(found[to].mention_id);
    else draw();
  }
  function choose(id) {
    chosen = id;
    missed = null;
    panel = "";
    draw();
  }

  // --- decisions

  function act(decisions, reason) {
    if (!reviewer.value.trim()) {
      note = t("desk.name_needed");
      draw();
      reviewer.focus();
      return false;
    }
    const number = queue.nextName();
    const common = { by: reviewer.value.trim(), reason: why.value.trim() || reason, date: today() };
    const decided = { name: number, rows: decisions.map((one, at) => ({ decision_id: `${number}.${at + 1}`, field: "", value: "", ...one, ...common })) };
    queue.put(decided);
    for (const { row } of decided.rows) if (rows.has(row)) rows.get(row).waits = true;
    if (decisions[0].action !== "undo") taken.push(decided);
    note = "";
    send(decided);
    return true;
  }
  function send(decided) {
    sent.set(decided.name, [sent.get(decided.name)?.[0] ?? Date.now(), Date.now()]);
    try {
      model.send({ ask: "decide", act: decided.rows, number: decided.name });
    } catch { /* no kernel: it waits */ }
  }
  function changesOf(row) {
    return Object.entries(working.get(row.mention_id) ?? {}).filter(([field, value]) => value !== row[field]);
  }
  function toDecision(row, [field, value]) {
    const there = field === "cue" || field === "quote" ? `${field}_${row.language}` : field;
    return { row: row.mention_id, action: "edit", field: there, value };
  }
  function accept() {
    if (missed) return saveMissed();
    const row = rows.get(chosen);
    if (!row) return;
    const changes = changesOf(row);
    const decisions = changes.length ? changes.map((change) => toDecision(row, change)) : [{ row: chosen, action: "accept" }];
    if (row.state === "rejected" && changes.length) decisions.unshift({ row: chosen, action: "accept" });
    if (act(decisions, t(changes.length ? "desk.reason_edit" : "desk.reason_accept"))) leave(t("desk.accepted"));
  }
  function reject() {
    const row = rows.get(chosen);
    if (row && !missed && act([{ row: chosen, action: "reject" }], t("desk.reason_reject"))) leave(t("desk.rejected"));
  }
  /** After a decision: on to the next open row. */
  function leave(what) {
    go(1, true);
    const row = rows.get(chosen);
    say(`${what}. ${leftWords()}. ${row ? summary(row) : ""}`);
    card.focus({ preventScroll: true });
  }
  function undo() {
    const last = taken.pop();
    if (!last) {
      note = t("desk.no_undo");
      return draw();
    }
    const back = last.rows.map((one) => ({ row: one.row, action: "undo", value: one.decision_id })).reverse();
    if (!act(back, t("desk.reason_undo"))) return taken.push(last);
    const known = last.rows.find((one) => rows.has(one.row));
    if (known) chosen = known.row;
    missed = null;
    draw();
    say(t("desk.undone"));
  }
  function split() {
    const row = rows.get(chosen);
    if (!row || row.condition_id || sameEvent(row).length < 2) return warn(t("desk.event_alone"));
    const own = `V-${row.mention_id.slice(row.mention_id.indexOf("-") + 1)}`;
    const free = !Array.from(rows.values()).some((one) => one.event_id === own);
    const value = free ? own : `${own}-${queue.token}-${queue.count + 1}`;
    if (act([{ row: chosen, action: "split", value }], t("desk.reason_split"))) draw();
  }
  function merge(event, onlyThis) {
    const row = rows.get(chosen);
    const moved = onlyThis ? [row] : sameEvent(row);
    panel = "";
    if (act(moved.map((one) => ({ row: one.mention_id, action: "merge", value: event })), t("desk.reason_merge"))) draw();
    card.focus();
  }
  function batch(action, ids) {
    const { rule } = rows.get(chosen);
    panel = "";
    if (act(ids.map((row) => ({ row, action })), t("desk.reason_batch", { rule }))) leave(t(action === "accept" ? "desk.accepted" : "desk.rejected"));
  }
  function warn(text) {
    note = text;
    draw();
    say(text);
  }
  const sameEvent = (row) => Array.from(rows.values()).filter((one) => one.event_id === row.event_id && one.condition_id === row.condition_id && one.state !== "rejected");
  const alike = (row) => Array.from(rows.values()).filter((one) => row.rule && one.rule === row.rule && isOpen(one));

  // --- an event that was missed

  /** Return where the selected words stand: one sentence, its characters from and to; nothing if they span more. */
  function readSelection() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const sentence = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".sentence");
    const here = sentence(range.startContainer);
    if (!here || !text.contains(here)) return null;
    const end = sentence(range.endContainer) === here ? range.endOffset : 0;
    if (sentence(range.endContainer) !== here && end !== 0) return null;
    const before = document.createRange();
    before.selectNodeContents(here);
    before.setEnd(range.startContainer, range.startOffset);
    const inside = before.cloneRange();
    inside.selectNodeContents(here);
    inside.setStart(range.startContainer, range.startOffset);
    if (sentence(range.endContainer) === here) inside.setEnd(range.endContainer, range.endOffset);
    const words = inside.toString();
    const from = characters(before.toString()).length + characters(words).length - characters(words.trimStart()).length;
    return words.trim() ? { sentence_no: Number(here.dataset.no), from, words: words.trim() } : null;
  }
  function startMissed() {
    const row = rows.get(chosen);
    if (!row) return;
    const found = readSelection();
    if (!found) return warn(t("desk.select_first"));
    const start = sentencesOf(row).find(([no]) => no === found.sentence_no)[1] + found.from;
    const id = `A-${row.source_id}-${row.language}-${found.sentence_no}.${queue.token}-${queue.count + 1}`;
    missed = { mention_id: id, source_id: row.source_id, language: row.language, sentence_no: found.sentence_no, start,
      end: start + characters(found.words).length, evidence: found.words, event_type: "", source_actors: "", target_actors: "",
      mutual: "no", date: "", date_basis: "", status: "asserted", cue: "", speaker: "", mode: "", context: "", stance: "supports",
      credibility: "6", confidence: "", rule: "", type_alt: "", date_text: "", speaker_text: "", inferred: "", state: "open", decided: "", event_id: "" };
    panel = "";
    note = "";
    draw();
    card.querySelector("select")?.focus();
  }
  function saveMissed() {
    const row = missed;
    if (!get(row, "event_type")) return warn(t("desk.missing_type"));
    const place = `${row.source_id}:${row.language}:${row.sentence_no}:${row.start}`;
    const decisions = [{ row: row.mention_id, action: "add", value: place }, toDecision(row, ["quote", row.evidence]),
      ...changesOf(row).map((change) => toDecision(row, change)),
      { row: row.mention_id, action: "split", value: `V-${row.mention_id.slice(2)}` }];
    if (!act(decisions, t("desk.reason_add"))) return;
    working.delete(row.mention_id);
    missed = null;
    draw();
    say(t("desk.added"));
    card.focus();
  }
  function setEvidence() {
    const row = missed ?? rows.get(chosen);
    const found = readSelection();
    if (!row || !found || found.sentence_no !== row.sentence_no) return warn(t("desk.select_first"));
    if (missed) Object.assign(missed, { evidence: found.words, start: sentenceStart(row) + found.from, end: sentenceStart(row) + found.from + characters(found.words).length });
    else change(row, "quote", found.words);
    draw();
  }

  // --- changes of a row

  function change(row, field, value) {
    const changed = { ...working.get(row.mention_id), [field]: value };
    if (changed[field] === row[field]) delete changed[field];
    if (Object.keys(changed).length) working.set(row.mention_id, changed);
    else working.delete(row.mention_id);
  }
  function changeType(at) {
    const row = missed ?? rows.get(chosen);
    const type = row && [row.event_type, ...list(row.type_alt)][at];
    if (!type) return;
    change(row, "event_type", type);
    draw();
  }
  function setRoles(source, target, mutual) {
    const row = missed ?? rows.get(chosen);
    change(row, "source_actors", source);
    change(row, "target_actors", target);
    change(row, "mutual", mutual);
    draw();
  }
  /** The readings of the roles, as drafted first: who to whom, the other way round, to each other. */
  function readings(row) {
    const [source, target] = [get(row, "source_actors"), get(row, "target_actors")];
    const all = Array.from(new Set([...list(row.source_actors), ...list(row.target_actors), ...list(source), ...list(target)]));
    const mutual = get(row, "mutual") === "yes";
    const [one, other] = mutual ? [row.mutual === "yes" ? all[0] ?? "" : row.source_actors, row.mutual === "yes" ? all.slice(1).join(";") : row.target_actors] : [source, target];
    return [[one, other, "no"], [other, one, "no"], [all.join(";"), all.join(";"), "yes"]];
  }
  const swapped = (row) => readings(row)[get(row, "mutual") === "yes" ? 0 : 1];
  function swap() {
    const row = missed ?? rows.get(chosen);
    if (row) setRoles(...swapped(row));
  }
  function both() {
    const row = missed ?? rows.get(chosen);
    if (row) setRoles(...readings(row)[get(row, "mutual") === "yes" ? 0 : 2]);
  }

  // --- drawing

  const summary = (row) => {
    const sides = get(row, "mutual") === "yes" || (row.condition_id && !row.target_actors) ? names(get(row, "source_actors"))
      : `${names(get(row, "source_actors"))} → ${names(get(row, "target_actors"))}`;
    return `${sides}: ${row.condition_id ? t("desk.condition", { id: row.condition_id }) : types.get(get(row, "event_type"))?.name ?? t("desk.unknown")}`;
  };
  const stateWords = { open: t("desk.open"), accepted: t("desk.accepted"), edited: t("desk.edited"), rejected: t("desk.rejected"), added: t("desk.added") };
  const leftWords = () => {
    const left = Array.from(rows.values()).filter(isOpen).length;
    return t("desk.left", { left, n: rows.size });
  };
  const button = (words, key, run, more = {}) =>
    make("button", { type: "button", onclick: run, ...(key ? { "aria-keyshortcuts": key } : {}), ...more }, words, key && make("kbd", { "aria-hidden": "true" }, key));
  const pick = (choices, value, changed, more = {}) => {
    const node = make("select", { onchange: () => changed(node.value), ...more }, choices.map(([id, words]) => make("option", { value: id, selected: id === value }, words)));
    return node;
  };
  const labelled = (words, node, more = {}) => make("label", more, make("span", {}, words), node);

  const reviewer = make("input", { type: "text", value: model.get("reviewer"), autocomplete: "off", maxlength: 80, title: t("desk.by_kept") });
  const why = make("input", { type: "text", placeholder: t("desk.reason_hint"), autocomplete: "off", maxlength: 300 });
  const show = pick([["open", t("desk.show_open")], ["decided", t("desk.show_decided")], ["all", t("desk.all")]], "open", first);
  const confidence = pick([["", t("desk.all")], ...["A", "B", "C"].map((one) => [one, one]), ["coded", t("desk.coded")]], "", first);
  const order = pick([["text", t("desk.order_text")], ["confidence", t("desk.order_confidence")], ["rule", t("desk.order_rule")]], "text", draw);
  const search = make("input", { type: "search", oninput: first });
  const live = make("p", { class: "hidden", role: "status", "aria-live": "polite" });
  const saving = make("p", { class: "saving" });
  const meter = make("progress", { "aria-label": t("desk.about") });
  const counts = make("p", { class: "counts" });
  const text = make("div", { class: "text", tabindex: "0", role: "region", "aria-label": t("desk.text") });
  const card = make("div", { class: "card", tabindex: "-1", role: "group", "aria-label": t("desk.about") });
  const near = make("ol", { class: "near", "aria-label": t("desk.neighbours") });
  const root = make("section", { class: "lagebild review", tabindex: "0", "aria-label": t("desk.about") },
    make("div", { class: "bar" },
      labelled(t("desk.reviewer"), reviewer), labelled(t("desk.reason"), why, { class: "wide" }),
      labelled(t("desk.show"), show), labelled(t("desk.confidence"), confidence), labelled(t("desk.order"), order), labelled(t("desk.search"), search)),
    make("div", { class: "progress" }, meter, counts, saving, live),
    make("div", { class: "board" }, make("div", { class: "left" }, text, near), card));
  keepKeys(root);

  function first() {
    const found = listRows();
    if (!found.some((row) => row.mention_id === chosen && isShown(row))) chosen = "";
    chosen = chosen || (listRows()[0]?.mention_id ?? "");
    draw();
  }
  function draw() {
    const row = missed ?? rows.get(chosen);
    drawProgress();
    drawText(row);
    drawNear();
    card.replaceChildren(...(row ? drawCard(row) : [make("p", {}, t("desk.empty")), drawNote()]));
  }
  function drawProgress() {
    const all = Array.from(rows.values());
    const done = all.filter((row) => !isOpen(row)).length;
    meter.max = Math.max(all.length, 1);
    meter.value = done;
    const left = new Map();
    for (const row of all) if (isOpen(row)) left.set(row.confidence || t("desk.coded"), (left.get(row.confidence || t("desk.coded")) ?? 0) + 1);
    const parts = Array.from(left).sort().map(([kind, n]) => `${kind} ${n}`).join(", ");
    counts.textContent = t("desk.reviewed", { done, n: all.length }) + (parts && ` · ${t("desk.open")}: ${parts}`);
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
  const sentencesOf = (row) => desk.texts[`${row.source_id}:${row.language}`] ?? [];
  const sentenceStart = (row) => sentencesOf(row).find(([no]) => no === row.sentence_no)?.[1] ?? 0;

  function drawText(row) {
    if (!row) return text.replaceChildren();
    const others = Array.from(rows.values()).filter((one) => one.source_id === row.source_id && one.language === row.language && one.state !== "rejected" && one.mention_id !== row.mention_id);
    const [title, publisher, day] = desk.sources[row.source_id] ?? [row.source_id, "", ""];
    const body = sentencesOf(row).flatMap(([no, start, words, newLine]) => [newLine ? make("br") : " ", drawSentence(no, start, words, row, others)]);
    text.replaceChildren(make("h3", {}, title), make("p", { class: "by" }, [publisher, day, row.source_id].join(" · ")),
      make("p", { lang: row.language, class: "body" }, body));
    const here = text.querySelector(".here");
    if (here) text.scrollTop += here.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
  }
  /** One sentence: the evidence of the row marked, its cue in it, the evidence of other rows underlined. */
  function drawSentence(no, start, words, row, others) {
    const letters = characters(words);
    const mine = no === row.sentence_no;
    const classes = letters.map(() => "");
    for (const one of others) for (let i = one.start - start; i < one.end - start; i += 1) if (i >= 0 && i < letters.length) classes[i] = "other";
    if (mine) {
      const quote = get(row, "quote");
      const moved = quote === undefined ? -1 : words.indexOf(quote);
      const from = moved < 0 ? row.start - start : characters(words.slice(0, moved)).length;
      const to = moved < 0 ? row.end - start : from + characters(quote).length;
      for (let i = Math.max(from, 0); i < Math.min(to, letters.length); i += 1) classes[i] = "evidence";
      const cue = get(row, "cue");
      const at = cue ? words.indexOf(cue) : -1;
      if (at >= 0) for (let i = characters(words.slice(0, at)).length, n = characters(cue).length; n > 0; i += 1, n -= 1) classes[i] += " cue";
    }
    const parts = [];
    for (let i = 0; i < letters.length;) {
      let j = i;
      while (j < letters.length && classes[j] === classes[i]) j += 1;
      const piece = letters.slice(i, j).join("");
      parts.push(classes[i] ? make(classes[i].includes("evidence") ? "mark" : "span", { class: classes[i] }, piece) : piece);
      i = j;
    }
    return make("span", { class: mine ? "sentence here" : "sentence", "data-no": no }, parts);
  }
  function drawNear() {
    const found = listRows(true);
    const at = found.findIndex((row) => row.mention_id === chosen);
    near.replaceChildren(...found.slice(Math.max(at - 2, 0), Math.max(at, 2) + 4).map((row) =>
      make("li", row.mention_id === chosen ? { "aria-current": "true" } : {},
        make("button", { type: "button", onclick: () => { choose(row.mention_id); card.focus(); } },
          make("b", {}, summary(row)), ` · ${stateWords[row.state]}${row.confidence ? ` · ${row.confidence}` : ""} · `, make("span", { lang: row.language }, row.evidence)))));
  }
  const drawNote = () => make("p", { class: "note", role: "alert" }, note);

  function drawCard(row) {
    const found = listRows();
    const at = found.findIndex((one) => one.mention_id === chosen) + 1;
    const changed = changesOf(row).length;
    const head = make("header", {},
      make("h3", {}, missed ? t("desk.add_hint", { words: row.evidence }) : summary(row)),
      make("p", { class: "facts" }, [missed ? "" : t("desk.place", { at, n: found.length }), row.mention_id, row.confidence && t(`desk.sureness.${row.confidence}`),
        row.rule && `${t("desk.rule")} ${row.rule}`, !missed && (row.waits ? t("desk.saving", { n: 1 }) : stateWords[row.state]), changed && t("desk.changed")].filter(Boolean).join(" · ")),
      row.decided && make("p", { class: "facts" }, row.decided),
      row.inferred && make("p", { class: "facts" }, t("desk.inferred", { sides: list(row.inferred).map((side) => t(`desk.fields.${side}_actors`)).join(", ") })));
    return [head, drawActions(row, changed), drawNote(), panel === "merge" && drawMerge(row), panel === "batch" && drawBatch(row), panel === "help" && drawHelp(),
      drawAlternatives(row), drawForm(row), !missed && drawEvent(row)].filter(Boolean);
  }
  function drawActions(row, changed) {
    if (missed) return make("div", { class: "actions" }, button(t("desk.add_save"), "a", saveMissed, { class: "main" }), button(t("desk.add_cancel"), "Escape", dropMissed), button(t("desk.evidence_set"), "", setEvidence));
    return make("div", { class: "actions", role: "toolbar", "aria-label": t("desk.about") },
      button(t(changed ? "desk.save" : "desk.accept"), "a", accept, { class: "main" }), button(t("desk.reject"), "r", reject), button(t("desk.edit"), "e", edit),
      button(t("desk.previous"), "p", () => go(-1)), button(t("desk.next"), "n", () => go(1)), button(t("desk.undo"), "u", undo),
      button(t("desk.merge"), "m", () => toggle("merge")), button(t("desk.split"), "s", split), button(t("desk.batch"), "l", () => toggle("batch")),
      button(t("desk.add"), "i", startMissed), button(t("desk.evidence_set"), "", setEvidence), button(t("desk.help"), "?", () => toggle("help")));
  }
  function dropMissed() {
    working.delete(missed?.mention_id);
    missed = null;
    draw();
    card.focus();
  }
  function toggle(which) {
    if (which === "merge" && rows.get(chosen)?.condition_id) return warn(t("desk.merge_none"));
    panel = panel === which ? "" : which;
    note = "";
    draw();
    (card.querySelector(".panel input, .panel button") ?? card).focus();
  }
  function edit() {
    card.querySelector("form select, form input")?.focus();
  }
  function drawAlternatives(row) {
    const current = get(row, "event_type");
    const type = [row.event_type, ...list(row.type_alt)].filter(Boolean);
    const shown = [get(row, "source_actors"), get(row, "target_actors"), get(row, "mutual")].join("|");
    const seen = new Set();
    const roles = row.condition_id || shown.startsWith("||") ? [] : readings(row).filter((one) => !seen.has(one.join("|")) && seen.add(one.join("|")));
    const words = ([source, target, mutual]) => (mutual === "yes" ? t("desk.roles_mutual", { names: names(source) }) : t("desk.roles_as", { source: names(source), target: names(target) }));
    return make("div", { class: "alternatives" },
      type.length > 1 && make("div", { role: "group", "aria-label": t("desk.alternatives") }, type.map((one, at) =>
        button(types.get(one)?.name ?? one, String(at + 1), () => changeType(at), { "aria-pressed": String(one === current) }))),
      roles.length > 1 && make("div", { role: "group", "aria-label": t("desk.roles") }, roles.map((one) =>
        button(words(one), one[2] === "yes" ? "b" : one.join("|") === swapped(row).join("|") ? "x" : "", () => setRoles(...one), { "aria-pressed": String(one.join("|") === shown) }))));
  }
  function drawForm(row) {
    const hidden = row.condition_id ? ["event_type", "mutual", "mode"] : get(row, "mutual") === "yes" ? ["target_actors"] : [];
    const controls = FIELDS.filter((field) => !hidden.includes(field)).map((field) => [field, drawField(row, field)]);
    return make("form", { onsubmit: (event) => { event.preventDefault(); accept(); } },
      make("div", { class: "fields" }, controls.filter(([field]) => !LESS_USED.has(field)).map(([, node]) => node)),
      make("details", { open: controls.some(([field]) => LESS_USED.has(field) && (working.get(row.mention_id) ?? {})[field] !== undefined) },
        make("summary", {}, t("desk.more")), make("div", { class: "fields" }, controls.filter(([field]) => LESS_USED.has(field)).map(([, node]) => node))));
  }
  function drawField(row, field) {
    const value = get(row, field);
    const changed = value !== row[field] ? "changed" : "";
    const set = (next) => { change(row, field, next); draw(); focusField(field); };
    const more = { "data-field": field };
    if (field === "event_type") {
      const choices = [...(value ? [] : [["", t("desk.type_choose")]]), ...desk.types.map(([id, words]) => [id, words])];
      return make("div", { class: `field ${changed}` }, labelled(t("desk.fields.event_type"), pick(choices, value, set, more)), make("p", { class: "hint" }, types.get(value)?.definition ?? ""));
    }
    if (field in desk.choices) {
      const words = (one) => (field === "status" ? t(`status.${one}`) : field === "stance" ? t(`stance.${one}`) : field === "date_basis" ? (one ? t(`desk.basis.${one}`) : t("desk.none")) : one);
      return make("div", { class: `field ${changed}` }, labelled(t(`desk.fields.${field}`), pick(desk.choices[field].map((one) => [one, words(one)]), value, set, more)));
    }
    if (field === "mutual") {
      const box = make("input", { type: "checkbox", checked: value === "yes", onchange: both, ...more });
      return make("div", { class: `field ${changed}` }, make("label", { class: "check" }, box, make("span", {}, t("desk.fields.mutual"))));
    }
    if (["source_actors", "target_actors", "speaker"].includes(field)) return drawActors(row, field, changed);
    const input = make("input", { type: "text", value, autocomplete: "off", spellcheck: "false", ...more });
    const hint = make("p", { class: "hint" });
    input.addEventListener("input", () => {
      change(row, field, input.value.trim());
      input.closest(".field").classList.toggle("changed", input.value.trim() !== row[field]);
      if (field === "date") explain(input.value, hint);
      if (field === "cue") drawText(row);
    });
    if (field === "date") {
      explain(value, hint);
      return make("div", { class: `field ${changed}` }, labelled(t("desk.fields.date"), input), hint, row.date_text && make("p", { class: "hint" }, t("desk.date_text", { words: row.date_text })));
    }
    return make("div", { class: `field ${changed}` }, labelled(t(`desk.fields.${field}`), input));
  }
  function focusField(field) {
    card.querySelector(`[data-field="${field}"]`)?.focus();
  }
  const told = new Map(); // EDTF → its words
  function explain(edtf, hint) {
    const asked = edtf.trim();
    hint.dataset.asked = asked;
    hint.classList.remove("wrong");
    hint.textContent = asked ? told.get(asked) ?? "" : t("desk.date_none");
    if (!asked || told.has(asked)) return;
    dates += 1;
    waitingDates.set(dates, hint);
    try {
      model.send({ ask: "date", text: asked, number: dates });
    } catch { /* without a kernel the date stays unexplained */ }
  }
  const waitingDates = new Map();

  /** Chips of the actors that are named, and a field in which others are found by any of their names. */
  function drawActors(row, field, changed) {
    const ids = list(get(row, field));
    const mutual = field === "source_actors" && get(row, "mutual") === "yes"; // then both sides are the same
    const box = `${field}-${row.mention_id}-list`.replace(/[^\w-]/g, "_");
    const set = (next) => {
      for (const side of mutual ? ["source_actors", "target_actors"] : [field]) change(row, side, next.join(";"));
      draw();
      focusField(field);
    };
    const found = make("ul", { id: box, role: "listbox", hidden: true, "aria-label": t(`desk.fields.${field}`) });
    const input = make("input", { type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": box, "aria-autocomplete": "list",
      "aria-label": `${t(`desk.fields.${field}`)}: ${t("desk.actor_find")}`, placeholder: t("desk.actor_find"), autocomplete: "off", "data-field": field });
    let options = [];
    let active = -1;
    const mark = (at) => {
      active = at;
      found.querySelectorAll("li").forEach((node, i) => node.setAttribute("aria-selected", String(i === at)));
      if (at >= 0) input.setAttribute("aria-activedescendant", `${box}-${at}`);
      else input.removeAttribute("aria-activedescendant");
      found.children[at]?.scrollIntoView({ block: "nearest" });
    };
    const close = () => { found.hidden = true; input.setAttribute("aria-expanded", "false"); active = -1; };
    input.addEventListener("input", () => {
      options = findActors(input.value, ids);
      found.replaceChildren(...options.map((id, at) => make("li", { role: "option", id: `${box}-${at}`, "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); set([...ids, id]); } }, `${name(id)} `, make("small", {}, id))));
      if (!options.length && input.value.trim()) found.replaceChildren(make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, t("desk.actor_none")));
      found.hidden = !input.value.trim();
      input.setAttribute("aria-expanded", String(!found.hidden));
      mark(options.length ? 0 : -1);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && options.length) mark(Math.min(active + 1, options.length - 1));
      else if (event.key === "ArrowUp" && options.length) mark(Math.max(active - 1, 0));
      else if (event.key === "Enter" && !found.hidden && options[active]) set([...ids, options[active]]);
      else if (event.key === "Backspace" && !input.value && ids.length) set(ids.slice(0, -1));
      else if (event.key === "Escape" && !found.hidden) close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    input.addEventListener("blur", close);
    const chips = ids.map((id) => make("span", { class: "chip", title: id }, name(id), make("button", { type: "button", "aria-label": t("desk.actor_remove", { name: name(id) }), onclick: () => set(ids.filter((one) => one !== id)) }, "×")));
    return make("div", { class: `field actors ${changed}`, role: "group", "aria-label": t(`desk.fields.${field}`) }, make("span", { class: "label" }, t(`desk.fields.${field}`)),
      make("div", { class: "chips" }, chips, input), found, field === "speaker" && row.speaker_text && make("p", { class: "hint" }, t("desk.speaker_text", { words: row.speaker_text })));
  }
  function findActors(words, without) {
    const asked = words.trim().toLowerCase();
    if (!asked) return [];
    const rank = ([id, hay]) => (id.toLowerCase() === asked ? 0 : hay.startsWith(asked) ? 1 : hay.includes(` ${asked}`) ? 2 : hay.includes(asked) ? 3 : 9);
    const usual = { state: 0, organisation: 1, group: 2, person: 3 };
    return haystack.map((one) => [rank(one), usual[actors.get(one[0]).type], one[0]]).filter(([at, , id]) => at < 9 && !without.includes(id))
      .sort((a, b) => a[0] - b[0] || a[1] - b[1] || name(a[2]).localeCompare(name(b[2]))).slice(0, 8).map(([, , id]) => id);
  }
  function drawEvent(row) {
    const others = sameEvent(row).filter((one) => one.mention_id !== row.mention_id);
    return make("div", { class: "event" }, make("h4", {}, [`${row.condition_id ? t("desk.condition", { id: row.condition_id }) : `${t("desk.event")} ${row.event_id}`}`, desk.names[row.event_id || row.condition_id]].filter(Boolean).join(": ")),
      make("p", { class: "hint" }, t(others.length ? "desk.event_others" : "desk.event_alone")),
      make("ul", {}, others.slice(0, 12).map((one) => make("li", {}, make("button", { type: "button", onclick: () => { show.value = "all"; choose(one.mention_id); } }, one.mention_id), " ", make("q", { lang: one.language }, one.evidence)))));
  }
  function drawMerge(row) {
    const events = new Map();
    for (const one of rows.values()) if (one.event_id && one.event_id !== row.event_id && one.state !== "rejected" && !events.has(one.event_id)) events.set(one.event_id, one);
    const sides = new Set([...list(row.source_actors), ...list(row.target_actors)]);
    const score = (one) => (one.event_type === row.event_type ? 2 : 0) + [...list(one.source_actors), ...list(one.target_actors)].filter((id) => sides.has(id)).length + (one.date && one.date === row.date ? 1 : 0);
    const sorted = Array.from(events.values(), (one) => [score(one), one]).sort((a, b) => b[0] - a[0]);
    const many = sameEvent(row).length;
    const only = make("input", { type: "checkbox" });
    const found = make("ul", {});
    const fill = () => {
      const words = find.value.trim().toLowerCase();
      const fits = sorted.filter(([, one]) => !words || `${one.event_id} ${one.search}`.toLowerCase().includes(words)).slice(0, 8);
      found.replaceChildren(...fits.map(([, one]) => make("li", {}, make("button", { type: "button", onclick: () => merge(one.event_id, only.checked) }, make("b", {}, summary(one)), ` ${[one.date, one.event_id, desk.names[one.event_id]].filter(Boolean).join(" · ")} · `, make("span", { lang: one.language }, one.evidence)))));
      if (!fits.length) found.replaceChildren(make("li", {}, t("desk.merge_none")));
    };
    const find = make("input", { type: "search", oninput: fill, "aria-label": t("desk.merge_find"), placeholder: t("desk.merge_find") });
    find.addEventListener("keydown", (event) => { if (event.key === "Enter") found.querySelector("button")?.click(); });
    fill();
    return make("div", { class: "panel", role: "group", "aria-label": t("desk.merge") }, make("p", {}, t("desk.merge_lead")), find,
      many > 1 && make("label", { class: "check" }, only, make("span", {}, t("desk.merge_only", { n: many }))), found);
  }
  function drawBatch(row) {
    const found = alike(row);
    if (found.length < 2) return make("div", { class: "panel" }, make("p", {}, t("desk.batch_none")));
    const boxes = found.map((one) => make("input", { type: "checkbox", checked: true, value: one.mention_id, onchange: () => count() }));
    const ticked = () => boxes.filter((box) => box.checked).map((box) => box.value);
    const yes = button("", "", () => batch("accept", ticked()), { class: "main" });
    const no = button("", "", () => batch("reject", ticked()));
    const count = () => {
      const n = ticked().length;
      yes.textContent = t("desk.batch_accept", { n });
      no.textContent = t("desk.batch_reject", { n });
      yes.disabled = no.disabled = !n;
    };
    count();
    return make("div", { class: "panel", role: "group", "aria-label": t("desk.batch") }, make("p", {}, t("desk.batch_lead", { rule: row.rule, n: found.length })), make("div", { class: "actions" }, yes, no),
      make("ul", { class: "batch", tabindex: "0" }, found.map((one, at) => make("li", {}, make("label", { class: "check" }, boxes[at], make("span", {}, make("b", {}, summary(one)), " · ", make("span", { lang: one.language }, one.evidence)))))));
  }
  const drawHelp = () => make("div", { class: "panel" }, make("ul", {}, t("desk.help_list").split(" · ").map((one) => make("li", {}, make("kbd", {}, one.split(" ")[0]), one.slice(one.indexOf(" "))))),
    button(t("desk.close"), "", () => toggle("help")));

  // --- keys

  const KEYS = { a: accept, Enter: accept, r: reject, e: edit, n: () => go(1), j: () => go(1), ArrowDown: () => go(1), p: () => go(-1), k: () => go(-1), ArrowUp: () => go(-1),
    u: undo, x: swap, b: both, m: () => toggle("merge"), s: split, l: () => toggle("batch"), i: startMissed, "?": () => toggle("help") };
  root.addEventListener("keydown", (event) => {
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
    const run = /^[1-9]$/.test(event.key) ? () => changeType(Number(event.key) - 1) : Object.hasOwn(KEYS, event.key) && KEYS[event.key];
    if (!run) return;
    event.preventDefault();
    const inside = card.contains(event.target);
    run();
    if (inside && !root.contains(document.activeElement)) card.focus({ preventScroll: true });
  });

  // --- the kernel

  function hear(answer) {
    if (waitingDates.has(answer.number)) {
      const hint = waitingDates.get(answer.number);
      waitingDates.delete(answer.number);
      if (!answer.fault) told.set(hint.dataset.asked, answer.words);
      hint.textContent = answer.words || answer.fault;
      hint.classList.toggle("wrong", Boolean(answer.fault));
      return;
    }
    const decided = queue.acts.find((one) => one.name === answer.number);
    if (!decided) return;
    queue.drop(decided.name);
    sent.delete(decided.name);
    if (answer.fault) {
      taken = taken.filter((one) => one.name !== decided.name);
      note = t("desk.refused", { row: decided.rows[0].row, fault: answer.fault });
      for (const one of decided.rows) if (rows.has(one.row)) rows.get(one.row).waits = false;
      if (rows.has(decided.rows[0].row)) chosen = decided.rows[0].row;
    } else {
      const there = new Set(answer.rows.map((cells) => cells[column.mention_id]));
      for (const id of answer.names) {
        if (!there.has(id)) rows.delete(id); // it was added, and the addition was taken back
        if (!queue.acts.some((act) => act.rows.some((one) => one.row === id))) working.delete(id);
      }
      const sort = answer.names.some((id) => there.has(id) && !rows.has(id));
      for (const cells of answer.rows) putRow(cells);
      if (sort) sortRows();
    }
    if (answer.fault || decided.rows.some((one) => one.row === chosen || one.action === "add")) draw();
    else drawProgress();
  }
  model.on("msg:custom", hear);
  const reload = () => { load(model.get("rows")); loadTaken(); draw(); };
  model.on("change:rows", reload);
  const clock = setInterval(() => {
    for (const one of queue.acts) if (Date.now() - (sent.get(one.name)?.[1] ?? 0) > PATIENCE) send(one);
    drawSaving();
  }, 1000);

  load(model.get("rows"));
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
