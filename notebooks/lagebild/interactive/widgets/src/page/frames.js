// What tables and charts do in their frames.

import { closest, findAll, findOne } from "../kit/elements.js";
import { amongLinks, goByKeys, inRow, isModified, setStop } from "../kit/focus.js";

/**
 * Of the links of a table, an entry or a list of evidence one is a stop for the keyboard, and the arrows go on from it:
 * there are thousands. The address of a text is no stop, since the list of sources holds it, too.
 */
function makeStops() {
  findAll("article.item .address a").forEach((link) => (link.tabIndex = -1));
  for (const group of findAll("main table, main article.item, main ul:has(> li.claim), main .cite")) {
    const links = findAll("a[href]", group).filter((link) => !link.closest(".address"));
    if (links.length < 2 || group.parentElement?.closest("table, ul:has(> li.claim)")) continue;
    const find = (/** @type {Event} */ { target }) => links.find((link) => link === target);
    setStop(links, links[0]);
    group.addEventListener("focusin", (event) => find(event) && setStop(links, find(event)));
    goByKeys(group, (event) => {
      const link = find(event);
      return link && amongLinks(link, event.key, links, (one) => one.closest("tr, li") ?? group);
    });
  }
}

/**
 * What goes on beyond an edge of a frame fades there.
 *
 * @param {Element} frame
 */
function hint(frame) {
  const rest = frame.scrollWidth - frame.clientWidth;
  frame.classList.toggle("before", frame.scrollLeft > 2);
  frame.classList.toggle("after", rest - frame.scrollLeft > 2);
}

/**
 * What need not scroll is no stop for the keyboard.
 *
 * @param {HTMLElement} frame
 */
function measure(frame) {
  frame.tabIndex = frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight ? 0 : -1;
  hint(frame);
}
function watchFrames() {
  const watch = new ResizeObserver((changes) =>
    changes.forEach(({ target }) => measure(/** @type {HTMLElement} */ (target))),
  );
  for (const frame of findAll("main .scroll")) {
    frame.addEventListener("scroll", () => hint(frame), { passive: true });
    watch.observe(frame);
  }
}

/** Marks of a drawing are reached like the links of a table; without this, the table beside it says the same. */
function makeMarks() {
  for (const plot of findAll("main .plot:not(.narrow)")) {
    const svg = /** @type {HTMLElement | null} */ (findOne("svg", plot));
    const links = findAll("a[href]", plot);
    if (!svg || !links.length) continue;
    plot.removeAttribute("aria-hidden");
    svg.setAttribute("role", "group");
    setStop(links, links[0]);
    const find = (/** @type {Event} */ event) => closest(event, "svg a");
    svg.addEventListener("focusin", (event) => find(event) && setStop(links, find(event) ?? undefined));
    goByKeys(svg, (event) => {
      const link = find(event);
      return link && inRow(link, event.key, links);
    });
  }
}

/** What the page holds of a figure is saved as a file: its data, and its drawing. */
function makeFiles() {
  const types = { csv: "text/csv", svg: "image/svg+xml" };
  for (const button of /** @type {HTMLButtonElement[]} */ (findAll("main .files button"))) {
    const figure = button.closest("figure");
    const read = {
      csv: () => findOne(".csv", figure ?? document)?.textContent ?? "",
      svg: () => new XMLSerializer().serializeToString(/** @type {Node} */ (findOne(".plot svg", figure ?? document))),
    };
    if (button.parentElement) button.parentElement.hidden = false;
    button.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([read[button.name]()], { type: types[button.name] }));
      link.download = button.dataset.file ?? "";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
  }
}

// A timeline can be stretched within its frame: by buttons, by the keys + − 0, by the wheel with Ctrl, by pinching. Time
// grows, letters and marks do not.
const LARGEST = 4;
const WAYS = { in: (zoom) => zoom * 1.5, out: (zoom) => zoom / 1.5, whole: () => 1 };
const KEYS = { "+": "in", "=": "in", "-": "out", 0: "whole" };

/**
 * Stretch the drawing of a figure in time, round a point of its frame.
 *
 * @param {HTMLElement} figure
 * @param {(zoom: number) => number} factor
 * @param {number} [across]
 * @param {number} [down]
 */
function enlarge(figure, factor, across = 0.5, down = 0) {
  const frame = /** @type {HTMLElement} */ (findOne(".scroll", figure));
  const plot = /** @type {HTMLElement} */ (findOne(".plot", frame));
  const before = Number(figure.dataset.zoom ?? 1);
  const now = Math.min(LARGEST, Math.max(1, factor(before)));
  const x = (frame.scrollLeft + across * frame.clientWidth) / plot.offsetWidth;
  const y = (frame.scrollTop + down * frame.clientHeight) / plot.offsetHeight;
  const svg = /** @type {HTMLElement} */ (findOne("svg", plot));
  plot.style.width = svg.style.height = "";
  svg.removeAttribute("preserveAspectRatio");
  if (now > 1) {
    svg.style.height = `${svg.getBoundingClientRect().height}px`;
    svg.setAttribute("preserveAspectRatio", "none");
    plot.style.width = `${plot.offsetWidth * now}px`;
  }
  plot.style.setProperty("--narrow", String(1 / now));
  figure.dataset.zoom = String(now);
  frame.classList.toggle("zoomed", now > 1);
  frame.scrollLeft = x * plot.offsetWidth - across * frame.clientWidth;
  frame.scrollTop = y * plot.offsetHeight - down * frame.clientHeight;
  /** @type {HTMLOutputElement} */ (findOne(".zoom output", figure)).value = `${Math.round(now * 100)} %`;
  measure(frame);
}

function makeZoom() {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("zoom"));
  for (const figure of findAll("figure[id^=fig-timeline]")) {
    const frame = /** @type {HTMLElement} */ (findOne(".scroll", figure));
    const tools = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    tools.setAttribute("aria-label", frame.getAttribute("aria-label") ?? "");
    tools.addEventListener("click", ({ target }) => {
      const way = target instanceof HTMLButtonElement && WAYS[target.name];
      if (way) enlarge(figure, way);
    });
    frame.before(tools);
    frame.addEventListener("keydown", (event) => {
      if (isModified(event) || !KEYS[event.key]) return;
      event.preventDefault();
      enlarge(figure, WAYS[KEYS[event.key]]);
    });
    frame.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        const box = frame.getBoundingClientRect();
        const by = Math.exp(-event.deltaY / 200);
        enlarge(
          figure,
          (zoom) => zoom * by,
          (event.clientX - box.left) / box.width,
          (event.clientY - box.top) / box.height,
        );
      },
      { passive: false },
    );
  }
}

/** Bring tables and charts to life. */
export function makeFrames() {
  makeStops();
  makeMarks();
  makeFiles();
  watchFrames();
  makeZoom();
}
