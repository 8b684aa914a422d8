// What fits what is asked for: the same examples as in Python, and what only the browser asks.
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  foldAll,
  rankName,
  readTerms,
  splitFound,
  touchesPeriod,
  writePattern,
} from "../../notebooks/lagebild/interactive/widgets/src/kit/match.js";
import shared from "./shared.json" with { type: "json" };

test("words are folded and phrases kept, as in Python", () => {
  for (const [words, terms] of shared.terms) assert.deepEqual(readTerms(words), terms);
});

test("texts are folded together as each alone", () => {
  const texts = ["", "a\nb", "Ünï_cödé", "ΣΑΣ", "<b>&amp;"];
  assert.deepEqual(
    foldAll(texts),
    texts.flatMap((text) => foldAll([text])),
  );
});

test("found words are cut out as they stand in the text, and nothing of it is lost", () => {
  for (const [words, ...pieces] of [
    ["arm", "", "Arm", "s for Iran: ", "arm", "s, ALARMS"],
    ["*arm", "", "Arm", "s for Iran: ", "arm", "s, AL", "ARM", "S"],
    ['iran "for iran"', "Arms ", "for Iran", ": arms"],
    ['"a a"', "x ", "a a a"],
    ["stras", "", "Straß", "e ", "stras", "se"],
    ["elysee", "", "E\u0301lyse\u0301e", "!"],
    ['"washington denied" d', "", "Washington, denied", " it."],
    ["arm", "🙂 ", "arm", " 🙂", "arm"],
    ['"a b"', "", "a\nb"],
    ["<b> b", "&amp;<", "b", ">&</", "b", ">"],
    ["none", "nothing of it"],
    ["!?", "nothing is asked"],
  ]) {
    assert.deepEqual(splitFound(pieces.join(""), readTerms(words)), pieces);
  }
  assert.deepEqual(splitFound("", readTerms("a")), []);
});

test("the best fit of a name is its id, then its beginning, then that of a word, then any part", () => {
  const hay = "iran irn islamische republik iran tehran";
  assert.deepEqual(
    ["irn", "ira", "teh", "publik", "rus"].map((asked) => rankName("IRN", hay, asked)),
    [0, 1, 2, 3, -1],
  );
});

test("a date touches a period unless it lies before or after it; what is empty is open", () => {
  const june = ["2025-06-01", "2025-06-30"];
  const held = (first, last, [since, until] = june) => touchesPeriod(first, last, since, until);
  assert.ok(held("2025-05-01", "2025-06-01"));
  assert.ok(held("2025-06-30", "2025-07-09"));
  assert.ok(held("", "") && held(undefined, undefined));
  assert.ok(held("2025-05-01", ""), "an open end may be any day");
  assert.ok(!held("2025-05-01", "2025-05-31") && !held("2025-07-01", "2025-07-01") && !held("2025-07-01", ""));
  assert.ok(held("1990-01-01", "1990-01-01", ["", ""]));
  assert.ok(touchesPeriod(-5, 0, 0, 10), "the first day of 1970 is a day");
  assert.ok(!touchesPeriod(1, 2, null, 0));
});

test("words are found as they stand, whatever their case and the blanks between them", () => {
  const find = (words, text) => Array.from(text.matchAll(writePattern(words)), ([hit]) => hit);
  assert.deepEqual(find("arms deal", "Arms\n  deal, ARMS DEAL, arms-deal"), ["Arms\n  deal", "ARMS DEAL"]);
  for (const words of ["a.b", "(x", "[y]", "1+1", "a|b", "c:\\d", "$5", "^", "{2}", "x/y", "n-1", "?"]) {
    assert.deepEqual(find(words, `so ${words} it is`), [words]);
    assert.deepEqual(find(words, "nothing like it"), []);
  }
});
