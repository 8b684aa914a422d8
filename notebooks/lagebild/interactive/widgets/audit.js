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
var findOne = (selector, root = document) => root.querySelector(selector);
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

// kit/focus.js
var isModified = (event) => event.ctrlKey || event.metaKey || event.altKey;

// audit/claims.js
var OBJECTIONS = ["differs", "not-found"];
var drawSign = (t, verdict) => make("b", { class: "sign", "aria-hidden": "true" }, t(`audit.sign.${verdict}`));
function makeOrder(view) {
  const { t, claims, state } = view;
  const onDesk = () => claims[state.chosen];
  const isShown = (one) => !state.only || one.verdict === state.only;
  function choose(at) {
    const before = onDesk();
    Object.assign(state, { chosen: at, asks: "", help: false });
    view.warn();
    view.markClaim(before);
    view.markClaim(onDesk());
    view.draw();
    view.reach();
  }
  function go(step, fits = isShown, none = "") {
    let to = state.chosen + step;
    while (claims[to] && !fits(claims[to])) to += step;
    if (!claims[to]) return none && view.warn(t(none));
    choose(to);
    view.say(`${t(`audit.verdict.${onDesk().verdict}`)}. ${onDesk().claim}`);
  }
  const goOn = (step) => go(step, (one) => OBJECTIONS.includes(one.verdict), "audit.desk.no_more");
  function first() {
    if (onDesk() && isShown(onDesk())) return view.draw();
    const shown = claims.filter(isShown);
    const next = shown.find((one) => one.at > state.chosen) ?? shown[0];
    if (next) choose(next.at);
    else view.draw();
  }
  return { onDesk, isShown, choose, go, goOn, first };
}
function makeActs(view) {
  const { t, claims, queue, state } = view;
  function act(one, decision, why, undoes) {
    const by = view.nameReviewer();
    if (!by) return false;
    const met = state.met.get(one.hash);
    const reason = met ? `${why}; ${t("desk.reason_met", { by: met.join(", ") })}` : why;
    const name = queue.nextName();
    const row = {
      decision_id: `${name}.1`,
      row: one.hash,
      field: "",
      value: "",
      ...decision,
      by,
      reason,
      date: today(),
    };
    const made = { name, at: Date.now(), rows: [row], seen: { [one.hash]: one.latest } };
    queue.put(made);
    if (undoes) state.behind.set(name, undoes);
    else state.taken.push(made);
    state.met.delete(one.hash);
    for (const same of claims) if (same.hash === one.hash) same.waits = undoes ? same.says : decision.action;
    view.warn();
    view.send(made);
    return true;
  }
  function overrule(verdict, why) {
    const one = view.onDesk();
    if (!act(one, { action: verdict }, why)) return;
    view.close();
    view.say(t("audit.desk.set_done", { verdict: t(`audit.verdict.${verdict}`) }));
  }
  function undo() {
    const last = state.taken.findLast((one2) => one2.rows[0].by === state.by.trim());
    const one = last && claims.find((each) => each.hash === last.rows[0].row);
    if (!one) return view.warn(t("desk.no_undo"));
    if (!act(one, { action: "undo", value: last.rows[0].decision_id }, t("desk.reason_undo"), last)) return;
    state.taken = state.taken.filter((each) => each !== last);
    view.choose(one.at);
    view.say(t("desk.undone"));
  }
  function take({ states, taken, note, fault, met }, acted) {
    if (states) hearStates(states, taken);
    if (note) view.warn(note);
    if (acted) conclude(acted, fault, met);
    if (!view.card.querySelector(".asking")) view.draw();
    else view.drawProgress();
  }
  function hearStates(states, taken) {
    for (const [at, [, verdict, by, why, latest]] of states.entries()) {
      const waits = queue.has(claims[at].hash) && claims[at].waits;
      const changed = claims[at].verdict !== verdict;
      Object.assign(claims[at], { verdict, by, why, latest, waits });
      if (changed) view.markClaim(claims[at]);
    }
    state.loaded = true;
    view.loadTaken(taken);
  }
  function conclude({ name, rows: [row] }, fault, met) {
    const undoes = state.behind.get(name);
    state.behind.delete(name);
    if (!fault && !met) return;
    const one = claims.find((each) => each.hash === row.row);
    const where = { row: one ? `${t("audit.desk.claim")} ${one.at + 1}` : row.row };
    if (undoes) state.taken = [...state.taken.filter((each) => each.name !== undoes.name), undoes];
    if (fault) return view.warn(t("desk.refused", { ...where, fault }));
    const others = met[row.row] ?? [];
    state.met.set(row.row, Array.from(new Set(others.map((each) => each[3]))));
    const tell = ([action, , , by, date]) =>
      `${by} (${date}): ${action === "undo" ? t("desk.undone") : t(`audit.verdict.${action}`)}`;
    const busy = view.card.querySelector(".asking");
    if (one && one.at !== state.chosen && !busy) view.choose(one.at);
    view.warn(t("desk.met", { ...where, what: others.map(tell).join("; ") }));
  }
  return { overrule, undo, take };
}

// audit/card.js
function makeReport(view) {
  const { t, audit, claims, state, text } = view;
  const marks = new Map();
  function makeMark(one, words) {
    const mark = make("span", {
      role: "button",
      "data-at": one.at,
      onclick: () => {
        view.choose(one.at);
        view.card.focus({ preventScroll: true });
      },
    });
    marks.set(one.at, { node: mark, words });
    markClaim(one);
    return mark;
  }
  function markClaim(one) {
    const mark = one && marks.get(one.at);
    if (!mark) return;
    const here = one.at === state.chosen;
    const off = view.isShown(one) ? "" : " off";
    mark.node.className = `claim ${one.verdict}${here ? " here" : ""}${off}`;
    mark.node.tabIndex = here ? 0 : -1;
    if (here) mark.node.setAttribute("aria-current", "true");
    else mark.node.removeAttribute("aria-current");
    if (mark.verdict === one.verdict) return;
    mark.verdict = one.verdict;
    const told = make("span", { class: "hidden", lang: view.root.lang }, `${t(`audit.verdict.${one.verdict}`)}: `);
    mark.node.replaceChildren(drawSign(t, one.verdict), told, mark.words);
  }
  function markReport() {
    for (const one of claims) markClaim(one);
  }
  function drawReport() {
    const letters = Array.from(audit.text);
    const cut = (from, to) => letters.slice(from, to).join("");
    const paragraphs = [[]];
    const put = (words) => {
      const [first, ...rest] = words.split("\n");
      paragraphs[paragraphs.length - 1].push(first);
      for (const line of rest) paragraphs.push([line]);
    };
    let at = 0;
    for (const one of [...claims].sort((a, b) => a.start - b.start)) {
      const again = one.start < at;
      if (!again) put(cut(at, one.start));
      paragraphs[paragraphs.length - 1].push(makeMark(one, again ? "" : cut(one.start, one.end)));
      at = Math.max(at, one.end);
    }
    put(cut(at));
    const filled = paragraphs.filter((parts) => parts.some((part) => typeof part !== "string" || part.trim()));
    text.replaceChildren(
      make(
        "div",
        { class: "body", lang: audit.language },
        filled.map((parts) => make("p", {}, parts)),
      ),
    );
  }
  function reach() {
    const mark = marks.get(state.chosen)?.node;
    if (!mark) return;
    const [there, here] = [mark.getBoundingClientRect(), text.getBoundingClientRect()];
    if (there.top < here.top || there.bottom > here.bottom)
      text.scrollTop += there.top - here.top - text.clientHeight / 3;
  }
  return { drawReport, markClaim, markReport, reach };
}
var REASONS = ["read", "misread", "evidence", "elsewhere"];
var HELP = ["decide", "go"].map((group) => `audit.desk.help.${group}`);
function makeCard(view) {
  const { t, audit, state, card, note } = view;
  function draw() {
    const one = view.onDesk();
    const shown = one && view.isShown(one);
    card.replaceChildren(...(shown ? drawClaim(one) : [make("p", {}, t("audit.desk.empty")), note]));
    view.drawProgress();
  }
  function drawClaim(one) {
    const overruled = one.by && t("audit.overruled", { by: one.by, was: t(`audit.verdict.${one.says}`), why: one.why });
    return [
      make("h3", { class: one.verdict }, drawSign(t, one.verdict), " ", t(`audit.verdict.${one.verdict}`)),
      make("p", { class: "facts" }, t("audit.desk.place", { at: one.at + 1, n: audit.claims.length })),
      make("blockquote", { lang: audit.language }, one.claim),
      make("p", {}, one.reason),
      overruled && make("p", { class: "overruled" }, overruled),
      one.waits &&
        make("p", { class: "facts" }, t("audit.desk.set_done", { verdict: t(`audit.verdict.${one.waits}`) })),
      drawActions(one),
      note,
      state.asks && drawAsking(),
      state.help && drawKeys(view, "audit.desk.help", HELP),
      one.pieces.length > 0 && drawPieces(one.pieces),
      ...drawEvidence(one),
    ].filter(Boolean);
  }
  function drawActions(one) {
    const verdicts = audit.verdicts.map((verdict, at) =>
      makeButton([drawSign(t, verdict), " ", t(`audit.verdict.${verdict}`)], String(at + 1), () => askWhy(verdict), {
        class: verdict,
        "aria-pressed": String(one.verdict === verdict),
      }),
    );
    const named = (words, nodes) => make("div", { class: "actions", role: "toolbar", "aria-label": words }, nodes);
    const go = ["n", "p", "N", "P", "u", "?"].map((key) => view.drawKey(key));
    return make("div", { class: "tools" }, named(t("audit.desk.set"), verdicts), named(t("desk.actions"), go));
  }
  function askWhy(verdict) {
    if (!view.onDesk()) return;
    Object.assign(state, { asks: verdict, help: false });
    view.warn();
    draw();
    findOne(".asking input", card)?.focus();
  }
  function drawAsking() {
    const reasons = REASONS.map((name) => t(`audit.desk.why.${name}`));
    const save = (why) => view.overrule(state.asks, why);
    const write = (event) => {
      event.preventDefault();
      save(input.value.trim() || reasons[0]);
    };
    const press = (event) => {
      const why = reasons[Number(event.key) - 1];
      if (input.value || !why || isModified(event)) return;
      event.preventDefault();
      save(why);
    };
    const input = make("input", { type: "text", maxlength: 300, autocomplete: "off", onkeydown: press });
    const label = t("audit.desk.ask", { verdict: t(`audit.verdict.${state.asks}`) });
    const offers = reasons.map((why, at) =>
      make(
        "li",
        {},
        makeButton(why, String(at + 1), () => save(why)),
      ),
    );
    return make(
      "form",
      { class: "panel asking", onsubmit: write, "aria-label": label },
      withLabel(label, input, { class: "wide" }),
      make("p", { class: "hint" }, t("audit.desk.ask_hint")),
      make("ul", {}, offers),
    );
  }
  function drawPieces(pieces) {
    const unseen = { del: "audit.deleted", ins: "audit.inserted" };
    const drawn = pieces.map(([how, words]) =>
      how === "same" ? words : make(how, {}, make("span", { class: "hidden" }, `${t(unseen[how])} `), words),
    );
    return make("p", { class: "diff", lang: audit.language }, drawn);
  }
  function drawEvidence(one) {
    const drawn = one.witnesses.map((each) => {
      const facts = [each.publisher, each.day, each.grade, each.status && t(`status.${each.status}`), each.name];
      const told = make("span", { lang: each.language }, each.text);
      const stance = make("b", { class: each.stance }, `${t(`stance.${each.stance}`)}: `);
      return make("li", {}, stance, told, make("p", { class: "facts" }, facts.filter(Boolean).join(" · ")));
    });
    const heading = [t("audit.desk.evidence"), one.publishers].filter(Boolean).join(" · ");
    const none = make("p", { class: "facts" }, t("audit.desk.evidence_none"));
    return [make("h4", {}, heading), drawn.length ? make("ul", { class: "witnesses" }, drawn) : none];
  }
  function toggleHelp() {
    Object.assign(state, { help: !state.help, asks: "" });
    draw();
    (findOne(".panel button", card) ?? card).focus({ preventScroll: true });
  }
  function close() {
    Object.assign(state, { help: false, asks: "" });
    view.warn();
    draw();
    card.focus({ preventScroll: true });
  }
  return { draw, askWhy, toggleHelp, close };
}

// audit/audit.js
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
function makeProgress(view) {
  const { t, claims } = view;
  const meter = make("progress", { "aria-label": t("desk.progress") });
  const counts = make("p", { class: "counts" });
  function drawProgress() {
    const objected = claims.filter((one) => OBJECTIONS.includes(one.says));
    const done = objected.filter((one) => one.by).length;
    const more = claims.filter((one) => one.by).length - done;
    Object.assign(meter, { max: Math.max(objected.length, 1), value: done });
    counts.textContent = t(more ? "audit.desk.done_more" : "audit.desk.done", { done, n: objected.length, more });
    view.drawFilters();
    view.drawSaving();
  }
  return { meter, counts, drawProgress };
}
var ALIASES = { j: "n", ArrowDown: "n", k: "p", ArrowUp: "p" };
var NAMES = {
  n: "audit.desk.next",
  p: "audit.desk.previous",
  N: "audit.desk.next_wrong",
  P: "audit.desk.previous_wrong",
  u: "desk.undo",
  "?": "desk.help",
};
var REPEATABLE = new Set(["n", "p", "N", "P"]);
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
    if (target === text && key.startsWith("Arrow")) return;
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
var PARTS = [
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
var start = (model) => ({
  by: model.get("reviewer") || memory.get(REVIEWER_KEY) || model.get("login"),
  chosen: 0,
  // the place of the claim on the card
  only: "",
  // the one verdict that is shown
  asks: "",
  // the verdict of which the card asks the reason
  help: false,
  // whether the keys are shown
  loaded: false,
  // whether the kernel has told how the claims stand
  unwritten: "",
  // why the kernel could not write
  taken: [],
  // acts that undo can take back, the latest last
  sent: new Map(),
  // name of an act → when it was sent first, and when last, and how often
  behind: new Map(),
  // name of an undo → the act that it takes back
  met: new Map(),
  // claim → who decided on it meanwhile
});
function mount(model, el, kept, again) {
  const t = readWords(model);
  const audit = model.get("audit");
  const view = {
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
  };
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
    for (const act of view.queue.acts) view.send(act);
  }
  return stop;
}
var audit_default = { render: renderAnew(mount) };
export { audit_default as default };
