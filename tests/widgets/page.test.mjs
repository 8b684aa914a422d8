// The page of a report without a browser: which entries the filter shows.
import assert from "node:assert/strict";
import { test } from "node:test";

import { matchesFilter } from "../../notebooks/lagebild/interactive/widgets/src/page/filter.js";

const entry = {
  type: "AID",
  status: "asserted",
  contested: "no",
  actors: "IRN RUS",
  from: "2025-06-10",
  to: "2025-06-14",
};
const words = "iran supplied russia with drones";

test("an entry fits if it fits everything that is asked for", () => {
  const shown = (want, item = entry) => matchesFilter(item, words, want);
  assert.ok(shown({}));
  assert.ok(shown({ text: "Drones  iran", type: "AID", status: "asserted", contested: "no", actor: "RUS" }));
  assert.ok(shown({ from: "2025-06-14", to: "2025-06-30" }));
  for (const want of [
    { text: "drones israel" },
    { type: "ASSAULT" },
    { status: "open" },
    { contested: "occurrence" },
    { actor: "RU" },
  ])
    assert.ok(!shown(want), JSON.stringify(want));
  assert.ok(!shown({ from: "2025-06-15" }) && !shown({ to: "2025-06-09" }));
  assert.ok(shown({ from: "2030-01-01" }, { ...entry, from: "", to: "" }), "without a date it stays in every period");
});
