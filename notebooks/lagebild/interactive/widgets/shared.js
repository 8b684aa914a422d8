// What all widgets share. Texts are untrusted: they become text nodes and attributes, never markup.

/** Make an element: its attributes, properties of the form onclick, and children (texts or elements). */
function make(tag, attributes = {}, ...children) {
  const node =
    tag === "svg" || make.svg.has(tag)
      ? document.createElementNS("http://www.w3.org/2000/svg", tag)
      : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}
make.svg = new Set(["g", "path", "line", "circle", "rect", "polyline", "polygon", "text", "title", "desc"]);

/** Return a function from a key to its words, with {names} filled in. */
function wordsOf(model) {
  const words = model.get("words");
  return (key, values = {}) => {
    if (!(key in words)) throw new Error(`no words for ${key}`);
    return words[key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  };
}

/** Keep the shortcuts of JupyterLab, and its habit of entering a cell, away from a widget; but one saves everywhere. */
function keepKeys(root) {
  const keep = () => root.setAttribute("data-lm-suppress-shortcuts", "true");
  keep();
  for (const kind of ["keydown", "keyup", "keypress"]) {
    root.addEventListener(kind, (event) => {
      const saves = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
      if (!saves) return event.stopPropagation();
      root.removeAttribute("data-lm-suppress-shortcuts");
      setTimeout(keep);
    });
  }
}

/** How well a name fits what is asked for, the best first: 0 to 3, or -1; `hay` holds all names, in small letters. */
function rankName(id, hay, asked) {
  return [id.toLowerCase() === asked, hay.startsWith(asked), hay.includes(` ${asked}`), hay.includes(asked)].indexOf(
    true,
  );
}

/**
 * A field that finds choices in a list below it (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
 *
 * `find` returns the choices for what is typed, `draw` what one shows, `take` chooses it; `none` says that there is
 * none, and `offer` returns what can be chosen then. With `browse`, the list opens for an empty field, too.
 */
function makeCombobox({ id, label, none, field, browse = false, find, offer = () => [], draw, take }) {
  const found = make("ul", { id, role: "listbox", hidden: true, "aria-label": label });
  const input = make("input", {
    type: "text",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": id,
    "aria-autocomplete": "list",
    autocomplete: "off",
    ...field,
  });
  let options = [];
  let active = -1;
  const show = (open) => {
    found.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
  };
  const point = (at) => {
    active = at;
    const drawn = Array.from(found.children).filter((node) => node.id);
    drawn.forEach((node, i) => node.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", `${id}-${at}`);
    else input.removeAttribute("aria-activedescendant");
    drawn[at]?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    show(false);
    point(-1);
  };
  const choose = (one) => {
    input.value = "";
    close();
    take(one);
  };
  const drawOption = (one, at) => {
    const press = (event) => {
      event.preventDefault();
      choose(one);
    };
    return make("li", { role: "option", id: `${id}-${at}`, "aria-selected": "false", onmousedown: press }, draw(one));
  };
  const search = () => {
    const asked = input.value.trim().toLowerCase();
    options = asked || browse ? find(asked) : [];
    const known = options.length > 0;
    const empty = { role: "option", "aria-disabled": "true", "aria-selected": "false" };
    if (!known) options = offer(input.value.trim()); // nothing that Enter alone would take
    found.replaceChildren(...(known ? [] : [make("li", empty, none)]), ...options.map(drawOption));
    show(Boolean(asked) || browse);
    point(known && asked ? 0 : -1);
  };
  input.addEventListener("input", search);
  if (browse) input.addEventListener("click", search);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const open = !found.hidden;
    if (event.key === "ArrowDown" && browse && !open) search();
    else if (event.key === "ArrowDown" && open && options.length) point(Math.min(active + 1, options.length - 1));
    else if (event.key === "ArrowUp" && open && options.length) point(Math.max(active - 1, 0));
    else if (event.key === "Enter" && open && active >= 0) choose(options[active]);
    else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { input, found };
}
