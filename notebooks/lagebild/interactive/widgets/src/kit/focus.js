// Keys: one part of a page is one stop of the tabulator key, and other keys go from item to item in it.

/**
 * Whether a key is pressed with another one that gives it a meaning of its own.
 *
 * @param {KeyboardEvent} event
 */
export const isModified = (event) => event.ctrlKey || event.metaKey || event.altKey;

/**
 * Let one of several items be the stop of the tabulator key.
 *
 * @param {HTMLElement[]} items
 * @param {HTMLElement | undefined} chosen
 */
export function setStop(items, chosen) {
  for (const item of items) item.tabIndex = item === chosen ? 0 : -1;
}

/**
 * Let keys go through the items of a box; `move` returns the one to which a key leads, if it leads to one.
 *
 * @param {HTMLElement} box
 * @param {(event: KeyboardEvent) => HTMLElement | null | undefined} move
 */
export function goByKeys(box, move) {
  box.addEventListener("keydown", (event) => {
    const to = isModified(event) ? null : move(event);
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
}

/**
 * Go through items that stand in a row.
 *
 * @param {HTMLElement} item
 * @param {string} key
 * @param {HTMLElement[]} items
 */
export function inRow(item, key, items) {
  const step = { ArrowRight: 1, ArrowLeft: -1, Home: -items.length, End: items.length }[key];
  return step && items[Math.max(0, Math.min(items.length - 1, items.indexOf(item) + step))];
}

/**
 * Go through items with a data-row and a data-at: along a row, or to the nearest place in the next row that has one.
 *
 * @param {HTMLElement} item
 * @param {string} key
 * @param {HTMLElement[]} items
 */
export function inRows(item, key, items) {
  const place = (one) => [Number(one.dataset.row), Number(one.dataset.at)];
  const [row, at] = place(item);
  if (["ArrowRight", "ArrowLeft", "Home", "End"].includes(key)) {
    const same = items.filter((one) => place(one)[0] === row).sort((a, b) => place(a)[1] - place(b)[1]);
    return inRow(item, key, same);
  }
  if (key !== "ArrowDown" && key !== "ArrowUp") return null;
  const way = key === "ArrowDown" ? 1 : -1;
  const rows = [...new Set(items.map((one) => place(one)[0]))]
    .filter((one) => (one - row) * way > 0)
    .sort((a, b) => (a - b) * way);
  return items
    .filter((one) => place(one)[0] === rows[0])
    .sort((a, b) => Math.abs(place(a)[1] - at) - Math.abs(place(b)[1] - at))[0];
}

/**
 * Go through links that stand in rows of their own: to the next, or to the nearest in another row; beyond an end there
 * is none.
 *
 * @template Link
 * @param {Link} link
 * @param {string} key
 * @param {Link[]} links
 * @param {(link: Link) => unknown} rowOf
 * @returns {Link | undefined}
 */
export function amongLinks(link, key, links, rowOf) {
  const here = links.indexOf(link);
  const isOther = (/** @type {Link} */ one) => rowOf(one) !== rowOf(link);
  if (key === "ArrowRight") return links[here + 1];
  if (key === "ArrowLeft") return links[here - 1];
  if (key === "ArrowDown") return links.slice(here).find(isOther);
  if (key === "ArrowUp") return links.slice(0, here).findLast(isOther);
  if (key === "Home") return links[0];
  return key === "End" ? links[links.length - 1] : undefined;
}
