// What fits what is asked for: words, names, days. Words are looked for as in `core/search.py`.

const TERM = /"([^"]*)"|([^\s"]+)/g;

/** Return text as small letters without accents and digits, words parted by one blank, texts by a line break. */
const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll("ς", "σ")
    .replace(/[^\p{L}\p{N}\n]+/gu, " ");

/** Return texts folded, each between two blanks. */
export const foldAll = (texts) =>
  texts.length
    ? fold(texts.map((text) => text.replaceAll("\n", " ")).join("\n"))
        .split("\n")
        .map((line) => ` ${line.trim()} `)
    : [];

/** Return what a folded text must hold, all of it. */
export function readTerms(words) {
  const terms = Array.from(words.replace(/[„“”‟«»＂]/g, '"').matchAll(TERM), ([, phrase, word]) => {
    const folded = fold((phrase || word || "").replaceAll("\n", " ")).trim();
    return folded && (phrase ? ` ${folded} ` : word.startsWith("*") ? folded : ` ${folded}`);
  });
  return terms.filter(Boolean);
}

/**
 * How well a name fits what is asked for, the best first: 0 to 3, or -1; `hay` holds all names, in small letters.
 *
 * @param {string} id
 * @param {string} hay
 * @param {string} asked
 */
export function rankName(id, hay, asked) {
  return [id.toLowerCase() === asked, hay.startsWith(asked), hay.includes(` ${asked}`), hay.includes(asked)].indexOf(
    true,
  );
}

/** @param {unknown} day */
const isOpen = (day) => day === "" || day === null || day === undefined;

/**
 * Whether the days that a date allows touch a period: both have a first and a last day, and what is empty is open. Days
 * are numbers, or texts YYYY-MM-DD.
 *
 * @template {string | number} Day
 * @param {Day | null | undefined} first
 * @param {Day | null | undefined} last
 * @param {Day | null | undefined} since
 * @param {Day | null | undefined} until
 */
export const touchesPeriod = (first, last, since, until) =>
  (isOpen(since) || isOpen(last) || /** @type {Day} */ (last) >= /** @type {Day} */ (since)) &&
  (isOpen(until) || isOpen(first) || /** @type {Day} */ (first) <= /** @type {Day} */ (until));

/**
 * Return a pattern that finds words as they stand, whatever their case and the blanks between them.
 *
 * @param {string} words
 */
export const writePattern = (words) =>
  new RegExp(words.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&").replace(/\s+/g, "\\s+"), "gi");
