// What opens on demand on the card: all rows of a rule, the keys, and what other parts draw.

/** All open rows of the same rule, to look at and to decide on at once. */
function drawBatch(view, row) {
  const { t, rows } = view;
  const found = rows.alike(row).filter((one) => one === row || !view.twins.follows(one));
  if (found.length < 2) return panel(t("desk.batch"), make("p", {}, t("desk.batch_none")));
  const boxes = found.map((one) => {
    const checked = !rows.changesOf(one).length; // what was changed is saved with its row, not with all
    return make("input", { type: "checkbox", checked, value: one.mention_id, onchange: () => count() });
  });
  const ticked = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const yes = button("", "", () => view.batch("accept", ticked()), { class: "main" });
  const no = button("", "", () => view.batch("reject", ticked()));
  const count = () => {
    const n = ticked().length;
    yes.textContent = t("desk.batch_accept", { n });
    no.textContent = t("desk.batch_reject", { n });
    yes.disabled = no.disabled = !n;
  };
  count();
  const items = found.map((one, at) => {
    const words = make("span", {}, make("b", {}, rows.summary(one)), " · ", quoted(one));
    return make("li", {}, make("label", { class: "check" }, boxes[at], words));
  });
  return panel(
    t("desk.batch"),
    make("p", {}, t("desk.batch_lead", { rule: row.rule, n: found.length })),
    make("div", { class: "actions" }, yes, no),
    make("ul", { class: "batch", tabindex: "0" }, items),
  );
}

const GROUPS = ["decide", "read", "mend", "events", "go"].map((group) => `desk.help.${group}`); // of the keys

/** All keys of the desk. */
const drawHelp = (view) => drawKeys(view, "desk.help", GROUPS);

const PANELS = {
  merge: drawMerge,
  batch: drawBatch,
  help: drawHelp,
  mentions: drawMentions,
  doubts: drawDoubtList,
  title: drawTitle,
  name: drawName,
};
