// The sentences that nothing was drafted from, those first that likely report an event. The kernel ranks them when they
// are first asked for; which ones hold nothing is kept in this browser, for a decision is about a row, and they have
// none.

import { makeButton } from "../desk/controls.js";
import { memory, readNames } from "../desk/queue.js";
import { make } from "../kit/elements.js";
import { REPEATABLE, ALIASES } from "./keys.js";
import { quoteEvidence } from "./panels.js";
import { splitIds } from "./rows.js";

/** @import { Candidate, View } from "./types.js" */

const EMPTY_KEY = "lagebild-overlooked:"; // where the browser keeps them, by case
const LISTED_AFTER = 5; // sentences that are listed after the one that is looked at
const PASSED_KEYS = new Set(["o", "u", "i", "?"]); // keys that keep their meaning

/**
 * The panel of overlooked sentences; it stands in the place of the card, and has keys of its own.
 *
 * @param {View} view
 */
export function makeOverlooked(view) {
  const { t, rows, queue } = view;
  const key = EMPTY_KEY + rows.desk.place;
  const empty = readNames(key); // sentences that hold nothing
  const marked = []; // of these, the ones marked since an event was begun, the latest last
  /** @type {Candidate[] | null} */
  let found = null; // nothing until the kernel has told them
  let [n, at, asked] = [0, 0, false];

  const nameOf = (one) => [one.source_id, one.language, one.sentence_no, one.start, one.end].join(":");
  const placeOf = (one) => `${one.source_id}:${one.sentence_no}`;
  /** Where rows stand by now, saved or not: what has one is not overlooked any more. */
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
  /** What is left to look at, and how many are left in all. */
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
  /** The sentence that is looked at, in the form of a row. */
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
      found = answer.overlooked.map(([source_id, language, sentence_no, start, end, types, actors]) => {
        const row = { mention_id: "", source_id, language, sentence_no, start, end };
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
  /** Take back what was marked last; before that, the last act of this reviewer. */
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
  /** Whether a key was meant for the panel; one that decides on a row is, for no row is shown. */
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
    const tools = Object.entries(names).map(([key, name]) => makeButton(t(`desk.${name}`), key, KEYS[key]));
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
