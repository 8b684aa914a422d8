// One part is one stop of the tabulator key; inside it, arrow keys go from item to item. An item has a data-key.

/**
 * Let arrow keys go through the items of a box. `move` gets the item, the key, all items and whether shift is held, and
 * returns the item to go to. What `redraw` draws keeps the focus if the item is still there.
 */
function rove(box, move) {
  let current = "";
  const items = () => Array.from(box.querySelectorAll("[data-key]"));
  const settle = () => {
    const all = items();
    const chosen = all.find((item) => item.dataset.key === current) ?? all.find((item) => item.dataset.entry) ?? all[0];
    for (const item of all) item.setAttribute("tabindex", item === chosen ? "0" : "-1");
    return chosen;
  };
  box.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-key]");
    if (!item || item.dataset.key === current) return;
    box.querySelector("[data-key][tabindex='0']")?.setAttribute("tabindex", "-1");
    current = item.dataset.key;
    item.setAttribute("tabindex", "0");
  });
  box.addEventListener("keydown", (event) => {
    const item = event.target.closest("[data-key]");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === "Enter" || event.key === " ") && item.tagName !== "BUTTON") {
      event.preventDefault();
      return item.dispatchEvent(new MouseEvent("click", { bubbles: true, shiftKey: event.shiftKey }));
    }
    const to = move(item, event.key, items(), event.shiftKey);
    if (!to) return;
    event.preventDefault();
    to.focus({ preventScroll: false });
  });
  return {
    redraw(draw) {
      const inside = box.contains(document.activeElement) && document.activeElement.closest("[data-key]");
      draw();
      const chosen = settle();
      if (inside) chosen?.focus({ preventScroll: true });
    },
    focus: () => settle()?.focus({ preventScroll: true }),
  };
}

/** Go through items that stand in a row. */
function inRow(item, key, items) {
  const step = { ArrowRight: 1, ArrowLeft: -1, Home: -items.length, End: items.length }[key];
  return step && items[Math.max(0, Math.min(items.length - 1, items.indexOf(item) + step))];
}

/** Go through items with a data-row and a data-at: along a row, or to the nearest place in the next row that has one. */
function inRows(item, key, items) {
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

/** Say that a button does nothing now; it keeps the focus, which a disabled one would lose. */
const turnOff = (button, off) => button.setAttribute("aria-disabled", String(off));
