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

/** Keep the shortcuts of JupyterLab, and its habit of entering a cell, away from a widget. */
function keepKeys(root) {
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const kind of ["keydown", "keyup", "keypress"]) root.addEventListener(kind, (event) => event.stopPropagation());
}
