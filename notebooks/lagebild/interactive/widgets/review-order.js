// The rows to go through: which ones, in which order, and the way from one to the next.

const LATER = "lagebild-review-later:"; // where the browser keeps which rows were put off, by case

function makeOrder(view) {
  const { t, rows, twins, state } = view;
  const key = LATER + rows.desk.place;
  const later = readNames(key); // rows that were put off, the latest last

  const onDesk = () => state.missed ?? rows.all.get(state.chosen);
  const isShown = (row) => state.show === "all" || (state.show === "open") === rows.isOpen(row);
  const isLater = (row) => later.has(row.mention_id) && rows.isOpen(row);
  const payPlace = (row) => rows.desk.pays?.[row.mention_id]?.[0] ?? rows.all.size; // what somebody added comes last
  /** For each order how two rows compare. */
  const orders = {
    text: () => () => 0,
    pays: () => (a, b) => payPlace(a) - payPlace(b),
    confidence: () => (a, b) => SURENESS[a.confidence] - SURENESS[b.confidence],
    rule: () => (a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
    latest() {
      const acts = new Map(state.taken.flatMap((act, at) => act.rows.map((one) => [one.row, at])));
      const place = (row) => (rows.isOpen(row) || row.waits ? -2 : (acts.get(row.mention_id) ?? -1));
      return (a, b) => place(b) - place(a);
    },
  };
  /** The rows in the order chosen; the one on the desk stays, decided or not, and `whole` leaves out no state. */
  function listRows(whole = false) {
    const { where, confidence, chosen } = state;
    const words = state.search.trim().toLowerCase();
    const fits = (row) =>
      (whole || isShown(row) || row.mention_id === chosen) &&
      (row.mention_id === chosen || where || !twins.follows(row)) &&
      (!where || where === `${row.source_id}:${row.language}`) &&
      (!confidence || (row.confidence || "coded") === confidence) &&
      (row.search.includes(words) || twins.partner(row)?.search.includes(words));
    const compare = orders[state.order]();
    const putOff = new Map(Array.from(later, (id, at) => [id, at + 1]));
    const last = (row) => ((rows.isOpen(row) || row.waits) && putOff.get(row.mention_id)) || 0;
    return Array.from(rows.all.values())
      .filter(fits)
      .sort((a, b) => last(a) - last(b) || compare(a, b));
  }
  function go(step, openOnly = false) {
    const found = listRows();
    let to = found.findIndex((row) => row.mention_id === state.chosen) + step;
    while (openOnly && found[to] && !rows.isOpen(found[to])) to += step;
    if (openOnly && !found[to]) to = found.findIndex((row) => rows.isOpen(row));
    if (found[to]) choose(found[to].mention_id);
    else view.draw();
  }
  function choose(id, showAll = false) {
    if (state.missed) return view.warn(t("desk.add_open"));
    if (showAll) view.set({ show: "all", where: "", confidence: "", search: "" });
    state.chosen = id;
    state.panel = "";
    view.draw();
  }
  /** Stay on the row if it is among those that are shown, or else go to the first of them. */
  function first() {
    if (state.missed) return view.warn(t("desk.add_open"));
    if (!listRows().some((row) => row.mention_id === state.chosen && isShown(row))) state.chosen = "";
    state.chosen ||= listRows()[0]?.mention_id ?? "";
    view.draw();
  }
  /** Put the row off: it comes last, and carries a mark until it is decided. */
  function postpone() {
    const row = rows.all.get(state.chosen);
    if (!row) return;
    if (!rows.isOpen(row)) return view.warn(t("desk.later_decided"));
    const at = listRows().indexOf(row);
    later.delete(row.mention_id);
    later.add(row.mention_id);
    const marked = Array.from(later).filter((id) => rows.all.has(id) && isLater(rows.all.get(id)));
    memory.set(key, JSON.stringify(marked));
    const found = listRows();
    const next = [...found.slice(at), ...found].find((one) => rows.isOpen(one)) ?? row;
    choose(next.mention_id);
    view.say(`${t("desk.later_mark")}. ${rows.summary(next)}`);
    view.card.focus({ preventScroll: true });
  }

  /** How many rows there are and are left, twins that are decided together as one; the open ones by confidence, too. */
  function countRows() {
    const open = new Map();
    const counted = Array.from(rows.all.values()).filter((row) => !twins.follows(row));
    for (const row of counted) {
      const kind = row.confidence || "coded";
      if (rows.isOpen(row)) open.set(kind, (open.get(kind) ?? 0) + 1);
    }
    const left = Array.from(open.values()).reduce((sum, n) => sum + n, 0);
    return { n: counted.length, left, open };
  }
  const countLater = () => (later.size ? rows.count((row) => isLater(row)) : 0);
  const tellLeft = () => t("desk.left", countRows());
  return { onDesk, isLater, listRows, go, choose, first, postpone, countRows, countLater, tellLeft };
}
