// The explorer without a page: views, days, counts, and what is written of them.
import assert from "node:assert/strict";
import { mock, test } from "node:test";

import {
  Acts,
  makeBins,
  nextOf,
  startOf,
  toDay,
  toIso,
} from "../../notebooks/lagebild/interactive/widgets/src/explore/data.js";
import { Search } from "../../notebooks/lagebild/interactive/widgets/src/explore/filter.js";
import { orderCircle } from "../../notebooks/lagebild/interactive/widgets/src/explore/relations.js";
import { breakLine } from "../../notebooks/lagebild/interactive/widgets/src/explore/save.js";
import { readAddress } from "../../notebooks/lagebild/interactive/widgets/src/explore/table.js";
import { makeTicks } from "../../notebooks/lagebild/interactive/widgets/src/explore/timeline.js";
import {
  EMPTY,
  Views,
  joinList,
  readView,
  splitList,
  writeLine,
  writeView,
} from "../../notebooks/lagebild/interactive/widgets/src/explore/view.js";
import { amongLinks, inRow, inRows } from "../../notebooks/lagebild/interactive/widgets/src/kit/focus.js";
import shared from "./shared.json" with { type: "json" };

test("a list of any texts is one text, as in Python", () => {
  for (const [values, text] of shared.lists) {
    assert.equal(joinList(values), text);
    assert.deepEqual(splitList(text), values);
  }
  for (const [text, values] of shared["written by hand"]) assert.deepEqual(splitList(text), values);
});

test("the line passes as it stands what papermill would misread, as in Python", () => {
  const flag = (value) => writeLine({}, { ...EMPTY, publishers: [value] })[1].slice(0, 2);
  for (const value of shared["misread by papermill"]) assert.equal(flag(value), "-r", value);
  for (const value of shared["read as text by papermill"]) assert.equal(flag(value), "-p", value);
});

test("a view comes back from its parameters, and a pair has one name", () => {
  const view = {
    ...EMPTY,
    since: "2025-06-01",
    actors: ["RUS", "!RUS>IRN", "!IRN~RUS"],
    publishers: ["a;b", "50%"],
    words: '"no help" 50%',
    undated: "yes",
  };
  assert.deepEqual(readView(writeView(view)), view);
  assert.deepEqual(readView({ actors: "RUS~IRN;IRN~RUS;!RUS~IRN" }).actors, ["IRN~RUS", "!IRN~RUS"]);
  assert.deepEqual(writeView(EMPTY), {});
});

test("undo returns to the view before, and takes back at once what was typed in one go", () => {
  const views = new Views(EMPTY);
  assert.equal(views.change({ words: "" }, false), false, "the same view is no change");
  assert.ok(views.change({ words: "a" }, false));
  assert.ok(views.change({ words: "ar" }, true) && views.change({ words: "arms" }, true));
  assert.ok(views.change({ types: ["AID"] }, false));
  assert.deepEqual([views.now.words, views.now.types], ["arms", ["AID"]]);
  assert.ok(views.undo());
  assert.deepEqual([views.now.words, views.now.types], ["arms", []]);
  assert.ok(views.undo());
  assert.deepEqual(views.now, EMPTY);
  assert.equal(views.undo(), false);
});

test("what was typed and deleted again leaves nothing to take back", () => {
  const views = new Views(EMPTY);
  views.change({ words: "a" }, false);
  views.change({ words: "" }, true);
  assert.equal(views.past.length, 0);
});

/** A search in two events, of which the sentences are with the kernel unless they were sent. */
function makeSearch(sentences = null) {
  const heard = [];
  const model = {
    sent: [],
    get: () => sentences,
    on: (_, run) => (model.tell = run),
    off: () => {},
    send: (message) => model.sent.push(message),
  };
  const data = { n: 2, ids: ["E1", "E2"], summaries: ["Arms for Iran", "A call"], actors: [{ name: "Élysée" }] };
  Object.assign(data, { people: [0], people_from: [0, 0, 1] });
  const search = new Search(data, model, (words) => heard.push(words));
  const find = (words) => [0, 1].filter(search.find(words) ?? (() => true));
  return { search, model, heard, find };
}

test("words are found in summaries and names at once, and in sentences once the kernel has answered", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { search, model, heard, find } = makeSearch();
  assert.deepEqual([find("arm"), find("elysee"), find("rms"), find("*rms"), find("!?")], [[0], [1], [], [0], [0, 1]]);
  const { ask, words, number } = model.sent.at(-1);
  assert.deepEqual([ask, words, search.lacks("*rms")], ["words", "*rms", "explore.words_asking"]);
  model.tell({ number: "of another view", hits: "Aw==" });
  assert.deepEqual(heard, []);
  model.tell({ number, hits: "Ag==" });
  assert.deepEqual([heard, find("*rms"), search.lacks("*rms")], [["*rms"], [1], ""]);
  const asked = model.sent.length;
  find("*rms");
  assert.equal(model.sent.length, asked, "the kernel is asked for no words twice");
  mock.timers.reset();
});

test("a kernel that is silent or gone is told of, and asked for the same words no more", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { search, model, heard, find } = makeSearch();
  find("arms");
  mock.timers.tick(5000);
  assert.deepEqual([heard, search.lacks("arms"), find("arms")], [["arms"], "explore.words_gone", [0]]);
  assert.equal(model.sent.length, 1);
  model.send = () => {
    throw new Error("dead");
  };
  find("call");
  assert.equal(search.lacks("call"), "explore.words_asking", "not while the parts are drawn");
  mock.timers.tick(1);
  assert.equal(search.lacks("call"), "explore.words_gone");
  mock.timers.reset();
});

test("sentences that were sent are searched without a kernel", () => {
  const { model, search, find } = makeSearch({ E2: [{ before: "Then ", evidence: "Washington", after: " denied." }] });
  assert.deepEqual([find("washington"), find('"washington denied"'), find("denied arms")], [[1], [1], []]);
  assert.deepEqual([model.sent, search.lacks("washington")], [[], ""]);
});

test("units of time begin where the calendar says", () => {
  const day = toDay("2025-06-18"); // a Wednesday
  const starts = ["day", "week", "month", "quarter", "year"].map((unit) => toIso(startOf(unit, day)));
  assert.deepEqual(starts, ["2025-06-18", "2025-06-16", "2025-06-01", "2025-04-01", "2025-01-01"]);
  const next = ["day", "week", "month", "quarter", "year"].map((unit) => toIso(nextOf(unit, startOf(unit, day))));
  assert.deepEqual(next, ["2025-06-19", "2025-06-23", "2025-07-01", "2025-07-01", "2026-01-01"]);
  assert.equal(toIso(startOf("week", toDay("1969-12-31"))), "1969-12-29");
});

test("a date lies in a bin only if it lies in one alone", () => {
  const span = ["2025-06-02", "2025-06-08", "2025-06-08", "2025-06-09", "2025-07-30", "2025-08-20"].map(toDay);
  const data = { first: (date) => span[2 * date], last: (date) => span[2 * date + 1] };
  const bins = makeBins(data, toDay("2025-06-04"), toDay("2025-07-30"), 10);
  assert.equal(bins.unit, "week");
  assert.deepEqual([0, 1, 2].map(bins.bin), [0, -1, -1]);
});

test("an axis has as many ticks as there is room for", () => {
  const words = { tick: (day, unit) => `${unit} ${toIso(day)}` };
  const ticks = (from, to) => makeTicks(words, toDay(from), toDay(to), 6);
  for (const [from, to] of [
    ["2025-06-01", "2025-06-03"],
    ["2025-01-01", "2025-03-10"],
    ["2020-01-01", "2025-06-01"],
    ["0200-01-01", "2025-01-01"],
  ]) {
    const made = ticks(from, to);
    assert.ok(made.length >= 1 && made.length <= 8, `${from}: ${made.length}`);
    assert.ok(made.every(([day]) => day >= toDay(from) && day <= toDay(to)));
  }
  assert.equal(ticks("2025-06-01", "2025-06-03")[0][1], "day 2025-06-01");
  assert.ok(ticks("2020-01-01", "2025-06-01")[0][1].startsWith("year"));
});

test("the stages of a process weigh once, with the strongest", () => {
  const data = { process: [1, 1, 1, 0], place: [1, 2, 3, 4], ties: [0, 0, 0, 0], intensity: [3000, 5000, 4000, 1000] };
  const acts = new Acts(data);
  assert.deepEqual(
    [0, 1, 2, 3].map((i) => acts.add(i, i)),
    [3, 2, 0, 1],
  );
});

test("of two stages that are as strong the first counts", () => {
  for (const [place, added] of [
    [
      [5, 2],
      [3, -6],
    ],
    [
      [2, 5],
      [3, 0],
    ],
  ]) {
    const acts = new Acts({ process: [1, 1], place, ties: [0, 0], intensity: [3000, -3000] });
    assert.deepEqual([acts.add(0, 0), acts.add(1, 1)], added);
  }
});

test("friends stand beside each other in the circle", () => {
  const warm = new Set(["0 2", "2 3", "1 3"]);
  const warmth = (a, b) => (warm.has(`${Math.min(a, b)} ${Math.max(a, b)}`) ? 5 : -1);
  const order = orderCircle([0, 1, 2, 3], warmth);
  const beside = order.slice(1).filter((one, at) => warmth(order[at], one) > 0);
  assert.equal(beside.length, 3);
  assert.deepEqual(
    orderCircle([0, 1, 2], (a, b) => (a === 0 || b === 0 ? 5 : -1)),
    [2, 0, 1],
    "who is a friend of two stands between them",
  );
  assert.deepEqual(orderCircle([], warmth), []);
});

test("only an address of the web is one", () => {
  for (const url of [
    "javascript:alert(1)",
    "data:text/html,x",
    "",
    "no address",
    "//evil.example",
    "file:///etc",
    " vbscript:x",
  ])
    assert.equal(readAddress(url), null, url);
  assert.equal(readAddress("https://example.org/a?<b>")?.href, "https://example.org/a?%3Cb%3E");
});

test("a title is broken at blanks, and no word is lost", () => {
  assert.deepEqual(breakLine("one two three four", 9), ["one two", "three", "four"]);
  assert.deepEqual(breakLine("unbreakable", 3), ["unbreakable"]);
});

test("arrows go along a row, to the nearest place in the next row, and stay at the ends", () => {
  const item = (row, at) => ({ dataset: { row, at } });
  const items = [item(0, 0), item(0, 40), item(2, 5), item(2, 35), item(3, 90)];
  const go = (from, key) => items.indexOf(inRows(items[from], key, items));
  assert.deepEqual(
    ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "End"].map((key) => go(0, key)),
    [1, 0, 2, -1, 1],
  );
  assert.equal(go(1, "ArrowDown"), 3);
  assert.equal(go(4, "ArrowUp"), 3);
  assert.equal(inRows(items[0], "x", items), null);
  assert.equal(inRow(items[4], "ArrowRight", items), items[4]);
  assert.equal(inRow(items[4], "Home", items), items[0]);
});

test("arrows go among links of rows, and nowhere beyond the ends", () => {
  const links = ["a1", "a2", "b1", "b2", "c1"];
  const go = (from, key) => amongLinks(from, key, links, (link) => link[0]);
  assert.deepEqual(
    ["ArrowRight", "ArrowDown", "End"].map((key) => go("a1", key)),
    ["a2", "b1", "c1"],
  );
  assert.deepEqual(
    ["ArrowLeft", "ArrowUp", "Home"].map((key) => go("c1", key)),
    ["b2", "b2", "a1"],
  );
  assert.deepEqual(
    [go("a1", "ArrowLeft"), go("c1", "ArrowRight"), go("c1", "ArrowDown"), go("a1", "x")],
    Array(4).fill(undefined),
  );
});
