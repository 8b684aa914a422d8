// Made by `make widgets` of the modules in interactive/widgets/src: change these.

// kit/elements.js
var DRAWN = new Set(["svg", "g", "path", "line", "circle", "rect", "polyline", "polygon", "text", "title", "desc"]);
function make(tag, attributes = {}, ...children) {
  const node = DRAWN.has(tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== void 0) node.setAttribute(name, value);
  }
  const filled = children.flat().filter((child) => child !== null && child !== void 0 && child !== false);
  node.append(.../** @type {(Node | string)[]} */ filled);
  return node;
}
var findAll = (selector, root = document) => Array.from(root.querySelectorAll(selector));
var findOne = (selector, root = document) => root.querySelector(selector);
var focused = () => document.activeElement;
function readWords(model) {
  const words = model.get("words");
  return (key, values = {}) => {
    if (!(key in words)) throw new Error(`no words for ${key}`);
    return words[key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  };
}
function keepKeys(root) {
  const keep = () => root.setAttribute("data-lm-suppress-shortcuts", "true");
  keep();
  for (const kind of ["keydown", "keyup", "keypress"]) {
    root.addEventListener(kind, (event) => {
      const saves = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
      if (!saves) return event.stopPropagation();
      root.removeAttribute("data-lm-suppress-shortcuts");
      setTimeout(keep);
    });
  }
}
function makeCombobox({ id, label, none, field, browse = false, find, offer, draw, take, save }) {
  const found = make("ul", { id, role: "listbox", hidden: true, "aria-label": label });
  const input = make("input", {
    type: "text",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": id,
    "aria-autocomplete": "list",
    autocomplete: "off",
    ...field,
  });
  let options = [];
  let active = -1;
  const show = (open) => {
    found.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
  };
  const point = (at) => {
    active = at;
    const drawn = Array.from(found.children).filter((node) => node.id);
    drawn.forEach((node, i) => node.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", `${id}-${at}`);
    else input.removeAttribute("aria-activedescendant");
    drawn[at]?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    show(false);
    point(-1);
  };
  const choose = (one) => {
    input.value = "";
    close();
    take(one);
  };
  const drawOption = (one, at) => {
    const press = (event) => {
      event.preventDefault();
      choose(one);
    };
    return make("li", { role: "option", id: `${id}-${at}`, "aria-selected": "false", onmousedown: press }, draw(one));
  };
  const search = () => {
    const asked = input.value.trim().toLowerCase();
    options = asked || browse ? find(asked) : [];
    const known = options.length > 0;
    const empty = { role: "option", "aria-disabled": "true", "aria-selected": "false" };
    if (!known) options = offer?.(input.value.trim()) ?? [];
    found.replaceChildren(...(known ? [] : [make("li", empty, none)]), ...options.map(drawOption));
    show(Boolean(asked) || browse);
    point(known && asked ? 0 : -1);
  };
  input.addEventListener("input", search);
  if (browse) input.addEventListener("click", search);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const open = !found.hidden;
    if (event.key === "ArrowDown" && browse && !open) search();
    else if (event.key === "ArrowDown" && open && options.length) point(Math.min(active + 1, options.length - 1));
    else if (event.key === "ArrowUp" && open && options.length) point(Math.max(active - 1, 0));
    else if (event.key === "Enter" && open && active >= 0) {
      const known = !found.querySelector("[aria-disabled]");
      choose(options[active]);
      if (known && (event.ctrlKey || event.metaKey)) save?.();
    } else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { input, found };
}

// desk/queue.js
var REVIEWER_KEY = "lagebild-reviewer";
function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
}
var memory = {
  keys(prefix) {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    } catch {
      return [];
    }
  },
  get(key) {
    try {
      return localStorage.getItem(key) ?? "";
    } catch {
      return "";
    }
  },
  set(key, text) {
    try {
      if (text) localStorage.setItem(key, text);
      else localStorage.removeItem(key);
    } catch {}
  },
};
var Queue = class {
  constructor(kind, place, content) {
    this.prefix = `lagebild-${kind}:${place}:`;
    this.token = `r${Array.from(crypto.getRandomValues(new Uint8Array(6)), (b) => (b % 36).toString(36)).join("")}`;
    this.key = `${this.prefix}${content}:${this.token}`;
    this.count = 0;
    this.questions = 0;
    const keys = memory.keys(this.prefix);
    const isOurs = (key) => key.startsWith(`${this.prefix}${content}:`);
    const read = (some) => some.flatMap(readActs).sort((a, b) => a.at - b.at);
    this.acts = read(keys.filter(isOurs));
    this.older = read(keys.filter((key) => !isOurs(key)));
    this.keep();
    for (const key of keys.filter(isOurs)) memory.set(key, "");
  }
  keep() {
    memory.set(this.key, this.acts.length ? JSON.stringify(this.acts) : "");
  }
  nextName() {
    this.count += 1;
    return `${this.token}-${this.count}`;
  }
  nextQuestion() {
    this.questions += 1;
    return `${this.token}-q${this.questions}`;
  }
  has(id) {
    return this.acts.some((act) => act.rows.some((one) => one.row === id));
  }
  put(act) {
    this.acts.push(act);
    this.keep();
  }
  drop(name) {
    this.acts = this.acts.filter((act) => act.name !== name);
    this.keep();
  }
  discard() {
    this.acts = [];
    this.keep();
  }
  discardOlder() {
    this.older = [];
    for (const key of memory.keys(this.prefix)) if (key !== this.key) memory.set(key, "");
  }
  adopt() {
    this.acts = [...this.older, ...this.acts];
    this.keep();
    this.discardOlder();
  }
};
function readNames(key) {
  try {
    return new Set(JSON.parse(memory.get(key)).filter((one) => typeof one === "string"));
  } catch {
    return new Set();
  }
}
function readActs(key) {
  try {
    const isDecision = (row) => typeof row.row === "string" && typeof row.decision_id === "string";
    return JSON.parse(memory.get(key)).filter((act) => typeof act.name === "string" && act.rows.every(isDecision));
  } catch {
    return [];
  }
}
var PATIENCE = 4e3;
function makeTalk(view) {
  const { model, queue, state } = view;
  const asked = new Map();
  const began = Date.now();
  let stopped = false;
  function tell(message) {
    try {
      model.send(message);
    } catch {}
  }
  function ask(question, take, giveUp) {
    const number = queue.nextQuestion();
    asked.set(number, { take, giveUp, at: Date.now() });
    tell({ ...question, number });
  }
  const askRows = () => tell({ ask: "rows", number: `${queue.token}-rows` });
  function send(act) {
    const [first, , times] = state.sent.get(act.name) ?? [Date.now(), 0, 0];
    state.sent.set(act.name, [first, Date.now(), times + 1]);
    tell({ ask: "decide", act: act.rows, seen: act.seen ?? {}, number: act.name });
  }
  function owes() {
    const first = queue.acts.map((act) => state.sent.get(act.name)?.[0] ?? 0);
    const since = state.loaded ? Math.min(...first) : began;
    return Date.now() - since;
  }
  function hear(answer) {
    if (stopped) return;
    const question = asked.get(answer.number);
    if (asked.delete(answer.number)) return question.take(answer);
    const act = queue.acts.find((one) => one.name === answer.number);
    if (act && answer.wait) {
      state.unwritten = answer.wait;
      return view.drawSaving();
    }
    if (act) {
      state.unwritten = "";
      queue.drop(act.name);
      state.sent.delete(act.name);
    }
    view.take(answer, act);
  }
  function loadTaken(decisions) {
    const acts = new Map();
    for (const row of decisions) acts.set(row.act, [...(acts.get(row.act) ?? []), row]);
    let taken = Array.from(acts, ([name, decided]) => ({ name, rows: decided }));
    for (const one of queue.acts) {
      const undone = new Set(one.rows.filter((row) => row.action === "undo").map((row) => row.value));
      if (undone.size) taken = taken.filter((act) => !act.rows.some((row) => undone.has(row.decision_id)));
      else if (!acts.has(one.name)) taken.push(one);
    }
    state.taken = taken;
  }
  function retry() {
    const [oldest] = queue.acts;
    const [, last, times] = (oldest && state.sent.get(oldest.name)) ?? [0, 0, 0];
    if (oldest && Date.now() - last > PATIENCE * Math.min(times || 1, 8)) send(oldest);
    if (!state.loaded && Date.now() - began > PATIENCE) askRows();
    for (const question of Array.from(asked.values())) {
      if (!question.giveUp || Date.now() - question.at <= PATIENCE) continue;
      question.giveUp();
      question.giveUp = null;
    }
    view.drawSaving();
  }
  function listen() {
    model.on("msg:custom", hear);
    const clock = setInterval(retry, 1e3);
    return () => {
      stopped = true;
      clearInterval(clock);
      model.off("msg:custom", hear);
    };
  }
  return { ask, askRows, send, owes, hear, loadTaken, listen };
}

// desk/controls.js
var withLabel = (words, node, more = {}) => make("label", more, make("span", {}, words), node);
function makeSelect(choices, value, changed, more = {}) {
  const options = choices.map(([id, words]) => make("option", { value: id, selected: id === value }, words));
  return make("select", { onchange: (event) => changed(event.target.value), ...more }, options);
}
function makeButton(words, key, run, more = {}) {
  const shortcut = key ? { "aria-keyshortcuts": key } : {};
  const shown = key && make("kbd", { "aria-hidden": "true" }, key);
  return make("button", { type: "button", onclick: run, ...shortcut, ...more }, words, shown);
}
var makePanel = (label, ...children) => make("div", { class: "panel", role: "group", "aria-label": label }, children);
function drawKeys(view, title, groups) {
  const drawn = groups.map((group) => {
    const [name, ...lines] = view.t(group).split(" · ");
    const rows = lines.map((line) => {
      const [keys] = line.split(" ");
      const shown = keys.split("/").flatMap((one) => [" ", make("kbd", {}, one)]);
      return make("tr", {}, make("th", { scope: "row" }, shown.slice(1)), make("td", {}, line.slice(keys.length + 1)));
    });
    return make("table", {}, make("caption", {}, name), make("tbody", {}, rows));
  });
  const close = makeButton(view.t("desk.close"), "", () => view.close());
  return makePanel(view.t(title), make("div", { class: "keys" }, drawn), close);
}
function focusOnceShown(view, el, times = 30) {
  const look = () => {
    if (!el.isConnected && times) return focusOnceShown(view, el, times - 1);
    if (!el.closest(".jp-Cell.jp-mod-active")) return;
    view.root.scrollIntoView({ block: "start" });
    view.card.focus({ preventScroll: true });
  };
  setTimeout(look, 300);
}
function makeSaving(view) {
  const { t, queue, state } = view;
  const saving = make("p", { class: "saving" });
  const alarm = make("div", { class: "alarm", role: "alert" });
  const older = make("div", { class: "alarm" });
  function drawSaving() {
    const n = queue.acts.length;
    const gone = view.owes() > PATIENCE && t("desk.gone", { n });
    const words = (n && state.unwritten && t("desk.unwritten", { n, fault: state.unwritten })) || gone || "";
    const calm = !state.loaded ? t("desk.loading") : n ? t("desk.saving", { n }) : t("desk.saved");
    saving.textContent = words ? "" : calm;
    if (alarm.dataset.words !== words) {
      alarm.dataset.words = words;
      const shown = words ? [make("p", {}, words), ...(n > 0 ? [drawDiscard(n, discard)] : [])] : [];
      alarm.replaceChildren(...shown);
    }
    view.root.dataset.waiting = state.loaded ? String(n) : "";
  }
  function drawDiscard(n, run) {
    const press = (event) => {
      if (event.target.dataset.sure) return run();
      event.target.dataset.sure = "yes";
      event.target.textContent = t("desk.discard_sure", { n });
    };
    return makeButton(t("desk.discard"), "", press);
  }
  function discard() {
    queue.discard();
    state.unwritten = "";
    view.askRows();
    drawSaving();
    view.card.focus();
  }
  function drawOlder() {
    const n = queue.older.length;
    if (!n) return older.replaceChildren();
    const done = (run) => () => {
      run();
      for (const one of queue.acts) view.send(one);
      drawOlder();
      drawSaving();
      view.card.focus();
    };
    const adopt = done(() => queue.adopt());
    const drop = done(() => queue.discardOlder());
    const words = make("p", {}, t("desk.older", { n }));
    older.replaceChildren(words, makeButton(t("desk.older_send"), "", adopt), drawDiscard(n, drop));
  }
  const asleep = make("p", { class: "asleep" }, t("desk.asleep"));
  const progress = [
    make("div", { class: "progress" }, view.meter, view.counts, asleep, saving, view.live),
    alarm,
    older,
  ];
  return { progress, drawSaving, drawOlder };
}
var LANGUAGES = Object.entries({ de: "Deutsch", en: "English" });
function makeLanguage(view) {
  let wanted = "";
  function speak(language) {
    wanted = language;
    const take = (answer) => {
      if (answer.language === wanted) return view.reopen(answer);
      if (answer.fault || answer.wait) giveUp(answer.fault || answer.wait);
      view.hear(answer);
    };
    view.ask({ ask: "language", language }, take, giveUp);
  }
  function giveUp(why = view.t("desk.gone_language")) {
    wanted = "";
    view.set({ language: view.language });
    view.warn(why);
  }
  return { speak };
}
var renderAnew =
  (mount2) =>
  ({ model, el }) => {
    let stop = mount2(model, el, null, again);
    function again(kept) {
      stop();
      el.replaceChildren();
      stop = mount2(model, el, kept, again);
    }
    return () => stop();
  };

// kit/match.js
function rankName(id, hay, asked) {
  return [id.toLowerCase() === asked, hay.startsWith(asked), hay.includes(` ${asked}`), hay.includes(asked)].indexOf(
    true,
  );
}

// review/rows.js
var characters = (text) => Array.from(text);
var SURENESS = { A: 0, B: 1, C: 2, "": 3 };
var FEW = 3;
var USUAL = { state: 0, organisation: 1, group: 2, person: 3 };
var splitIds = (cell) => (cell ? cell.split(";") : []);
var Rows = class {
  constructor(desk, t, queue) {
    this.desk = desk;
    this.t = t;
    this.queue = queue;
    this.actors = new Map(desk.actors.map(([id, name, type]) => [id, { name, type }]));
    this.haystack = desk.actors.map(([id, name, , forms]) => [id, `${name} ${id} ${forms}`.toLowerCase()]);
    this.types = new Map(desk.types.map(([id, name, definition]) => [id, { name, definition }]));
    this.all = new Map();
    this.working = new Map();
    this.named = void 0;
    this.parted = new Map();
    this.two = new Set(desk.two);
    this.stands = new Map();
    this.met = new Map();
  }
  load(table) {
    this.all.clear();
    this.stands.clear();
    for (const cells of table) this.put(cells);
    for (const row of this.all.values()) {
      for (const id of new Set([...splitIds(row.source_actors), ...splitIds(row.target_actors)]))
        this.stands.set(id, (this.stands.get(id) ?? 0) + 1);
    }
  }
  put(cells) {
    const row = Object.fromEntries(this.desk.columns.map((key, at) => [key, cells[at]]));
    row.quote = row.evidence;
    row.waits = this.queue.has(row.mention_id);
    const sides = `${this.names(row.source_actors)} ${this.names(row.target_actors)}`;
    const publisher = this.desk.sources[row.source_id]?.[1] ?? "";
    row.search =
      `${row.mention_id} ${row.evidence} ${row.rule} ${sides} ${this.typeName(row.event_type)} ${publisher}`.toLowerCase();
    this.all.set(row.mention_id, row);
  }
  sort() {
    const key = (row) => [row.source_id, row.language, String(row.start).padStart(9, "0"), row.mention_id].join(" ");
    const keyed = Array.from(this.all.values(), (row) => ({ row, key: key(row) }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
    this.all = new Map(keyed.map(({ row }) => [row.mention_id, row]));
  }
  name(id) {
    return this.actors.get(id)?.name ?? id;
  }
  names(cell) {
    const names = splitIds(cell).map((id) => this.name(id));
    return names.join(", ") || this.t("desk.unknown");
  }
  typeName(type) {
    return this.types.get(type)?.name ?? "";
  }
  summary(row) {
    const source = this.names(this.get(row, "source_actors"));
    const alone = this.get(row, "mutual") === "yes" || (row.condition_id && !row.target_actors);
    const sides = alone ? source : `${source} → ${this.names(this.get(row, "target_actors"))}`;
    const what = row.condition_id
      ? this.t("desk.condition", { id: row.condition_id })
      : this.typeName(this.get(row, "event_type")) || this.t("desk.unknown");
    return `${sides}: ${what}`;
  }
  isOpen(row) {
    return (row.state === "open" || this.met.has(row.mention_id)) && !row.waits;
  }
  count(kind) {
    let n = 0;
    for (const row of this.all.values()) if (kind(row)) n += 1;
    return n;
  }
  judge(rule) {
    const decided = Array.from(this.all.values()).filter((row) => row.rule === rule && row.state !== "open");
    return { n: decided.length, yes: decided.filter((row) => row.state !== "rejected").length };
  }
  tellRule(rule) {
    const record = this.judge(rule);
    const told = record.n >= FEW ? ` (${this.t("desk.rule_record", record)})` : "";
    return `${this.t("desk.rule")} ${rule}${told}`;
  }
  get(row, field) {
    return this.working.get(row.mention_id)?.[field] ?? row[field];
  }
  change(row, field, value) {
    const changed = { ...this.working.get(row.mention_id), [field]: value };
    if (changed[field] === row[field]) delete changed[field];
    if (Object.keys(changed).length) this.working.set(row.mention_id, changed);
    else this.working.delete(row.mention_id);
  }
  changesOf(row) {
    return Object.entries(this.working.get(row.mention_id) ?? {}).filter(([field, value]) => value !== row[field]);
  }
  settle(id) {
    const row = this.all.get(id);
    const left = Object.entries(this.working.get(id) ?? {}).filter(([field, value]) => row && value !== row[field]);
    if (left.length) this.working.set(id, Object.fromEntries(left));
    else this.working.delete(id);
  }
  tell(field, value) {
    if (field === "event_type") return this.typeName(value);
    if (["source_actors", "target_actors", "speaker"].includes(field)) return this.names(value);
    return value ? nameChoice(this.t, field, value) : this.t("desk.none");
  }
  eventName(row) {
    return `${row.event_id} ${this.desk.names[row.event_id] ?? this.summary(row)}`;
  }
  entitle(titles) {
    this.named ??= this.desk.names;
    this.desk.names = { ...this.named, ...titles };
  }
  sameEvent(row) {
    const tells = (one) => one.event_id === row.event_id && one.condition_id === row.condition_id;
    return Array.from(this.all.values()).filter((one) => tells(one) && one.state !== "rejected");
  }
  alike(row) {
    return Array.from(this.all.values()).filter((one) => row.rule && one.rule === row.rule && this.isOpen(one));
  }
  otherEvents(row) {
    const events = new Map();
    for (const one of this.all.values()) {
      const other = one.event_id && one.event_id !== row.event_id && one.state !== "rejected";
      if (other && !events.has(one.event_id)) events.set(one.event_id, one);
    }
    const sides = (one) => [...splitIds(one.source_actors), ...splitIds(one.target_actors)];
    const mine = new Set(sides(row));
    const score = (one) =>
      (one.event_type === row.event_type ? 2 : 0) +
      (one.date && one.date === row.date ? 1 : 0) +
      sides(one).filter((id) => mine.has(id)).length;
    const scored = Array.from(events.values(), (one) => [score(one), one]);
    return scored.sort((a, b) => b[0] - a[0]).map(([, one]) => one);
  }
  readings(row) {
    const [source, target] = [this.get(row, "source_actors"), this.get(row, "target_actors")];
    const drafted = [...splitIds(row.source_actors), ...splitIds(row.target_actors)];
    const all = Array.from(new Set([...drafted, ...splitIds(source), ...splitIds(target)]));
    let [one, other] = [source, target];
    if (this.get(row, "mutual") === "yes") {
      const both = row.mutual === "yes";
      one = both ? (all[0] ?? "") : row.source_actors;
      other = both ? all.slice(1).join(";") : row.target_actors;
    }
    return [
      [one, other, "no"],
      [other, one, "no"],
      [all.join(";"), all.join(";"), "yes"],
    ];
  }
  swapped(row) {
    return this.readings(row)[this.get(row, "mutual") === "yes" ? 0 : 1];
  }
  flipped(row) {
    return this.readings(row)[this.get(row, "mutual") === "yes" ? 0 : 2];
  }
  setSide(row, side, ids) {
    const both = this.get(row, "mutual") === "yes" && side !== "speaker";
    for (const one of both ? ["source_actors", "target_actors"] : [side]) this.change(row, one, ids.join(";"));
  }
  setRoles(row, [source, target, mutual]) {
    this.change(row, "source_actors", source);
    this.change(row, "target_actors", target);
    this.change(row, "mutual", mutual);
  }
  sentencesOf(row) {
    return this.desk.texts[`${row.source_id}:${row.language}`] ?? [];
  }
  findWords(row, words) {
    const holds = this.sentencesOf(row).filter(([, , sentence2]) => words && sentence2.includes(words));
    const found = holds.find(([one]) => one === row.sentence_no) ?? holds[0];
    if (!found) return null;
    const [no, , sentence] = found;
    return { sentence_no: no, from: characters(sentence.slice(0, sentence.indexOf(words))).length, words };
  }
  sentenceHolds(row, words) {
    const [, start2, sentence] = this.sentencesOf(row).find(([no]) => no === row.sentence_no) ?? [0, 0, void 0];
    if (sentence === void 0) return false;
    return characters(sentence)
      .slice(row.start - start2)
      .join("")
      .startsWith(words);
  }
  sentenceStart(row) {
    return this.sentencesOf(row).find(([no]) => no === row.sentence_no)?.[1] ?? 0;
  }
  addActor([id, name, type, forms]) {
    this.actors.set(id, { name, type });
    this.haystack.push([id, `${name} ${id} ${forms}`.toLowerCase()]);
  }
  addName([id, name, , forms]) {
    this.haystack = this.haystack.map((one) => (one[0] === id ? [id, `${name} ${id} ${forms}`.toLowerCase()] : one));
  }
  findActors(asked, without, near = new Set()) {
    const rank = (cells) => {
      const [id, hay] = [cells[0] ?? "", cells[1] ?? ""];
      const at = rankName(id, hay, asked);
      const kind = USUAL[this.actors.get(id)?.type ?? ""];
      return { id, at, order: [at > 0, at > 2, !near.has(id), -(this.stands.get(id) ?? 0), at, kind].map(Number) };
    };
    const compare = (a, b) => a.map((one, place) => one - (b[place] ?? 0)).find(Boolean) ?? 0;
    return this.haystack
      .map(rank)
      .filter(({ id, at }) => at >= 0 && !without.includes(id))
      .sort((a, b) => compare(a.order, b.order) || this.name(a.id).localeCompare(this.name(b.id)))
      .slice(0, 8)
      .map(({ id }) => id);
  }
};
function nameChoice(t, field, one) {
  if (field === "status") return t(`status.${one}`);
  if (field === "stance") return t(`stance.${one}`);
  if (field === "date_basis") return one ? t(`desk.basis.${one}`) : t("desk.none");
  return one;
}
var COMPARED = ["event_type", "source_actors", "target_actors", "mutual", "date", "date_basis", "status", "speaker"];
var CARRIED = ["mode", "context", "stance", "credibility"];
var GROUPED = new Set(["event_type", "source_actors", "target_actors", "mutual", "date", "mode"]);
var Twins = class {
  constructor(twins, rows) {
    this.rows = rows;
    this.leads = new Map(Object.entries(twins));
    this.followers = new Map(Object.entries(twins).map(([follower, lead]) => [lead, follower]));
    this.apart = new Set();
  }
  partner(row) {
    return this.rows.all.get(this.leads.get(row.mention_id) ?? this.followers.get(row.mention_id) ?? "");
  }
  isApart(row) {
    return this.apart.has(this.leads.get(row.mention_id) ?? row.mention_id);
  }
  of(row) {
    const other = this.partner(row);
    const alike = other && this.rows.isOpen(row) === this.rows.isOpen(other);
    return alike && !this.isApart(row) && (row.state === "rejected") === (other.state === "rejected") ? other : null;
  }
  follows(row) {
    return this.leads.has(row.mention_id) && this.of(row) !== null;
  }
  toggle(row) {
    const lead = this.leads.get(row.mention_id) ?? row.mention_id;
    if (!this.apart.delete(lead)) this.apart.add(lead);
  }
  differences(row, twin, fields = COMPARED) {
    return fields.filter((field) => this.rows.get(row, field) !== twin[field]);
  }
  extend(row, decisions) {
    const twin = this.of(row);
    if (!twin) return decisions;
    const [{ action }] = decisions;
    const say = (more) => ({ row: twin.mention_id, ...more });
    if (action === "reject") return [...decisions, say({ action })];
    const differing = this.differences(row, twin, [...COMPARED, ...CARRIED]).filter((field) =>
      this.rows.get(row, field),
    );
    const edits = differing.map((field) => say({ action: "edit", field, value: this.rows.get(row, field) }));
    const accept = edits.length && twin.state !== "rejected" ? [] : [say({ action: "accept" })];
    const mended = decisions.some((one) => one.action === "edit" && GROUPED.has(one.field));
    const apart = !mended && row.event_id !== twin.event_id;
    const joins = apart ? [say({ action: "merge", value: row.event_id })] : [];
    return [...decisions, ...accept, ...edits, ...joins];
  }
};
var DONE = { accept: "accepted", reject: "rejected", add: "added", undo: "undone" };
var Meetings = class {
  constructor(t, rows) {
    this.t = t;
    this.rows = rows;
  }
  hear(met) {
    for (const [id, decisions] of Object.entries(met)) this.rows.met.set(id, decisions);
  }
  describe(id) {
    const decisions = this.rows.met.get(id) ?? [];
    const told = decisions.map(
      ([action, field, value, by, date]) => `${by} (${date}): ${this.name(action, field, value)}`,
    );
    return told.length ? this.t("desk.met", { row: id, what: told.join("; ") }) : "";
  }
  name(action, field, value) {
    if (action !== "edit")
      return [this.t(`desk.${DONE[action] ?? action}`), ["merge", "title"].includes(action) && value]
        .filter(Boolean)
        .join(" ");
    const kind = field.replace(/^(cue|quote)_\w\w$/, "$1");
    const shown = kind.endsWith("_actors") || kind === "speaker" ? this.rows.names(value) : value;
    return `${this.t(`desk.fields.${kind}`)} → ${kind === "event_type" ? this.rows.typeName(value) || value : shown}`;
  }
  confirm(ids, reason) {
    const by = ids.flatMap((id) => (this.rows.met.get(id) ?? []).map((one) => one[3]));
    for (const id of ids) this.rows.met.delete(id);
    return by.length ? `${reason}; ${this.t("desk.reason_met", { by: Array.from(new Set(by)).join(", ") })}` : reason;
  }
};

// review/offers.js
var TURNS = { w: "source_actors", W: "target_actors", T: "event_type", D: "date" };
var STATUS = { A: "asserted", R: "reported", H: "hypothetical", N: "negated", O: "open" };
var SIDES = [TURNS.w, TURNS.W];
var DIGITS = 9;
function readDigit(event, keys) {
  if (/^[0-9]$/.test(event.key)) return [Number(event.key), event.shiftKey];
  const [, digit] = (event.shiftKey && !Object.hasOwn(keys, event.key) && /^Digit([0-9])$/.exec(event.code)) || [];
  return digit === void 0 ? [-1, false] : [Number(digit), true];
}
var Offers = class {
  constructor(rows) {
    this.rows = rows;
    this.turned = {};
  }
  of(row) {
    return this.rows.desk.offers?.[row.mention_id];
  }
  turn(row, field) {
    const back = !this.of(row) || this.turnedTo(row) === field;
    this.turned = back ? {} : { id: row.mention_id, field, fresh: true };
  }
  turnedTo(row) {
    return this.turned.id === row.mention_id ? this.turned.field : "";
  }
  lacking(row) {
    if (!this.of(row) || row.state === "rejected") return "";
    const sides = this.rows.get(row, "mutual") === "yes" ? SIDES.slice(0, 1) : SIDES;
    return sides.find((side) => !this.rows.get(row, side)) ?? "";
  }
  asked(row) {
    const turned = this.turnedTo(row);
    if (turned || !this.of(row)) return turned || (row.type_alt ? TURNS.T : "");
    const filled = row.state !== "rejected" && SIDES.find((side) => !row[side]);
    return this.lacking(row) || filled || "";
  }
  near(row) {
    return new Set(SIDES.flatMap((side) => (this.of(row)?.[side] ?? []).flatMap(([cell]) => splitIds(cell))));
  }
  side(row) {
    const field = this.asked(row);
    return SIDES.includes(field) ? field : "";
  }
  list(row) {
    const [field, found] = [this.asked(row), this.of(row)];
    const pair = (one) => [one, ""];
    if (field === "date") return found?.dates ?? [];
    const types = [row.event_type, ...(found?.types ?? splitIds(row.type_alt))].filter(Boolean);
    if (field === "event_type") return types.map(pair).slice(0, DIGITS);
    const drafted = splitIds(row[field]).map((id) => [id, "drafted"]);
    return field ? [...drafted, ...(found?.[field] ?? [])].slice(0, DIGITS) : [];
  }
  choose(row, digit, stay) {
    const [field, chosen] = [this.asked(row), this.list(row)[digit - 1]];
    const fresh = this.turned.fresh;
    if (!field || (digit ? !chosen : !this.turnedTo(row) || field === TURNS.T)) return false;
    const isSide = SIDES.includes(field);
    this.turned.fresh = false;
    const value = chosen?.[0] ?? "";
    if (isSide) this.rows.setSide(row, field, this.join(row, field, splitIds(value), stay, fresh));
    else this.rows.change(row, field, value);
    if (!isSide) this.turned = {};
    return Boolean(this.of(row)) && !stay && this.rows.isOpen(row) && (isSide || !this.lacking(row));
  }
  nextDate(row) {
    const found = Array.from(new Set([row.date, "", ...(this.of(row)?.dates ?? []).map(([edtf]) => edtf)]));
    const at = found.indexOf(this.rows.get(row, "date")) + 1;
    this.rows.change(row, "date", found[at % found.length]);
  }
  join(row, side, ids, stay, fresh) {
    if (!ids.length) return [];
    const held = fresh && !stay ? [] : splitIds(this.rows.get(row, side));
    const others = held.filter((one) => !ids.includes(one));
    return stay && held.length - others.length === ids.length ? others : [...others, ...ids];
  }
};
function drawOffers(view, row) {
  const { t, rows, offers } = view;
  const [field, side] = [offers.asked(row), offers.side(row)];
  const held = side ? splitIds(rows.get(row, side)) : [rows.get(row, field)];
  const name = (value, why) => {
    if (!side) return (field === "date" && why) || rows.tell(field, value);
    return [rows.names(value), " ", make("small", {}, t(`desk.offers.${why}`))];
  };
  const choose = (digit) => (event) => view.pickOffer(digit, event.shiftKey);
  const offered = offers.list(row).map(([value, why], at) => {
    const pressed = (side ? splitIds(value) : [value]).every((one) => held.includes(one));
    return makeButton(name(value, why), String(at + 1), choose(at + 1), { "aria-pressed": String(pressed) });
  });
  const turned = offers.turnedTo(row);
  const none = turned && (side || field === "date") && t(side ? "desk.nobody" : "desk.date_none");
  const empty = none && makeButton(none, "0", choose(0), { "aria-pressed": String(!held.filter(Boolean).length) });
  const kind = !side ? "desk.asked" : turned ? "desk.side_turned" : "desk.side_lacks";
  const words = field && t(`desk.fields.${field}`).replace(" (EDTF)", "");
  const lead = field && t(kind, { side: words, field: words });
  const told = make("p", { class: "hint", "aria-hidden": "true" }, lead);
  return [
    offered.length > 0 && make("div", { role: "group", "aria-label": lead, class: "offers" }, told, offered, empty),
    offers.of(row) && drawTurns(view, row),
    drawStatus(view, row),
  ];
}
function drawStatus(view, row) {
  const { t, rows } = view;
  const drawn = Object.entries(STATUS).map(([key, status]) => {
    const pressed = String(rows.get(row, "status") === status);
    return makeButton(t(`status.${status}`), key, () => view.setStatus(status), { "aria-pressed": pressed });
  });
  return make("div", { role: "group", "aria-label": t("desk.fields.status") }, drawn);
}
function drawTurns(view, row) {
  const { t, rows, offers } = view;
  const turns = Object.entries(TURNS).map(([key, field]) => {
    const pressed = String(offers.turnedTo(row) === field);
    const value =
      field === "date" ? rows.get(row, field) || t("desk.date_none") : rows.tell(field, rows.get(row, field));
    const words = SIDES.includes(field) ? t(`desk.fields.${field}`) : value;
    return makeButton(words, key, () => view.turn(field), { "aria-pressed": pressed });
  });
  return make("div", { role: "group", "aria-label": t("desk.turns") }, turns);
}
function explainPlace(view, row) {
  const { t, rows } = view;
  const [, why, pair, percent] = rows.desk.pays?.[row.mention_id] ?? [];
  if (!why) return "";
  const names = splitIds(pair).map((id) => rows.name(id));
  const sure = percent === null ? "" : t("desk.pays.percent", { percent });
  return [why === "doubt" ? "" : t(`desk.pays.${why}`, { pair: names.join(" – ") }), sure].filter(Boolean).join(" · ");
}

// review/fields.js
var FIELDS = ["event_type", "source_actors", "target_actors", "mutual", "date", "status", "cue", "speaker"];
var LESS_USED = ["date_basis", "mode", "context", "stance", "credibility", "quote"];
var LONGEST = 1e3;
function drawAlternatives(view, row) {
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
function drawReadings(view, row) {
  const drawn = view.listReadings(row).map(({ title, told }, at) => {
    const words = [make("b", {}, title), make("br"), told];
    return makeButton(words, ",."[at] ?? "", () => view.takeReading(at));
  });
  const named = { role: "group", "aria-label": view.t("desk.readings"), class: "readings" };
  return drawn.length > 1 && make("div", named, drawn);
}
function drawForm(view, row) {
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
var NEW_ACTORS = ["person", "organisation", "group"];
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
function makeChecks(view) {
  const { t, rows, card } = view;
  const judged = new Map();
  const silent = new Set();
  let held = null;
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
      if (hint.dataset.asked === edtf) show(answer);
      resume(edtf);
    };
    const giveUp = () => {
      silent.add(edtf);
      resume(edtf);
    };
    view.ask({ ask: "date", text: edtf }, take, giveUp);
  }
  function isSound(row, run) {
    const faults = findFaults(rows, row, readTyped(card), judged);
    if (faults.size) {
      view.say(Array.from(faults.values()).join(" "));
      showFaults(card, faults);
      return false;
    }
    const [, date] = rows.changesOf(row).find(([field]) => field === "date") ?? [];
    if (!date || judged.has(date) || silent.has(date)) return true;
    held = { date, run, row: row.mention_id };
    const input = card.querySelector("[data-field=date]");
    if (input) explain(date, input);
    return false;
  }
  function resume(edtf) {
    if (!held || held.date !== edtf) return;
    const { run, row } = held;
    held = null;
    if (view.onDesk()?.mention_id === row) run();
  }
  return { explain, isSound };
}
function readTyped(card) {
  const finders = findAll("input[role=combobox][data-field]", card);
  return new Map(finders.map((input) => [input.dataset.field ?? "", input.value.trim()]));
}
function findFaults(rows, row, typed, judged) {
  const { t } = rows;
  const found = new Map();
  const changed = new Map(rows.changesOf(row));
  if (!row.condition_id && changed.get("event_type") === "") found.set("event_type", t("desk.missing_type"));
  for (const [field, words] of typed) if (words) found.set(field, t("desk.fault_actor", { words }));
  const [, , sentence] = rows.sentencesOf(row).find(([no]) => no === row.sentence_no) ?? [];
  for (const field of ["quote", "cue"]) {
    const words = changed.get(field);
    const times = words && sentence !== void 0 ? sentence.split(words).length - 1 : 1;
    const placed = field === "quote" && words && rows.sentenceHolds(row, words);
    if (times !== 1 && !placed) found.set(field, t(times ? "desk.fault_often" : "desk.fault_words"));
  }
  const { fault } = judged.get(changed.get("date") ?? "") ?? {};
  if (fault) found.set("date", fault);
  return found;
}
function showFaults(card, faults) {
  const controls = findAll("[data-field]", card).filter((one) => faults.has(one.dataset.field));
  for (const control of controls) {
    const field = control.dataset.field;
    control.setAttribute("aria-invalid", "true");
    control.closest("details")?.setAttribute("open", "");
    if (field === "date") continue;
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

// review/text.js
function drawText(host, rows, row) {
  if (!row) return host.replaceChildren();
  const sameText = (one) => one.source_id === row.source_id && one.language === row.language;
  const others = Array.from(rows.all.values()).filter(
    (one) => sameText(one) && one.state !== "rejected" && one.mention_id !== row.mention_id,
  );
  const [title, publisher, day] = rows.desk.sources[row.source_id] ?? [row.source_id, "", ""];
  const sentences = rows.sentencesOf(row).flatMap(([no, start2, words, newLine]) => {
    const classes =
      no === row.sentence_no ? markRow(words, start2, rows, row, others) : markOthers(words, start2, others);
    const more = { class: no === row.sentence_no ? "sentence here" : "sentence", "data-no": no };
    return [newLine ? make("br") : " ", make("span", more, makePieces(words, classes))];
  });
  host.replaceChildren(
    make("h3", {}, title),
    make("p", { class: "by" }, [publisher, day, row.source_id].join(" · ")),
    make("p", { lang: row.language, class: "body" }, sentences),
  );
  const here = host.querySelector(".here");
  if (here) {
    const below = here.getBoundingClientRect().top - host.getBoundingClientRect().top;
    host.scrollTop += below - host.clientHeight / 3;
  }
}
function markOthers(words, start2, others) {
  const classes = characters(words).map(() => "");
  for (const one of others) {
    const [from, to] = [Math.max(one.start - start2, 0), Math.min(one.end - start2, classes.length)];
    for (let i = from; i < to; i += 1) classes[i] = "other";
  }
  return classes;
}
function markRow(words, start2, rows, row, others) {
  const classes = markOthers(words, start2, others);
  const place = (part) => {
    const at = part ? words.indexOf(part) : -1;
    return at < 0 ? null : [characters(words.slice(0, at)).length, characters(part).length];
  };
  const moved = rows.get(row, "quote") !== row.quote && place(rows.get(row, "quote"));
  const [from, length] = moved || [Math.max(row.start - start2, 0), row.end - row.start];
  for (let i = from; i < Math.min(from + length, classes.length); i += 1) classes[i] = "evidence";
  const [cue, n] = place(rows.get(row, "cue")) ?? [0, 0];
  for (let i = cue; i < cue + n; i += 1) classes[i] += " cue";
  return classes;
}
function makePieces(words, classes) {
  const letters = characters(words);
  const parts = [];
  for (let i = 0, j = 0; i < letters.length; i = j) {
    while (j < letters.length && classes[j] === classes[i]) j += 1;
    const piece = letters.slice(i, j).join("");
    const tag = classes[i].includes("evidence") ? "mark" : "span";
    parts.push(classes[i] ? make(tag, { class: classes[i] }, piece) : piece);
  }
  return parts;
}
function readSelection(host) {
  const selection = document.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const sentenceOf = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".sentence");
  const here = sentenceOf(range.startContainer);
  if (!here || !host.contains(here)) return null;
  const same = sentenceOf(range.endContainer) === here;
  if (!same && range.endOffset !== 0) return null;
  const before = document.createRange();
  before.selectNodeContents(here);
  before.setEnd(range.startContainer, range.startOffset);
  const inside = document.createRange();
  inside.selectNodeContents(here);
  inside.setStart(range.startContainer, range.startOffset);
  if (same) inside.setEnd(range.endContainer, range.endOffset);
  const words = inside.toString();
  if (!words.trim()) return null;
  const blanks = characters(words).length - characters(words.trimStart()).length;
  return {
    sentence_no: Number(here.dataset.no),
    from: characters(before.toString()).length + blanks,
    words: words.trim(),
  };
}
var nameLanguage = (view, code) => new Intl.DisplayNames([view.language], { type: "language" }).of(code);
function drawTwin(view, row) {
  const { t, rows, twins } = view;
  const others = Object.keys(rows.desk.texts).filter((key) => {
    const [page, language] = key.split(":");
    return page === row.source_id && language !== row.language;
  });
  const partner = twins.partner(row);
  return others.flatMap((key) => {
    const [, language] = key.split(":");
    const [, start2, words] = rows.desk.texts[key].find(([no]) => no === row.sentence_no) ?? [0, 0, ""];
    if (!words) return [];
    const twin = partner?.language === language ? partner : null;
    const classes = twin ? markRow(words, start2, rows, twin, []) : markOthers(words, start2, []);
    const lead = make("p", { class: "hint" }, t("desk.also_in", { language: nameLanguage(view, language) }));
    const sentence = make("p", { lang: language }, makePieces(words, classes));
    return make("div", { class: "twin" }, lead, sentence, twin && drawTogether(view, row, twin));
  });
}
function drawTogether(view, row, twin) {
  const { t, rows, twins } = view;
  const together = twins.of(row) !== null;
  const differing = together ? twins.differences(row, twin).filter((field) => twin[field]) : [];
  const take = differing.map((field) => {
    const words = t("desk.twin_tells", { field: t(`desk.fields.${field}`), value: rows.tell(field, twin[field]) });
    const set = () => {
      rows.change(row, field, twin[field]);
      view.redraw(field);
    };
    return makeButton(words, "", set);
  });
  const told = make("span", { class: "label" }, t(together ? "desk.twin_together" : "desk.twin_alone"));
  const join = (together || twins.isApart(row)) && t(together ? "desk.twin_part" : "desk.twin_join");
  return make("div", { class: "actions" }, told, join && makeButton(join, "z", view.part), take);
}

// review/panels.js
var quoteEvidence = (one, tag = "span") => make(tag, { lang: one.language }, one.evidence);
function drawEvent(view, row) {
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
function drawTitle(view, row) {
  const { t } = view;
  const typed = { type: "text", maxlength: 120, autocomplete: "off" };
  const fields = ["de", "en"].map((lang) => ({ lang, field: make("input", { ...typed, lang, "data-title": lang }) }));
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
function makeDoubts(view) {
  const { t, rows, state, card } = view;
  let doubts = [];
  function askDoubts() {
    view.ask({ ask: "doubts" }, (answer) => {
      doubts = answer.doubts ?? doubts;
      if (!card.querySelector("form :focus, .panel :focus")) view.draw();
    });
  }
  function mergeDoubt() {
    const row = rows.all.get(state.chosen);
    const [found] = row?.event_id && view.canMove(row) ? doubtsOn(view, row) : [];
    if (found) view.merge(found.there.event_id, false);
    else view.warn(t("desk.doubts_none"));
  }
  function decideDoubt(one) {
    const other = rows.all.get(one.other);
    state.chosen = one.row;
    if (other) view.merge(other.event_id, false);
    dismiss(one);
  }
  function dismiss(one) {
    doubts = doubts.filter((other) => other !== one);
    state.panel = "doubts";
    view.draw();
    (findOne(".panel .main", card) ?? findOne(".panel button", card))?.focus();
  }
  return { listDoubts: () => doubts, askDoubts, mergeDoubt, decideDoubt, dismiss };
}
function stillHolds(rows, { row, other }) {
  const [one, two] = [rows.all.get(row), rows.all.get(other)];
  const there = (some) => some.state !== "rejected" && some.event_id;
  return one && two && there(one) && there(two) && one.event_id !== two.event_id;
}
function doubtsOn(view, row) {
  const { rows } = view;
  const tells = (id) => rows.all.get(id)?.event_id === row.event_id;
  const near = view.listDoubts().filter((one) => tells(one.row) || tells(one.other));
  const found = near.filter((one) => stillHolds(rows, one));
  const there = (one) => rows.all.get(tells(one.row) ? one.other : one.row);
  return found.map((one) => ({ ...one, there: there(one) }));
}
function drawDoubts(view, row) {
  const { t, rows } = view;
  const [merge] = row.event_id ? doubtsOn(view, row) : [];
  if (!merge) return [];
  const words = t("desk.doubt_merge", { event: rows.eventName(merge.there), why: merge.why });
  return [make("p", { class: "doubt" }, words, " ", makeButton(t("desk.merge_this"), "M", view.mergeDoubt))];
}
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
function drawBatch(view, row) {
  const { t, rows } = view;
  const found = rows.alike(row).filter((one) => one === row || !view.twins.follows(one));
  if (found.length < 2) return makePanel(t("desk.batch"), make("p", {}, t("desk.batch_none")));
  const boxes = found.map((one) => {
    const checked = !rows.changesOf(one).length;
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
var GROUPS = ["decide", "read", "mend", "events", "go"].map((group) => `desk.help.${group}`);
var drawHelp = (view) => drawKeys(view, "desk.help", GROUPS);
var PANELS = {
  merge: drawMerge,
  batch: drawBatch,
  help: drawHelp,
  mentions: drawMentions,
  doubts: drawDoubtList,
  title: drawTitle,
  name: drawName,
};

// review/card.js
function makeCard(view) {
  const { t, rows, state, card, text, note } = view;
  const beside = make("div", { class: "beside" });
  const near = make("ol", { class: "near", "aria-label": t("desk.neighbours") });
  const board = make("div", { class: "board" }, make("div", { class: "left" }, text, beside), card, near);
  let shown = "";
  function shownText() {
    const looked = isLooking() ? view.overlooked.current() : null;
    const [source_id, language] = state.where.split(":");
    const chosen = language ? { mention_id: "", source_id, language, sentence_no: 0 } : null;
    return looked ?? view.onDesk() ?? chosen;
  }
  const isLooking = () => state.panel === "overlooked" && !state.missed;
  function draw() {
    const row = view.onDesk();
    view.drawProgress();
    drawText(text, rows, shownText());
    drawNear();
    beside.replaceChildren(...(row && !isLooking() && !state.missed ? drawTwin(view, row) : []));
    card.replaceChildren(...(isLooking() ? view.overlooked.draw() : row ? drawCard(row) : drawEmpty()));
  }
  function drawNear() {
    if (isLooking()) return near.replaceChildren();
    const found = view.listRows(true);
    const at = found.findIndex((row) => row.mention_id === state.chosen);
    const go = (row) => {
      view.choose(row.mention_id);
      card.focus();
    };
    const items = found.slice(Math.max(at - 2, 0), Math.max(at, 2) + 4).map((row) => {
      const facts = [t(`desk.${row.state}`), row.confidence, view.isLater(row) && t("desk.later_mark")];
      const words = [
        make("b", {}, rows.summary(row)),
        ` · ${facts.filter(Boolean).join(" · ")} · `,
        quoteEvidence(row),
      ];
      const here = row.mention_id === state.chosen && "true";
      return make("li", { "aria-current": here }, make("button", { type: "button", onclick: () => go(row) }, words));
    });
    near.replaceChildren(...items);
  }
  function drawEmpty() {
    const words = state.loaded ? t("desk.empty") : t("desk.loading");
    const look = state.loaded && !rows.all.size && view.drawKey("o");
    return [make("p", {}, words), note, state.where && view.drawKey("i"), look].filter(Boolean);
  }
  function drawCard(row) {
    const { missed, panel } = state;
    const changed = rows.changesOf(row).length > 0;
    const met = rows.met.has(row.mention_id) && view.meetings.describe(row.mention_id);
    const acts = missed ? [drawAdding()] : [...drawDoubts(view, row), drawActions(changed)];
    if (shown !== row.mention_id) card.scrollTop = 0;
    shown = row.mention_id;
    return [
      make("div", { class: "top" }, drawHead(row, changed), acts, note),
      met && make("p", { class: "wrong met" }, met),
      (!missed || panel === "help") && PANELS[panel]?.(view, row),
      drawAlternatives(view, row),
      drawForm(view, row),
      !missed && drawEvent(view, row),
      !missed && drawTools(row),
    ].filter(Boolean);
  }
  function drawHead(row, changed) {
    const { missed } = state;
    const found = view.listRows();
    const at = found.findIndex((one) => one.mention_id === state.chosen) + 1;
    const standing = row.waits ? t("desk.saving", { n: 1 }) : t(`desk.${row.state}`);
    const facts = [
      !missed && t("desk.place", { at, n: found.length }),
      row.mention_id,
      row.confidence && t(`desk.sureness.${row.confidence}`),
      row.readers && t(`desk.readers.${row.readers.replace(";", "_")}`),
      row.rule && rows.tellRule(row.rule),
      !missed && standing,
      view.isLater(row) && t("desk.later_mark"),
      changed && t("desk.changed"),
    ];
    const listSides = (cell) =>
      splitIds(cell)
        .map((side) => t(`desk.fields.${side}_actors`))
        .join(", ");
    const lines = [
      facts.filter(Boolean).join(" · "),
      state.order === "pays" && !missed && explainPlace(view, row),
      row.decided,
      row.inferred && t("desk.inferred", { sides: listSides(row.inferred) }),
      row.mapped && t("desk.mapped", { sides: listSides(row.mapped) }),
    ];
    const told = lines.filter(Boolean).map((line) => make("p", { class: "facts" }, line));
    return make("header", {}, make("h3", {}, missed ? t("desk.add_hint") : rows.summary(row)), told);
  }
  function drawActions(changed) {
    const save = makeButton(t(changed ? "desk.save" : "desk.accept"), "a", view.accept, { class: "main" });
    const named = { class: "actions", role: "toolbar", "aria-label": t("desk.actions") };
    return make("div", named, save, Array.from("rupn?", view.drawKey));
  }
  function drawAdding() {
    const save = makeButton(t("desk.add_save"), "a", view.saveMissed, { class: "main" });
    const drop = makeButton(t("desk.add_cancel"), "Escape", view.dropMissed);
    return make("div", { class: "actions" }, save, drop, drawEvidence());
  }
  function drawTools(row) {
    const named = { class: "actions tools", role: "toolbar", "aria-label": t("desk.tools") };
    const event = Array.from(row.event_id ? "vtgh" : "gh", view.drawKey);
    return make("div", named, Array.from("eymslio", view.drawKey), drawEvidence(), event);
  }
  const drawEvidence = () => makeButton(t("desk.evidence_set"), "", view.setEvidence);
  function toggle(which) {
    if (["merge", "mentions", "title"].includes(which) && !view.canMove(rows.all.get(state.chosen))) return;
    state.panel = state.panel === which ? "" : which;
    state.picked = readSelection(text)?.words ?? "";
    if (which === "overlooked") view.overlooked.ask();
    view.warn();
    draw();
    (findOne(".panel input, .panel button", card) ?? card).focus({ preventScroll: true });
    card.scrollTop = 0;
  }
  function close(panel = "") {
    card.scrollTop = 0;
    state.panel = panel;
    view.warn();
    draw();
    card.focus();
  }
  const edit = () => findOne("form select, form input", card)?.focus();
  return { board, shownText, draw, toggle, close, edit };
}

// review/decisions.js
function makeActs(view) {
  const { t, rows, twins, meetings, queue, state } = view;
  const behind = state.behind;
  const onRow = () => rows.all.get(state.chosen);
  const setWaits = (id, waits) => {
    const row = rows.all.get(id);
    if (row) row.waits = waits;
  };
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
    const busy = state.missed || rows.working.has(state.chosen);
    if (met && leads && !busy) view.choose(row, true);
    view.warn(told.join(" "), ...(leads && busy ? [makeButton(row, "", () => view.choose(row, true))] : []));
  }
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
    if (own && !edits.length && !row.waits && alike) return leave(t("desk.accepted"));
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
  function leave(what) {
    view.go(1, true);
    const row = onRow();
    view.say(`${what}. ${view.tellLeft()}. ${row ? rows.summary(row) : ""}`);
    view.card.focus({ preventScroll: true });
  }
  function dropChanges(row) {
    rows.working.delete(row.mention_id);
    view.draw();
    view.say(t("desk.unchanged"));
  }
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
  function part() {
    const row = onRow();
    if (!row || !twins.partner(row)) return view.warn(t("desk.twin_none"));
    twins.toggle(row);
    view.draw();
    view.say(t(twins.of(row) ? "desk.twin_together" : "desk.twin_alone"));
  }
  return { act, conclude, toEdits, accept, reject, undo, canMove, split, merge, batch, entitle, part };
}
function makeMissed(view) {
  const { t, rows, queue, state } = view;
  function startMissed() {
    const found = readSelection(view.text);
    if (!open(view.shownText() ?? {}, found)) return;
    view.draw();
    findOne(found ? "select" : "[data-field=quote]", view.card)?.focus();
  }
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
  function open({ source_id, language }, found) {
    if (!source_id) return null;
    const blank = Object.fromEntries(rows.desk.columns.map((name) => [name, ""]));
    const usual = { mutual: "no", status: "asserted", stance: "supports", credibility: "6", state: "open", quote: "" };
    const id = `A-${source_id}-${language}.${queue.token}-${queue.count + 1}`;
    const place = { mention_id: id, source_id, language, sentence_no: 0, start: 0, end: 0 };
    const missed = { ...blank, ...usual, ...place };
    state.missed = missed;
    if (found) placeMissed(found);
    state.panel = "";
    view.warn();
    return missed;
  }
  function placeMissed(found) {
    const { missed } = state;
    if (!missed) return;
    if (!found) return Object.assign(missed, { evidence: "", end: missed.start });
    missed.sentence_no = found.sentence_no;
    const start2 = rows.sentenceStart(missed) + found.from;
    const end = start2 + characters(found.words).length;
    Object.assign(missed, { quote: found.words, evidence: found.words, start: start2, end });
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
function makeChanges(view) {
  const { t, rows, offers, state } = view;
  function redraw(field) {
    view.draw();
    if (field) findOne(`[data-field="${field}"]`, view.card)?.focus();
  }
  function setRoles(reading, field = "") {
    rows.setRoles(view.onDesk(), reading);
    redraw(field);
  }
  function pickOffer(digit, stay) {
    const row = view.onDesk();
    if (!row) return;
    if (!offers.choose(row, digit, stay)) return view.draw();
    const filled = rows.summary(row);
    view.accept();
    if (state.chosen !== row.mention_id) view.say(`${filled}. ${view.live.textContent}`);
  }
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
  function takeRoles(reading, stay) {
    const row = view.onDesk();
    if (!row) return;
    rows.setRoles(row, reading);
    if (!stay && !state.missed && rows.isOpen(row) && !offers.lacking(row)) view.accept();
    else view.draw();
  }
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
function makeReadings(view) {
  const { t, rows, state } = view;
  const tellSides = (source, target) => `${rows.names(source)} → ${rows.names(target)}`;
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
  function takeReading(at) {
    const row = state.missed ? void 0 : rows.all.get(state.chosen);
    const reading = row && listReadings(row)[at];
    if (reading) reading.take();
    else view.warn(t("desk.reading_none"));
  }
  return { listReadings, takeReading };
}

// kit/focus.js
var isModified = (event) => event.ctrlKey || event.metaKey || event.altKey;

// review/keys.js
var ALIASES = { Enter: "a", j: "n", ArrowDown: "n", k: "p", ArrowUp: "p" };
var PANEL_KEYS = {
  m: "merge",
  l: "batch",
  o: "overlooked",
  v: "mentions",
  t: "title",
  g: "doubts",
  h: "name",
  "?": "help",
};
var VERBS = {
  a: "accept",
  r: "reject",
  u: "undo",
  p: "previous",
  n: "next",
  e: "edit",
  y: "later",
  s: "split",
  i: "add",
};
var REPEATABLE = new Set(["n", "p"]);
var WHILE_ADDING = new Set(["a", "e", ..."xXbB", "f", "E", "?", ...Object.keys(STATUS)]);
function makeKeys(view) {
  const { t, rows, offers, state, card, text, root } = view;
  const reach = (field) => findOne(`input[data-field="${field}"]`, card)?.focus();
  const read = (which, stay) => () => {
    const row = view.onDesk();
    if (row) view.takeRoles(rows[which](row), stay);
  };
  const chosenSide = () => {
    const row = view.onDesk();
    return (row && offers.side(row)) || "source_actors";
  };
  const KEYS = {
    a: view.accept,
    r: view.reject,
    y: view.postpone,
    u: view.undo,
    n: () => view.go(1),
    p: () => view.go(-1),
    e: view.edit,
    x: read("swapped", false),
    X: read("swapped", true),
    b: read("flipped", false),
    B: read("flipped", true),
    f: () => reach(chosenSide()),
    d: view.nextDate,
    E: () => reach("date"),
    s: view.split,
    i: view.startMissed,
    z: view.part,
    M: view.mergeDoubt,
    ",": () => view.takeReading(0),
    ".": () => view.takeReading(1),
  };
  for (const [key, which] of Object.entries(PANEL_KEYS)) KEYS[key] = () => view.toggle(which);
  for (const [key, status] of Object.entries(STATUS)) KEYS[key] = () => view.setStatus(status);
  for (const [key, field] of Object.entries(TURNS)) KEYS[key] = () => view.turn(field);
  const drawKey = (key) => makeButton(t(`desk.${VERBS[key] ?? PANEL_KEYS[key]}`), key, KEYS[key]);
  function walk(panel, step) {
    const stops = findAll("input, button", panel);
    stops[stops.indexOf(focused()) + step]?.focus();
  }
  function press(event) {
    const { key, target } = event;
    const typing = target.closest("input:not([type=checkbox]), select, textarea");
    const within = target.closest(".panel");
    if (key === "Escape") {
      event.preventDefault();
      return state.missed && !typing ? view.dropMissed() : view.close();
    }
    if (within && (key === "ArrowDown" || key === "ArrowUp")) {
      event.preventDefault();
      return walk(within, key === "ArrowDown" ? 1 : -1);
    }
    if (key === "Enter" && (event.ctrlKey || event.metaKey) && card.contains(target)) {
      event.preventDefault();
      return event.repeat || view.accept();
    }
    if (typing || isModified(event)) return;
    if ((key === "Enter" || key === " ") && target.closest("button, summary, input")) return;
    if (text.contains(target) && key.startsWith("Arrow")) return;
    if (state.panel === "overlooked" && !state.missed && view.overlooked.press(event)) return;
    const [digit, stay] = readDigit(event, KEYS);
    const name = ALIASES[key] ?? key;
    if (digit < 0 && !Object.hasOwn(KEYS, name)) return;
    event.preventDefault();
    if (event.repeat && !REPEATABLE.has(name)) return;
    if (state.missed && digit < 0 && !WHILE_ADDING.has(name)) return view.warn(t("desk.add_open"));
    const inside = card.contains(target);
    if (digit >= 0) view.pickOffer(digit, stay);
    else KEYS[name]();
    if (inside && !root.contains(document.activeElement)) card.focus({ preventScroll: true });
  }
  root.addEventListener("keydown", press);
  return { drawKey };
}

// review/order.js
var LATER_KEY = "lagebild-review-later:";
function makeOrder(view) {
  const { t, rows, twins, state } = view;
  const key = LATER_KEY + rows.desk.place;
  const later = readNames(key);
  const onDesk = () => state.missed ?? rows.all.get(state.chosen);
  const shows = {
    all: () => true,
    open: (row) => rows.isOpen(row),
    decided: (row) => !rows.isOpen(row),
    two: (row) => rows.isOpen(row) && rows.two.has(row.mention_id),
    parted: (row) => rows.isOpen(row) && rows.parted.has(row.mention_id),
  };
  const isShown = (row) => shows[state.show](row);
  const isLater = (row) => later.has(row.mention_id) && rows.isOpen(row);
  const payPlace = (row) => rows.desk.pays?.[row.mention_id]?.[0] ?? rows.all.size;
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
  function first() {
    if (state.missed) return view.warn(t("desk.add_open"));
    if (!listRows().some((row) => row.mention_id === state.chosen && isShown(row))) state.chosen = "";
    state.chosen ||= listRows()[0]?.mention_id ?? "";
    view.draw();
  }
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
var ORDER_KEY = "lagebild-review-order";
var ORDERS = ["pays", "text", "confidence", "rule", "latest"];
var startBar = (model) => ({
  by: model.get("reviewer") || memory.get(REVIEWER_KEY) || model.get("login"),
  reason: "",
  show: "open",
  where: "",
  confidence: "",
  order: memory.get(ORDER_KEY),
  search: "",
  language: model.get("language"),
});
function makeBar(view) {
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
    if (!rows.working.has(state.chosen)) state.chosen = "";
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
  function set(values) {
    for (const [name, value] of Object.entries(values)) state[name] = controls[name].value = value;
  }
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
var listConfidence = (t) => [...["A", "B", "C"].map((one) => [one, one]), ["coded", t("desk.coded")]];
function makeProgress(view) {
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

// review/overlooked.js
var EMPTY_KEY = "lagebild-overlooked:";
var LISTED_AFTER = 5;
var PASSED_KEYS = new Set(["o", "u", "i", "?"]);
function makeOverlooked(view) {
  const { t, rows, queue } = view;
  const key = EMPTY_KEY + rows.desk.place;
  const empty = readNames(key);
  const marked = [];
  let found = null;
  let [n, at, asked] = [0, 0, false];
  const nameOf = (one) => [one.source_id, one.language, one.sentence_no, one.start, one.end].join(":");
  const placeOf = (one) => `${one.source_id}:${one.sentence_no}`;
  function listCovered() {
    const covered = new Set(Array.from(rows.all.values(), placeOf));
    for (const act of queue.acts)
      for (const one of act.rows)
        if (one.action === "add") {
          const [source_id, , sentence_no] = one.value.split(":");
          covered.add(placeOf({ source_id, sentence_no }));
        }
    return covered;
  }
  function listLeft() {
    const covered = listCovered();
    const isLeft = (one) => !empty.has(nameOf(one)) && !covered.has(placeOf(one));
    const known = found ?? [];
    const left = known.filter(isLeft);
    const only = view.state.where;
    return {
      left: left.filter((one) => !only || only === `${one.source_id}:${one.language}`),
      n: n - known.length + left.length,
    };
  }
  function current() {
    if (!found) return null;
    const { left } = listLeft();
    at = Math.max(Math.min(at, left.length - 1), 0);
    return left[at] ?? null;
  }
  function ask() {
    if (asked) return;
    asked = true;
    view.ask({ ask: "overlooked" }, hear);
  }
  function hear(answer) {
    asked = !answer.wait;
    if (answer.wait) view.warn(answer.wait);
    else {
      [n, at] = [answer.n, 0];
      found = answer.overlooked.map(([source_id, language, sentence_no, start2, end, types, actors]) => {
        const row = { mention_id: "", source_id, language, sentence_no, start: start2, end };
        const [, , words] = rows.sentencesOf(row).find(([no]) => no === sentence_no) ?? [0, 0, ""];
        return { ...row, types: splitIds(types), actors: splitIds(actors), evidence: words, quote: words };
      });
    }
    view.draw();
    tellCurrent();
  }
  function tellCurrent() {
    const one = current();
    if (one) view.say(`${describe(one)} ${one.evidence}`);
  }
  const describe = (one) => `${one.types.map((type, k) => `${k + 1} ${rows.typeName(type)}`).join(", ")}.`;
  function go(to) {
    at = to;
    view.draw();
    tellCurrent();
  }
  function markEmpty() {
    const one = current();
    if (!one) return;
    empty.add(nameOf(one));
    marked.push(nameOf(one));
    memory.set(key, JSON.stringify(Array.from(empty)));
    go(at);
  }
  function undo() {
    if (!marked.length) return view.undo();
    empty.delete(marked.pop());
    memory.set(key, empty.size ? JSON.stringify(Array.from(empty)) : "");
    go(at);
  }
  function begin(type) {
    const one = current();
    if (!one || !type) return;
    marked.length = 0;
    view.startOverlooked(one, type);
  }
  const KEYS = {
    n: () => go(at + 1),
    p: () => go(at - 1),
    r: markEmpty,
    Delete: markEmpty,
    u: undo,
  };
  for (const digit of [1, 2, 3]) KEYS[digit] = () => begin(current()?.types[digit - 1]);
  function press(event) {
    const name = ALIASES[event.key] ?? event.key;
    if (!Object.hasOwn(KEYS, name)) return !PASSED_KEYS.has(name);
    event.preventDefault();
    if (!event.repeat || REPEATABLE.has(name)) KEYS[name]();
    return true;
  }
  function draw() {
    const head = make("h3", {}, t("desk.overlooked"));
    const away = makeButton(t("desk.close"), "Escape", () => view.close());
    if (!found) return [head, view.note, make("p", {}, t("desk.overlooked_wait")), away];
    const one = current();
    const { left, n: rest } = listLeft();
    const lead = make("p", { class: "facts" }, t("desk.overlooked_lead", { n: rest }));
    if (!one) return [head, view.note, make("p", {}, t("desk.overlooked_none")), away];
    const types = one.types.map((type, k) => makeButton(rows.typeName(type), String(k + 1), () => begin(type)));
    const facts = [t("desk.overlooked_place", { at: at + 1, n: left.length }), one.source_id];
    const named = one.actors.length && t("desk.overlooked_actors", { names: rows.names(one.actors.join(";")) });
    const after = left.slice(at + 1, at + 1 + LISTED_AFTER).map((next, k) => {
      const run = () => {
        go(at + 1 + k);
        view.card.focus();
      };
      return make("li", {}, make("button", { type: "button", onclick: run }, quoteEvidence(next)));
    });
    const names = { r: "overlooked_empty", p: "previous", n: "next", u: "undo" };
    const tools = Object.entries(names).map(([key2, name]) => makeButton(t(`desk.${name}`), key2, KEYS[key2]));
    return [
      make("header", {}, head, lead, make("p", { class: "facts" }, facts.join(" · "))),
      view.note,
      make("blockquote", { lang: one.language }, one.evidence),
      make("p", { class: "hint" }, [named, t("desk.overlooked_hint")].filter(Boolean).join(" ")),
      make("div", { class: "actions", role: "group", "aria-label": t("desk.fields.event_type") }, types),
      make("div", { class: "actions", role: "toolbar", "aria-label": t("desk.actions") }, tools, away),
      ...(after.length > 0 ? [make("ol", { class: "near", "aria-label": t("desk.overlooked_after") }, after)] : []),
    ];
  }
  return { overlooked: { ask, current, press, draw } };
}

// review/review.js
function makeKernel(view) {
  const { rows, state } = view;
  function take(answer, act) {
    if (answer.rows) hearRows(answer);
    if (answer.note) view.warn(answer.note);
    if (act) view.conclude(act, answer);
    const typing = view.card.contains(focused()) && focused()?.closest("form");
    if (!typing && (answer.whole || answer.fault || state.panel === "overlooked" || isAbout(answer.names))) view.draw();
    else view.drawProgress();
  }
  function isAbout(names = []) {
    const row = view.onDesk();
    const sameRule = (id) => !state.panel && row?.rule && rows.all.get(id)?.rule === row.rule;
    return [state.chosen, row?.event_id].some((id) => names.includes(id)) || names.some(sameRule);
  }
  function hearRows(answer) {
    const id = rows.desk.columns.indexOf("mention_id");
    const there = new Set(answer.rows.map((cells) => cells[id]));
    const isNew = !answer.whole && Array.from(there).some((name) => !rows.all.has(name));
    const { chosen, missed } = state;
    const goes = chosen !== "" && !there.has(chosen) && (answer.whole || answer.names.includes(chosen));
    const before = goes ? view.listRows(true).findIndex((row) => row.mention_id === chosen) : 0;
    if (answer.whole) rows.load(answer.rows);
    else for (const cells of answer.rows) rows.put(cells);
    for (const name of answer.names ?? []) if (!there.has(name)) rows.all.delete(name);
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
function makeActors(view) {
  const { t, rows, state } = view;
  function addActor({ name, type }, take) {
    const row = state.chosen;
    view.ask({ ask: "actor", name, type }, ({ actor, fault, wait }) => {
      if (!actor) return view.warn(fault || wait);
      rows.addActor(actor);
      if (row === state.chosen) take(actor[0]);
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
function makeReopening(view) {
  const { model, rows, queue, state } = view;
  function reopen(answer) {
    for (const name of ["language", "words", "queue"]) model.set(name, answer[name]);
    view.again({ queue, state, met: rows.met, shown: listChanges(rows), answer });
  }
  return { reopen };
}
var listChanges = (rows) => Array.from(rows.working, ([id, fields]) => [id, fields, rows.all.get(id)?.language]);
function takeUp(view, { met, shown, answer }) {
  const { rows, state } = view;
  Object.assign(state, { panel: "", picked: "" });
  rows.met = met;
  view.hearRows(answer);
  restoreChanges(rows, shown, state.apart);
  view.draw();
  view.focusLanguage();
}
function restoreChanges(rows, shown, apart) {
  for (const [id, fields, language] of shown) {
    const row = rows.all.get(id);
    const other = row && language !== row.language;
    const back = apart.get(`${id}:${row?.language}`) ?? {};
    const isText = ([field]) => field === "quote" || field === "cue";
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
var PARTS = [
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
var start = (model) => ({
  ...startBar(model),
  chosen: "",
  // the row on the desk
  missed: null,
  // an event that is being added
  panel: "",
  // what is open on the card: a key of PANELS, or overlooked
  picked: "",
  // the words that were selected when it was opened
  loaded: false,
  // whether the kernel has told the rows
  unwritten: "",
  // why the kernel could not write
  taken: [],
  // acts that undo can take back, the latest last
  sent: new Map(),
  // name of an act → when it was sent first, and when last, and how often
  behind: new Map(),
  // name of an act → the act that it takes back, or the event that it adds
  apart: new Map(),
  // row and language → words of the text that were changed in that language
});
function mount(model, el, kept, again) {
  const t = readWords(model);
  const desk = model.get("queue");
  const queue = kept?.queue ?? new Queue("review", desk.place, desk.content);
  const rows = new Rows(desk, t, queue);
  const view = {
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
  };
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
    for (const act of queue.acts) view.send(act);
  }
  return stop;
}
var review_default = { render: renderAnew(mount) };
export { review_default as default };
