"""The labeller's file and its card: its digest, and its scores on the articles held out. Nothing is trained here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quality.attributions import Scores, said, score
from readout.annotate import model
from readout.annotate.labeller import Labeller
from readout.models import digest
from workshop.train.articles import Gold, gold_said, labelled

MODEL = Path("src/readout/annotate/model")


def figures(labeller: Labeller, golds: Sequence[Gold]) -> dict[str, float]:
    """How well the articles are read."""
    scores = Scores()
    for gold in golds:
        found = labeller.attributions(labelled(gold).tokens)
        score(scores, gold.text, [said(one) for one in found], gold_said(gold))
    return {name: round(value, 3) for name, value in scores.figures().items()}


def write(content: bytes, held_out: Sequence[Gold], folder: Path) -> None:
    """Write the file and its card into a folder."""
    name = digest(content)
    scored = figures(Labeller(model.read(content, name)), held_out)
    lines = [f'digest = "{name}"', "", "[held_out]", *(f'"{key}" = {value}' for key, value in scored.items())]
    folder.joinpath(f"{model.LABELLER}.npz").write_bytes(content)
    folder.joinpath(f"{model.LABELLER}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(content), "bytes", scored)
