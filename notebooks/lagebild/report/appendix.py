"""The sections of a report that say how it was made: actors, method, quality, sources and the annex of all events."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from lagebild import __version__
from lagebild.coder.confidence import BANDS, LACKING
from lagebild.coder.quality import ALL, UNREAD, count_types, summarize
from lagebild.core.grouping import group_rows
from lagebild.core.schema import EVENT_TYPES, RELIABILITY, STATUSES, ids
from lagebild.core.tables import read_case, records
from lagebild.corpus.sources import voices
from lagebild.dataset.decisions import in_force
from lagebild.report.edition import Edition
from lagebild.report.section import NOTHING, Section, in_time, known_rows, render

UNKNOWN = {"country": "", "standing": "", "reliability": RELIABILITY[-1]}  # what a source is if nobody has looked
# Whose versions decide on the bytes of a report.
MAKERS = ("Babel", "fontpkg-inter", "networkx", "pandas", "pikepdf", "plotly", "pypandoc-binary", "typst")


def opening(edition: Edition) -> Section:
    """Return what the annex holds, and the place of its contents."""
    return render(edition, "opening")


def actors(edition: Edition) -> Section:
    """Return the actors with the offices they hold."""
    return render(edition, "actors") if len(edition.data.actors) else NOTHING


def method(edition: Edition) -> Section:
    """Return the method, the limits, and how to build the edition again."""
    known = [by for by, unknown in UNKNOWN.items() if (edition.data.sources[by] != unknown).any()]
    tables = {by: records(voices(edition.data.sources, by)) for by in known}
    versions = [f"Lagebild {__version__}", *(f"{name} {version(name)}" for name in MAKERS)]
    return render(
        edition,
        "method",
        voices=tables,
        command=edition.command,
        versions=versions,
    )


def quality(edition: Edition) -> Section:
    """Return what people reviewed, what became of the drafts, and how good the draft coder is where it was measured."""
    return render(
        edition,
        "quality",
        agreement=known_rows(edition.data.agreement),
        reviewers=known_rows(read_case(edition.paths, "agreement")),
        quality=records(summarize(edition.reference, edition.labels)),
        types=[row for row in records(count_types(edition.reference)) if row["event_type"] != ALL],
        splits=UNREAD,
        reliability=records(edition.charts["reliability"].frame),
        counts=dict(BANDS)["B"],
        lacking=LACKING,
    )


def sources(edition: Edition) -> Section:
    """Return the sources with their grades."""
    return render(edition, "sources")


def annex(edition: Edition) -> Section:
    """Return every event and condition with its sentences, in the order of time, and what one can search them by."""
    order = sorted(edition.citable, key=lambda name: in_time(edition, name))
    events = set(edition.data.events["event_id"])
    parts = {"events": [n for n in order if n in events], "conditions": [n for n in order if n not in events]}
    citable, labels = edition.citable, edition.labels
    acts_for = dict(zip(edition.data.actors["actor_id"], edition.data.actors["acts_for"], strict=True))
    parties = {name: _find_parties(citable[name], acts_for) for name in order}
    decisions = in_force(read_case(edition.paths, "decisions"))
    types = [
        (name, labels.types[name]) for name in EVENT_TYPES if any(citable[n]["event_type"] == name for n in events)
    ]
    types += [(kind, labels(f"condition.{kind}")) for kind in sorted({citable[n]["kind"] for n in parts["conditions"]})]
    return render(
        edition,
        "annex",
        parts=parts,
        parties=parties,
        types=types,
        actors=sorted(
            ((one, labels.actor(one)) for one in set().union(*parties.values())), key=lambda pair: pair[1].casefold()
        ),
        statuses=[
            (one, labels(f"status.{one}")) for one in STATUSES if any(citable[n]["status"] == one for n in order)
        ],
        decided=group_rows(decisions, "row"),
    )


def _find_parties(row: dict[str, Any], acts_for: dict[str, str]) -> list[str]:
    """Return who takes part in an event or condition, and for whom they act."""
    named = [*ids(row.get("source_actors", "")), *ids(row.get("target_actors", "")), *ids(row.get("actors", ""))]
    return sorted({*named, *(acts_for.get(name, "") for name in named)} - {""})
