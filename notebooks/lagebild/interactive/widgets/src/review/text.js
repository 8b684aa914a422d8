// The text beside a row, and the same sentence in other languages. Offsets count characters, as in Python, not the
// 16-bit units of JavaScript.

import { makeButton } from "../desk/controls.js";
import { make } from "../kit/elements.js";
import { characters } from "./rows.js";

/**
 * @import { Rows } from "./rows.js"
 * @import { Candidate, Place, Row, View } from "./types.js"
 */

/**
 * Show the text of a row, or one without rows, from its title on, and bring the sentence of the row into sight.
 *
 * @param {HTMLElement} host
 * @param {Rows} rows
 * @param {Place | Row | Candidate | null | undefined} row
 */
export function drawText(host, rows, row) {
  if (!row) return host.replaceChildren();
  const sameText = (one) => one.source_id === row.source_id && one.language === row.language;
  const others = Array.from(rows.all.values()).filter(
    (one) => sameText(one) && one.state !== "rejected" && one.mention_id !== row.mention_id,
  );
  const [title, publisher, day] = rows.desk.sources[row.source_id] ?? [row.source_id, "", ""];
  const sentences = rows.sentencesOf(row).flatMap(([no, start, words, newLine]) => {
    const classes =
      no === row.sentence_no
        ? markRow(words, start, rows, /** @type {Row} */ (row), others)
        : markOthers(words, start, others);
    const more = { class: no === row.sentence_no ? "sentence here" : "sentence", "data-no": no };
    return [newLine ? make("br") : " ", make("span", more, makePieces(words, classes))];
  });
  host.replaceChildren(
    make("h3", {}, title),
    make("p", { class: "by" }, [publisher, day, row.source_id].join(" · ")),
    make("p", { lang: row.language, class: "body" }, sentences),
  );
  const here = host.querySelector(".here");
  if (here) {
    const below = here.getBoundingClientRect().top - host.getBoundingClientRect().top;
    host.scrollTop += below - host.clientHeight / 3;
  }
}

/**
 * The class of each character of a sentence: part of the evidence of other rows, or not.
 *
 * @param {string} words
 * @param {number} start
 * @param {Row[]} others
 */
function markOthers(words, start, others) {
  const classes = characters(words).map(() => "");
  for (const one of others) {
    const [from, to] = [Math.max(one.start - start, 0), Math.min(one.end - start, classes.length)];
    for (let i = from; i < to; i += 1) classes[i] = "other";
  }
  return classes;
}

/**
 * The same for the sentence of the row: its evidence and its cue, as they stand on the desk.
 *
 * @param {string} words
 * @param {number} start
 * @param {Rows} rows
 * @param {Row} row
 * @param {Row[]} others
 */
function markRow(words, start, rows, row, others) {
  const classes = markOthers(words, start, others);
  const place = (part) => {
    const at = part ? words.indexOf(part) : -1;
    return at < 0 ? null : [characters(words.slice(0, at)).length, characters(part).length];
  };
  const moved = rows.get(row, "quote") !== row.quote && place(rows.get(row, "quote"));
  const [from, length] = moved || [Math.max(row.start - start, 0), row.end - row.start];
  for (let i = from; i < Math.min(from + length, classes.length); i += 1) classes[i] = "evidence";
  const [cue, n] = place(rows.get(row, "cue")) ?? [0, 0];
  for (let i = cue; i < cue + n; i += 1) classes[i] += " cue";
  return classes;
}

/**
 * A sentence in pieces of one class each.
 *
 * @param {string} words
 */
function makePieces(words, classes) {
  const letters = characters(words);
  const parts = [];
  for (let i = 0, j = 0; i < letters.length; i = j) {
    while (j < letters.length && classes[j] === classes[i]) j += 1;
    const piece = letters.slice(i, j).join("");
    const tag = classes[i].includes("evidence") ? "mark" : "span";
    parts.push(classes[i] ? make(tag, { class: classes[i] }, piece) : piece);
  }
  return parts;
}

/**
 * Where the selected words stand: one sentence, and the character from which; nothing if they span more.
 *
 * @param {HTMLElement} host
 */
export function readSelection(host) {
  const selection = document.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const sentenceOf = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".sentence");
  const here = sentenceOf(range.startContainer);
  if (!here || !host.contains(here)) return null;
  const same = sentenceOf(range.endContainer) === here;
  if (!same && range.endOffset !== 0) return null; // a triple click ends at the start of the next sentence
  const before = document.createRange();
  before.selectNodeContents(here);
  before.setEnd(range.startContainer, range.startOffset);
  const inside = document.createRange();
  inside.selectNodeContents(here);
  inside.setStart(range.startContainer, range.startOffset);
  if (same) inside.setEnd(range.endContainer, range.endOffset);
  const words = inside.toString();
  if (!words.trim()) return null;
  const blanks = characters(words).length - characters(words.trimStart()).length;
  return {
    sentence_no: Number(here.dataset.no),
    from: characters(before.toString()).length + blanks,
    words: words.trim(),
  };
}

// The two languages of a page: drafts of one sentence that report the same are one row, and decided together.

/**
 * A language as the reader calls it.
 *
 * @param {View} view
 */
export const nameLanguage = (view, code) => new Intl.DisplayNames([view.language], { type: "language" }).of(code);

/**
 * The same sentence in the other languages of the page, and whether its draft is decided with this row.
 *
 * @param {View} view
 * @param {Row} row
 */
export function drawTwin(view, row) {
  const { t, rows, twins } = view;
  const others = Object.keys(rows.desk.texts).filter((key) => {
    const [page, language] = key.split(":");
    return page === row.source_id && language !== row.language;
  });
  const partner = twins.partner(row);
  return others.flatMap((key) => {
    const [, language] = key.split(":");
    const [, start, words] = rows.desk.texts[key].find(([no]) => no === row.sentence_no) ?? [0, 0, ""];
    if (!words) return [];
    const twin = partner?.language === language ? partner : null;
    const classes = twin ? markRow(words, start, rows, twin, []) : markOthers(words, start, []);
    const lead = make("p", { class: "hint" }, t("desk.also_in", { language: nameLanguage(view, language) }));
    const sentence = make("p", { lang: language }, makePieces(words, classes));
    return make("div", { class: "twin" }, lead, sentence, twin && drawTogether(view, row, twin));
  });
}

/**
 * @param {View} view
 * @param {Row} row
 * @param {Row} twin
 */
function drawTogether(view, row, twin) {
  const { t, rows, twins } = view;
  const together = twins.of(row) !== null;
  const differing = together ? twins.differences(row, twin).filter((field) => twin[field]) : [];
  const take = differing.map((field) => {
    const words = t("desk.twin_tells", { field: t(`desk.fields.${field}`), value: rows.tell(field, twin[field]) });
    const set = () => {
      rows.change(row, field, twin[field]);
      view.redraw(field);
    };
    return makeButton(words, "", set);
  });
  const told = make("span", { class: "label" }, t(together ? "desk.twin_together" : "desk.twin_alone"));
  const join = (together || twins.isApart(row)) && t(together ? "desk.twin_part" : "desk.twin_join");
  return make("div", { class: "actions" }, told, join && makeButton(join, "z", view.part), take);
}
