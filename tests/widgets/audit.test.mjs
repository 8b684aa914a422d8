// The audit of a report without a page: the way through the claims, and what is decided on them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { makeActs, makeOrder } from "../../notebooks/lagebild/interactive/widgets/src/audit/claims.js";
import { makeLanguage } from "../../notebooks/lagebild/interactive/widgets/src/desk/controls.js";
import { Queue } from "../../notebooks/lagebild/interactive/widgets/src/desk/queue.js";
import { forget, t } from "./desks.mjs";

function makeAudit(verdicts) {
  forget();
  const claims = verdicts.map((verdict, at) => ({
    at,
    hash: `h${at}`,
    claim: `c${at}`,
    verdict,
    says: verdict,
    by: "",
    why: "",
    latest: "",
    waits: false,
  }));
  const view = {
    t,
    claims,
    queue: new Queue("audit", "case", "verdicts"),
    state: {
      by: "A",
      chosen: 0,
      only: "",
      asks: "",
      help: false,
      taken: [],
      behind: new Map(),
      met: new Map(),
      sent: new Map(),
    },
    sent: [],
    warned: "",
    said: "",
    warn: (...words) => (view.warned = words.join("")),
    say: (words) => (view.said = words),
    send: (act) => view.sent.push(act),
    nameReviewer: () => view.state.by,
    card: { querySelector: () => null },
    loadTaken: (taken) => (view.state.taken = taken),
  };
  for (const name of ["draw", "close", "markClaim", "reach", "drawProgress"]) view[name] = () => {};
  for (const part of [makeOrder, makeActs]) Object.assign(view, part(view));
  return view;
}

test("one goes from claim to claim, from objection to objection, and among those that are shown", () => {
  const view = makeAudit(["supported", "differs", "supported", "not-found"]);
  const at = () => view.state.chosen;
  view.go(1);
  assert.equal(at(), 1);
  view.go(-1);
  view.go(-1);
  assert.equal(at(), 0, "before the first there is none");
  view.goOn(1);
  view.goOn(1);
  assert.equal(at(), 3);
  view.goOn(1);
  assert.deepEqual([at(), view.warned], [3, "audit.desk.no_more"]);
  view.state.only = "supported";
  view.first();
  assert.equal(at(), 0, "after the last one comes the first");
  view.go(1);
  assert.equal(at(), 2);
  view.go(1);
  assert.equal(at(), 2);
});

test("a verdict waits with its reason until it is written; the same sentence told twice waits twice", () => {
  const view = makeAudit(["differs", "differs", "supported"]);
  view.claims[2].hash = "h0";
  view.overrule("supported", "it did");
  const [{ rows, seen }] = view.sent;
  assert.deepEqual([rows[0].row, rows[0].action, rows[0].reason, rows[0].by], ["h0", "supported", "it did", "A"]);
  assert.deepEqual(seen, { h0: "" });
  assert.deepEqual(
    view.claims.map(({ waits }) => waits),
    ["supported", false, "supported"],
  );
  view.queue.drop(view.sent[0].name);
  view.take(
    {
      states: [
        ["h0", "supported", "A", "it did", "d1"],
        ["h1", "differs", "", "", ""],
        ["h0", "supported", "A", "it did", "d1"],
      ],
      taken: [],
    },
    view.sent[0],
  );
  assert.deepEqual([view.claims[0].verdict, view.claims[0].by, view.claims[0].waits], ["supported", "A", false]);
});

test("undo takes back one verdict after the other, but nobody else's", () => {
  const view = makeAudit(["differs", "differs"]);
  view.overrule("supported", "so");
  view.go(1);
  view.overrule("contested", "so");
  view.state.taken.push({ name: "x", rows: [{ row: "h0", by: "B", decision_id: "x.1" }] });
  view.undo();
  view.undo();
  assert.deepEqual(
    view.sent.slice(2).map(({ rows: [row] }) => [row.row, row.action]),
    [
      ["h1", "undo"],
      ["h0", "undo"],
    ],
  );
  assert.equal(view.state.chosen, 0);
  view.undo();
  assert.equal(view.warned, "desk.no_undo");
});

test("what somebody else decided meanwhile is shown, and stands in the reason of a decision all the same", () => {
  const view = makeAudit(["differs", "differs"]);
  view.overrule("supported", "so");
  const act = view.sent.pop();
  view.queue.drop(act.name);
  view.choose(1);
  view.take({ met: { h0: [["contested", "", "", "B", "today"]] } }, act);
  assert.equal(view.warned, "desk.met audit.desk.claim 1 B (today): audit.verdict.contested");
  assert.equal(view.state.chosen, 0, "one comes back to what is not settled");
  view.overrule("supported", "so");
  assert.equal(view.sent[0].rows[0].reason, "so; desk.reason_met B");
  view.take({ fault: "no" }, view.sent[0]);
  assert.equal(view.warned, "desk.refused audit.desk.claim 1 no");
});

test("a kernel that is gone leaves the language, and so does one that refuses", () => {
  let asked;
  const view = {
    t,
    language: "en",
    warned: [],
    reopened: [],
    ask: (...words) => (asked = words),
    set: (values) => (view.shown = values.language),
  };
  Object.assign(view, {
    warn: (words) => view.warned.push(words),
    reopen: (answer) => view.reopened.push(answer),
    hear: () => {},
  });
  Object.assign(view, makeLanguage(view));
  view.speak("de");
  let [question, take, giveUp] = asked;
  assert.deepEqual(question, { ask: "language", language: "de" });
  giveUp();
  assert.deepEqual([view.shown, view.warned.pop()], ["en", "desk.gone_language"]);
  take({ language: "de" });
  assert.deepEqual(view.reopened, [], "an answer that comes late changes nothing");
  view.speak("de");
  take = asked[1];
  take({ fault: "no words" });
  assert.equal(view.warned.pop(), "no words");
  view.speak("de");
  asked[1]({ language: "de" });
  assert.equal(view.reopened.length, 1);
});
