// What is shown as files: the events in view as CSV, each chart as SVG or PNG, in the colours of paper whatever the
// theme is.

import { make } from "../kit/elements.js";
import { listFilters } from "./controls.js";
import { CONTESTED, OPEN_FROM, OPEN_TO, toIso } from "./data.js";

/**
 * @import { Translate } from "../kit/types.js"
 * @import { App, Data } from "./types.js"
 */

const COLUMNS = {
  // as in the table `events`
  event_id: (data, i) => data.ids[i],
  date: (data, i) => data.edtf[data.date[i]],
  earliest: (data, i) => isoOf(data.first(data.date[i]), OPEN_FROM),
  latest: (data, i) => isoOf(data.last(data.date[i]), OPEN_TO),
  event_type: (data, i) => data.types[data.type[i]].id,
  source_actors: (data, i, words) => idsOf(data, words.list("sources", i)),
  target_actors: (data, i, words) => idsOf(data, words.list("targets", i)),
  mutual: (data, i) => (data.mutual[i] ? "yes" : "no"),
  status: (data, i) => data.status_ids[data.status[i]],
  contested: (data, i) => CONTESTED[data.contested[i]],
  n_publishers: (data, i) => String(data.publishers[i]),
};
/** @param {number} day */
const isoOf = (day, open) => (day === open ? "" : toIso(day));
/**
 * @param {Data} data
 * @param {number[]} actors
 */
const idsOf = (data, actors) => actors.map((actor) => data.actors[actor].id).join(";");
// A cell that a spreadsheet would run as a formula, as in `core/csv_form.py`.
const FORMULA = /^'*(?=(?:\s*[=+\-@＝＋－＠]|[\t\r\n])[^])(?!\s*[+-]?[0-9]+(\.[0-9]+)?$)/;

/** Return events as CSV (RFC 4180), in which no cell can run as a formula. */
export function writeCsv({ data, words, place }, found) {
  const quote = (cell) => {
    const text = FORMULA.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = [[...Object.keys(COLUMNS), `summary_${place.language}`]];
  for (const i of found) rows.push([...Object.values(COLUMNS).map((read) => read(data, i, words)), data.summaries[i]]);
  return rows.map((row) => `${row.map(quote).join(",")}\r\n`).join("");
}

/**
 * Let the browser save a file.
 *
 * @param {App} app
 * @param {string} name
 */
function saveFile(app, name, blob) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: `${app.place.case}-${app.place.as_of}-${name}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  app.say(app.t("explore.saved"));
}

/** A colour as all programs read it: what the browser paints for it. */
function plainColour(colour) {
  if (colour === "none") return colour;
  const canvas = make("canvas", { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  if (!canvas) return colour; // a browser that paints nothing
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return a === 255 ? `rgb(${r},${g},${b})` : a ? `rgba(${r},${g},${b},${(a / 255).toFixed(2)})` : "none";
}

const DRAWN_AS = ["fill-opacity", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-weight"];

/**
 * Return a copy of a drawing that needs no style sheet.
 *
 * @param {SVGSVGElement} svg
 */
function copyDrawing(svg, colour) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const nodes = copy.querySelectorAll("*");
  svg.querySelectorAll("*").forEach((node, at) => {
    const look = getComputedStyle(node);
    if (node.matches(".reach") && !node.closest(".chosen, .current")) return nodes[at].remove();
    const style = DRAWN_AS.map((name) => `${name}:${look.getPropertyValue(name)}`);
    nodes[at].setAttribute("style", [`fill:${colour(look.fill)}`, `stroke:${colour(look.stroke)}`, ...style].join(";"));
    for (const name of nodes[at].getAttributeNames())
      if (/^(role|class|tabindex|aria-|data-)/.test(name)) nodes[at].removeAttribute(name);
  });
  return Array.from(copy.childNodes);
}

/** Return a text that is about so many pixels long at most. */
function cutText(text, room, size) {
  const most = Math.floor(room / (0.54 * size));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Return a table as a drawing. */
function copyTable(table, colour) {
  const frame = table.getBoundingClientRect();
  return Array.from(table.querySelectorAll("td, th"), (cell) => {
    const box = cell.getBoundingClientRect(),
      look = getComputedStyle(cell);
    const [x, y] = [box.left - frame.left, box.top - frame.top];
    const head = cell.matches("thead th"),
      left = cell.matches("th, .corner");
    const at = head
      ? [x + box.width / 2 + 4, y + box.height - 5]
      : [left ? x + 6 : x + box.width / 2, y + box.height / 2 + 4];
    return [
      make("rect", {
        x,
        y,
        width: box.width,
        height: box.height,
        style: `fill:${colour(look.backgroundColor)};stroke:${colour(look.borderTopColor)}`,
      }),
      make(
        "text",
        {
          x: at[0],
          y: at[1],
          transform: head ? `rotate(-90 ${at[0]} ${at[1]})` : null,
          style: `fill:${colour(look.color)};font-size:${look.fontSize};text-anchor:${left ? "start" : "middle"}`,
        },
        cutText(cell.textContent, (head ? box.height : box.width) - 8, parseFloat(look.fontSize)),
      ),
    ];
  }).flat();
}

/**
 * Return pictures of a part, one below the other, under a title that says what of the events they show.
 *
 * @param {App} app
 * @param {string} name
 */
function drawPicture(app, name, boxes) {
  const root = boxes[0].closest(".explore");
  const known = new Map();
  const colour = (text) => {
    if (!known.has(text)) known.set(text, plainColour(text));
    return known.get(text);
  };
  root.classList.add("paper");
  try {
    const shown = boxes.map((box) => box.querySelector("svg, table")).filter(Boolean);
    const wide = Math.ceil(Math.max(320, ...shown.map((one) => one.getBoundingClientRect().width)));
    const lines = [app.t(`explore.${name}`), ...breakLine(describeView(app), Math.floor(wide / 6.2))];
    let y = 8;
    const title = lines.map((line, at) => {
      y += at ? 15 : 16;
      return make(
        "text",
        { x: 8, y, style: `fill:#222;font-size:${at ? 11 : 14}px;font-weight:${at ? 400 : 600}` },
        line,
      );
    });
    y += 10;
    const parts = shown.map((one) => {
      const box = one.getBoundingClientRect();
      const scale = one.viewBox?.baseVal?.width ? box.width / one.viewBox.baseVal.width : 1;
      const drawn = one.tagName === "TABLE" ? copyTable(one, colour) : copyDrawing(one, colour);
      const part = make("g", { transform: `translate(8 ${y}) scale(${scale})` }, drawn);
      y += box.height + 4;
      return part;
    });
    const [width, height] = [wide + 16, Math.ceil(y + 8)];
    return make(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        width,
        height,
        viewBox: `0 0 ${width} ${height}`,
        "font-family": "Inter, DejaVu Sans, sans-serif",
      },
      make("title", {}, lines.join(" ")),
      make("rect", { width, height, style: "fill:#fff" }),
      title,
      parts,
    );
  } finally {
    root.classList.remove("paper");
  }
}

/**
 * Return in words what the view shows: case, day of knowledge, number of events, what filters.
 *
 * @param {App} app
 */
function describeView(app) {
  const chosen = listFilters(app, app.view).map(([label]) => label);
  return [`${app.place.case}, ${app.words.day(app.data.asOf)}`, app.tellFound(app.facts()), ...chosen].join(" · ");
}

/**
 * Return a text in lines of so many characters at most, if its words are not longer.
 *
 * @param {number} most
 */
export function breakLine(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = `${lines[lines.length - 1]} ${word}`.trim();
    if (line.length > most && lines[lines.length - 1]) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines;
}

/**
 * Return a drawing as a file; a sign that XML may not hold would keep all of it from being read.
 *
 * @param {SVGSVGElement} svg
 */
const writeSvg = (svg) =>
  // eslint-disable-next-line no-control-regex -- these are the signs
  new XMLSerializer().serializeToString(svg).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd");

/**
 * Return a drawing as pixels, two for each of its own, so that it is sharp in print.
 *
 * @param {SVGSVGElement} svg
 */
async function paintPng(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(writeSvg(svg))}`;
  await image.decode();
  const [width, height] = [2 * image.width, 2 * image.height];
  const canvas = make("canvas", { width, height });
  canvas.getContext("2d")?.drawImage(image, 0, 0, width, height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/**
 * The heading of a chart, with buttons that save it; `boxes` returns what holds its drawings.
 *
 * @param {App} app
 * @param {string} name
 */
export function makeHead(app, name, boxes) {
  const { t } = app;
  const title = t(`explore.${name}`);
  const button = (kind, run) =>
    make("button", { type: "button", "aria-label": t("explore.save_as", { name: title, kind }), onclick: run }, kind);
  const saveSvg = () =>
    saveFile(app, `${name}.svg`, new Blob([writeSvg(drawPicture(app, name, boxes()))], { type: "image/svg+xml" }));
  const savePng = async () => saveFile(app, `${name}.png`, await paintPng(drawPicture(app, name, boxes())));
  const files = make("span", { class: "files" }, button("SVG", saveSvg), button("PNG", savePng));
  return make("div", { class: "head" }, make("h3", {}, title), files);
}

/**
 * The heading of the table, with a button that saves all events in view, in the order of time.
 *
 * @param {App} app
 */
export function makeTableHead(app, found) {
  const title = app.t("explore.table");
  const saveCsv = () =>
    saveFile(app, "events.csv", new Blob([writeCsv(app, found())], { type: "text/csv;charset=utf-8" }));
  const label = app.t("explore.save_as", { name: title, kind: "CSV" });
  const files = make(
    "span",
    { class: "files" },
    make("button", { type: "button", "aria-label": label, onclick: saveCsv }, "CSV"),
  );
  return make("div", { class: "head" }, make("h3", {}, title), files);
}

/**
 * How a part is read, for those who ask.
 *
 * @param {Translate} t
 */
export const makeLegend = (t, words) =>
  make("details", { class: "hint key" }, make("summary", {}, t("explore.how")), words);
