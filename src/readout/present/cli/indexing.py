"""`readout index`: what articles and statements are found by; `import` and `update` do it for what they bring."""

from __future__ import annotations

from typing import Annotated

import typer

from readout.engine import Engine
from readout.present.cli import place, speak
from readout.present.cli.progress import bar


def run(
    context: typer.Context,
    anew: Annotated[bool, typer.Option("--anew", help="Of everything, in place of what there is.")] = False,
    as_json: place.AsJson = False,
) -> None:
    """Make the index of words that `readout search` and the site look into, or bring it up to date."""
    with place.archive(context) as engine:
        count = indexed(engine, anew=anew)
    if as_json:
        speak.give({"articles": count})
    else:
        speak.say(*summary(count) or ("The index is up to date.",))


def indexed(engine: Engine, *, anew: bool = False) -> int:
    """Index what is new, with a bar where somebody watches; how many articles."""
    with bar("Indexing") as progress:
        return engine.index(anew=anew, progress=progress)


def summary(count: int) -> tuple[str, ...]:
    """What came of it, in lines; none where there was nothing to do."""
    return (f"Indexed: {speak.counted(count, 'article')}.",) if count else ()
