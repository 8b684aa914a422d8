"""The command on many articles: `corpus`."""

from __future__ import annotations

from pathlib import Path

import click

from lagebild.core.characters import spell
from lagebild.core.paths import InputError, Paths
from lagebild.run.options import QUIET, ROOT


@click.command()
@click.argument("names", metavar="IN… OUT", nargs=-1, required=True)
@click.option("--workers", type=click.IntRange(0, 512), metavar="N", help="Processes; without it, one for each core.")
@click.option("--scheduler", default="", metavar="ADDRESS", help="Work on the Dask cluster there; it shares OUT.")
@QUIET
@ROOT
def corpus(names: tuple[str, ...], workers: int | None, scheduler: str, quiet: bool, root: str) -> None:
    """Draft the articles of files into a folder of parquet tables, a million if need be.

    IN are .jsonl, .jsonl.gz or .parquet files, or folders of them; a row has id, text, published, and may have
    language, title, publisher, url, author. What has been made before in OUT is not made again.
    """
    from lagebild.run.coding import code_corpus
    from lagebild.run.pool import count_cores

    *inputs, out = names
    if not inputs:
        raise click.UsageError("Name the files of the articles, and after them the folder to write to.")
    if workers is not None and scheduler:
        raise click.UsageError("--workers and --scheduler exclude each other: a scheduler has workers of its own.")
    folder = Path(out)
    count = count_cores() if workers is None else workers
    coded = code_corpus(inputs, folder, Paths("", "", root=root).reference, count, scheduler, quiet)
    if not quiet:
        click.echo(
            spell(
                f"{coded.articles:,} articles ({coded.copies:,} near-duplicates), {coded.events:,} events in {out}; "
                f"shards: {coded.made:,} made, {coded.kept:,} kept."
            )
        )
    if coded.lost:
        raise InputError(
            f"Shards that ended their workers again and again were left out ({', '.join(coded.lost)}): "
            f"see {folder / 'faults.csv'}, and run this again."
        )
    if coded.faults:
        rows = "1 row was" if coded.faults == 1 else f"{coded.faults:,} rows were"
        raise InputError(f"{rows} left out: {folder / 'faults.csv'} names file, row and remedy of each.")
