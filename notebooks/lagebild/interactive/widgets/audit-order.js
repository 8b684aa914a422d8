// The way from one claim to the next.

function makeOrder(view) {
  const { t, claims, state } = view;
  const onDesk = () => claims[state.chosen];
  const isShown = (one) => !state.only || one.verdict === state.only;

  function choose(at) {
    const before = onDesk();
    Object.assign(state, { chosen: at, asks: "", help: false });
    view.warn();
    view.markClaim(before);
    view.markClaim(onDesk());
    view.draw();
    view.reach();
  }
  /** Go on or back to the next claim that is shown and fits. */
  function go(step, fits = isShown, none = "") {
    let to = state.chosen + step;
    while (claims[to] && !fits(claims[to])) to += step;
    if (!claims[to]) return none && view.warn(t(none));
    choose(to);
    view.say(`${t(`audit.verdict.${onDesk().verdict}`)}. ${onDesk().claim}`);
  }
  const goOn = (step) => go(step, (one) => OBJECTIONS.includes(one.verdict), "audit.desk.no_more");
  /** Stay on the claim if it is shown, or else go to the next one that is, or to the first. */
  function first() {
    if (onDesk() && isShown(onDesk())) return view.draw();
    const shown = claims.filter(isShown);
    const next = shown.find((one) => one.at > state.chosen) ?? shown[0];
    if (next) choose(next.at);
    else view.draw();
  }
  return { onDesk, isShown, choose, go, goOn, first };
}
