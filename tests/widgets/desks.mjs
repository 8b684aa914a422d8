// Desks without a page: the real rows, twins, queue and verbs; what would be drawn is counted or kept.
import { Queue } from "../../notebooks/lagebild/interactive/widgets/src/desk/queue.js";
import {
  makeActs,
  makeMissed,
  makeReadings,
} from "../../notebooks/lagebild/interactive/widgets/src/review/decisions.js";
import { Offers } from "../../notebooks/lagebild/interactive/widgets/src/review/offers.js";
import { makeOrder } from "../../notebooks/lagebild/interactive/widgets/src/review/order.js";
import { Meetings, Rows, Twins } from "../../notebooks/lagebild/interactive/widgets/src/review/rows.js";

/** A memory like that of the browser, which `Object.keys` lists. */
export function forget() {
  const methods = {
    getItem: (key) => (Object.hasOwn(globalThis.localStorage, key) ? globalThis.localStorage[key] : null),
    setItem: (key, text) => (globalThis.localStorage[key] = String(text)),
    removeItem: (key) => delete globalThis.localStorage[key],
  };
  const storage = {};
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(storage, name, { value });
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true, writable: true });
}

/** Words that say their key and what is filled in. */
export const t = (key, values = {}) => [key, ...Object.values(values)].join(" ");

const TEXT = "Israel attacked Iran. Iran condemned Israel on Friday. Russia condemned Israel.";
const USUAL = {
  source_id: "S1",
  language: "en",
  event_type: "ASSAULT",
  type_alt: "",
  source_actors: "ISR",
  target_actors: "IRN",
  mutual: "no",
  date: "2025-06-13",
  status: "asserted",
  confidence: "A",
  rule: "r1",
  condition_id: "",
  cue: "",
  state: "open",
  decided: "",
  latest: "",
  speaker: "",
  readers: "",
  other_source: "",
  other_target: "",
};

/** A desk with rows, of which each tells what differs from the usual one; rows that `twins` names follow another. */
export function makeDesk(rows, { twins = {}, offers = {}, pays = {}, ...more } = {}) {
  forget();
  const told = rows.map((row, at) => ({
    ...USUAL,
    mention_id: `M${at + 1}`,
    event_id: `V-${at + 1}`,
    sentence_no: 1,
    start: 0,
    end: 20,
    evidence: "Israel attacked Iran",
    ...row,
  }));
  const columns = Object.keys(told[0]);
  const desk = {
    place: "case",
    content: "today",
    columns,
    actors: [
      ["ISR", "Israel", "state", "israel israelis"],
      ["IRN", "Iran", "state", "iran islamische republik tehran"],
      ["RUS", "Russia", "state", "russland moscow"],
      ["iran-air", "Iran Air", "organisation", ""],
      ["putin", "Vladimir Putin", "person", "wladimir putin"],
    ],
    types: [
      ["ASSAULT", "Assault", ""],
      ["AID", "Aid", ""],
    ],
    texts: {
      "S1:en": [
        [1, 0, TEXT.slice(0, 21), false],
        [2, 22, TEXT.slice(22, 53), false],
        [3, 54, TEXT.slice(54), false],
      ],
    },
    sources: {},
    names: {},
    choices: { status: ["asserted", "reported", "open"] },
    twins,
    offers,
    pays,
    ...more,
  };
  const queue = new Queue("review", desk.place, desk.content);
  const held = new Rows(desk, t, queue);
  held.load(told.map((row) => columns.map((name) => row[name])));
  const view = {
    t,
    queue,
    rows: held,
    twins: new Twins(twins, held),
    offers: new Offers(held),
    meetings: new Meetings(t, held),
    state: {
      by: "A",
      reason: "",
      show: "open",
      where: "",
      confidence: "",
      order: "text",
      search: "",
      chosen: "M1",
      missed: null,
      panel: "",
      taken: [],
      sent: new Map(),
      behind: new Map(),
    },
    sent: [],
    warned: "",
    said: "",
    card: { focus: () => {} },
    warn: (...words) => (view.warned = words.join("")),
    say: (words) => (view.said = words),
    send: (act) => view.sent.push(act),
    set: (values) => Object.assign(view.state, values),
    nameReviewer: () => view.state.by.trim(),
    isSound: () => true,
    draw: () => {},
    close: () => {},
  };
  for (const part of [makeOrder, makeActs, makeMissed, makeReadings]) Object.assign(view, part(view));
  /** Let the kernel take over what was sent, as it does, and answer. */
  view.answer = () => {
    for (const act of view.sent.splice(0)) {
      queue.drop(act.name);
      for (const { row: id, action, field, value } of act.rows) {
        const row = held.all.get(id);
        if (!row) continue;
        if (action === "edit") row[field] = value;
        if (action === "merge" || action === "split") row.event_id = value;
        row.state = { accept: "accepted", reject: "rejected", edit: "edited", undo: "open" }[action] ?? row.state;
        row.decided = `${act.rows[0].by}, today`;
        row.waits = false;
        held.settle(id);
      }
      view.conclude(act, {});
    }
  };
  /** The decisions that wait or were sent, as row, action, field, value. */
  view.decided = () =>
    view.sent.flatMap((act) =>
      act.rows.map(({ row, action, field, value }) => [row, action, field, value].join(" ").trim()),
    );
  return view;
}
