// What every desk is made of: fields, buttons, panels, the table of its keys.

const labelled = (words, node, more = {}) => make("label", more, make("span", {}, words), node);

function pick(choices, value, changed, more = {}) {
  const options = choices.map(([id, words]) => make("option", { value: id, selected: id === value }, words));
  return make("select", { onchange: (event) => changed(event.target.value), ...more }, options);
}

function button(words, key, run, more = {}) {
  const shortcut = key ? { "aria-keyshortcuts": key } : {};
  const shown = key && make("kbd", { "aria-hidden": "true" }, key);
  return make("button", { type: "button", onclick: run, ...shortcut, ...more }, words, shown);
}

const panel = (label, ...children) => make("div", { class: "panel", role: "group", "aria-label": label }, children);

/** All keys and what they do, in groups; the words of a group are its title and lines that begin with the keys. */
function drawKeys(view, title, groups) {
  const drawn = groups.map((group) => {
    const [name, ...lines] = view.t(group).split(" · ");
    const rows = lines.map((line) => {
      const [keys] = line.split(" ");
      const shown = keys.split("/").flatMap((one) => [" ", make("kbd", {}, one)]);
      return make("tr", {}, make("th", { scope: "row" }, shown.slice(1)), make("td", {}, line.slice(keys.length + 1)));
    });
    return make("table", {}, make("caption", {}, name), make("tbody", {}, rows));
  });
  const close = button(view.t("desk.close"), "", () => view.close());
  return panel(view.t(title), make("div", { class: "keys" }, drawn), close);
}

/**
 * Go to the desk once the page shows it: Run All ends at the last cell, and its top, not its foot, is what one wants to
 * see, and its keys, not those of the notebook, are what one means.
 */
function wake(view, el, times = 30) {
  const look = () => {
    if (!el.isConnected && times) return wake(view, el, times - 1); // the page is not that far yet
    if (!el.closest(".jp-Cell.jp-mod-active")) return;
    view.root.scrollIntoView({ block: "start" });
    view.card.focus({ preventScroll: true });
  };
  setTimeout(look, 300);
}
