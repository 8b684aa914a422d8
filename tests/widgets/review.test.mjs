// The review of drafts without a page: rows, their order, offers, twins, and decisions.
import assert from "node:assert/strict";
import { test } from "node:test";

import { findFaults } from "../../notebooks/lagebild/interactive/widgets/src/review/fields.js";
import { readDigit } from "../../notebooks/lagebild/interactive/widgets/src/review/offers.js";
import { makeDesk } from "./desks.mjs";

const row = (view, id) => view.rows.all.get(id);
const shown = (view, whole) => view.listRows(whole).map((one) => one.mention_id);

// --- rows

test("who to whom can be turned round, and made mutual and back", () => {
  const { rows } = makeDesk([{}, { mutual: "yes", source_actors: "RUS;IRN", target_actors: "RUS;IRN" }]);
  const [one, both] = rows.all.values();
  assert.deepEqual(rows.swapped(one), ["IRN", "ISR", "no"]);
  assert.deepEqual(rows.flipped(one), ["ISR;IRN", "ISR;IRN", "yes"]);
  rows.setRoles(one, rows.flipped(one));
  assert.equal(rows.summary(one), "Israel, Iran: Assault");
  assert.deepEqual(rows.flipped(one), ["ISR", "IRN", "no"]);
  rows.setRoles(one, rows.flipped(one));
  assert.deepEqual(rows.changesOf(one), [], "what is as it was drafted is no change");
  assert.deepEqual(rows.swapped(both), ["RUS", "IRN", "no"]);
  rows.setRoles(one, rows.swapped(one));
  assert.deepEqual(rows.changesOf(one), [
    ["source_actors", "IRN"],
    ["target_actors", "ISR"],
  ]);
});

test("an actor is found by any of its names, the best fit first, states before others", () => {
  const { rows } = makeDesk([{}]);
  assert.equal(rows.findActors("tehran", [])[0], "IRN");
  assert.deepEqual(rows.findActors("iran", []), ["IRN", "iran-air"]);
  assert.deepEqual(rows.findActors("iran", ["IRN"]), ["iran-air"]);
  assert.deepEqual(rows.findActors("rus", []), ["RUS"]);
  assert.equal(rows.findActors("wladimir", [])[0], "putin");
  assert.deepEqual(rows.findActors("xyzzy", []), []);
  rows.addActor(["ZAR", "Zaire", "state", ""]);
  assert.deepEqual(rows.findActors("air", []), ["iran-air", "ZAR"]);
  rows.addActor(["berg", "Iris <b>Berg", "person", "iris berg"]);
  rows.addName(["ISR", "Israel", "state", "israel the jewish state"]);
  assert.deepEqual([rows.findActors("iris <b>", [])[0], rows.findActors("jewish", [])[0]], ["berg", "ISR"]);
});

test("a rule is told how often it was right once three of its rows are decided", () => {
  const decided = ["accepted", "rejected", "open", "open"].map((state) => ({ state }));
  const { rows } = makeDesk([...decided, { rule: "r2", state: "accepted" }]);
  assert.equal(rows.tellRule("r1"), "desk.rule r1");
  row({ rows }, "M3").state = "edited";
  assert.equal(rows.tellRule("r1"), "desk.rule r1 (desk.rule_record 3 2)");
});

test("words stand where their characters do", () => {
  const view = makeDesk([{}], {
    texts: {
      "S1:en": [
        [1, 0, "😀 Iran met Iran.", false],
        [2, 17, "Iran left.", false],
      ],
    },
  });
  const one = row(view, "M1");
  assert.deepEqual(view.rows.findWords(one, "Iran"), { sentence_no: 1, from: 2, words: "Iran" });
  assert.deepEqual(view.rows.findWords(one, "left"), { sentence_no: 2, from: 5, words: "left" });
  assert.equal(view.rows.findWords(one, "nowhere"), null);
  Object.assign(one, { start: 11 });
  assert.ok(view.rows.sentenceHolds(one, "Iran") && !view.rows.sentenceHolds(one, "met"));
});

test("a value that cannot be saved is said in its field", () => {
  const view = makeDesk([{}]);
  const one = row(view, "M1");
  const faults = (changes, typed = {}, judged = {}) => {
    view.rows.working.clear();
    for (const [field, value] of Object.entries(changes)) view.rows.change(one, field, value);
    return Object.fromEntries(
      findFaults(view.rows, one, new Map(Object.entries(typed)), new Map(Object.entries(judged))),
    );
  };
  assert.deepEqual(faults({ quote: "no such words", cue: "r" }), {
    quote: "desk.fault_words",
    cue: "desk.fault_often",
  });
  assert.deepEqual(faults({ quote: "attacked", status: "open" }), {});
  assert.deepEqual(faults({ quote: "I" }), {}, "words that begin where the evidence does are meant there");
  assert.deepEqual(faults({ event_type: "" }), { event_type: "desk.missing_type" });
  assert.deepEqual(faults({}, { source_actors: "Nobody", speaker: "" }), { source_actors: "desk.fault_actor Nobody" });
  assert.deepEqual(faults({ date: "2025-13-99" }, {}, { "2025-13-99": { fault: "no EDTF" } }), { date: "no EDTF" });
});

// --- the way from row to row

test("the list is narrowed by state, confidence, text and words; the row on the desk stays", () => {
  const view = makeDesk([
    {},
    { state: "accepted" },
    { confidence: "C" },
    { evidence: "condemned", source_actors: "RUS" },
  ]);
  assert.deepEqual(shown(view), ["M1", "M3", "M4"]);
  Object.assign(view.state, { show: "decided", chosen: "" });
  assert.deepEqual(shown(view), ["M2"]);
  view.state.show = "all";
  assert.equal(shown(view).length, 4);
  Object.assign(view.state, { confidence: "C" });
  assert.deepEqual(shown(view), ["M3"]);
  Object.assign(view.state, { confidence: "", search: " RUSSIA " });
  assert.deepEqual(shown(view), ["M4"]);
  Object.assign(view.state, { search: "no such words" });
  assert.deepEqual(shown(view), []);
  Object.assign(view.state, { search: "", where: "S2:de" });
  assert.deepEqual(shown(view), []);
  view.state.chosen = "M1";
  Object.assign(view.state, { where: "", show: "decided" });
  assert.deepEqual(shown(view), ["M1", "M2"]);
});

test("rows are gone through in the order that is chosen", () => {
  const pays = { M1: [2], M2: [0], M3: [1] };
  const view = makeDesk(
    [
      { confidence: "B", rule: "b" },
      { confidence: "", rule: "a" },
      { confidence: "A", rule: "b" },
    ],
    { pays },
  );
  for (const [order, wanted] of [
    ["text", "M1 M2 M3"],
    ["pays", "M2 M3 M1"],
    ["confidence", "M3 M1 M2"],
    ["rule", "M2 M1 M3"],
  ]) {
    view.state.order = order;
    assert.equal(shown(view).join(" "), wanted, order);
  }
});

test("what was decided last comes first if one asks for it", () => {
  const view = makeDesk([{}, {}, {}, {}]);
  for (const id of ["M1", "M3", "M2"]) {
    view.state.chosen = id;
    view.accept();
  }
  view.answer();
  Object.assign(view.state, { order: "latest", show: "decided", chosen: "" });
  assert.deepEqual(shown(view), ["M2", "M3", "M1"]);
});

test("a row that is put off comes last, the latest last of all, and is marked until it is decided", () => {
  const view = makeDesk([{}, {}, {}]);
  view.postpone();
  assert.deepEqual([view.state.chosen, view.countLater()], ["M2", 1]);
  view.postpone();
  assert.deepEqual(shown(view), ["M3", "M1", "M2"]);
  assert.ok(view.isLater(row(view, "M1")));
  assert.equal(localStorage.getItem("lagebild-review-later:case"), '["M1","M2"]', "the browser remembers it");
  view.state.chosen = "M1";
  view.accept();
  view.answer();
  assert.deepEqual([view.countLater(), view.isLater(row(view, "M1"))], [1, false]);
  view.state.chosen = "M1";
  view.postpone();
  assert.equal(view.warned, "desk.later_decided");
});

test("rows are counted by confidence, twins that are decided together as one", () => {
  const view = makeDesk([{}, { confidence: "B" }, { confidence: "" }, { state: "accepted" }], { twins: { M2: "M1" } });
  const { n, left, open } = view.countRows();
  assert.deepEqual([n, left, Object.fromEntries(open)], [3, 2, { A: 1, coded: 1 }]);
});

// --- what one key chooses

const OFFERED = {
  M1: {
    source_actors: [
      ["RUS", "near"],
      ["putin", "near"],
      ["FRA;DEU", "listed"],
    ],
    target_actors: [["ISR", "near"]],
    types: ["AID"],
    dates: [["2025-06-12", "12 June 2025"]],
  },
};

test("digits name who stands on a side that is missing; Shift keeps the row, several come at once", () => {
  const view = makeDesk([{ source_actors: "" }], { offers: OFFERED });
  const one = row(view, "M1");
  assert.equal(view.offers.side(one), "source_actors");
  assert.equal(view.offers.choose(one, 1, true), false, "it stays");
  assert.equal(view.offers.choose(one, 2, false), true, "it is saved");
  assert.equal(view.rows.get(one, "source_actors"), "RUS;putin");
  assert.equal(view.offers.choose(one, 1, true), false);
  assert.equal(view.rows.get(one, "source_actors"), "putin", "who stands there leaves");
  view.offers.choose(one, 3, true);
  assert.equal(view.rows.get(one, "source_actors"), "putin;FRA;DEU");
  view.offers.choose(one, 3, true);
  assert.equal(view.rows.get(one, "source_actors"), "putin");
  assert.equal(view.offers.choose(one, 9, false), false);
  assert.equal(view.offers.choose(one, 0, false), false, "nobody asked for nobody");
});

test("digits mean one thing: what a letter asks, or the side that lacks, and nothing else", () => {
  const view = makeDesk([{}], { offers: OFFERED });
  const one = row(view, "M1");
  assert.deepEqual([view.offers.asked(one), view.offers.list(one)], ["", []]);
  assert.equal(view.offers.choose(one, 1, false), false);
  view.offers.turn(one, "target_actors");
  assert.deepEqual(view.offers.list(one), [
    ["IRN", "drafted"],
    ["ISR", "near"],
  ]);
  assert.equal(view.offers.choose(one, 2, true), false);
  assert.equal(view.rows.get(one, "target_actors"), "IRN;ISR", "with Shift somebody joins");
  view.offers.turn(one, "source_actors");
  assert.ok(view.offers.choose(one, 2, false));
  assert.equal(view.rows.get(one, "source_actors"), "RUS", "alone it takes the place");
  view.offers.turn(one, "event_type");
  assert.ok(view.offers.choose(one, 2, false));
  assert.equal(view.rows.get(one, "event_type"), "AID");
  assert.equal(view.offers.asked(one), "", "once answered it asks no more");
  view.offers.turn(one, "date");
  view.offers.turn(one, "date");
  assert.equal(view.offers.asked(one), "");
});

test("a type or a date saves no row that lacks a side", () => {
  const view = makeDesk([{ target_actors: "" }], { offers: OFFERED });
  const one = row(view, "M1");
  view.offers.turn(one, "date");
  assert.equal(view.offers.choose(one, 1, false), false);
  assert.deepEqual([view.rows.get(one, "date"), view.offers.asked(one)], ["2025-06-12", "target_actors"]);
  assert.ok(view.offers.choose(one, 1, false));
});

test("a key goes through the dates: none, those offered, the drafted one", () => {
  const view = makeDesk([{}], { offers: OFFERED });
  const one = row(view, "M1");
  const seen = [...Array(3)].map(() => (view.offers.nextDate(one), view.rows.get(one, "date")));
  assert.deepEqual(seen, ["", "2025-06-12", "2025-06-13"]);
});

// --- two readings

test("where rules and model part, both readings stand side by side, and one key takes one", () => {
  const view = makeDesk([{ readers: "rules;model", other_source: "RUS", other_target: "" }, {}]);
  const told = view.listReadings(row(view, "M1"));
  assert.deepEqual(
    told.map(({ title }) => title),
    ["desk.reading_model", "desk.reading_rules"],
  );
  assert.match(told[1].told, /^RUS|Russia/);
  view.takeReading(1);
  assert.deepEqual(view.decided(), ["M1 edit source_actors RUS", "M1 edit target_actors"]);
  view.answer();
  assert.deepEqual(view.listReadings(row(view, "M2")), []);
  view.takeReading(0);
  assert.equal(view.warned, "desk.reading_none");
});

test("what two people decided differently stands side by side, and one key takes one with its fields", () => {
  const view = makeDesk([{}, {}]);
  const parted = [
    ["A", "2025-07-01", "so", "reject", []],
    ["B", "2025-07-02", "no", "edit", [["status", "reported"]]],
  ];
  view.rows.parted = new Map([["M1", parted]]);
  Object.assign(view.state, { show: "parted" });
  assert.deepEqual(shown(view), ["M1"]);
  assert.match(view.listReadings(row(view, "M1"))[1].told, /desk.edited · .*reported \(no\)/);
  view.takeReading(1);
  const [edit] = view.sent[0].rows;
  assert.deepEqual(
    [edit.action, edit.field, edit.value, edit.reason],
    ["edit", "status", "reported", "desk.reason_taken B"],
  );
  view.state.chosen = "M2";
  view.rows.parted.set("M2", parted);
  view.takeReading(0);
  assert.equal(view.sent[1].rows[0].action, "reject");
});

test("rows for two are those that the kernel names, and ! leaves out what holds a word", () => {
  const view = makeDesk([{}, {}, { evidence: "Iran condemned", rule: "r9" }], { two: ["M2"] });
  Object.assign(view.state, { show: "two", chosen: "" });
  assert.deepEqual(shown(view), ["M2"]);
  Object.assign(view.state, { show: "open", search: "iran !condemned" });
  assert.deepEqual(shown(view), ["M1", "M2"]);
  view.state.search = "r9";
  assert.deepEqual(shown(view), ["M3"]);
});

test("a digit is read with Shift on every keyboard", () => {
  assert.deepEqual(readDigit({ key: "3", shiftKey: false }, {}), [3, false]);
  assert.deepEqual(readDigit({ key: "§", code: "Digit3", shiftKey: true }, {}), [3, true]);
  assert.deepEqual(readDigit({ key: "?", code: "Digit3", shiftKey: true }, { "?": 1 }), [-1, false]);
  assert.deepEqual(readDigit({ key: "x", code: "KeyX", shiftKey: false }, {}), [-1, false]);
});

// --- decisions

test("a decision carries name, day and reason; a reason that is written holds for one act", () => {
  const view = makeDesk([{}, {}]);
  view.state.reason = '=SUM(A1) "so"';
  view.reject();
  view.accept();
  const [one, two] = view.sent.map((act) => act.rows[0]);
  assert.deepEqual([one.by, one.reason, two.reason], ["A", '=SUM(A1) "so"', "desk.reason_accept"]);
  assert.match(one.date, /^\d{4}-\d\d-\d\d$/);
  assert.deepEqual(view.decided(), ["M1 reject", "M2 accept"]);
  assert.equal(view.queue.acts.length, 2, "they wait in the memory of the browser");
});

test("who puts an actor on both sides is warned", () => {
  const view = makeDesk([{}, {}, {}]);
  const told = ["ISR", "IRN"].map((target, at) => {
    view.state.chosen = `M${at + 1}`;
    view.rows.change(row(view, view.state.chosen), "target_actors", target);
    view.warned = "";
    view.accept();
    return view.warned;
  });
  assert.deepEqual(told, ["desk.both_sides Israel", ""]);
});

test("twins that are mended are grouped by what they say, and moved nowhere", () => {
  const rows = [{ event_id: "V-1" }, { event_id: "V-2" }];
  const blank = { mode: "", context: "", stance: "", credibility: "", date_basis: "" };
  const view = makeDesk(
    rows.map((one) => ({ ...blank, ...one })),
    { twins: { M2: "M1" } },
  );
  view.rows.change(row(view, "M1"), "target_actors", "RUS");
  view.accept();
  assert.deepEqual(view.decided(), ["M1 edit target_actors RUS", "M2 edit target_actors RUS"]);
});

test("without a name nothing is decided", () => {
  const view = makeDesk([{}]);
  view.state.by = " ";
  view.accept();
  assert.deepEqual([view.sent, view.state.chosen], [[], "M1"]);
});

test("what was accepted and not changed is not accepted twice, unless by somebody else", () => {
  const view = makeDesk([{}]);
  view.state.show = "all";
  view.accept();
  view.answer();
  view.accept();
  assert.deepEqual(view.sent, []);
  view.state.by = "B";
  view.accept();
  assert.deepEqual(view.decided(), ["M1 accept"]);
});

test("what was changed is saved with the row; a rejected one is accepted, too", () => {
  const view = makeDesk([{}, { state: "rejected" }]);
  view.rows.change(row(view, "M1"), "status", "open");
  view.rows.change(row(view, "M1"), "cue", "said");
  view.accept();
  view.rows.change(row(view, "M2"), "status", "open");
  Object.assign(view.state, { chosen: "M2", show: "all" });
  view.accept();
  assert.deepEqual(view.decided(), ["M1 edit status open", "M1 edit cue_en said", "M2 accept", "M2 edit status open"]);
  assert.equal(view.sent[0].rows[0].reason, "desk.reason_edit");
});

test("undo shows a changed row again as it is, then takes back one act after the other, but nobody else's", () => {
  const view = makeDesk([{}, {}]);
  view.accept();
  view.accept();
  view.answer();
  view.state.taken.push({ name: "x", rows: [{ row: "M2", by: "B", decision_id: "x.1", action: "reject" }] });
  view.rows.change(row(view, "M2"), "status", "open");
  view.state.chosen = "M2";
  view.undo();
  assert.deepEqual([view.sent, view.rows.changesOf(row(view, "M2"))], [[], []]);
  view.undo();
  view.undo();
  assert.deepEqual(
    view.sent.map((act) => act.rows[0].row),
    ["M2", "M1"],
  );
  assert.deepEqual(new Set(view.sent.map((act) => act.rows[0].action)), new Set(["undo"]));
  assert.equal(view.state.chosen, "M1");
  view.undo();
  assert.equal(view.warned, "desk.no_undo");
});

test("an act that the kernel refused, or that met another decision, can not be undone, and an undo that was comes back", () => {
  const view = makeDesk([{}, {}]);
  view.accept();
  view.state.chosen = "M1";
  view.queue.drop(view.sent[0].name);
  view.conclude(view.sent.shift(), { fault: "no" });
  assert.deepEqual([view.state.taken, row(view, "M1").waits, view.warned], [[], false, "desk.refused M1 no"]);
  view.accept();
  view.answer();
  view.undo();
  const [undo] = view.sent.splice(0);
  view.state.chosen = "M1";
  view.queue.drop(undo.name);
  view.conclude(undo, { met: { M1: [["reject", "", "", "B", "today"]] } });
  assert.equal(view.state.taken.length, 1);
  assert.ok(view.rows.isOpen(row(view, "M1")), "it stays to be decided");
  view.reject();
  assert.equal(view.sent[0].rows[0].reason, "desk.reason_reject; desk.reason_met B");
});

test("who meets another decision comes back to its row", () => {
  const view = makeDesk([{}, {}, {}]);
  view.accept();
  assert.equal(view.state.chosen, "M2");
  const act = view.sent.pop();
  view.queue.drop(act.name);
  view.conclude(act, { met: { M1: [["reject", "", "", "B", "today"]] } });
  assert.equal(view.state.chosen, "M1", "the next key is meant for it");
});

test("a merge takes all rows of the event along unless told otherwise", () => {
  const view = makeDesk([
    { event_id: "V-1" },
    { event_id: "V-1" },
    { event_id: "V-1", state: "rejected" },
    { event_id: "V-9" },
  ]);
  view.rows.change(row(view, "M1"), "status", "open");
  view.merge("V-9", false);
  assert.deepEqual(view.decided(), ["M1 edit status open", "M1 merge  V-9", "M2 merge  V-9"]);
  view.sent.length = 0;
  view.merge("V-8", true);
  assert.deepEqual(view.decided().slice(1), ["M1 merge  V-8"]);
});

test("the event that is most like that of the row is offered first", () => {
  const view = makeDesk([
    {},
    { event_type: "AID", source_actors: "RUS", target_actors: "", date: "" },
    { date: "" },
    { target_actors: "RUS" },
    { event_id: "V-3" },
    { state: "rejected" },
  ]);
  assert.deepEqual(
    view.rows.otherEvents(row(view, "M1")).map((one) => one.event_id),
    ["V-3", "V-4", "V-2"],
  );
});

test("a row leaves its event under a name that nobody has", () => {
  const view = makeDesk([
    { event_id: "V-7" },
    { event_id: "V-7" },
    { mention_id: "D-3", event_id: "V-9" },
    { mention_id: "E-3", event_id: "V-9" },
    { event_id: "V-3" },
  ]);
  view.split();
  assert.deepEqual(view.decided(), ["M1 split  V-M1"]);
  view.state.chosen = "D-3";
  view.split();
  assert.match(view.decided()[1], /^D-3 split {2}V-3-r\w+-\d+$/);
  view.answer();
  view.split();
  assert.equal(view.warned, "desk.event_alone");
});

test("a rejected row is not moved, and a condition has no event", () => {
  const view = makeDesk([{ state: "rejected" }, { condition_id: "C1", event_id: "" }]);
  view.split();
  assert.equal(view.warned, "desk.is_rejected");
  assert.equal(view.canMove(row(view, "M2")), false);
  assert.equal(view.warned, "desk.no_event");
  assert.deepEqual(view.sent, []);
});

test("one decision for all rows of a rule that were ticked is one act", () => {
  const view = makeDesk([{}, {}, {}]);
  assert.deepEqual(
    view.rows.alike(row(view, "M1")).map((one) => one.mention_id),
    ["M1", "M2", "M3"],
  );
  view.batch("accept", ["M1", "M3"]);
  assert.deepEqual([view.sent.length, view.decided()], [1, ["M1 accept", "M3 accept"]]);
  assert.equal(view.sent[0].rows[0].reason, "desk.reason_batch r1");
  assert.deepEqual(
    view.rows.alike(row(view, "M2")).map((one) => one.mention_id),
    ["M2"],
  );
});

test("twins are decided together until they are taken apart, and become one event", () => {
  const rows = [{ event_id: "V-1" }, { event_id: "V-2", status: "open", mode: "" }];
  const view = makeDesk(
    rows.map((one) => ({ mode: "", context: "", stance: "", credibility: "", date_basis: "", ...one })),
    { twins: { M2: "M1" } },
  );
  assert.deepEqual(shown(view), ["M1"]);
  view.accept();
  assert.deepEqual(view.decided(), ["M1 accept", "M2 edit status asserted", "M2 merge  V-1"]);
  view.sent.length = 0;
  for (const id of ["M1", "M2"]) row(view, id).waits = false;
  view.state.chosen = "M1";
  view.part();
  assert.deepEqual(shown(view), ["M1", "M2"]);
  view.reject();
  assert.deepEqual(view.decided(), ["M1 reject"]);
});

test("an event is added at the place of its words, and not without a type", () => {
  const view = makeDesk([{}]);
  view.startOverlooked(
    {
      source_id: "S1",
      language: "en",
      sentence_no: 2,
      evidence: "Iran condemned Israel on Friday",
      actors: ["IRN", "ISR"],
      types: ["AID", "ASSAULT"],
    },
    "",
  );
  view.saveMissed();
  assert.equal(view.warned, "desk.missing_type");
  view.rows.change(view.state.missed, "event_type", "AID");
  const id = view.state.missed.mention_id;
  view.saveMissed();
  assert.deepEqual(
    view.sent[0].rows.slice(0, 2).map(({ action, value }) => `${action} ${value}`),
    ["add S1:en:2:22", "edit Iran condemned Israel on Friday"],
  );
  assert.ok(view.decided().includes(`${id} edit source_actors IRN`));
  assert.equal(view.decided().at(-1), `${id} split  V-${id.slice(2)}`);
  assert.equal(view.state.missed, null);
  view.conclude(view.sent[0], { fault: "no" });
  assert.equal(view.state.missed.mention_id, id, "what was refused is given back");
});
