"""`make train`: from annotated articles and news texts to the labeller's shipped weights and their digest.

Data: $READOUT_TESTDATA, else ../shared/data, with quotes/quotes_polnear_train.jsonl and volume/*.jsonl.gz.
`--vectors FILE` keeps the word vectors between runs. Takes about half an hour on one core.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quality.attributions import folder
from readout.annotate import model
from readout.annotate.features import WordTable
from readout.annotate.labeller import Labeller
from workshop.train.articles import is_held_out, labelled, read
from workshop.train.batches import prepared
from workshop.train.card import MODEL, figures, write
from workshop.train.fit import Arrays, Course, fit, start
from workshop.train.prune import pruned
from workshop.train.vectors import word_vectors


def main() -> None:
    """Train, score on the articles held out, and write the model beside its card."""
    asked = _asked()
    hashes, vectors = _vectors(asked.vectors)
    table = WordTable(hashes)
    golds = list(read(folder() / "quotes_polnear_train.jsonl"))
    texts = [prepared(labelled(one), table) for one in golds if asked.all or not is_held_out(one.id)]
    held_out = [one for one in golds if is_held_out(one.id)]

    def after(epoch: int, arrays: Arrays) -> None:
        if epoch % 3 == 2:
            print(figures(Labeller(model.Weights(hashes, arrays)), held_out))

    first = texts[0].features
    shape = start(len(vectors), first.traits.shape[1] + first.facts.shape[1])
    arrays = fit(texts, vectors, shape, Course(epochs=asked.epochs, seed=asked.seed), after)
    arrays = pruned(arrays, [text.features for text in texts])
    write(model.pack(model.Weights(hashes, arrays)), held_out, asked.into)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m workshop.train", description=__doc__)
    parser.add_argument("--vectors", type=Path, help="file of word vectors: read if it is there, else written")
    parser.add_argument("--epochs", type=int, default=Course.epochs)
    parser.add_argument("--seed", type=int, default=Course.seed)
    parser.add_argument("--all", action="store_true", help="train on the articles held out, too")
    parser.add_argument("--into", type=Path, default=MODEL, help="folder for the model")
    return parser.parse_args()


def _vectors(kept: Path | None) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    if kept is not None and kept.exists():
        with np.load(kept, allow_pickle=False) as file:
            return file["hashes"], file["vectors"]
    hashes, vectors = word_vectors(next(folder().parent.joinpath("volume").glob("*.jsonl.gz")))
    if kept is not None:
        np.savez(kept, hashes=hashes, vectors=vectors)
    return hashes, vectors


if __name__ == "__main__":
    main()
