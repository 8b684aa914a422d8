// What the drawings of time share: ticks, and a drag that chooses a period.

/** Return the ticks of an axis: day and words. */
function makeTicks(words, from, to, most) {
  const days = to - from + 1;
  if (days <= 75) {
    const step = Math.max(1, Math.ceil(days / most));
    return Array.from({ length: Math.ceil(days / step) }, (_, i) => [
      from + i * step,
      words.tick(from + i * step, "day"),
    ]);
  }
  const start = new Date(from * 864e5);
  const first = start.getUTCFullYear() * 12 + start.getUTCMonth();
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 1200].find((months) => days / 30.4 / months <= most) ?? 12000;
  const ticks = [];
  for (let month = Math.ceil(first / step) * step; ; month += step) {
    const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / 864e5;
    if (day > to) return ticks;
    if (day >= from) ticks.push([day, words.tick(day, step < 12 ? "month" : "year")]);
  }
}

/** Let a drag over a drawing choose a period; `at` turns pixels into days. */
function dragPeriod(svg, app, at) {
  let start = null,
    shade = null;
  const place = (event) => event.clientX - svg.getBoundingClientRect().left;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button === 0) start = place(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (start === null || (!shade && Math.abs(place(event) - start) < 5)) return;
    if (!shade) {
      svg.setPointerCapture(event.pointerId);
      shade = make("rect", { class: "drag", y: 0, height: "100%" });
      svg.append(shade);
    }
    shade.setAttribute("x", Math.min(start, place(event)));
    shade.setAttribute("width", Math.abs(place(event) - start));
  });
  svg.addEventListener("pointerup", (event) => {
    const drawn = shade;
    const days = start === null ? [] : [at(start), at(place(event))].sort((a, b) => a - b);
    shade?.remove();
    [start, shade] = [null, null];
    if (!drawn) return;
    const drop = (click) => click.stopPropagation(); // the click that ends a drag chooses nothing
    svg.addEventListener("click", drop, { capture: true });
    setTimeout(() => {
      svg.removeEventListener("click", drop, { capture: true });
      app.choose({ since: toIso(days[0]), until: toIso(days[1]) });
    });
  });
  svg.addEventListener("pointercancel", () => {
    shade?.remove();
    [start, shade] = [null, null];
  });
}
