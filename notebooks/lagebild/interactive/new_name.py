"""Another name of an actor that a reviewer adds to the case: a form in which the draft coder did not know it."""

from __future__ import annotations

from lagebild.core.paths import InputError
from lagebild.interactive.new_actor import append_rows, check_name
from lagebild.interactive.review_queue import ReviewQueue, list_actor


def add_name(queue: ReviewQueue, name: str, actor_id: str) -> tuple[ReviewQueue, list[str]]:
    """Append a name of an actor to `names.csv` of the case; what is returned and raised is as in `add_actor`."""
    actor = next((row for row in queue.inputs.reference.rows("actors") if row["actor_id"] == actor_id), None)
    if actor is None:
        raise InputError("Choose whom the words name, from the list of actors.")
    name = check_name(queue, name)
    queue = append_rows(queue, {"names": {"name": name, "kind": "name", "actor_id": actor_id}})
    return queue, list_actor(queue, actor)
