// Shows the sentences behind a mark, a cell or an id beside the pointer. Without JavaScript the links lead to them.
const card = document.createElement("div");
card.className = "card";
card.setAttribute("role", "tooltip");
card.hidden = true;
document.body.append(card);

function find(link) {
  const id = decodeURIComponent((link.getAttribute("href") || "").slice(1));
  const entry = id && document.getElementById(id);
  return entry && entry.matches("article.item") ? entry : null;
}

function show(event) {
  const link = event.target.closest?.('a[href^="#"]');
  const entry = link && find(link);
  if (!entry) return;
  const copy = entry.cloneNode(true);
  copy.removeAttribute("id");
  card.replaceChildren(...copy.children);
  card.hidden = false;
  const at = link.getBoundingClientRect();
  const { offsetWidth: wide, offsetHeight: high } = card;
  const below = at.bottom + 8 + high <= innerHeight || at.top < high + 8;
  card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - wide - 8))}px`;
  card.style.top = `${below ? at.bottom + 8 : at.top - high - 8}px`;
}

function hide() {
  card.hidden = true;
}

for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, show);
for (const kind of ["pointerout", "focusout", "scroll"]) document.addEventListener(kind, hide, true);
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
