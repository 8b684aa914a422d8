// The keys of the audit.

const SAME = { j: "n", ArrowDown: "n", k: "p", ArrowUp: "p" }; // keys that do what another one does
const NAMES = {
  n: "audit.desk.next",
  p: "audit.desk.previous",
  N: "audit.desk.next_wrong",
  P: "audit.desk.previous_wrong",
  u: "desk.undo",
  "?": "desk.help",
};
const HELD = new Set(["n", "p", "N", "P"]); // keys that may be held down

function makeKeys(view) {
  const { t, audit, state, card, text, root } = view;
  const KEYS = {
    n: () => view.go(1),
    p: () => view.go(-1),
    N: () => view.goOn(1),
    P: () => view.goOn(-1),
    u: view.undo,
    f: view.turn,
    "?": view.toggleHelp,
  };
  for (const [at, verdict] of audit.verdicts.entries()) KEYS[at + 1] = () => view.askWhy(verdict);

  /** A button that does what a key does. */
  const drawKey = (key) => button(t(NAMES[key]), key, KEYS[key]);
  function press(event) {
    const { key, target } = event;
    if (key === "Escape") {
      event.preventDefault();
      return view.close();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select")) return;
    if ((key === "Enter" || key === " ") && target.closest("[role=button]")) {
      event.preventDefault();
      return view.choose(Number(target.closest("[role=button]").dataset.at));
    }
    if (target === text && key.startsWith("Arrow")) return; // they scroll
    const name = SAME[key] ?? key;
    if (!Object.hasOwn(KEYS, name)) return;
    event.preventDefault();
    if (event.repeat && !HELD.has(name)) return;
    const inside = root.contains(document.activeElement);
    const inText = text.contains(document.activeElement);
    KEYS[name]();
    if (state.asks || state.help) return;
    if (inText) text.querySelector(".here")?.focus({ preventScroll: true });
    else if (inside && !root.contains(document.activeElement)) card.focus({ preventScroll: true });
  }
  root.addEventListener("keydown", press);
  return { drawKey };
}
