// What waits for the kernel: the memory of the browser, and the talk with the kernel.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Queue, makeTalk, memory, readNames } from "../../notebooks/lagebild/interactive/widgets/src/desk/queue.js";
import { forget } from "./desks.mjs";

beforeEach(forget);
const decision = (id, more = {}) => ({ decision_id: `${id}.1`, row: "M1", action: "accept", ...more });
const act = (name, at, more) => ({ name, at, rows: [decision(name, more)] });

test("what waits outlives the page, the oldest first, and is taken over once", () => {
  const [one, other] = [new Queue("review", "case", "today"), new Queue("review", "case", "today")];
  one.put(act("b", 2));
  other.put(act("a", 1));
  const next = new Queue("review", "case", "today");
  assert.deepEqual(
    next.acts.map(({ name }) => name),
    ["a", "b"],
  );
  assert.equal(memory.keys("lagebild-review:").length, 1);
  assert.ok(next.has("M1") && !next.has("M2"));
  next.drop("a");
  next.drop("b");
  assert.deepEqual(memory.keys("lagebild-"), []);
});

test("what was decided on another state of the case waits for a word", () => {
  new Queue("review", "case", "yesterday").put(act("a", 1));
  new Queue("review", "elsewhere", "today").put(act("z", 1));
  const queue = new Queue("review", "case", "today");
  assert.deepEqual([queue.acts.length, queue.older.length], [0, 1]);
  assert.equal(new Queue("review", "case", "today").older.length, 1, "as long as it takes");
  queue.put(act("b", 2));
  queue.adopt();
  assert.deepEqual(
    queue.acts.map(({ name }) => name),
    ["a", "b"],
  );
  assert.deepEqual(new Queue("review", "case", "today").older, []);
  assert.equal(new Queue("review", "elsewhere", "today").acts.length, 1, "another case keeps its own");
});

test("what was decided on another state can be given up", () => {
  new Queue("review", "case", "yesterday").put(act("a", 1));
  const queue = new Queue("review", "case", "today");
  queue.discardOlder();
  assert.deepEqual([queue.older, new Queue("review", "case", "today").older], [[], []]);
});

test("what others put into the memory of the browser does no harm", () => {
  for (const spoilt of [
    "{",
    "3",
    "null",
    '[{"name": 1}]',
    '[{"name": "x-1", "rows": [{"row": "t"}]}]',
    '[{"name": "x-1"}]',
  ]) {
    forget();
    localStorage.setItem("lagebild-review:case:today:old", spoilt);
    localStorage.setItem("lagebild-names", spoilt);
    assert.deepEqual(new Queue("review", "case", "today").acts, [], spoilt);
    assert.equal(readNames("lagebild-names").size, 0);
  }
});

test("a browser that keeps nothing forgets at once", () => {
  Object.defineProperty(globalThis, "localStorage", {
    get: () => {
      throw new Error("blocked");
    },
    configurable: true,
  });
  memory.set("a", "b");
  assert.deepEqual([memory.get("a"), memory.keys("")], ["", []]);
  new Queue("review", "case", "today").put(act("a", 1));
});

test("no question and no act bears a number that another one has", () => {
  const queues = [new Queue("review", "case", "today"), new Queue("review", "case", "today")];
  const numbers = queues.flatMap((queue) => [...Array(5)].flatMap(() => [queue.nextName(), queue.nextQuestion()]));
  assert.equal(new Set(numbers).size, 20);
});

function talk(more = {}) {
  const heard = [];
  const view = {
    model: {
      sent: [],
      send: (message) => view.model.sent.push(message),
      on: (_, run) => heard.push(run),
      off: () => heard.splice(0),
    },
    queue: new Queue("review", "case", "today"),
    state: { loaded: true, unwritten: "", taken: [], sent: new Map() },
    taken: [],
    take: (answer, acted) => view.taken.push([answer, acted]),
    drawSaving: () => {},
    ...more,
  };
  Object.assign(view, makeTalk(view));
  return { view, tell: (answer) => heard.forEach((run) => run(answer)) };
}

const wait = (seconds) => [...Array(seconds)].forEach(() => mock.timers.tick(1000));

test("a kernel that is silent is given up, and heard all the same when it answers late", () => {
  mock.timers.enable({ apis: ["setInterval", "Date"] });
  const { view, tell } = talk();
  const stop = view.listen();
  const heard = [];
  view.ask(
    { ask: "date" },
    (answer) => heard.push(answer),
    () => heard.push("gone"),
  );
  wait(4);
  assert.deepEqual(heard, []);
  wait(2);
  assert.deepEqual(heard, ["gone"], "once");
  tell({ number: view.model.sent[0].number, words: "June" });
  assert.equal(heard[1].words, "June");
  tell({ number: view.model.sent[0].number, words: "again" });
  assert.equal(heard.length, 2);
  stop();
  mock.timers.reset();
});

test("what is not answered is sent again, ever more rarely, and not once it is on the disk", () => {
  mock.timers.enable({ apis: ["setInterval", "Date"] });
  const { view, tell } = talk();
  view.listen();
  const first = act("a", 1);
  view.queue.put(first);
  view.send(first);
  wait(60);
  const times = view.model.sent.length;
  assert.ok(times >= 4 && times <= 6, `${times}`);
  assert.ok(view.owes() >= 60_000);
  tell({ number: "a", wait: "the disk is full" });
  assert.equal(view.state.unwritten, "the disk is full");
  assert.equal(view.queue.acts.length, 1);
  tell({ number: "a" });
  assert.deepEqual([view.queue.acts, view.state.unwritten, view.taken[0][1].name], [[], "", "a"]);
  wait(60);
  assert.equal(view.model.sent.length, times);
  mock.timers.reset();
});

test("a desk without a kernel goes on", () => {
  const { view } = talk();
  view.model.send = () => {
    throw new Error("no kernel");
  };
  view.queue.put(act("a", 1));
  view.send(view.queue.acts[0]);
  view.askRows();
});

test("undo knows what is in the file and what waits, less what waits to be undone", () => {
  const { view } = talk();
  const file = [
    { ...decision("a"), act: "a" },
    { ...decision("b"), act: "b" },
    { ...decision("b", { row: "M2" }), decision_id: "b.2", act: "b" },
  ];
  view.queue.put(act("c", 3));
  view.queue.put(act("d", 4, { action: "undo", value: "a.1" }));
  view.loadTaken(file);
  assert.deepEqual(
    view.state.taken.map(({ name }) => name),
    ["b", "c"],
  );
  assert.equal(view.state.taken[0].rows.length, 2);
  view.loadTaken([...file, { ...decision("c"), act: "c" }]);
  assert.deepEqual(
    view.state.taken.map(({ name }) => name),
    ["b", "c"],
    "what is written meanwhile stands once",
  );
});
