// How far the review is.

function makeProgress(view) {
  const { t } = view;
  const meter = make("progress", { "aria-label": t("desk.progress") });
  const counts = make("p", { class: "counts" });

  function drawProgress() {
    const { n, open, left } = view.countRows();
    const done = n - left;
    Object.assign(meter, { max: Math.max(n, 1), value: done });
    const kinds = listSureness(t).filter(([kind]) => open.has(kind));
    const kindly = kinds.map(([kind, words]) => `${words} ${open.get(kind)}`).join(", ");
    const later = view.countLater();
    const told = [
      t("desk.reviewed", { done, n }),
      kindly && `${view.tellLeft()}: ${kindly}`,
      later && t("desk.later_count", { n: later }),
    ];
    counts.textContent = told.filter(Boolean).join(" · ");
    view.drawSaving();
  }
  return { meter, counts, drawProgress };
}
