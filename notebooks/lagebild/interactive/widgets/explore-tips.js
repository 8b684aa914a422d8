// What a mark, a cell or a row is, in words beside it, while one points at it or has gone to it by key: one can go over
// to the words, they stay, and Esc takes them away (WCAG 2.2, 1.4.13).

const TOLD = new WeakMap(); // item: what returns the lines that repeat its name, and those that say more
const SLOW = 600; // milliseconds until a row tells, beside which everything stands already
const SOON = 100;
const LEAVE = 250; // in which one reaches the words

/** Let an item tell what it is; `tell` returns two lists of lines, the first one led by what it is called. */
function telling(node, tell, slow = false) {
  node.setAttribute("data-tip", slow ? "slow" : "soon");
  TOLD.set(node, tell);
  return node;
}

function makeTips(root) {
  const id = `explore-tip-${Math.random().toString(36).slice(2)}`;
  const named = make("div", {}),
    more = make("div", { id });
  const node = make("div", { class: "tip", role: "tooltip", popover: "manual" }, named, more);
  let item = null, // what tells now
    timer = 0,
    quiet = "", // the key of the item that was chosen or dismissed: it tells again once one comes back to it
    pressed = null;

  function show(target, x = null) {
    const tell = TOLD.get(target);
    if (!tell || !target.isConnected) return hide();
    hide();
    const [first, then] = tell();
    named.replaceChildren(...first.map((line, at) => make(at ? "p" : "b", {}, line)));
    more.replaceChildren(...then.map((line) => make("p", {}, line)));
    item = target;
    (target.matches("[data-key]") ? target : target.querySelector("[data-key]"))?.setAttribute("aria-describedby", id);
    node.showPopover();
    place(x);
    document.addEventListener("keydown", escape, true);
    document.addEventListener("scroll", follow, true);
  }
  function place(x = null) {
    const box = item.getBoundingClientRect(),
      own = node.getBoundingClientRect();
    const [wide, high] = [document.documentElement.clientWidth, document.documentElement.clientHeight];
    const left = x ?? Math.min(box.left, box.right - 20);
    const below = box.bottom + 5;
    node.style.left = `${Math.max(4, Math.min(left, wide - own.width - 4))}px`;
    node.style.top = `${below + own.height < high ? below : Math.max(4, box.top - own.height - 5)}px`;
  }
  function hide() {
    clearTimeout(timer);
    if (!item) return;
    for (const one of [item, ...item.querySelectorAll("[aria-describedby]")])
      if (one.getAttribute("aria-describedby") === id) one.removeAttribute("aria-describedby");
    item = null;
    if (node.isConnected) node.hidePopover();
    document.removeEventListener("keydown", escape, true);
    document.removeEventListener("scroll", follow, true);
  }
  /** Hide, and do not show again when what has the focus is drawn anew. */
  function rest() {
    quiet = item.contains(document.activeElement) ? keyOf(item) : "";
    hide();
  }
  const later = (run, wait) => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
  const follow = () => (item.isConnected ? place() : hide());
  const keyOf = (target) => (target.dataset.key ?? target.querySelector("[data-key]")?.dataset.key) || "";
  function escape(event) {
    if (event.key !== "Escape") return;
    rest();
    if (!root.contains(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  root.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || (pressed && pressed[0] === event.clientX && pressed[1] === event.clientY))
      return;
    if (node.contains(event.target)) return clearTimeout(timer);
    const target = event.target.closest("[data-tip]");
    if (target && target === item) return clearTimeout(timer);
    if (target) later(() => show(target, event.clientX + 8), target.dataset.tip === "slow" ? SLOW : SOON);
    else later(hide, LEAVE);
  });
  root.addEventListener("pointerleave", () => later(hide, LEAVE));
  root.addEventListener(
    "pointerdown",
    (event) => {
      if (node.contains(event.target)) return;
      pressed = [event.clientX, event.clientY];
      hide();
    },
    true,
  );
  root.addEventListener("focusin", (event) => {
    const target = event.target.closest("[data-tip]");
    if (!target || !event.target.matches(":focus-visible")) return hide();
    if (keyOf(target) === quiet) return;
    quiet = "";
    show(target);
  });
  root.addEventListener("focusout", (event) => {
    if (!event.relatedTarget || !root.contains(event.relatedTarget)) hide();
  });
  return {
    node,
    /** What tells has been chosen, or drawn anew. */
    hush() {
      if (item) rest();
    },
    stop: hide,
  };
}

/** Return what is to say of many events: their types, outlets, and the days between which they lie. */
function sumUp(app, holds) {
  const { data, t, words } = app;
  const types = new Uint32Array(data.types.length),
    outlets = new Set();
  let from = OPEN_TO,
    to = OPEN_FROM;
  for (let i = 0; i < data.n; i++) {
    if (!holds(i)) continue;
    types[data.type[i]]++;
    for (const one of words.list("outlets", i)) outlets.add(one);
    for (const day of [data.first(data.date[i]), data.last(data.date[i])]) {
      if (day === OPEN_FROM || day === OPEN_TO) continue;
      from = Math.min(from, day);
      to = Math.max(to, day);
    }
  }
  const often = Array.from(types.keys())
    .filter((type) => types[type])
    .sort((a, b) => types[b] - types[a]);
  const told = often.slice(0, 3).map((type) => `${data.types[type].name} ${words.number(types[type])}`);
  if (often.length > 3) told.push("…");
  return [
    told.join(", "),
    outlets.size &&
      t(outlets.size === 1 ? "explore.told_by_one" : "explore.told_by", { n: words.number(outlets.size) }),
    from <= to && t("explore.between", { span: words.span(from, to) }),
  ].filter(Boolean);
}
