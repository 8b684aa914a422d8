// What the modules of the explorer answer to tests in Python: the question is on standard input, as JSON.
import { readFileSync } from "node:fs";

import { makeWords, readData } from "../../notebooks/lagebild/interactive/widgets/src/explore/data.js";
import { Filter, Search } from "../../notebooks/lagebild/interactive/widgets/src/explore/filter.js";
import {
  chooseActors,
  sumPairs,
  writeCell,
} from "../../notebooks/lagebild/interactive/widgets/src/explore/relations.js";
import { writeCsv } from "../../notebooks/lagebild/interactive/widgets/src/explore/save.js";
import { readView, writeLine } from "../../notebooks/lagebild/interactive/widgets/src/explore/view.js";
import { readWords } from "../../notebooks/lagebild/interactive/widgets/src/kit/elements.js";
import { foldAll, splitFound } from "../../notebooks/lagebild/interactive/widgets/src/kit/match.js";

/** The state of a widget, in which bytes are texts, as a model. */
function thaw(state) {
  const thawed = (value) => {
    if (typeof value === "string" && value.startsWith("bytes:")) {
      const bytes = Uint8Array.from(Buffer.from(value.slice(6), "base64"));
      return new DataView(bytes.buffer);
    }
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, thawed(part)]));
  };
  const values = thawed(state);
  return { get: (name) => values[name], on: () => {}, off: () => {}, send: () => {} };
}

/** For each view the events in it, its line, its table as CSV, the cells of its matrix, the edges of its graph. */
function explore({ state, views }) {
  const model = thaw(state);
  const data = readData(model);
  const t = readWords(model);
  const place = model.get("place");
  const app = { t, data, place, words: makeWords(t, data, model.get("language")) };
  const filter = new Filter(data, new Search(data, model, () => {}));
  app.weights = new Uint32Array(data.actors.length);
  filter.count().around.forEach((n, pair) => {
    for (const end of [0, 1]) app.weights[data.pairs[2 * pair + end]] += n;
  });
  return views.map((values) => {
    const view = readView(values);
    filter.set(view);
    const facts = filter.count();
    const actors = chooseActors(app, facts, view);
    const id = (place) => data.actors[actors[place]].id;
    const pairs = (both, join, tell) => {
      const sums = sumPairs(app, facts, actors, both);
      const told = {};
      for (let a = 0; a < actors.length; a++)
        for (let b = both ? a : 0; b < actors.length; b++)
          if (sums.cell(a, b).around) told[join(id(a), id(b))] = tell(sums.cell(a, b));
      return told;
    };
    return {
      found: Array.from(facts.found, (i) => data.ids[i]),
      line: writeLine(place, view).join(" "),
      csv: writeCsv(app, facts.found),
      types: Object.fromEntries(data.types.map((type, at) => [type.id, facts.types[at]])),
      status: Object.fromEntries(data.status_ids.map((name, at) => [name, facts.status[at]])),
      cells: pairs(
        false,
        (a, b) => `${a}>${b}`,
        (cell) => writeCell(cell, app.words),
      ),
      edges: pairs(
        true,
        (a, b) => [a, b].sort().join("~"),
        (cell) => cell.inside,
      ),
    };
  });
}

/** Those of some texts in which all of their own words, in a row, are not found from the first to the last. */
const lose = ({ texts }) =>
  texts.filter((text) => {
    const [folded] = foldAll([text]);
    return folded.trim() && foldAll(splitFound(text, [folded]).slice(1, 2))[0] !== folded;
  });

const ANSWERS = { explore, fold: ({ texts }) => foldAll(texts), lose };
const question = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(ANSWERS[question.ask](question)));
