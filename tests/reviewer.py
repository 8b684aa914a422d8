"""A perfect reviewer at the desk: makes each row what gold says, in the shortest way that the desk has, and counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from bare import ADDRESS, Bare
from lagebild.core.schema import STATUSES, ids
from lagebild.interactive.review_queue import SHOWN
from lagebild.interactive.review_widget import ReviewWidget
from playwright.sync_api import Page

SIDES = ("source_actors", "target_actors")
TURNS = dict(zip(SIDES, "wW", strict=True))
CLOCK = """() => {
  window.took = [];
  window.addEventListener("keydown", () => { window.began = performance.now(); }, true);
  new MutationObserver(() => {
    if (window.began) window.took.push(performance.now() - window.began);
    window.began = 0;
  }).observe(document.querySelector(".review .card"), {childList: true});
}"""
Sides = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Judged:
    """A row of the desk and the event of gold that it tells, or none, which is to be rejected."""

    row: dict[str, Any]
    event: dict[str, Any] | None
    dated: bool  # whether it is known when the text was published


@dataclass(frozen=True)
class Plan:
    """The keys that make a row right, and the fields that must be filled by hand before it is saved."""

    keys: tuple[str, ...] = ()
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    saves: bool = False  # whether the last key saves the row
    lacks: str = ""  # the side that is missing
    begun: frozenset[str] = frozenset()  # the sides of which the keys have named some already

    @property
    def cost(self) -> int:
        """About how many keys it takes."""
        return len(self.keys) + 12 * len(self.fields) + (not self.saves)


@dataclass
class Desk:
    """The desk with some rows in a bare page; `pressed` counts the keys, `took` is the widget's time for each (ms)."""

    page: Page
    widget: ReviewWidget
    pressed: int = 0
    took: list[float] = field(default_factory=list)

    def show(self, chosen: Iterable[str] = ()) -> None:
        """Show the rows that are named, or all."""
        names, reply = set(chosen), self.widget._reply
        place = SHOWN.index("mention_id")

        def tell(message: dict[str, Any]) -> dict[str, Any]:
            told = reply(message)
            if "rows" in told and names:
                told["rows"] = [one for one in told["rows"] if one[place] in names]
            return told

        self.widget._reply = tell  # type: ignore[method-assign]
        bare = Bare(self.page)
        self.page.set_viewport_size({"width": 1300, "height": 1000})
        self.page.goto(ADDRESS)
        self.page.evaluate("localStorage.clear()")
        bare.put(self.widget)
        self.page.locator(".review .card form").wait_for()
        self.page.evaluate(CLOCK)
        self.page.locator(".review .card").focus()

    def press(self, key: str) -> None:
        """Press a key, or several at once, which count as one."""
        self.page.keyboard.press(key)
        self.pressed += 1

    @property
    def chosen(self) -> str:
        """The id of the row on the desk."""
        return self.page.locator(".review .card .facts").first.inner_text().split(" · ")[1]

    def review(self, one: Judged) -> int:
        """Make the row on the desk what gold says, and return how many keys it took."""
        before = self.pressed
        if one.event is None:
            self.press("r")
        else:
            plan = make_plan(one, self.widget.queue.get("offers", {}).get(one.row["mention_id"]))
            for key in plan.keys:
                self.press(key)
            if plan.fields:
                if not self._fill(plan):
                    self.press("Control+Enter")
                self.page.locator(".review .card").focus()
            elif not plan.saves:
                self.press("a")
        self.page.locator(".review[data-waiting='0']").wait_for()
        self.took += self.page.evaluate("() => window.took.splice(0)")
        return self.pressed - before

    def _fill(self, plan: Plan) -> bool:
        """Fill fields in their order, from key to key; return whether the last key saved the row."""
        saved = False
        first = plan.fields[0][0]
        if "offers" in self.widget.queue and first in SIDES:
            turned = [side for side in SIDES for key in plan.keys if key == TURNS[side]]
            if first != (turned[-1] if turned else plan.lacks):
                self.press(TURNS[first])
            self.press("f")
        elif "offers" in self.widget.queue and first == "date":
            self.press("E")
        else:
            self.press("e")
        for name, values in plan.fields:
            last = name == plan.fields[-1][0]
            wanted = f"{'select' if name == 'status' else 'input'}[data-field={name}]"
            while not self.page.evaluate("(one) => document.activeElement.matches(one)", wanted):
                self.press("Tab")
            if name == "status":
                self._choose(values[0])
            elif name == "date":
                self.press("Control+A")
                for sign in values[0] or ["Delete"]:
                    self.press(sign)
            else:
                saved = self._name(name, values, kept=name in plan.begun, last=last)
        return saved

    def _choose(self, value: str) -> None:
        ask = "() => document.activeElement.value"
        step = STATUSES.index(value) - STATUSES.index(self.page.evaluate(ask))
        for _ in range(abs(step)):
            self.press("ArrowDown" if step > 0 else "ArrowUp")

    def _name(self, side: str, values: tuple[str, ...], *, kept: bool, last: bool) -> bool:
        """Put actors into a side, each found by the fewest letters of its name; who stands there goes unless `kept`.

        Return whether the row was saved with the last of them, as with Ctrl+Enter.
        """
        saves = False
        card = self.page.locator(f".review .actors:has(input[data-field={side}])")
        if not kept:
            for _ in range(card.locator(".chip").count()):
                self.press("Backspace")
        known = {one[0]: one[1] for one in self.widget.queue["actors"]}
        for value in values:
            for sign in known.get(value, value.removeprefix("PER:")):
                self.press(sign)
                if (active := card.locator("[aria-selected=true] small")).count() and active.inner_text() == value:
                    break
            if value not in known:
                self.press("ArrowDown")  # a new actor
            saves = last and value == values[-1] and value in known
            self.press("Control+Enter" if saves else "Enter")
            if value not in known:
                card.locator(".chip", has_text=value.removeprefix("PER:")).wait_for()
        return saves


def make_plan(one: Judged, offered: dict[str, Any] | None) -> Plan:
    """Return the shortest way to make a row what gold says; `offered` is what the desk offers for it at one key."""
    row, event = one.row, one.event or {}
    keys, fields = list[str](), list[tuple[str, tuple[str, ...]]]()
    dates = ["", *(edtf for edtf, _ in (offered or {}).get("dates", []))]  # 0 is no date
    following = next((edtf for edtf in dates if edtf != row["date"]), "")
    for name in ("status", "date"):
        right = [event[name] or "", *(value or "" for value in event.get(f"{name}_alt", ()))]
        if row[name] in right or (name == "date" and not one.dated):
            continue
        digits = [dates.index(value) for value in right if value in dates]
        if name == "status":
            keys.append(right[0][0].upper())
        elif offered and digits:
            keys += ["D", f"Shift+Digit{digits[0]}"] if dates[digits[0]] != following else ["d"]
        else:
            fields.append((name, (right[0],)))
    alone = {**row, "other_source": "", "other_target": ""} if fields else row  # what saves a row comes last
    sides = min((_plan_sides(alone, wanted, offered) for wanted in _readings(event)), key=lambda plan: plan.cost)
    order = [*SIDES, "date", "status"]  # as they stand on the desk
    filled = tuple(sorted((*sides.fields, *fields), key=lambda one: order.index(one[0])))
    chosen = sides.keys
    if filled and sides.saves:  # it must not save yet
        chosen = _keep(row, chosen)
    lacks = next((side for side in SIDES if not row[side]), "")
    saves = sides.saves and not filled
    if keys and keys[-1].startswith("Shift") and not chosen and not filled and not lacks:
        keys[-1], saves = keys[-1].removeprefix("Shift+Digit"), True
    return Plan((*keys, *chosen), filled, saves, lacks, sides.begun)


def _keep(row: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return keys so that the last does not save the row: nobody stays in whose place somebody is put."""
    if keys[-1] == "x":
        return (*keys[:-1], "X")
    replaces = keys[-2:-1] and keys[-2] in TURNS.values() and row[{key: side for side, key in TURNS.items()}[keys[-2]]]
    return (*keys[:-1], *(["Shift+Digit0"] if replaces else []), f"Shift+Digit{keys[-1]}")


def _readings(event: dict[str, Any]) -> list[tuple[Sides, bool]]:
    """Return the sides that gold admits, and whether they may stand the other way round, too."""
    sources = [tuple(side) for side in (event["source"], *event.get("source_alt", ()))]
    targets = [tuple(side) for side in (event["target"], *event.get("target_alt", ()))]
    together = bool(event["mutual"] or event.get("mutual_ok"))
    return [(both, together and both == (sources[0], targets[0])) for both in product(sources, targets)]


def _plan_sides(row: dict[str, Any], reading: tuple[Sides, bool], offered: dict[str, Any] | None) -> Plan:
    wanted, together = reading
    drafted = tuple(ids(row[side]) for side in SIDES)
    others = tuple(ids(row.get(side, "")) for side in ("other_source", "other_target"))
    same: Callable[[Iterable[str], Iterable[str]], bool] = lambda a, b: set(a) == set(b)  # noqa: E731
    if same(wanted[0], drafted[0]) and same(wanted[1], drafted[1]):
        return Plan()
    if together and same({*wanted[0], *wanted[1]}, {*drafted[0], *drafted[1]}):
        return Plan()
    if offered and any(others) and same(wanted[0], others[0]) and same(wanted[1], others[1]):
        return Plan((".",), saves=True)
    if row["mutual"] == "no" and same(wanted[0], drafted[1]) and same(wanted[1], drafted[0]):
        return Plan(("x",), saves=drafted[0] != () and drafted[1] != ())
    if row["mutual"] == "yes":  # from each other to one another
        return _name_sides(row, (drafted[0][:1], drafted[0][1:]), wanted, offered, ("B",))
    plans = [_name_sides(row, drafted, wanted, offered)]
    if offered and not all(drafted):
        plans.append(_name_sides(row, drafted[::-1], wanted, offered, ("x",)))
    return min(plans, key=lambda plan: plan.cost)


def _name_sides(
    row: dict[str, Any],
    drafted: tuple[Sequence[str], ...],
    wanted: Sides,
    offered: dict[str, Any] | None,
    begin: tuple[str, ...] = (),
) -> Plan:
    """Return how each side gets whom gold names, after the keys with which one begins."""
    keys, fields, begun = list(begin), list[tuple[str, tuple[str, ...]]](), set[str]()
    same: Callable[[Iterable[str], Iterable[str]], bool] = lambda a, b: set(a) == set(b)  # noqa: E731
    order = sorted(
        zip(SIDES, drafted, wanted, strict=True), key=lambda one: bool(one[1])
    )  # what is missing comes first
    stands, last, stood = dict(zip(SIDES, map(bool, drafted), strict=True)), list[str](), False
    for side, held, names in order:
        if same(names, held):
            continue
        asked = not held and side == next(one for one in SIDES if not stands[one])
        on_disk = ids(row[side]) if row["mutual"] == "no" else ids(row[SIDES[0]])
        cells = [*on_disk, *(cell for cell, _ in (offered or {}).get(side, []))][:9]
        digits, rest = _choose(cells, held, names)
        if not digits:
            fields.append((side, names))
            continue
        if rest:  # some by digits, the rest by name
            begun.add(side)
            fields.append((side, rest))
        if last[:1] == ["="]:  # puts somebody in the place of all, and would save: so they are taken away first
            keys += [*(["Shift+Digit0"] if stood else []), f"Shift+Digit{last[1]}"]
        elif last:
            keys.append(f"Shift+Digit{last[1]}")
        last, stood = [], bool(held)
        keys += [*([] if asked else [TURNS[side]]), *(f"Shift+Digit{digit[1:]}" for digit in digits[:-1])]
        *_, final = digits
        if final.startswith("=") or (final.startswith("+") and (len(digits) > 1 or not held)):
            last = [final[0], final[1:]]
        else:
            keys.append(f"Shift+Digit{final[1:]}")
        stands[side] = True
    if last and not fields:
        return Plan((*keys, last[1]), (), saves=True)
    if last:
        keys += [*(["Shift+Digit0"] if last[0] == "=" and stood else []), f"Shift+Digit{last[1]}"]
    return Plan(tuple(keys), tuple(fields), begun=frozenset(begun))


def _choose(cells: Sequence[str], held: Sequence[str], names: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return the digits that make a side `names`, and whom none of them names.

    ``=3`` puts somebody in the place of all who are `held`, ``+3`` adds and ``-3`` takes away.
    """
    wanted, at = set(names), {cell: place for place, cell in reversed(list(enumerate(cells, 1)))}
    whole = next((place for cell, place in at.items() if set(ids(cell)) == wanted), 0)
    if whole or not names:
        return [f"={whole}"], ()
    adds, left = list[str](), wanted - set(held)
    fitting = [cell for cell in at if set(ids(cell)) <= wanted and not set(ids(cell)) & set(held)]
    for cell in sorted(fitting, key=lambda cell: (-len(ids(cell)), at[cell])):
        if set(ids(cell)) <= left:
            adds.append(f"+{at[cell]}")
            left -= set(ids(cell))
    away = [f"-{at[one]}" for one in held if one not in wanted and one in at]
    return [*away, *adds], tuple(one for one in names if one in left)
