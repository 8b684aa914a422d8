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
var closest = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);
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
var setDisabled = (button, off) => button.setAttribute("aria-disabled", String(off));
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

// explore/alone.js
function readBytes(text) {
  const signs = atob(text);
  const bytes = new Uint8Array(signs.length);
  for (let i = 0; i < signs.length; i++) bytes[i] = signs.charCodeAt(i);
  return bytes;
}
async function readState(text) {
  const stream = new Blob([readBytes(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  const state = JSON.parse(await new Response(stream).text());
  for (const [name, column] of Object.entries(state.events))
    if (typeof column === "string") state.events[name] = readBytes(column);
  return {
    get: (name) => state[name],
    set: (name, value) => {
      state[name] = value;
    },
    save_changes: () => {},
    send: () => {},
    on: () => {},
    off: () => {},
  };
}
function followTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    document.body.dataset.jpThemeLight = String(!dark.matches);
  };
  dark.addEventListener("change", follow);
  follow();
}
async function openAlone(held2, render2) {
  const model = await readState(held2.textContent ?? "");
  followTheme();
  const el = document.createElement("div");
  document.getElementById("opening")?.replaceWith(el);
  render2({ model, el });
}

// kit/match.js
var TERM = /"([^"]*)"|([^\s"]+)/g;
var fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll("ς", "σ")
    .replace(/[^\p{L}\p{N}\n]+/gu, " ");
var foldAll = (texts) =>
  texts.length
    ? fold(texts.map((text) => text.replaceAll("\n", " ")).join("\n"))
        .split("\n")
        .map((line) => ` ${line.trim()} `)
    : [];
function readTerms(words) {
  const terms = Array.from(words.replace(/[„“”‟«»＂]/g, '"').matchAll(TERM), ([, phrase, word]) => {
    const folded = fold((phrase || word || "").replaceAll("\n", " ")).trim();
    return folded && (phrase ? ` ${folded} ` : word.startsWith("*") ? folded : ` ${folded}`);
  });
  return terms.filter(Boolean);
}
function splitFound(text, terms) {
  const folded = [" "],
    places = [0];
  let at = 0;
  for (const sign of text) {
    for (const one of fold(sign === "\n" ? " " : sign).split("")) {
      if (one === " " && folded[folded.length - 1] === " ") continue;
      folded.push(one);
      places.push(at);
    }
    at += sign.length;
  }
  if (folded[folded.length - 1] !== " ") folded.push(" ");
  places.push(at, at);
  const line = folded.join("");
  const asked = new Uint8Array(text.length + 1);
  for (const term of terms) {
    for (let from = line.indexOf(term); from >= 0; from = line.indexOf(term, from + 1)) {
      const first = from + (term.startsWith(" ") ? 1 : 0),
        last = from + term.trimEnd().length - 1;
      asked.fill(
        1,
        places[first],
        places.find((place, i) => i > last && place > places[last]),
      );
    }
  }
  const pieces = [];
  let start = 0;
  while (start < text.length) {
    const end = asked.indexOf(pieces.length % 2 ? 0 : 1, start);
    pieces.push(text.slice(start, end < 0 ? text.length : end));
    start = end < 0 ? text.length : end;
  }
  return pieces;
}
function rankName(id, hay, asked) {
  return [id.toLowerCase() === asked, hay.startsWith(asked), hay.includes(` ${asked}`), hay.includes(asked)].indexOf(
    true,
  );
}
var isOpen = (day) => day === "" || day === null || day === void 0;
var touchesPeriod = (first, last, since, until) =>
  (isOpen(since) || isOpen(last) || /** @type {Day} */ last >= /** @type {Day} */ since) &&
  (isOpen(until) || isOpen(first) || /** @type {Day} */ first <= /** @type {Day} */ until);

// explore/data.js
var OPEN_FROM = -(2 ** 31);
var OPEN_TO = 2 ** 31 - 1;
var ABOUT = 1;
var BEFORE = 2;
var ONWARDS = 4;
var LANES = ["material_cooperation", "verbal_cooperation", "verbal_conflict", "material_conflict"];
var CONTESTED = ["no", "particulars", "occurrence"];
var PART = String.fromCharCode(31);
var SIGNS = { 1: "+", "-1": "−", 0: "±" };
var HOLLOW = new Set(["hypothetical", "negated", "open"]);
var isHollow = (data, i) => HOLLOW.has(data.status_ids[data.status[i]]) || data.contested[i] === 2;
var toDay = (iso) => (iso ? Math.round(Date.parse(`${iso}T00:00Z`) / 864e5) : null);
var toIso = (day) => new Date(day * 864e5).toISOString().slice(0, 10);
function readData(model) {
  const raw = model.get("events");
  const lists = model.get("lists");
  const array = (name, Kind) => {
    const { buffer, byteOffset, byteLength } = raw[name];
    return new Kind(buffer.slice(byteOffset, byteOffset + byteLength));
  };
  const texts = (name) => new TextDecoder().decode(raw[name]).split(PART);
  const data = {
    n: raw.n,
    asOf: lists.as_of,
    start: lists.start,
    saturation: lists.saturation,
    words: texts("words"),
    edtf: texts("edtf"),
    ids: texts("ids"),
    summaries: texts("summaries"),
  };
  for (const name of ["type", "status", "contested", "mutual", "dated"]) data[name] = array(name, Uint8Array);
  data.publishers = array("publishers", Uint16Array);
  for (const name of ["sources", "targets", "people", "outlets", "ties"])
    for (const part of [name, `${name}_from`]) data[part] = array(part, Uint32Array);
  for (const name of ["date", "pairs"]) data[name] = array(name, Uint32Array);
  for (const name of ["process", "place"]) data[name] = array(name, Uint32Array);
  for (const name of ["span", "intensity"]) data[name] = array(name, Int32Array);
  data.actors = lists.actors.map(([id, name, forms]) => ({ id, name, hay: `${name} ${id} ${forms}`.toLowerCase() }));
  data.types = lists.types.map(([id, name, quad, intensity]) => ({
    id,
    name,
    lane: LANES.indexOf(quad),
    side: Math.sign(intensity),
  }));
  data.status_ids = lists.status;
  data.outlet_names = lists.publishers;
  data.actorAt = new Map(data.actors.map(({ id }, at) => [id, at]));
  data.first = (date) => data.span[2 * date];
  data.last = (date) => data.span[2 * date + 1];
  data.undated = (date) => data.first(date) === OPEN_FROM && data.last(date) === OPEN_TO;
  data.exact = (date) => !data.dated[date];
  const counts = lists.status.map((id) => id === "asserted" || id === "reported");
  data.weighs = Uint8Array.from({ length: data.n }, (_, i) =>
    counts[data.status[i]] && data.contested[i] < 2 ? 1 : 0,
  );
  const days = Array.from({ length: data.span.length / 2 }, (_, date) => date).filter((date) => !data.undated(date));
  const ends = days
    .flatMap((date) => [data.first(date), data.last(date)])
    .filter((day) => day !== OPEN_FROM && day !== OPEN_TO);
  data.from = ends.reduce((a, b) => Math.min(a, b), data.asOf);
  data.to = ends.reduce((a, b) => Math.max(a, b), data.from);
  return data;
}
var Acts = class {
  constructor(data) {
    this.data = data;
    this.strongest = new Map();
  }
  add(i, tie) {
    const { process, place, ties, intensity } = this.data;
    const weight = intensity[tie] / 1e3;
    if (!process[i]) return weight;
    const key = `${process[i]} ${ties[tie]}`;
    const [held2, at] = this.strongest.get(key) ?? [0, Infinity];
    const more = Math.abs(weight) - Math.abs(held2);
    if (more < 0 || (more === 0 && place[i] > at)) return 0;
    this.strongest.set(key, [weight, place[i]]);
    return weight - held2;
  }
};
function makeWords(t, data, language) {
  const locale = language === "de" ? "de-DE" : "en-GB";
  const format = (options) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
  const long = format({ day: "numeric", month: "long", year: "numeric" });
  const short = format({ day: "numeric", month: "short", year: "numeric" });
  const month = format({ month: "short", year: "numeric" });
  const full = format({ month: "long", year: "numeric" });
  const little = format({ day: "numeric", month: "short" });
  const count = new Intl.NumberFormat(locale),
    tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
    thousands = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
  const at = (day) => new Date(day * 864e5);
  const list = (of, i) => Array.from(data[of].subarray(data[`${of}_from`][i], data[`${of}_from`][i + 1]));
  const names = (of, i) =>
    list(of, i)
      .map((actor) => data.actors[actor].name)
      .join(", ") || "–";
  const units = new Map();
  const name = (unit, start) => {
    const end = nextOf(unit, start) - 1;
    if (unit === "day") return long.format(at(start));
    if (unit === "week") return short.formatRange(at(start), at(end));
    if (unit === "month") return full.format(at(start));
    if (unit === "quarter") return month.formatRange(at(start), at(end));
    return String(at(start).getUTCFullYear());
  };
  const words = {
    day: (day) => long.format(at(day)),
    tick: (day, unit) =>
      unit === "day"
        ? little.format(at(day))
        : unit === "month"
          ? month.format(at(day))
          : String(at(day).getUTCFullYear()),
    number: (n) => count.format(n),
    short: (n) => (n < 1e3 ? String(n) : `${thousands.format(n / 1e3)}k`),
    list,
    unit: (unit, start) => {
      const key = `${unit}${start}`;
      if (!units.has(key)) units.set(key, name(unit, start));
      return units.get(key);
    },
    who: (i) => (data.mutual[i] ? names("sources", i) : `${names("sources", i)} → ${names("targets", i)}`),
    when: (i) => data.words[data.date[i]],
    status: (i) => {
      const told = t(`status.${data.status_ids[data.status[i]]}`);
      return data.contested[i] ? `${told}, ${t(`explore.contested.${CONTESTED[data.contested[i]]}`)}` : told;
    },
    type: (i) => data.types[data.type[i]].name,
    outlets: (n) => (n === 1 ? t("explore.outlet") : t("explore.outlets", { n: count.format(n) })),
    signed: (net) => `${net > 0 ? "+" : net < 0 ? "−" : ""}${tenths.format(Math.abs(net))}`,
    span: (from, to) => (from === to ? long.format(at(from)) : long.formatRange(at(from), at(to))),
    actor: (value) => {
      const [a, way, b] = value.split(/([>~])/);
      const name2 = (id) => data.actors[data.actorAt.get(id) ?? -1]?.name ?? id;
      return way ? `${name2(a)} ${way === ">" ? "→" : "–"} ${name2(b)}` : name2(a);
    },
    events: (n) => (n === 1 ? t("explore.event") : t("explore.events", { n: count.format(n) })),
  };
  words.event = (i) => `${data.summaries[i]}. ${words.when(i)}. ${words.who(i)}: ${words.type(i)}. ${words.status(i)}.`;
  const weigh = (i) => {
    if (!data.weighs[i]) return t("explore.weighs_not");
    const nets = list("ties", i).map((_, at2) => data.intensity[data.ties_from[i] + at2] / 1e3);
    if (!nets.length) return t("explore.weighs_none");
    const told = [...new Set(nets)].map(words.signed).join("; ");
    return t(data.process[i] ? "explore.weighs_stage" : "explore.weighs", { net: told });
  };
  words.tellEvent = (i) => [
    [data.summaries[i], words.when(i), `${words.who(i)}: ${words.type(i)}`, words.status(i)],
    [`${words.outlets(data.publishers[i])} · ${weigh(i)}`],
  ];
  return words;
}
var UNITS = ["day", "week", "month", "quarter", "year"];
var MONTHS = { month: 1, quarter: 3, year: 12 };
function startOf(unit, day) {
  if (unit === "day") return day;
  if (unit === "week") return day - ((((day + 3) % 7) + 7) % 7);
  const date = new Date(day * 864e5);
  const step = MONTHS[unit];
  return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / step) * step, 1) / 864e5;
}
function nextOf(unit, start) {
  if (unit === "day" || unit === "week") return start + (unit === "day" ? 1 : 7);
  const date = new Date(start * 864e5);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + MONTHS[unit], 1) / 864e5;
}
function chooseUnit(from, to, most) {
  const days = to - from + 1;
  return (
    UNITS.find((unit) => days / { day: 1, week: 7, month: 30.4, quarter: 91.3, year: 365.2 }[unit] <= most) ?? "year"
  );
}
function makeBins(data, from, to, most) {
  const unit = chooseUnit(from, to, most);
  const starts = [];
  for (let start = startOf(unit, from); start <= to; start = nextOf(unit, start)) starts.push(start);
  const find = (day) => {
    let low = 0,
      high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= day) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  const end = nextOf(unit, starts[starts.length - 1]) - 1;
  const bin = (date) => {
    const first = data.first(date),
      last = data.last(date);
    if (first < starts[0] || last > end) return -1;
    const at = find(first);
    return at === find(last) ? at : -1;
  };
  return { unit, starts, bin };
}
var PATIENCE = 5e3;

// kit/focus.js
var isModified = (event) => event.ctrlKey || event.metaKey || event.altKey;
function setStop(items, chosen) {
  for (const item of items) item.tabIndex = item === chosen ? 0 : -1;
}
function goByKeys(box, move) {
  box.addEventListener("keydown", (event) => {
    const to = isModified(event) ? null : move(event);
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
}
function inRow(item, key, items) {
  const step = { ArrowRight: 1, ArrowLeft: -1, Home: -items.length, End: items.length }[key];
  return step && items[Math.max(0, Math.min(items.length - 1, items.indexOf(item) + step))];
}
function inRows(item, key, items) {
  const place = (one) => [Number(one.dataset.row), Number(one.dataset.at)];
  const [row, at] = place(item);
  if (["ArrowRight", "ArrowLeft", "Home", "End"].includes(key)) {
    const same = items.filter((one) => place(one)[0] === row).sort((a, b) => place(a)[1] - place(b)[1]);
    return inRow(item, key, same);
  }
  if (key !== "ArrowDown" && key !== "ArrowUp") return null;
  const way = key === "ArrowDown" ? 1 : -1;
  const rows = [...new Set(items.map((one) => place(one)[0]))]
    .filter((one) => (one - row) * way > 0)
    .sort((a, b) => (a - b) * way);
  return items
    .filter((one) => place(one)[0] === rows[0])
    .sort((a, b) => Math.abs(place(a)[1] - at) - Math.abs(place(b)[1] - at))[0];
}

// explore/items.js
function makeRoving(box, move) {
  let current = "";
  const items = () => findAll("[data-key]", box);
  const settle = () => {
    const all = items();
    const chosen = all.find((item) => item.dataset.key === current) ?? all.find((item) => item.dataset.entry) ?? all[0];
    setStop(all, chosen);
    return chosen;
  };
  box.addEventListener("focusin", (event) => {
    const item = closest(event, "[data-key]");
    if (!item || item.dataset.key === current) return;
    box.querySelector("[data-key][tabindex='0']")?.setAttribute("tabindex", "-1");
    current = item.dataset.key ?? "";
    item.setAttribute("tabindex", "0");
  });
  goByKeys(box, (event) => {
    const item = closest(event, "[data-key]");
    if (item && (event.key === "Enter" || event.key === " ") && item.tagName !== "BUTTON") {
      event.preventDefault();
      item.dispatchEvent(new MouseEvent("click", { bubbles: true, shiftKey: event.shiftKey }));
      return null;
    }
    return item && move(item, event.key, items(), event.shiftKey);
  });
  return {
    redraw(draw) {
      const inside = box.contains(focused()) && focused()?.closest("[data-key]");
      draw();
      const chosen = settle();
      if (inside) chosen?.focus({ preventScroll: true });
    },
    focus: () => settle()?.focus({ preventScroll: true }),
  };
}
var TIPS = new WeakMap();
var SLOW = 600;
var SOON = 100;
var LEAVE = 250;
function withTip(node, tell, slow = false) {
  node.setAttribute("data-tip", slow ? "slow" : "soon");
  TIPS.set(node, tell);
  return node;
}
function makeTips(root) {
  const id = `explore-tip-${Math.random().toString(36).slice(2)}`;
  const named = make("div", {}),
    more = make("div", { id });
  const node = make("div", { class: "tip", role: "tooltip", popover: "manual" }, named, more);
  let item = null;
  let timer = 0;
  let quiet = "";
  let pressed = null;
  function show(target, x = null) {
    const tell = TIPS.get(target);
    if (!tell || !target.isConnected) return hide();
    hide();
    const [first, then] = tell();
    named.replaceChildren(...first.map((line, at) => make(at ? "p" : "b", {}, line)));
    more.replaceChildren(...then.map((line) => make("p", {}, line)));
    item = target;
    (target.matches("[data-key]") ? target : target.querySelector("[data-key]"))?.setAttribute("aria-describedby", id);
    node.showPopover();
    place(x);
    document.addEventListener("keydown", escape, true);
    document.addEventListener("scroll", follow, true);
  }
  function place(x = null) {
    if (!item) return;
    const box = item.getBoundingClientRect(),
      own = node.getBoundingClientRect();
    const [wide, high] = [document.documentElement.clientWidth, document.documentElement.clientHeight];
    const left = x ?? Math.min(box.left, box.right - 20);
    const below = box.bottom + 5;
    node.style.left = `${Math.max(4, Math.min(left, wide - own.width - 4))}px`;
    node.style.top = `${below + own.height < high ? below : Math.max(4, box.top - own.height - 5)}px`;
  }
  function hide() {
    clearTimeout(timer);
    if (!item) return;
    for (const one of [item, ...item.querySelectorAll("[aria-describedby]")])
      if (one.getAttribute("aria-describedby") === id) one.removeAttribute("aria-describedby");
    item = null;
    if (node.isConnected) node.hidePopover();
    document.removeEventListener("keydown", escape, true);
    document.removeEventListener("scroll", follow, true);
  }
  function rest() {
    if (!item) return;
    quiet = item.contains(focused()) ? keyOf(item) : "";
    hide();
  }
  const later = (run, wait) => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
  const follow = () => (item?.isConnected ? place() : hide());
  const keyOf = (target) => (target.dataset.key ?? target.querySelector("[data-key]")?.dataset.key) || "";
  function escape(event) {
    if (event.key !== "Escape") return;
    rest();
    if (!root.contains(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
  }
  root.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || (pressed && pressed[0] === event.clientX && pressed[1] === event.clientY))
      return;
    if (node.contains(event.target)) return clearTimeout(timer);
    const target = closest(event, "[data-tip]");
    if (target && target === item) return clearTimeout(timer);
    if (target) later(() => show(target, event.clientX + 8), target.dataset.tip === "slow" ? SLOW : SOON);
    else later(hide, LEAVE);
  });
  root.addEventListener("pointerleave", () => later(hide, LEAVE));
  root.addEventListener(
    "pointerdown",
    (event) => {
      if (node.contains(event.target)) return;
      pressed = [event.clientX, event.clientY];
      hide();
    },
    true,
  );
  root.addEventListener("focusin", (event) => {
    const target = closest(event, "[data-tip]");
    if (!target || !event.target.matches(":focus-visible")) return hide();
    if (keyOf(target) === quiet) return;
    quiet = "";
    show(target);
  });
  root.addEventListener("focusout", (event) => {
    if (!event.relatedTarget || !root.contains(event.relatedTarget)) hide();
  });
  return {
    node,
    hush() {
      if (item) rest();
    },
    stop: hide,
  };
}
function summarise(app, holds) {
  const { data, t, words } = app;
  const types = new Uint32Array(data.types.length),
    outlets = new Set();
  let from = OPEN_TO,
    to = OPEN_FROM;
  for (let i = 0; i < data.n; i++) {
    if (!holds(i)) continue;
    types[data.type[i]]++;
    for (const one of words.list("outlets", i)) outlets.add(one);
    for (const day of [data.first(data.date[i]), data.last(data.date[i])]) {
      if (day === OPEN_FROM || day === OPEN_TO) continue;
      from = Math.min(from, day);
      to = Math.max(to, day);
    }
  }
  const often = Array.from(types.keys())
    .filter((type) => types[type])
    .sort((a, b) => types[b] - types[a]);
  const told = often.slice(0, 3).map((type) => `${data.types[type].name} ${words.number(types[type])}`);
  if (often.length > 3) told.push("…");
  return [
    told.join(", "),
    outlets.size &&
      t(outlets.size === 1 ? "explore.told_by_one" : "explore.told_by", { n: words.number(outlets.size) }),
    from <= to && t("explore.between", { span: words.span(from, to) }),
  ].filter(Boolean);
}

// explore/view.js
var EMPTY = Object.freeze({
  since: "",
  until: "",
  actors: [],
  types: [],
  status: [],
  publishers: [],
  words: "",
  undated: "",
});
var sameView = (one, other) => JSON.stringify(one) === JSON.stringify(other);
var Views = class {
  constructor(view) {
    this.now = view;
    this.past = [];
  }
  change(change, goesOn) {
    const next = { ...this.now, ...change };
    if (sameView(next, this.now)) return false;
    if (!goesOn) this.past.push(this.now);
    else if (this.past.length && sameView(this.past[this.past.length - 1], next)) this.past.pop();
    this.now = next;
    return true;
  }
  undo() {
    const before = this.past.pop();
    this.now = before ?? this.now;
    return before !== void 0;
  }
};
var LISTS = ["actors", "types", "status", "publishers"];
var MISREAD = /^(\s*[+-]?(\.?\p{Nd}[^]*|inf(inity)?|nan)\s*|true|false|none)$/iu;
var splitList = (text) => [
  ...new Set(
    (text ?? "")
      .split(";")
      .map((part) => part.trim().replace(/%(25|3B)/g, (_, code) => (code === "25" ? "%" : ";")))
      .filter(Boolean),
  ),
];
var joinList = (values) =>
  values.map((value) => value.replace(/[%;]/g, (sign) => (sign === "%" ? "%25" : "%3B"))).join(";");
var readView = (values) => ({
  since: values.since ?? "",
  until: values.until ?? "",
  actors: [...new Set(splitList(values.actors).map(orderPair))],
  types: splitList(values.types),
  status: splitList(values.status),
  publishers: splitList(values.publishers),
  words: (values.words ?? "").trim(),
  undated: values.undated ?? "",
});
var orderPair = (value) => (isLeftOut(value) ? `!${orderPair(value.slice(1))}` : value.split("~").sort().join("~"));
var isLeftOut = (value) => value.startsWith("!");
var partValues = (values) => [
  values.filter((one) => !isLeftOut(one)),
  values.filter(isLeftOut).map((one) => one.slice(1)),
];
var turnValue = (view, name, value) => ({
  [name]: view[name].map((one) => (one !== value ? one : isLeftOut(one) ? one.slice(1) : `!${one}`)),
});
function writeView(view) {
  const values = {
    since: view.since,
    until: view.until,
    ...Object.fromEntries(LISTS.map((name) => [name, joinList(view[name])])),
    words: view.words,
    undated: view.undated,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
}
var quoteWord = (word) => (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`);
function writeLine(place, view) {
  const isText = (value) => !MISREAD.test(value) || /^\d{4}-\d\d-\d\d$/.test(value);
  const given = Object.entries({ ...place, ...writeView(view) });
  return [
    "papermill notebooks/explore.ipynb out.ipynb",
    ...given.map(([name, value]) => [isText(value) ? "-p" : "-r", name, value].map(quoteWord).join(" ")),
  ];
}
function makeLine(app) {
  const { t } = app;
  const code = make("code", { tabindex: "0", "aria-label": t("explore.line_code") });
  const copy = make(
    "button",
    {
      type: "button",
      class: "copy",
      onclick: async () => {
        try {
          await navigator.clipboard.writeText(code.textContent);
        } catch {
          document.getSelection()?.selectAllChildren(code);
          document.execCommand("copy");
        }
        app.say(t("explore.copied"));
        copy.textContent = t("explore.copied");
        setTimeout(() => {
          copy.textContent = t("explore.copy");
        }, 2e3);
      },
    },
    t("explore.copy"),
  );
  const node = make(
    "section",
    { class: "line", role: "group", "aria-label": t("explore.line") },
    make("h3", {}, t("explore.line")),
    make("p", { class: "hint" }, t("explore.line_hint")),
    make("div", { class: "copying" }, code, copy),
  );
  return {
    node,
    draw: (_, view) =>
      code.replaceChildren(
        ...writeLine(app.place, view).flatMap((part, at) => [at ? " " : "", make("span", {}, part)]),
      ),
  };
}

// explore/controls.js
var LONG_LIST = 60;
function makePicker(app, name, title, choices) {
  const { t, words } = app;
  const search =
    choices.length > 12
      ? make("input", {
          type: "search",
          placeholder: t("explore.search"),
          "aria-label": `${title}: ${t("explore.search")}`,
          oninput: () => fill(),
        })
      : null;
  const list = make("div", { class: "choices", role: "group", "aria-label": title });
  const state = make("span", { class: "state" });
  const summary = make("summary", {}, make("span", { class: "label" }, title), state);
  const node = make(
    "details",
    { class: "picker", "data-part": name },
    summary,
    make("div", { class: "popup" }, search, list),
  );
  let counts = [];
  let chosen = [];
  function fill() {
    const asked = (search?.value ?? "").trim().toLowerCase();
    const active = list.contains(focused()) && focused()?.getAttribute("value");
    const shown = choices
      .map(([value, label], at) => [value, label, counts[at] ?? 0])
      .filter(([value, label, n]) =>
        asked
          ? `${label} ${value}`.toLowerCase().includes(asked)
          : n || chosen.includes(value) || choices.length <= LONG_LIST,
      );
    if (choices.length > LONG_LIST)
      shown.sort((a, b) => Number(chosen.includes(b[0])) - Number(chosen.includes(a[0])) || b[2] - a[2]);
    list.replaceChildren(
      ...shown
        .slice(0, LONG_LIST)
        .map(([value, label, n]) =>
          make(
            "label",
            { class: n ? "" : "none" },
            make("input", { type: "checkbox", name, value, onchange: (event) => toggle(value, event.target.checked) }),
            make("span", {}, label),
            make("span", { class: "n" }, words.number(n)),
          ),
        ),
    );
    if (shown.length > LONG_LIST)
      list.append(make("p", { class: "hint" }, t("explore.more", { n: words.number(shown.length - LONG_LIST) })));
    for (const box of list.querySelectorAll("input")) {
      box.checked = chosen.includes(box.value);
      if (box.value === active) box.focus({ preventScroll: true });
    }
  }
  const toggle = (value, on) => app.choose({ [name]: on ? [...chosen, value] : chosen.filter((one) => one !== value) });
  node.addEventListener("toggle", () => node.open && fill());
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !node.open) return;
    event.stopPropagation();
    node.open = false;
    summary.focus();
  });
  node.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !node.contains(event.relatedTarget)) node.open = false;
  });
  return {
    node,
    draw(now, picked) {
      [counts, chosen] = [now, picked];
      state.textContent = picked.length ? t("explore.some", { n: picked.length }) : t("explore.all");
      node.classList.toggle("set", picked.length > 0);
      fill();
    },
  };
}
function makeActorField(app) {
  const { t, data, words } = app;
  let counts = [];
  const { input, found } = makeCombobox({
    id: `explore-actors-${Math.random().toString(36).slice(2)}`,
    label: t("explore.actors"),
    none: t("explore.actor_none"),
    field: { name: "actors", placeholder: t("explore.actor_find") },
    browse: true,
    find: (asked) =>
      data.actors
        .map(({ id, hay }, at) => [rankName(id, hay, asked), -(counts[at] ?? 0), at])
        .filter(([fit, , at]) => fit >= 0 && !app.view.actors.includes(data.actors[at].id))
        .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
        .slice(0, 9)
        .map(([, , at]) => at),
    draw: (at) => [make("span", {}, data.actors[at].name), make("span", { class: "n" }, words.number(counts[at] ?? 0))],
    take: (at) => app.choose({ actors: [...app.view.actors, data.actors[at].id] }),
  });
  const node = make(
    "div",
    { class: "field actors" },
    make("label", {}, make("span", { class: "label" }, t("explore.actors")), input),
    found,
  );
  return {
    node,
    draw(now) {
      counts = now;
    },
  };
}
function listFilters({ t, data, words }, view) {
  const list = (name, label) => (value) => [
    isLeftOut(value) ? t("explore.not", { name: label(value.slice(1)) }) : label(value),
    (now) => ({ [name]: now[name].filter((one) => one !== value) }),
    (now) => turnValue(now, name, value),
  ];
  return [
    ...(view.since ? [[t("explore.chip_since", { day: words.day(toDay(view.since)) }), () => ({ since: "" })]] : []),
    ...(view.until ? [[t("explore.chip_until", { day: words.day(toDay(view.until)) }), () => ({ until: "" })]] : []),
    ...view.actors.map(list("actors", words.actor)),
    ...view.types.map(list("types", (id) => data.types.find((type) => type.id === id)?.name ?? id)),
    ...view.status.map(list("status", (id) => t(`status.${id}`))),
    ...view.publishers.map(list("publishers", (name) => name)),
    ...(view.words ? [[t("quoted", { text: view.words }), () => ({ words: "" })]] : []),
    ...(view.undated ? [[t("explore.chip_undated"), () => ({ undated: "" })]] : []),
  ];
}
function makeControls(app) {
  const { t, data } = app;
  const dayField = (name, label) => {
    const input = make("input", { type: "date", name, min: "0001-01-01", max: "9999-12-31" });
    input.addEventListener("change", () => {
      if (input.validity.badInput) return;
      const other = name === "since" ? "until" : "since";
      const swapped =
        input.value &&
        app.view[other] &&
        (name === "since" ? input.value > app.view.until : input.value < app.view.since);
      app.choose({ [name]: input.value, ...(swapped ? { [other]: "" } : {}) });
    });
    return { input, node: make("label", { class: "field" }, make("span", { class: "label" }, label), input) };
  };
  const since = dayField("since", t("explore.since"));
  const until = dayField("until", t("explore.until"));
  const actors = makeActorField(app);
  const texts = makeWordField(app);
  const pickers = [
    makePicker(
      app,
      "types",
      t("explore.types"),
      data.types.map(({ id, name }) => [id, name]),
    ),
    makePicker(
      app,
      "status",
      t("explore.status"),
      data.status_ids.map((id) => [id, t(`status.${id}`)]),
    ),
    makePicker(
      app,
      "publishers",
      t("explore.publishers"),
      data.outlet_names.map((name) => [name, name]),
    ),
  ];
  const chips = make("ul", { class: "chips", "aria-label": t("explore.filters") });
  const found = make("p", { class: "found" });
  const lacking = make("p", { class: "hint lacking" });
  const undo = make("button", { type: "button", class: "undo", onclick: app.undo }, t("explore.undo"));
  const reset = make(
    "button",
    { type: "button", class: "reset", onclick: () => app.choose(EMPTY) },
    t("explore.reset"),
  );
  const node = make(
    "div",
    { class: "controls" },
    make(
      "div",
      { class: "bar", role: "group", "aria-label": t("explore.controls") },
      since.node,
      until.node,
      texts.node,
      actors.node,
      ...pickers.map((picker) => picker.node),
    ),
    make("div", { class: "now" }, found, lacking, chips, make("span", { class: "moves" }, undo, reset)),
  );
  const closeOthers = (event) => {
    for (const { node: picker } of pickers) if (!picker.contains(event.target)) picker.open = false;
  };
  document.addEventListener("pointerdown", closeOthers);
  return {
    node,
    stop() {
      document.removeEventListener("pointerdown", closeOthers);
      texts.stop();
    },
    draw(facts, view) {
      since.input.value = view.since;
      until.input.value = view.until;
      actors.draw(facts.people);
      texts.draw(view);
      const lacks = app.search.lacks(view.words);
      lacking.textContent = lacks && t(lacks);
      lacking.hidden = !lacks;
      for (const [at, name] of ["types", "status", "publishers"].entries())
        pickers[at].draw([facts.types, facts.status, facts.outlets][at], view[name]);
      const set = listFilters(app, view);
      const left = Array.from(chips.children).findIndex((chip) => chip.contains(focused()));
      chips.replaceChildren(
        ...set.map(([label, without, turned]) =>
          make(
            "li",
            {},
            turned &&
              make(
                "button",
                {
                  type: "button",
                  class: "turn",
                  title: t("explore.turn", { name: label }),
                  "aria-label": t("explore.turn", { name: label }),
                  onclick: () => app.choose(turned(app.view)),
                },
                "≠",
              ),
            make(
              "button",
              {
                type: "button",
                class: "chip",
                "aria-label": t("explore.remove", { name: label }),
                onclick: () => app.choose(without(app.view)),
              },
              label,
              make("span", { "aria-hidden": "true" }, " ×"),
            ),
          ),
        ),
      );
      if (left >= 0)
        (chips.children[Math.min(left, chips.children.length - 1)]?.firstChild ?? undo).focus({
          preventScroll: true,
        });
      chips.hidden = !set.length;
      setDisabled(undo, !app.canUndo());
      setDisabled(reset, !set.length);
      found.textContent = app.tellFound(facts);
    },
  };
}
function makeWordField(app) {
  const { t } = app;
  let timer = 0,
    typing = false;
  const take = () => {
    clearTimeout(timer);
    timer = 0;
    const words = input.value.trim();
    if (words === app.view.words) return;
    app.choose({ words }, typing);
    typing = Boolean(words);
  };
  const input = make("input", {
    type: "search",
    name: "words",
    placeholder: t("explore.words_find"),
    "data-key": "words",
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(take, 250);
    },
    onchange: take,
    onblur: () => {
      typing = false;
    },
    onkeydown: (event) => {
      if (event.key === "Enter") take();
      if (event.key !== "Escape" || !input.value) return;
      event.preventDefault();
      event.stopPropagation();
      input.value = "";
      take();
    },
  });
  return {
    node: withTip(
      make("label", { class: "field words" }, make("span", { class: "label" }, t("explore.words")), input),
      () => [[], [t("explore.words_how")]],
    ),
    draw(view) {
      if (!timer && input.value.trim() !== view.words) input.value = view.words;
    },
    stop: () => clearTimeout(timer),
  };
}

// explore/filter.js
var PERIOD = 1;
var ACTORS = 2;
var TYPES = 4;
var STATUS = 8;
var OUTLETS = 16;
var WORDS = 32;
var UNDATED = 64;
var Filter = class {
  constructor(data, search) {
    this.data = data;
    this.search = search;
    this.fails = new Uint8Array(data.n);
    this.view = EMPTY;
    this.pairAt = new Map();
    for (let pair = 0; pair < data.pairs.length / 2; pair++) {
      this.pairAt.set(`${data.actors[data.pairs[2 * pair]].id}>${data.actors[data.pairs[2 * pair + 1]].id}`, pair);
    }
  }
  set(view, again = false) {
    const before = this.view;
    const differs = (...names) => names.some((name) => JSON.stringify(view[name]) !== JSON.stringify(before[name]));
    if (differs("since", "until")) this.mark(PERIOD, view.since || view.until ? this.inPeriod(view) : null);
    if (differs("actors")) this.mark(ACTORS, view.actors.length ? this.hasActors(view.actors) : null);
    if (differs("types"))
      this.mark(
        TYPES,
        view.types.length
          ? this.hasValue(
              "type",
              this.data.types.map(({ id }) => id),
              view.types,
            )
          : null,
      );
    if (differs("status"))
      this.mark(STATUS, view.status.length ? this.hasValue("status", this.data.status_ids, view.status) : null);
    if (differs("words") || again) this.mark(WORDS, this.search.find(view.words));
    if (differs("undated")) this.mark(UNDATED, view.undated ? (i) => this.data.undated(this.data.date[i]) : null);
    if (differs("publishers")) this.mark(OUTLETS, view.publishers.length ? this.hasOutlets(view.publishers) : null);
    this.view = view;
  }
  mark(bit, stays) {
    const { fails } = this;
    for (let i = 0; i < fails.length; i++) {
      if (!stays || stays(i)) fails[i] &= ~bit;
      else fails[i] |= bit;
    }
  }
  inPeriod({ since, until }) {
    const { data } = this;
    const [from, to] = [toDay(since), toDay(until)];
    const stays = Uint8Array.from({ length: data.span.length / 2 }, (_, date) =>
      touchesPeriod(data.first(date), data.last(date), from, to) ? 1 : 0,
    );
    return (i) => stays[data.date[i]];
  }
  hasActors(values) {
    const [asked, left] = partValues(values).map((some) => some.length && this.takePart(some));
    return (i) => (!asked || asked(i)) && !(left && left(i));
  }
  takePart(asked) {
    const { data } = this;
    const setAt = (set, at) => at !== void 0 && (set[at] = 1);
    const actors = new Uint8Array(data.actors.length),
      pairs = new Uint8Array(data.pairs.length / 2);
    for (const value of asked) {
      const [a, way, b] = value.split(/([>~])/);
      for (const key of way ? [`${a}>${b}`, ...(way === "~" ? [`${b}>${a}`] : [])] : [])
        setAt(pairs, this.pairAt.get(key));
      if (!way) setAt(actors, data.actorAt.get(a));
    }
    return (i) => this.holds("people", i, actors) || this.holds("ties", i, pairs);
  }
  hasValue(column, ids, values) {
    const [asked, left] = partValues(values);
    const fits = (id) => (!asked.length || asked.includes(id)) && !left.includes(id);
    const wanted = Uint8Array.from(ids, (id) => (fits(id) ? 1 : 0));
    return (i) => wanted[this.data[column][i]];
  }
  hasOutlets(values) {
    const [asked, left] = partValues(values);
    const mark = (fits) => Uint8Array.from(this.data.outlet_names, (name) => (fits(name) ? 1 : 0));
    const wanted = mark((name) => asked.includes(name));
    const others = mark((name) => !left.includes(name));
    const stays = (i) => !asked.length || this.holds("outlets", i, wanted);
    return (i) => stays(i) && (!left.length || this.holds("outlets", i, others));
  }
  holds(list, i, wanted) {
    const starts = this.data[`${list}_from`],
      values = this.data[list];
    for (let at = starts[i]; at < starts[i + 1]; at++) if (wanted[values[at]]) return true;
    return false;
  }
  count() {
    const { data, fails } = this;
    const nTypes = data.types.length;
    const numbers = (length) => new Uint32Array(length);
    const facts = {
      types: numbers(nTypes),
      status: numbers(data.status_ids.length),
      outlets: numbers(data.outlet_names.length),
      people: numbers(data.actors.length),
      around: numbers(data.pairs.length / 2),
      net: new Float64Array(data.pairs.length / 2),
      days: numbers(nTypes * (data.span.length / 2)),
      dates: numbers(data.span.length / 2),
      kinds: numbers(nTypes),
      whole: numbers(data.span.length / 2),
    };
    const found = numbers(data.n);
    const acts = new Acts(data);
    let n = 0;
    for (let i = 0; i < data.n; i++) {
      const fail = fails[i];
      const type = data.type[i];
      if (!(fail & ~TYPES)) facts.types[type]++;
      if (!(fail & ~STATUS)) facts.status[data.status[i]]++;
      if (!(fail & ~OUTLETS))
        for (let at = data.outlets_from[i]; at < data.outlets_from[i + 1]; at++) facts.outlets[data.outlets[at]]++;
      if (!(fail & ~PERIOD)) facts.whole[data.date[i]]++;
      if (!(fail & ~ACTORS)) {
        for (let at = data.people_from[i]; at < data.people_from[i + 1]; at++) facts.people[data.people[at]]++;
        for (let at = data.ties_from[i]; at < data.ties_from[i + 1]; at++) facts.around[data.ties[at]]++;
      }
      if (fail) continue;
      found[n++] = i;
      facts.days[data.date[i] * nTypes + type]++;
      facts.dates[data.date[i]]++;
      facts.kinds[type]++;
      if (!data.weighs[i]) continue;
      for (let at = data.ties_from[i]; at < data.ties_from[i + 1]; at++) facts.net[data.ties[at]] += acts.add(i, at);
    }
    const undated = facts.dates.reduce((sum, many, date) => sum + (data.undated(date) ? many : 0), 0);
    return { ...facts, fails, found: found.subarray(0, n), undated };
  }
};
var Search = class {
  constructor(data, model, heard) {
    this.data = data;
    this.model = model;
    this.heard = heard;
    this.hits = new Map();
    this.number = 0;
    this.asked = "";
    this.words = "";
    this.timer = 0;
    this.fields = void 0;
    this.token = Math.random().toString(36).slice(2);
    this.silent = "";
    this.hear = (answer) => {
      if (answer.number !== this.asked || answer.hits === void 0) return;
      clearTimeout(this.timer);
      const bytes = Uint8Array.from(atob(answer.hits), (sign) => sign.charCodeAt(0));
      const hits = Uint8Array.from({ length: data.n }, (_, i) => (bytes[i >> 3] >> (i & 7)) & 1);
      [this.asked, this.silent] = ["", ""];
      this.hits.set(this.words, hits);
      heard(this.words);
    };
    model.on("msg:custom", this.hear);
  }
  find(words) {
    const terms = readTerms(words);
    if (!terms.length) return null;
    const { data, model } = this;
    const known = this.hits.get(words);
    if (known) return (i) => known[i];
    this.fields ??= {
      summaries: foldAll(data.summaries),
      names: foldAll(data.actors.map(({ name }) => name)),
      sentences: this.foldSentences(),
    };
    const { summaries, names, sentences } = this.fields;
    const tests = terms.map((term) => {
      const actors = Uint8Array.from(names, (name) => (name.includes(term) ? 1 : 0));
      return (i) => {
        if (summaries[i].includes(term) || sentences?.[i].some((text) => text.includes(term))) return true;
        for (let at = data.people_from[i]; at < data.people_from[i + 1]; at++) if (actors[data.people[at]]) return true;
        return false;
      };
    });
    if (!model.get("sentences") && words !== this.silent) this.ask(words);
    return (i) => tests.every((holds) => holds(i));
  }
  foldSentences() {
    const sent = this.model.get("sentences");
    return sent && this.data.ids.map((id) => foldAll((sent[id] ?? []).map((o) => o.before + o.evidence + o.after)));
  }
  lacks(words) {
    if (this.model.get("sentences") || this.hits.has(words) || !readTerms(words).length) return "";
    return this.silent === words ? "explore.words_gone" : "explore.words_asking";
  }
  ask(words) {
    this.words = words;
    this.asked = `${this.token}-w${++this.number}`;
    const own = this.asked;
    const gone = () => {
      if (this.asked !== own) return;
      this.silent = words;
      this.heard(words);
    };
    clearTimeout(this.timer);
    this.timer = setTimeout(gone, PATIENCE);
    try {
      this.model.send({ ask: "words", words, number: own });
    } catch {
      clearTimeout(this.timer);
      this.timer = setTimeout(gone);
    }
  }
  stop() {
    clearTimeout(this.timer);
    this.model.off("msg:custom", this.hear);
  }
};

// explore/save.js
var COLUMNS = {
  // as in the table `events`
  event_id: (data, i) => data.ids[i],
  date: (data, i) => data.edtf[data.date[i]],
  earliest: (data, i) => isoOf(data.first(data.date[i]), OPEN_FROM),
  latest: (data, i) => isoOf(data.last(data.date[i]), OPEN_TO),
  event_type: (data, i) => data.types[data.type[i]].id,
  source_actors: (data, i, words) => idsOf(data, words.list("sources", i)),
  target_actors: (data, i, words) => idsOf(data, words.list("targets", i)),
  mutual: (data, i) => (data.mutual[i] ? "yes" : "no"),
  status: (data, i) => data.status_ids[data.status[i]],
  contested: (data, i) => CONTESTED[data.contested[i]],
  n_publishers: (data, i) => String(data.publishers[i]),
};
var isoOf = (day, open) => (day === open ? "" : toIso(day));
var idsOf = (data, actors) => actors.map((actor) => data.actors[actor].id).join(";");
var FORMULA = /^'*(?=(?:\s*[=+\-@＝＋－＠]|[\t\r\n])[^])(?!\s*[+-]?[0-9]+(\.[0-9]+)?$)/;
function writeCsv({ data, words, place }, found) {
  const quote = (cell) => {
    const text = FORMULA.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = [[...Object.keys(COLUMNS), `summary_${place.language}`]];
  for (const i of found) rows.push([...Object.values(COLUMNS).map((read) => read(data, i, words)), data.summaries[i]]);
  return rows
    .map(
      (row) => `${row.map(quote).join(",")}\r
`,
    )
    .join("");
}
function saveFile(app, name, blob) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: `${app.place.case}-${app.place.as_of}-${name}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 6e4);
  app.say(app.t("explore.saved"));
}
function plainColour(colour) {
  if (colour === "none") return colour;
  const canvas = make("canvas", { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  if (!canvas) return colour;
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return a === 255 ? `rgb(${r},${g},${b})` : a ? `rgba(${r},${g},${b},${(a / 255).toFixed(2)})` : "none";
}
var DRAWN_AS = ["fill-opacity", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-weight"];
function copyDrawing(svg, colour) {
  const copy = svg.cloneNode(true);
  const nodes = copy.querySelectorAll("*");
  svg.querySelectorAll("*").forEach((node, at) => {
    const look = getComputedStyle(node);
    if (node.matches(".reach") && !node.closest(".chosen, .current")) return nodes[at].remove();
    const style = DRAWN_AS.map((name) => `${name}:${look.getPropertyValue(name)}`);
    nodes[at].setAttribute("style", [`fill:${colour(look.fill)}`, `stroke:${colour(look.stroke)}`, ...style].join(";"));
    for (const name of nodes[at].getAttributeNames())
      if (/^(role|class|tabindex|aria-|data-)/.test(name)) nodes[at].removeAttribute(name);
  });
  return Array.from(copy.childNodes);
}
function cutText(text, room, size) {
  const most = Math.floor(room / (0.54 * size));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
function copyTable(table, colour) {
  const frame = table.getBoundingClientRect();
  return Array.from(table.querySelectorAll("td, th"), (cell) => {
    const box = cell.getBoundingClientRect(),
      look = getComputedStyle(cell);
    const [x, y] = [box.left - frame.left, box.top - frame.top];
    const head = cell.matches("thead th"),
      left = cell.matches("th, .corner");
    const at = head
      ? [x + box.width / 2 + 4, y + box.height - 5]
      : [left ? x + 6 : x + box.width / 2, y + box.height / 2 + 4];
    return [
      make("rect", {
        x,
        y,
        width: box.width,
        height: box.height,
        style: `fill:${colour(look.backgroundColor)};stroke:${colour(look.borderTopColor)}`,
      }),
      make(
        "text",
        {
          x: at[0],
          y: at[1],
          transform: head ? `rotate(-90 ${at[0]} ${at[1]})` : null,
          style: `fill:${colour(look.color)};font-size:${look.fontSize};text-anchor:${left ? "start" : "middle"}`,
        },
        cutText(cell.textContent, (head ? box.height : box.width) - 8, parseFloat(look.fontSize)),
      ),
    ];
  }).flat();
}
function drawPicture(app, name, boxes) {
  const root = boxes[0].closest(".explore");
  const known = new Map();
  const colour = (text) => {
    if (!known.has(text)) known.set(text, plainColour(text));
    return known.get(text);
  };
  root.classList.add("paper");
  try {
    const shown = boxes.map((box) => box.querySelector("svg, table")).filter(Boolean);
    const wide = Math.ceil(Math.max(320, ...shown.map((one) => one.getBoundingClientRect().width)));
    const lines = [app.t(`explore.${name}`), ...breakLine(describeView(app), Math.floor(wide / 6.2))];
    let y = 8;
    const title = lines.map((line, at) => {
      y += at ? 15 : 16;
      return make(
        "text",
        { x: 8, y, style: `fill:#222;font-size:${at ? 11 : 14}px;font-weight:${at ? 400 : 600}` },
        line,
      );
    });
    y += 10;
    const parts = shown.map((one) => {
      const box = one.getBoundingClientRect();
      const scale = one.viewBox?.baseVal?.width ? box.width / one.viewBox.baseVal.width : 1;
      const drawn = one.tagName === "TABLE" ? copyTable(one, colour) : copyDrawing(one, colour);
      const part = make("g", { transform: `translate(8 ${y}) scale(${scale})` }, drawn);
      y += box.height + 4;
      return part;
    });
    const [width, height] = [wide + 16, Math.ceil(y + 8)];
    return make(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        width,
        height,
        viewBox: `0 0 ${width} ${height}`,
        "font-family": "Inter, DejaVu Sans, sans-serif",
      },
      make("title", {}, lines.join(" ")),
      make("rect", { width, height, style: "fill:#fff" }),
      title,
      parts,
    );
  } finally {
    root.classList.remove("paper");
  }
}
function describeView(app) {
  const chosen = listFilters(app, app.view).map(([label]) => label);
  return [`${app.place.case}, ${app.words.day(app.data.asOf)}`, app.tellFound(app.facts()), ...chosen].join(" · ");
}
function breakLine(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = `${lines[lines.length - 1]} ${word}`.trim();
    if (line.length > most && lines[lines.length - 1]) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines;
}
var writeSvg = (svg) =>
  // eslint-disable-next-line no-control-regex -- these are the signs
  new XMLSerializer().serializeToString(svg).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "�");
async function paintPng(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(writeSvg(svg))}`;
  await image.decode();
  const [width, height] = [2 * image.width, 2 * image.height];
  const canvas = make("canvas", { width, height });
  canvas.getContext("2d")?.drawImage(image, 0, 0, width, height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
function makeHead(app, name, boxes) {
  const { t } = app;
  const title = t(`explore.${name}`);
  const button = (kind, run) =>
    make("button", { type: "button", "aria-label": t("explore.save_as", { name: title, kind }), onclick: run }, kind);
  const saveSvg = () =>
    saveFile(app, `${name}.svg`, new Blob([writeSvg(drawPicture(app, name, boxes()))], { type: "image/svg+xml" }));
  const savePng = async () => saveFile(app, `${name}.png`, await paintPng(drawPicture(app, name, boxes())));
  const files = make("span", { class: "files" }, button("SVG", saveSvg), button("PNG", savePng));
  return make("div", { class: "head" }, make("h3", {}, title), files);
}
function makeTableHead(app, found) {
  const title = app.t("explore.table");
  const saveCsv = () =>
    saveFile(app, "events.csv", new Blob([writeCsv(app, found())], { type: "text/csv;charset=utf-8" }));
  const label = app.t("explore.save_as", { name: title, kind: "CSV" });
  const files = make(
    "span",
    { class: "files" },
    make("button", { type: "button", "aria-label": label, onclick: saveCsv }, "CSV"),
  );
  return make("div", { class: "head" }, make("h3", {}, title), files);
}
var makeLegend = (t, words) => make("details", { class: "hint key" }, make("summary", {}, t("explore.how")), words);

// explore/relations.js
var BUSIEST = 12;
function chooseActors(app, facts, view) {
  const { data } = app;
  const weight = new Uint32Array(data.actors.length),
    whole = app.weights;
  facts.around.forEach((n, pair) => {
    weight[data.pairs[2 * pair]] += n;
    weight[data.pairs[2 * pair + 1]] += n;
  });
  const named = new Set(view.actors.flatMap((value) => value.split(/[>~]/)).map((id) => data.actorAt.get(id)));
  const ranked = Array.from(weight.keys())
    .filter((actor) => weight[actor])
    .sort((a, b) => Number(named.has(b)) - Number(named.has(a)) || weight[b] - weight[a] || a - b);
  return ranked.slice(0, BUSIEST).sort((a, b) => whole[b] - whole[a] || a - b);
}
function sumPairs(app, facts, actors, both = false) {
  const { data } = app;
  const size = actors.length + 1;
  const at = new Int32Array(data.actors.length).fill(actors.length);
  actors.forEach((actor, place) => {
    at[actor] = place;
  });
  const cells = Array.from({ length: size * size }, () => ({ around: 0, inside: 0, weighing: 0, net: 0 }));
  const seen = new Int32Array(size * size).fill(-1);
  const acts = new Acts(data),
    begun = new Set();
  for (let i = 0; i < data.n; i++) {
    const fail = facts.fails[i];
    if (fail & ~ACTORS) continue;
    const weighs = !fail && data.weighs[i];
    for (let tie = data.ties_from[i]; tie < data.ties_from[i + 1]; tie++) {
      const ends = [at[data.pairs[2 * data.ties[tie]]], at[data.pairs[2 * data.ties[tie] + 1]]];
      const key = both ? Math.min(...ends) * size + Math.max(...ends) : ends[0] * size + ends[1];
      const cell = cells[key];
      if (weighs) cell.net += acts.add(i, tie);
      if (seen[key] === i) continue;
      seen[key] = i;
      cell.around++;
      if (!fail) cell.inside++;
      if (!weighs) continue;
      const act = data.process[i] ? `${key} ${data.process[i]}` : "";
      if (!act || !begun.has(act)) cell.weighing++;
      begun.add(act);
    }
  }
  return { size, cell: (a, b) => cells[a * size + b] };
}
function describePair(app, facts, cell, label, [a, b], both = false) {
  const { t, words } = app;
  const at = [pairOf(app, a, b), ...(both ? [pairOf(app, b, a)] : [])].filter((pair) => pair >= 0);
  const own = new Set(at);
  const more = cell.inside
    ? summarise(app, (i) => !facts.fails[i] && words.list("ties", i).some((tie) => own.has(tie)))
    : [];
  if (cell.weighing) more.unshift(t("explore.net", { net: words.signed(cell.net) }));
  return [[label], [...more, t("explore.click_pair")]];
}
function describeActor(app, facts, actor, label) {
  const more = summarise(app, (i) => !facts.fails[i] && app.words.list("people", i).includes(actor));
  return [[label], [...more, app.t("explore.click_actor")]];
}
function pairOf(app, a, b) {
  const { pairs } = app.data;
  for (let at = 0; at < pairs.length; at += 2) if (pairs[at] === a && pairs[at + 1] === b) return at / 2;
  return -1;
}
var signOf = (net) => (Math.abs(net) < 0.05 ? 0 : Math.sign(net));
function writeCell(cell, words) {
  if (!cell.inside) return words.short(cell.around);
  return cell.weighing ? SIGNS[signOf(cell.net)] : `(${words.short(cell.inside)})`;
}
function makeMatrix(app) {
  const { t, data, words } = app;
  const box = make("div", { class: "scroll" });
  const node = make(
    "section",
    { class: "matrix", role: "group", "aria-label": t("explore.matrix") },
    makeHead(app, "matrix", () => [box]),
    box,
    makeLegend(t, t("explore.matrix_hint")),
  );
  const keys = makeRoving(box, inRows);
  function tellCell(cell, a, b) {
    if (!cell.inside) return t("explore.cell_out", { a, b, events: words.events(cell.around) });
    const sign = cell.weighing ? SIGNS[signOf(cell.net)] : "?";
    return t("explore.cell", { a, b, sign, events: words.events(cell.inside), n: words.number(cell.weighing) });
  }
  function drawCell(facts, sums, actors, a, b, chosen) {
    const cell = sums.cell(a, b);
    const others = a === actors.length || b === actors.length;
    const [source, target] = [a, b].map((place) => data.actors[actors[place]]);
    if (!cell.around) return make("td", { role: "gridcell", class: a === b && !others ? "same" : "" });
    const names = [source?.name ?? t("explore.others"), target?.name ?? t("explore.others_towards")];
    const sign = signOf(cell.net);
    const text = writeCell(cell, words);
    const strength = Math.min(1, Math.abs(cell.net) / data.saturation);
    const label = tellCell(cell, ...names);
    if (others)
      return withTip(
        make("td", { role: "gridcell", class: `rest ${cell.inside ? "" : "ghost"}`, "aria-label": label }, text),
        () => [[label], cell.weighing ? [t("explore.net", { net: words.signed(cell.net) })] : []],
      );
    const value = `${source.id}>${target.id}`;
    const state = [
      cell.inside ? "full" : "ghost",
      cell.inside && cell.weighing ? `side${sign}` : "",
      chosen.has(value) ? "chosen" : "",
      app.ties.has(value) ? "current" : "",
    ];
    const td = make(
      "td",
      {
        role: "gridcell",
        class: state.join(" "),
        style: `--strength:${Math.round(strength * 100)}%`,
        "data-key": value,
        "data-row": a,
        "data-at": b,
        "aria-label": label,
        "aria-selected": String(chosen.has(value)),
        onclick: () => app.toggleActor(value),
      },
      text,
    );
    return withTip(td, () => describePair(app, facts, cell, label, [actors[a], actors[b]]));
  }
  return {
    node,
    draw(facts, view) {
      const actors = chooseActors(app, facts, view);
      const sums = sumPairs(app, facts, actors);
      const rest = Array.from(
        { length: sums.size },
        (_, at) => sums.cell(at, actors.length).around + sums.cell(actors.length, at).around,
      ).some(Boolean);
      const places = Array.from({ length: actors.length + (rest ? 1 : 0) }, (_, at) => at);
      const chosen = new Set(
        view.actors.flatMap((value) =>
          value.includes("~") ? [value.replace("~", ">"), value.replace(/(.+)~(.+)/, "$2>$1")] : [value],
        ),
      );
      const head = (place, scope) => {
        const actor = data.actors[actors[place]];
        const role = `${scope === "col" ? "column" : "row"}header`;
        if (!actor) return make("th", { scope, role, class: "rest" }, make("span", {}, t("explore.others")));
        const row = scope === "row" ? { "data-row": place, "data-at": -1 } : { "data-row": -1, "data-at": place };
        const label = t("explore.node", { name: actor.name, events: words.events(facts.people[actors[place]]) });
        const th = make(
          "th",
          {
            scope,
            role,
            "data-key": `${scope}${actor.id}`,
            class: chosen.has(actor.id) ? "chosen" : "",
            "aria-label": label,
            "aria-selected": String(chosen.has(actor.id)),
            ...row,
            onclick: () => app.toggleActor(actor.id),
          },
          make("span", {}, actor.name),
        );
        return withTip(th, () => describeActor(app, facts, actors[place], label));
      };
      keys.redraw(() =>
        box.replaceChildren(
          actors.length
            ? make(
                "table",
                { role: "grid", "aria-label": t("explore.matrix") },
                make(
                  "thead",
                  { role: "rowgroup" },
                  make(
                    "tr",
                    { role: "row" },
                    make("td", { role: "gridcell", class: "corner" }, t("explore.corner")),
                    places.map((place) => head(place, "col")),
                  ),
                ),
                make(
                  "tbody",
                  { role: "rowgroup" },
                  places.map((a) =>
                    make(
                      "tr",
                      { role: "row" },
                      head(a, "row"),
                      places.map((b) => drawCell(facts, sums, actors, a, b, chosen)),
                    ),
                  ),
                ),
              )
            : make("p", { class: "none" }, t(data.n ? "explore.none" : "explore.empty")),
        ),
      );
    },
  };
}
var GRAPH = { wide: 620, high: 430, x: 310, y: 215, rx: 148, ry: 160 };
function orderCircle(actors, warmth) {
  const left = actors.slice(1),
    order = actors.slice(0, 1);
  while (left.length) {
    const at = [order[0], order[order.length - 1]];
    const fits = left.map((actor) => Math.max(...at.map((end) => warmth(end, actor))));
    const [next] = left.splice(fits.indexOf(Math.max(...fits)), 1);
    if (warmth(order[0], next) > warmth(order[order.length - 1], next)) order.unshift(next);
    else order.push(next);
  }
  return order;
}
function makeGraph(app) {
  const { t, data, words } = app;
  const box = make("div", { class: "picture" });
  const node = make(
    "section",
    { class: "graph", role: "group", "aria-label": t("explore.graph") },
    makeHead(app, "graph", () => [box]),
    box,
    makeLegend(t, t("explore.graph_hint")),
  );
  const keys = makeRoving(box, (item, key, items) => {
    if (key !== "ArrowDown" && key !== "ArrowUp")
      return inRow(
        item,
        key,
        items.filter(
          (one) => one.tagName === item.tagName && one.classList.contains("node") === item.classList.contains("node"),
        ),
      );
    const own = item.dataset.key;
    if (item.classList.contains("node"))
      return items.find((one) => one.dataset.key.split("~").includes(own) && one !== item);
    return items.find((one) => one.dataset.key === own.split("~")[0]);
  });
  const cut = (name) => (name.length > 19 ? `${name.slice(0, 18)}…` : name);
  function draw(facts, view) {
    const chosen = chooseActors(app, facts, view);
    const order = orderCircle(chosen, app.warmth);
    const sums = sumPairs(app, facts, order, true);
    const place = order.map((_, at) => {
      const angle = (2 * Math.PI * at) / order.length - Math.PI / 2;
      return [
        GRAPH.x + GRAPH.rx * Math.cos(angle),
        GRAPH.y + GRAPH.ry * Math.sin(angle),
        Math.cos(angle),
        Math.sin(angle),
      ];
    });
    const edges = [];
    for (let a = 0; a < order.length; a++) {
      for (let b = a + 1; b < order.length; b++) {
        const cell = sums.cell(a, b);
        if (cell.around) edges.push({ a, b, ...cell });
      }
    }
    const thick = edges.length > 36 ? 2.5 : 6;
    const most = edges.reduce((n, edge) => Math.max(n, edge.inside), 1);
    edges.sort((x, y) => x.inside - y.inside || x.a - y.a || x.b - y.b);
    const drawn = edges.map((edge) => {
      const ids = [order[edge.a], order[edge.b]].map((actor) => data.actors[actor].id).sort();
      const value = ids.join("~"),
        names = ids.map((id) => words.actor(id));
      const sign = signOf(edge.net);
      const label = edge.inside
        ? t("explore.edge", {
            a: names[0],
            b: names[1],
            sign: edge.weighing ? SIGNS[sign] : "?",
            events: words.events(edge.inside),
          })
        : t("explore.edge_out", { a: names[0], b: names[1], events: words.events(edge.around) });
      const [[x1, y1], [x2, y2]] = [place[edge.a], place[edge.b]];
      const current = [ids.join(">"), ids.slice().reverse().join(">")].some((tie) => app.ties.has(tie));
      const state = [
        "edge",
        edge.inside ? `side${edge.weighing ? sign : 0}` : "ghost",
        view.actors.includes(value) ? "chosen" : "",
        current ? "current" : "",
      ];
      const drawnEdge = make(
        "g",
        {
          role: "button",
          class: state.join(" "),
          "data-key": value,
          "aria-label": label,
          "aria-pressed": String(view.actors.includes(value)),
          onclick: () => app.toggleActor(value),
        },
        make("line", { class: "reach", x1, y1, x2, y2 }),
        make("line", {
          class: "tie",
          x1,
          y1,
          x2,
          y2,
          "stroke-width": edge.inside ? (1.2 + (thick * edge.inside) / most).toFixed(1) : 1,
        }),
      );
      return withTip(drawnEdge, () => describePair(app, facts, edge, label, [order[edge.a], order[edge.b]], true));
    });
    const nodes = order.map((actor, at) => {
      const { id, name } = data.actors[actor];
      const [x, y, cos, sin] = place[at];
      const label = t("explore.node", { name, events: words.events(facts.people[actor]) });
      const anchor = Math.abs(cos) < 0.2 ? "middle" : cos > 0 ? "start" : "end";
      const node2 = make(
        "g",
        {
          role: "button",
          class: `node ${view.actors.includes(id) ? "chosen" : ""} ${app.actors.has(id) ? "current" : ""}`,
          "data-key": id,
          "data-entry": at === 0 && "yes",
          "aria-label": label,
          "aria-pressed": String(view.actors.includes(id)),
          onclick: () => app.toggleActor(id),
        },
        make("circle", { class: "reach", cx: x, cy: y, r: 16 }),
        make("circle", { class: "dot", cx: x, cy: y, r: 8 }),
        make("text", { x: x + 13 * cos, y: y + 4 + 17 * sin, "text-anchor": anchor }, cut(name)),
      );
      return withTip(node2, () => describeActor(app, facts, actor, label));
    });
    keys.redraw(() =>
      box.replaceChildren(
        order.length
          ? make(
              "svg",
              {
                class: "svg",
                viewBox: `0 0 ${GRAPH.wide} ${GRAPH.high}`,
                role: "group",
                "aria-label": t("explore.graph"),
              },
              drawn,
              nodes,
            )
          : make("p", { class: "none" }, t(data.n ? "explore.none" : "explore.empty")),
      ),
    );
  }
  return { node, draw };
}

// explore/table.js
var PAGE = 10;
function markFound(text, terms, from = 0, to = text.length) {
  let start = 0;
  return splitFound(text, terms).map((piece, at) => {
    const part = piece.slice(Math.max(0, from - start), Math.max(0, to - start));
    start += piece.length;
    return at % 2 && part ? make("mark", { class: "hit" }, part) : part;
  });
}
function makeTable(app) {
  const { t, data, words } = app;
  const body = make("tbody", {}),
    status = make("span", { class: "place" });
  let sort = "date",
    down = false,
    at = 0,
    rows = [],
    found = [];
  const ranks = {
    // the numbers by which a column sorts; equal ones stay in the order of time
    type: (i) => data.type[i],
    status: (i) => data.status[i] * 3 + data.contested[i],
    publishers: (i) => -data.publishers[i],
  };
  const heads = ["date", "who", "type", "status", "what", "publishers"].map((name) => {
    const label = t(`explore.column.${name}`);
    return make(
      "th",
      { scope: "col", class: name },
      name === "date" || name in ranks
        ? make(
            "button",
            { type: "button", "data-sort": name, onclick: () => sortBy(name) },
            label,
            make("span", { class: "way", "aria-hidden": "true" }),
          )
        : label,
    );
  });
  const table = make("table", { "aria-label": t("explore.table") }, make("thead", {}, make("tr", {}, heads)), body);
  const turn = (name, to) =>
    make("button", { type: "button", "data-turn": name, onclick: () => go(to()) }, t(`explore.page.${name}`));
  const last = () => Math.floor(Math.max(0, rows.length - 1) / PAGE) * PAGE;
  const [first, back, on, end] = [
    turn("first", () => 0),
    turn("back", () => at - PAGE),
    turn("on", () => at + PAGE),
    turn("end", last),
  ];
  const pages = make(
    "div",
    { class: "pages", role: "group", "aria-label": t("explore.pages") },
    first,
    back,
    status,
    on,
    end,
  );
  const box = make("div", { class: "scroll" }, table);
  const node = make(
    "section",
    { class: "table", role: "group", "aria-label": t("explore.table") },
    makeTableHead(app, () => found),
    box,
    pages,
  );
  const keys = makeRoving(body, (item, key, items) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    const place = items.indexOf(item) + step;
    if (key === "PageDown" || (step && place >= items.length && at < last())) return go(at + PAGE, 0);
    if (key === "PageUp" || (step && place < 0 && at > 0)) return go(at - PAGE, key === "PageUp" ? 0 : PAGE - 1);
    return step ? items[place] : inRow(item, key === "Home" || key === "End" ? key : "", items);
  });
  function order() {
    if (sort === "date") rows = down ? found.slice().reverse() : found;
    else {
      const rank = ranks[sort],
        bins = new Map();
      for (const i of found) {
        const value = rank(i);
        if (!bins.has(value)) bins.set(value, []);
        bins.get(value).push(i);
      }
      rows = Array.from(bins.keys())
        .sort((a, b) => (down ? b - a : a - b))
        .flatMap((value) => bins.get(value));
    }
  }
  function sortBy(name) {
    [down, sort] = [sort === name && !down, name];
    order();
    at = 0;
    drawPage();
  }
  function go(to, row = null) {
    at = Math.max(0, Math.min(last(), to));
    drawPage();
    return row === null ? null : body.querySelectorAll("[data-key]")[Math.min(row, rows.length - at - 1)];
  }
  function drawPage() {
    heads.forEach((head, place) => {
      const name = ["date", "who", "type", "status", "what", "publishers"][place];
      if (name === sort) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    const shown = Array.from(rows.slice(at, at + PAGE));
    const terms = readTerms(app.view.words);
    keys.redraw(() =>
      body.replaceChildren(
        ...(shown.length
          ? shown.map((i) => drawRow(i, terms))
          : [make("tr", {}, make("td", { colspan: 6, class: "none" }, t(data.n ? "explore.none" : "explore.empty")))]),
      ),
    );
    status.textContent = rows.length
      ? t("explore.rows", {
          from: words.number(at + 1),
          to: words.number(at + shown.length),
          n: words.number(rows.length),
        })
      : "";
    for (const button of [first, back]) setDisabled(button, at === 0);
    for (const button of [on, end]) setDisabled(button, at >= last());
    pages.hidden = rows.length <= PAGE;
  }
  function drawRow(i, terms) {
    const { side } = data.types[data.type[i]];
    const signs = isHollow(data, i) ? { 1: "△", "-1": "▽", 0: "○" } : { 1: "▲", "-1": "▼", 0: "●" };
    const row = make(
      "tr",
      { class: i === app.open ? "current" : "", onclick: () => app.show(i, node) },
      make("td", { class: "date" }, words.when(i)),
      make("td", { class: "who" }, words.who(i)),
      make(
        "td",
        { class: "type" },
        make("span", { class: `dot side${side}`, "aria-hidden": "true" }, signs[side]),
        ` ${words.type(i)}`,
      ),
      make("td", { class: "status" }, words.status(i)),
      make(
        "td",
        { class: "what" },
        make(
          "button",
          {
            type: "button",
            class: "row",
            "data-key": `r${i}`,
            "aria-expanded": String(i === app.open),
            onclick: (event) => {
              event.stopPropagation();
              app.show(i, node);
            },
          },
          markFound(data.summaries[i], terms),
        ),
        make(
          "span",
          { class: "small" },
          make("span", { class: "whom" }, `${words.who(i)} · `),
          `${words.type(i)} · ${words.status(i)}`,
        ),
      ),
      make("td", { class: "publishers" }, words.number(data.publishers[i])),
    );
    return withTip(row, () => words.tellEvent(i), true);
  }
  return {
    node,
    draw(facts) {
      found = facts.found;
      order();
      at = 0;
      drawPage();
    },
    redraw: drawPage,
  };
}
function readAddress(url) {
  try {
    const address = new URL(url);
    return address.protocol === "https:" || address.protocol === "http:" ? address : null;
  } catch {
    return null;
  }
}
function makeSentences(app, model) {
  const { t, data, words } = app;
  const title = make("h3", { tabindex: "-1" }),
    facts = make("p", { class: "hint" }),
    only = make("div", { class: "only" }),
    list = make("ul", {});
  const close = make("button", { type: "button", class: "close", onclick: () => app.hide() }, t("explore.close"));
  const node = make(
    "section",
    { class: "sentences", role: "group", hidden: true, "aria-label": t("explore.sentences") },
    make("div", { class: "head" }, title, close),
    facts,
    only,
    list,
  );
  const token = Math.random().toString(36).slice(2);
  let number = 0,
    timer = 0,
    asked = "",
    summary = "",
    marked = "";
  let shown = [];
  function drawAddress(url, text) {
    const address = readAddress(url);
    if (!address) return null;
    return make(
      "a",
      { href: address.href, target: "_blank", rel: "noopener noreferrer" },
      text || address.hostname,
      make("span", { class: "hidden" }, ` (${t("explore.new_tab")})`),
    );
  }
  function drawSentence(one, terms) {
    const [from, to] = [one.before.length, one.before.length + one.evidence.length];
    const part = (start, end) => markFound(one.before + one.evidence + one.after, terms, start, end);
    const outlet =
      one.reporter === one.publisher
        ? one.publisher
        : t("explore.via", { reporter: one.reporter, publisher: one.publisher });
    const link = drawAddress(one.url, one.title);
    const made = one.origin === "drafted" && one.reviewed === "yes" ? t("annex.accepted") : t(`annex.${one.origin}`);
    const notes = [
      t(`status.${one.status}`),
      one.stance !== "supports" && t(`stance.${one.stance}`),
      one.speaker && `${t("annex.speaker")} ${one.speaker}`,
      one.cue && `${t("annex.cue")} ${t("quoted", { text: one.cue })}`,
      `${made} ${one.mention_id}`,
    ]
      .filter(Boolean)
      .join(" · ");
    return make(
      "li",
      {},
      make("q", { lang: one.language }, part(0, from), make("mark", {}, part(from, to)), part(to)),
      make(
        "p",
        { class: "by" },
        make("b", {}, outlet),
        `, ${one.published} · `,
        make("span", { title: t("explore.grade") }, `${t("explore.grade")} ${one.grade}`),
        link ? " · " : "",
        link,
      ),
      make(
        "p",
        { class: "by" },
        notes,
        one.rule && [` · ${t("annex.rule")} `, make("code", {}, one.rule)],
        one.decisions.map((decision) => ` · ${decision}`),
      ),
    );
  }
  function fill(told) {
    const terms = readTerms(app.view.words);
    [shown, marked] = [told, app.view.words];
    title.replaceChildren(...markFound(summary, terms));
    list.replaceChildren(...told.map((one) => drawSentence(one, terms)));
  }
  function say(text) {
    fill([]);
    list.replaceChildren(make("li", { class: "wait" }, text));
  }
  function ask(id) {
    number += 1;
    asked = `${token}-${number}`;
    const own = asked;
    say(t("explore.asking"));
    const gone = () => asked === own && say(t("explore.gone"));
    clearTimeout(timer);
    timer = setTimeout(gone, PATIENCE);
    try {
      model.send({ ask: "sentences", event: id, number: own });
    } catch {
      gone();
    }
  }
  function hear(answer) {
    if (answer.number !== asked) return;
    clearTimeout(timer);
    asked = "";
    if (answer.fault) say(answer.fault);
    else fill(answer.sentences);
  }
  model.on("msg:custom", hear);
  return {
    node,
    open(i, where) {
      const id = data.ids[i];
      summary = data.summaries[i];
      facts.textContent = [
        words.when(i),
        words.type(i),
        words.who(i),
        words.status(i),
        words.outlets(data.publishers[i]),
        id,
      ].join(" · ");
      const ties = words
        .list("ties", i)
        .map((pair) => `${data.actors[data.pairs[2 * pair]].id}>${data.actors[data.pairs[2 * pair + 1]].id}`);
      const pairs = [...new Set(ties.map((tie) => tie.split(">").sort().join("~")))].slice(0, 3);
      only.replaceChildren(
        ...pairs.map((pair) =>
          make(
            "button",
            { type: "button", onclick: () => app.choose({ actors: [pair] }) },
            t("explore.only", { name: words.actor(pair) }),
          ),
        ),
        make(
          "button",
          { type: "button", onclick: () => app.choose({ types: [data.types[data.type[i]].id] }) },
          t("explore.only", { name: words.type(i) }),
        ),
      );
      where.after(node);
      node.hidden = false;
      asked = "";
      const sent = model.get("sentences");
      if (sent) fill(sent[id] ?? []);
      else ask(id);
      title.focus({ preventScroll: true });
      node.scrollIntoView({ block: "nearest" });
    },
    redraw: () => shown.length && marked !== app.view.words && fill(shown),
    close() {
      node.hidden = true;
      asked = "";
    },
    stop() {
      clearTimeout(timer);
      model.off("msg:custom", hear);
    },
  };
}

// explore/timeline.js
function makeTicks(words, from, to, most) {
  const days = to - from + 1;
  if (days <= 75) {
    const step2 = Math.max(1, Math.ceil(days / most));
    return Array.from({ length: Math.ceil(days / step2) }, (_, i) => [
      from + i * step2,
      words.tick(from + i * step2, "day"),
    ]);
  }
  const start = new Date(from * 864e5);
  const first = start.getUTCFullYear() * 12 + start.getUTCMonth();
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 1200].find((months) => days / 30.4 / months <= most) ?? 12e3;
  const ticks = [];
  for (let month = Math.ceil(first / step) * step; ; month += step) {
    const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / 864e5;
    if (day > to) return ticks;
    if (day >= from) ticks.push([day, words.tick(day, step < 12 ? "month" : "year")]);
  }
}
function dragPeriod(svg, app, at) {
  let start = null;
  let shade = null;
  const place = (event) => event.clientX - svg.getBoundingClientRect().left;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button === 0) start = place(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (start === null || (!shade && Math.abs(place(event) - start) < 5)) return;
    if (!shade) {
      svg.setPointerCapture(event.pointerId);
      shade = make("rect", { class: "drag", y: 0, height: "100%" });
      svg.append(shade);
    }
    shade.setAttribute("x", String(Math.min(start, place(event))));
    shade.setAttribute("width", String(Math.abs(place(event) - start)));
  });
  svg.addEventListener("pointerup", (event) => {
    const drawn = shade;
    const days = start === null ? [] : [at(start), at(place(event))].sort((a, b) => a - b);
    shade?.remove();
    [start, shade] = [null, null];
    if (!drawn) return;
    const drop = (click) => click.stopPropagation();
    svg.addEventListener("click", drop, { capture: true });
    setTimeout(() => {
      svg.removeEventListener("click", drop, { capture: true });
      app.choose({ since: toIso(days[0]), until: toIso(days[1]) });
    });
  });
  svg.addEventListener("pointercancel", () => {
    shade?.remove();
    [start, shade] = [null, null];
  });
}
var DRAWN2 = 400;
var DEEP = 18;
var ROW = 11;
var EDGE = 10;
var LABEL = 19;
var SHORTEST = 11;
var TALL = 32;
var FADE = 46;
function makeTimeline(app) {
  const { t, data, words } = app;
  const strip = make("div", { class: "strip" }),
    lanes = make("div", { class: "lanes" });
  const notes = make("span", {}),
    undated = make("button", { type: "button", class: "link", onclick: chooseUndated }),
    key = make("p", { class: "hint" });
  const node = make(
    "section",
    { class: "timeline", role: "group", "aria-label": t("explore.timeline") },
    makeHead(app, "timeline", () => [strip, lanes]),
    strip,
    lanes,
    make("p", { class: "hint" }, notes, undated),
    makeLegend(t, key),
  );
  let anchor = null;
  const inStrip = makeRoving(strip, (item, keyName, items, shift) => {
    const to = inRow(item, keyName, items);
    if (to) {
      anchor = shift ? (anchor ?? item.dataset.key) : null;
      const ends = [items.findIndex((one) => one.dataset.key === anchor), items.indexOf(to)].sort((a, b) => a - b);
      items.forEach((one, at) => one.classList.toggle("ranged", anchor !== null && at >= ends[0] && at <= ends[1]));
    }
    return to;
  });
  const inLanes = makeRoving(lanes, inRows);
  let width = 0;
  let barred = 0;
  let last = null;
  const scale = (from, to) => (day) => EDGE + ((day - from) / (to - from + 1)) * (width - 2 * EDGE);
  const unscale = (from, to) => (x) =>
    Math.max(from, Math.min(to, from + Math.floor(((x - EDGE) / (width - 2 * EDGE)) * (to - from + 1))));
  const drawTicks = (x, from, to, y, high) =>
    makeTicks(words, from, to, Math.max(2, Math.floor(width / 95))).flatMap(([day, label]) => [
      make("line", { class: "grid", x1: x(day), x2: x(day), y1: 0, y2: high }),
      make("text", { class: "tick", x: Math.min(x(day) + 3, width - label.length * 6.2), y }, label),
    ]);
  function drawStrip(facts, view) {
    const from = Math.min(Math.max(data.start, data.from), data.to),
      to = data.to;
    const bins = makeBins(data, from, to, Math.max(24, width / 8));
    const counts = new Uint32Array(bins.starts.length);
    for (let date = 0; date < facts.whole.length; date++) {
      const bin = facts.whole[date] ? bins.bin(date) : -1;
      if (bin >= 0) counts[bin] += facts.whole[date];
    }
    barred = counts.reduce((a, b) => a + b, 0);
    const high = 34,
      most = counts.reduce((a, b) => Math.max(a, b), 1);
    const left = bins.starts[0],
      right = nextOf(bins.unit, bins.starts[bins.starts.length - 1]) - 1;
    const x = scale(left, right);
    const since = toDay(view.since) ?? left,
      until = toDay(view.until) ?? right;
    const cut = view.since || view.until;
    const svg = make("svg", {
      class: "svg",
      width,
      height: high + (cut ? 18 : 2),
      role: "group",
      "aria-label": t("explore.strip"),
    });
    if (cut) svg.append(...drawTicks(x, left, right, high + 14, high));
    if (cut)
      svg.append(
        make("rect", {
          class: "shade",
          x: x(Math.max(left, since)),
          width: Math.max(2, x(Math.min(right, until) + 1) - x(Math.max(left, since))),
          y: 0,
          height: high,
        }),
      );
    bins.starts.forEach((start, at) => {
      if (!counts[at]) return;
      const end = nextOf(bins.unit, start) - 1,
        tall = Math.max(2, (counts[at] / most) * (high - 2));
      const label = t("explore.within", { unit: words.unit(bins.unit, start), events: words.events(counts[at]) });
      const inBin = (i) => !(facts.fails[i] & ~PERIOD) && bins.bin(data.date[i]) === at;
      svg.append(
        tellBin(
          label,
          inBin,
          "g",
          {
            role: "button",
            class: `bin ${start > until || end < since ? "out" : ""}`,
            "data-key": `s${start}`,
            "aria-label": label,
            onclick: (event) => {
              const other = event.shiftKey && anchor ? Number(anchor.slice(1)) : start;
              anchor = null;
              app.choose({
                since: toIso(Math.min(other, start)),
                until: toIso(nextOf(bins.unit, Math.max(other, start)) - 1),
              });
            },
          },
          make("rect", { class: "reach", x: x(start), width: Math.max(1, x(end + 1) - x(start)), y: 0, height: high }),
          make("rect", {
            class: "bar",
            x: x(start) + 0.5,
            width: Math.max(1.5, x(end + 1) - x(start) - 1),
            y: high - tall,
            height: tall,
          }),
        ),
      );
    });
    dragPeriod(svg, app, unscale(left, right));
    strip.replaceChildren(svg);
  }
  function tellBin(label, holds, tag, attributes, ...children) {
    return withTip(make(tag, attributes, ...children), () => [
      [label],
      [...summarise(app, holds), t("explore.click_period")],
    ]);
  }
  function placeEvent(date, x, from, to) {
    if (data.exact(date)) return [x(data.first(date) + 0.5) - 5, x(data.first(date) + 0.5) + 5];
    const first =
      data.first(date) === OPEN_FROM
        ? x(Math.min(to, data.last(date)) + 1) - FADE
        : x(Math.max(from, data.first(date)));
    const end = data.last(date) === OPEN_TO ? first + FADE : x(Math.min(to, data.last(date)) + 1);
    const middle = (first + end) / 2,
      wide = Math.max(SHORTEST, end - first) / 2;
    return [Math.max(EDGE, middle - wide), Math.min(width - EDGE, Math.max(middle + wide, EDGE + SHORTEST))];
  }
  function pack(found, x, from, to) {
    const rows = LANES.map(() => []);
    const placed = [];
    for (const i of found) {
      const lane = data.types[data.type[i]].lane;
      const [left, right] = placeEvent(data.date[i], x, from, to);
      let row = rows[lane].findIndex((end) => end <= left);
      if (row < 0) row = rows[lane].push(0) - 1;
      if (row >= DEEP) return null;
      rows[lane][row] = right + 1;
      placed.push({ i, lane, row, left, right });
    }
    return { placed, deep: rows.map((row) => row.length) };
  }
  function drawMark({ i, lane, row, left, right }, top, from, to) {
    const date = data.date[i],
      y = top + row * ROW + ROW / 2,
      { side } = data.types[data.type[i]];
    const hollow = isHollow(data, i);
    const middle = (left + right) / 2;
    let shape;
    if (data.exact(date)) {
      shape =
        side > 0
          ? make("path", { d: `M${middle - 5} ${y + 4}h10l-5 -9z` })
          : side < 0
            ? make("path", { d: `M${middle - 5} ${y - 4}h10l-5 9z` })
            : make("circle", { cx: middle, cy: y, r: 4.2 });
    } else {
      const back = data.dated[date] & BEFORE || data.first(date) < from ? 5 : 0,
        on = data.dated[date] & ONWARDS || data.last(date) > to ? 5 : 0;
      shape = make("path", {
        d: `M${left + back} ${y - 3}L${right - on} ${y - 3}L${right} ${y}L${right - on} ${y + 3}L${left + back} ${y + 3}L${left} ${y}z`,
        class: "vague",
      });
    }
    const mark = make(
      "g",
      {
        role: "button",
        class: `mark side${side} ${hollow ? "hollow" : ""} ${data.dated[date] & ABOUT ? "about" : ""} ${i === app.open ? "current" : ""}`,
        "data-key": `e${i}`,
        "data-row": lane,
        "data-at": Math.round(middle),
        "aria-label": words.event(i),
        onclick: () => app.show(i, node),
      },
      make("rect", { class: "reach", x: left - 1, width: right - left + 2, y: y - ROW / 2, height: ROW }),
      shape,
    );
    return withTip(mark, () => words.tellEvent(i));
  }
  function drawLaneName(lane, n, y) {
    const ids = data.types.filter((type) => type.lane === lane).map(({ id }) => id);
    const name = t(`explore.lane.${LANES[lane]}`);
    const label = `${name}: ${words.events(n)}`;
    const named = make(
      "g",
      {
        role: "button",
        class: "lane",
        "data-key": `l${lane}`,
        "data-row": lane,
        "data-at": -1e4,
        "aria-label": label,
        onclick: () => app.choose({ types: ids }),
      },
      make("rect", { class: "reach", x: 0, width: Math.min(width, 240), y: y - 14, height: 18 }),
      make("text", { x: EDGE, y }, `${name} · ${words.number(n)}`),
    );
    return withTip(named, () => [[label], [t("explore.click_lane")]]);
  }
  function chooseEarly(from) {
    app.choose({ until: toIso(from - 1) });
    inLanes.focus();
  }
  function chooseUndated() {
    app.choose({ undated: app.view.undated ? "" : "yes" });
  }
  function drawLanes(facts, view) {
    const whole = facts.whole.reduce((sum, n) => sum + n, 0);
    const until = toDay(view.until) ?? data.to;
    const from =
      toDay(view.since) ?? (until < data.start ? data.from : Math.max(data.from, Math.min(data.start, data.to)));
    const to = Math.max(from, until);
    let early = 0;
    facts.dates.forEach((n, date) => {
      if (n && data.last(date) < from) early += n;
    });
    const shows = (i) => !data.undated(data.date[i]) && data.last(data.date[i]) >= from;
    const x = scale(from, to);
    const packed =
      facts.found.length - facts.undated - early <= DRAWN2 ? pack(facts.found.filter(shows), x, from, to) : null;
    const tops = [],
      sums = LANES.map((_, lane) =>
        data.types.reduce((sum, type, at) => sum + (type.lane === lane ? facts.kinds[at] : 0), 0),
      );
    let y = LABEL;
    for (const lane of LANES.keys()) {
      tops.push(y);
      y += LABEL + (packed ? Math.max(1, packed.deep[lane]) * ROW : TALL) + 6;
    }
    const svg = make("svg", { class: "svg", width, height: y, role: "group", "aria-label": t("explore.lanes") });
    svg.append(...drawTicks(x, from, to, 12, y));
    LANES.forEach((_, lane) =>
      svg.append(
        make("line", { class: "base", x1: 0, x2: width, y1: tops[lane], y2: tops[lane] }),
        drawLaneName(lane, sums[lane], tops[lane] + 14),
      ),
    );
    let coarse = 0;
    if (packed) packed.placed.forEach((one) => svg.append(drawMark(one, tops[one.lane] + LABEL, from, to)));
    else coarse = drawCounts(svg, facts, makeBins(data, from, to, Math.max(24, width / 8)), x, tops, from, to);
    dragPeriod(svg, app, unscale(from, to));
    lanes.replaceChildren(svg);
    notes.replaceChildren(
      ...[
        early > 0 &&
          make(
            "button",
            { type: "button", class: "link", onclick: () => chooseEarly(from) },
            t("explore.early", { day: words.day(from), events: words.events(early) }),
          ),
        (view.since || view.until) &&
          !view.undated &&
          barred < whole &&
          make("span", {}, t("explore.strip_left", { events: words.events(whole - barred) })),
        coarse > 0 && make("span", {}, t("explore.coarse", { events: words.events(coarse) })),
      ]
        .filter(Boolean)
        .flatMap((part) => [part, " "]),
    );
    const told = view.undated ? "explore.undated_alone" : "explore.undated";
    undated.textContent = t(told, { events: words.events(facts.undated) });
    undated.hidden = !view.undated && !facts.undated;
    key.textContent = t(packed ? "explore.key" : "explore.key_counts");
  }
  function drawCounts(svg, facts, bins, x, tops, from, to) {
    const nTypes = data.types.length;
    const counts = LANES.map(() => new Uint32Array(bins.starts.length));
    let coarse = 0;
    for (let date = 0; date < data.span.length / 2; date++) {
      if (data.undated(date) || data.last(date) < from || data.first(date) > to) continue;
      const bin = bins.bin(date);
      for (let type = 0; type < nTypes; type++) {
        const n = facts.days[date * nTypes + type];
        if (!n) continue;
        if (bin < 0) coarse += n;
        else counts[data.types[type].lane][bin] += n;
      }
    }
    const most = counts.reduce((a, lane) => lane.reduce((b, n) => Math.max(b, n), a), 1);
    counts.forEach((lane, number) =>
      lane.forEach((n, at) => {
        if (!n) return;
        const start = bins.starts[at],
          end = nextOf(bins.unit, start) - 1,
          base = tops[number] + LABEL + TALL,
          tall = Math.max(2, (n / most) * (TALL - 2));
        const left = Math.max(EDGE, x(start)),
          wide = Math.max(1.5, Math.min(width - EDGE, x(end + 1)) - left - 1);
        const label = `${words.unit(bins.unit, start)}, ${t(`explore.lane.${LANES[number]}`)}: ${words.events(n)}`;
        const inBin = (i) =>
          !facts.fails[i] && data.types[data.type[i]].lane === number && bins.bin(data.date[i]) === at;
        svg.append(
          tellBin(
            label,
            inBin,
            "g",
            {
              role: "button",
              class: `bin side${number < 2 ? 1 : -1}`,
              "data-key": `c${number}-${start}`,
              "data-row": number,
              "data-at": at,
              "aria-label": label,
              onclick: () => app.choose({ since: toIso(Math.max(from, start)), until: toIso(Math.min(to, end)) }),
            },
            make("rect", { class: "reach", x: left, width: wide + 1, y: base - TALL, height: TALL }),
            make("rect", { class: "bar", x: left, width: wide, y: base - tall, height: tall }),
          ),
        );
      }),
    );
    return coarse;
  }
  const draw = (facts, view) => {
    last = [facts, view];
    width ||= measure();
    anchor = null;
    inStrip.redraw(() => drawStrip(facts, view));
    inLanes.redraw(() => drawLanes(facts, view));
  };
  const measure = () => Math.max(280, Math.floor(strip.clientWidth));
  const resize = () => {
    const before = width;
    width = measure();
    if (last && width !== before) draw(...last);
  };
  return { node, draw, resize, redraw: () => last && draw(...last) };
}

// explore/explore.js
function render({ model, el }) {
  const t = readWords(model);
  const data = readData(model);
  const words = makeWords(t, data, model.get("language"));
  const search = new Search(data, model, (asked) => hear(asked));
  const filter = new Filter(data, search);
  const views = new Views(readView(model.get("view")));
  const live = make("p", { class: "hidden", role: "status", "aria-live": "polite" });
  let from = null;
  let saving = 0;
  const app = {
    t,
    data,
    words,
    search,
    place: model.get("place"),
    view: views.now,
    open: -1,
    // the event whose sentences are shown, its ties and its actors
    ties: new Set(),
    actors: new Set(),
    facts: () => facts,
    say: (text) => {
      live.textContent = text;
    },
    canUndo: () => views.past.length > 0,
    tellFound: ({ found, undated }) =>
      t("explore.found", { n: words.number(found.length), all: words.events(data.n) }) +
      (undated ? ` (${t("explore.of_undated", { n: words.number(undated) })})` : ""),
    choose(change, goesOn = false) {
      if (views.change(change, goesOn)) showView();
    },
    toggleActor: (value) =>
      app.choose({ actors: app.view.actors.length === 1 && app.view.actors[0] === value ? [] : [value] }),
    undo() {
      if (views.undo()) showView();
    },
    show(i, where) {
      tips.hush();
      from = focused()?.dataset?.key ?? null;
      app.open = i;
      const pair = (at) => [data.pairs[2 * at], data.pairs[2 * at + 1]].map((actor) => data.actors[actor].id);
      const ties = words.list("ties", i).map(pair);
      app.ties = new Set(ties.map((tie) => tie.join(">")));
      app.actors = new Set(ties.flat());
      point();
      sentences.open(i, where);
      home = where;
    },
    hide() {
      sentences.close();
      app.open = -1;
      app.ties = app.actors = new Set();
      point();
      if (!home) return;
      const opener = from && findOne(`[data-key="${CSS.escape(from)}"]`, home);
      (opener || findOne("[data-key][tabindex='0']", home))?.focus({ preventScroll: true });
    },
  };
  app.weights = new Uint32Array(data.actors.length);
  const warm = new Map();
  let home = null;
  let facts = filter.count();
  facts.around.forEach((n, at) => {
    const [a, b] = [data.pairs[2 * at], data.pairs[2 * at + 1]];
    app.weights[a] += n;
    app.weights[b] += n;
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    warm.set(key, (warm.get(key) ?? 0) + facts.net[at]);
  });
  app.warmth = (a, b) => warm.get(a < b ? `${a} ${b}` : `${b} ${a}`) ?? 0;
  const sentences = makeSentences(app, model);
  const controls = makeControls(app);
  const timeline = makeTimeline(app);
  const matrix = makeMatrix(app);
  const graph = makeGraph(app);
  const table = makeTable(app);
  const line = makeLine(app);
  const parts = [controls, timeline, matrix, graph, table, line];
  const root = make(
    "div",
    { class: "lagebild explore", role: "region", lang: model.get("language"), "aria-label": t("explore.about") },
    controls.node,
    live,
    make(
      "div",
      { class: "columns" },
      make("div", { class: "column" }, timeline.node, table.node),
      make("div", { class: "column" }, matrix.node, graph.node),
    ),
    line.node,
    sentences.node,
  );
  keepKeys(root);
  const tips = makeTips(root);
  root.append(tips.node);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (app.open >= 0) app.hide();
    else app.undo();
  });
  function hear(asked) {
    if (asked === app.view.words) draw(true);
  }
  function showView() {
    app.view = views.now;
    draw();
  }
  function draw(again = false) {
    tips.hush();
    filter.set(app.view, again);
    facts = filter.count();
    for (const part of parts) part.draw(facts, app.view);
    sentences.redraw();
    if (root.dataset.found !== void 0) app.say(app.tellFound(facts));
    root.dataset.found = String(facts.found.length);
    clearTimeout(saving);
    saving = setTimeout(save, 300);
  }
  function save() {
    try {
      model.set("view", writeView(app.view));
      model.save_changes();
    } catch {}
  }
  function point() {
    timeline.redraw();
    matrix.draw(facts, app.view);
    graph.draw(facts, app.view);
    table.redraw();
  }
  el.append(root);
  draw();
  const watch = new ResizeObserver(() => timeline.resize());
  watch.observe(timeline.node);
  return () => {
    watch.disconnect();
    clearTimeout(saving);
    save();
    controls.stop();
    sentences.stop();
    search.stop();
    tips.stop();
  };
}
var explore_default = { render };
var held = globalThis.document?.getElementById("explorer-state");
if (held) openAlone(held, render);
export { explore_default as default };
