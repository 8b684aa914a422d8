// The text of the report. Offsets count characters, as in Python, not the 16-bit units of JavaScript.

function makeReport(view) {
  const { t, audit, claims, state, text } = view;
  const marks = new Map(); // place of a claim → what marks it in the text, with its words and the verdict that it shows

  function makeMark(one, words) {
    const mark = make("span", {
      role: "button",
      "data-at": one.at,
      onclick: () => {
        view.choose(one.at);
        view.card.focus({ preventScroll: true });
      },
    });
    marks.set(one.at, { node: mark, words });
    markClaim(one);
    return mark;
  }
  /** Draw the mark of a claim as it stands now. */
  function markClaim(one) {
    const mark = one && marks.get(one.at);
    if (!mark) return;
    const here = one.at === state.chosen;
    const off = view.isShown(one) ? "" : " off";
    mark.node.className = `claim ${one.verdict}${here ? " here" : ""}${off}`;
    mark.node.tabIndex = here ? 0 : -1;
    if (here) mark.node.setAttribute("aria-current", "true");
    else mark.node.removeAttribute("aria-current");
    if (mark.verdict === one.verdict) return; // words put anew would lay out the whole report anew
    mark.verdict = one.verdict;
    const told = make("span", { class: "hidden", lang: view.root.lang }, `${t(`audit.verdict.${one.verdict}`)}: `);
    mark.node.replaceChildren(drawSign(t, one.verdict), told, mark.words);
  }
  function markReport() {
    for (const one of claims) markClaim(one);
  }
  /** Draw the whole report; another act in the same sentence has a mark of its own behind it. */
  function drawReport() {
    const letters = Array.from(audit.text);
    const cut = (from, to) => letters.slice(from, to).join("");
    const paragraphs = [[]];
    const put = (words) => {
      const [first, ...rest] = words.split("\n");
      paragraphs.at(-1).push(first);
      for (const line of rest) paragraphs.push([line]);
    };
    let at = 0;
    for (const one of [...claims].sort((a, b) => a.start - b.start)) {
      const again = one.start < at;
      if (!again) put(cut(at, one.start));
      paragraphs.at(-1).push(makeMark(one, again ? "" : cut(one.start, one.end)));
      at = Math.max(at, one.end);
    }
    put(cut(at));
    const filled = paragraphs.filter((parts) => parts.some((part) => part.nodeType || part.trim()));
    text.replaceChildren(
      make(
        "div",
        { class: "body", lang: audit.language },
        filled.map((parts) => make("p", {}, parts)),
      ),
    );
  }
  /** Bring the claim into sight, inside the text alone. */
  function reach() {
    const mark = marks.get(state.chosen)?.node;
    if (!mark) return;
    const [there, here] = [mark.getBoundingClientRect(), text.getBoundingClientRect()];
    if (there.top < here.top || there.bottom > here.bottom)
      text.scrollTop += there.top - here.top - text.clientHeight / 3;
  }
  return { drawReport, markClaim, markReport, reach };
}
