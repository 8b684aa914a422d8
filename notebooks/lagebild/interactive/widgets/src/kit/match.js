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
 * Return a text in pieces: what is asked for and what stands between, turn by turn; the first piece stands between.
 *
 * A text is folded here sign by sign, which gives the same as folding it whole, and says where each folded one stood.
 *
 * @param {string} text
 * @param {string[]} terms as `readTerms` returns them
 */
export function splitFound(text, terms) {
  const folded = [" "],
    places = [0];
  let at = 0;
  for (const sign of text) {
    for (const one of fold(sign === "\n" ? " " : sign).split("")) {
      if (one === " " && folded[folded.length - 1] === " ") continue;
      folded.push(one);
      places.push(at);
    }
    at += sign.length;
  }
  if (folded[folded.length - 1] !== " ") folded.push(" ");
  places.push(at, at);
  const line = folded.join("");
  const asked = new Uint8Array(text.length + 1);
  for (const term of terms) {
    for (let from = line.indexOf(term); from >= 0; from = line.indexOf(term, from + 1)) {
      const first = from + (term.startsWith(" ") ? 1 : 0),
        last = from + term.trimEnd().length - 1;
      asked.fill(
        1,
        places[first],
        places.find((place, i) => i > last && place > places[last]),
      );
    }
  }
  const pieces = [];
  let start = 0;
  while (start < text.length) {
    const end = asked.indexOf(pieces.length % 2 ? 0 : 1, start);
    pieces.push(text.slice(start, end < 0 ? text.length : end));
    start = end < 0 ? text.length : end;
  }
  return pieces;
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
