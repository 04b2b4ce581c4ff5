"""`make train-acts`: from labelled statements to the model of acts and its digest. A minute on one core, NumPy alone.

Learned from: acts.txt beside this, whose statements were written for it; the answers of the bundled sample; and two of
the annotated captures where they are on this machine (HELD is never read). Without them it cannot be made the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from quality.figures import shared
from quality.statements import HELD
from readout.annotate import act_model, act_traits, acts, model
from readout.annotate.frames import frame
from readout.models import Act, SpeakerType, digest

INTO = Path("src/readout/annotate/model")
SAMPLE = Path("src/readout/sample")
OWN = Path(__file__).with_name("acts.txt")
SAMPLE_WEIGHT = 0.5  # the sample's statements are of one world, and many are alike
RIDGE = 10.0
STEPS = 600
FOLDS = 5
Floats = NDArray[np.float64]
Row = dict[str, Any]


@dataclass(frozen=True)
class Labelled:
    """A statement with its act; `story` keeps together what is told of one thing."""

    act: Act
    case: act_traits.Case
    weight: float
    story: str

    def row(self) -> Floats:
        """Its traits by bucket, the mean of its words' vectors, and one."""
        told = act_traits.words(self.case.content, self.case.kind)
        _, directions = act_model.vocabulary()
        buckets = np.zeros(2 * act_model.BUCKETS)
        for trait in act_traits.traits(self.case, told):
            buckets[act_model.bucket(trait)] += 1
        known = act_model.rows(told)
        mean = directions[known].mean(axis=0) if known else np.zeros(directions.shape[1])
        return np.concatenate([buckets[: act_model.BUCKETS] - buckets[act_model.BUCKETS :], mean, [1.0]])


def main() -> None:
    """Train, print what five folds by story give, and write the model beside its card."""
    learned = [*own(), *sample(), *captures()]
    rows = np.array([one.row() for one in learned])
    right = folded(learned, rows)
    weights = fit(rows, learned)
    size = len(weights) - act_model.BUCKETS - 1
    parts = np.split(weights.astype(np.float32), [act_model.BUCKETS, act_model.BUCKETS + size])
    arrays = {"traits": parts[0], "words": parts[1], "bias": parts[2][0]}
    content = model.pack(model.Weights(np.zeros(0, dtype=np.uint32), arrays))
    INTO.joinpath(f"{model.ACTS}.npz").write_bytes(content)
    lines = [f'digest = "{digest(content)}"', "", "[folds]", *(f'"{name}" = {value:.3f}' for name, value in right)]
    INTO.joinpath(f"{model.ACTS}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(content), "bytes,", len(learned), "statements", right)


def own() -> Iterator[Labelled]:
    """The statements of acts.txt."""
    lines = [line for line in OWN.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    for number, line in enumerate(lines):
        act, _, cue, content = line.split(" | ")
        whole = content.startswith("“") and content.endswith("”")
        kind = "direct" if whole else "mixed" if "“" in content else "indirect"
        yield _labelled(act, (cue, content, kind, "person"), 1.0, f"own {number % FOLDS}")


def sample() -> Iterator[Labelled]:
    """The sample's own answers, each wording once."""
    met = set()
    for row in _rows(SAMPLE / "answers" / "statements.jsonl"):
        if row["core"] and row["file"].startswith("captures/"):
            one = _annotated(row, _text(SAMPLE / row["file"]), SAMPLE_WEIGHT, row["file"].split("-")[0])
            wording = re.sub(r"\W+", "", one.case.content.lower())
            if wording not in met:
                met.add(wording)
                yield one


def captures() -> Iterator[Labelled]:
    """The statements of the annotated captures but the one held back. Raises Absent."""
    gold, texts = shared("gold", "dev"), shared("captures")
    for row in _rows(gold / "statements.jsonl"):
        if row["core"] and not row["file"].startswith(HELD):
            yield _annotated(row, _text(texts / row["file"]), 1.0, f"{row['file']} {row['article']}")


def fit(rows: Floats, learned: Sequence[Labelled]) -> Floats:
    """The weights (columns, acts) of the regression with a ridge, by accelerated descent (Nesterov 1983)."""
    target = np.eye(len(act_model.ACTS))[[act_model.ACTS.index(one.act) for one in learned]]
    worth = np.array([[one.weight] for one in learned])
    values, vectors = np.linalg.eigh(rows @ rows.T)
    kept = values > values[-1] * 1e-9
    scale = np.sqrt(values[kept])
    small = vectors[:, kept] * scale  # the same inner products in fewer columns
    step = 1 / (values[-1] / 2 + RIDGE)
    pull = (1 - np.sqrt(step * RIDGE)) / (1 + np.sqrt(step * RIDGE))
    now = ahead = np.zeros((small.shape[1], target.shape[1]))
    for _ in range(STEPS):
        slope = small.T @ ((_likely(small @ ahead) - target) * worth) + RIDGE * ahead
        before, now = now, ahead - step * slope
        ahead = now + pull * (now - before)
    weights: Floats = rows.T @ ((vectors[:, kept] / scale) @ now)
    return weights


def folded(learned: Sequence[Labelled], rows: Floats) -> list[tuple[str, float]]:
    """The share of right acts, the model having been trained on other stories, and that of the rules alone."""
    stories = sorted({one.story for one in learned})
    fold = np.array([stories.index(one.story) % FOLDS for one in learned])
    hits: dict[str, list[bool]] = {}
    for number in range(FOLDS):
        train, test = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        told: NDArray[np.int64] = (rows[test] @ fit(rows[train], [learned[at] for at in train.tolist()])).argmax(axis=1)
        for at, place in zip(test.tolist(), told.tolist(), strict=True):
            one = learned[at]
            chosen = one.case.ruled if one.case.by_verb else act_model.ACTS[place]
            of = "the sample" if "/" in one.story else one.story.split(" ")[0].split("_")[0]
            hits.setdefault(of, []).append(chosen is one.act)
            hits.setdefault(f"{of}, rules alone", []).append(one.case.ruled is one.act)
    return [(name, sum(rights) / len(rights)) for name, rights in sorted(hits.items())]


def _likely(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    powers /= powers.sum(axis=1, keepdims=True)
    return cast("Floats", powers)


def _annotated(row: Row, text: str, weight: float, story: str) -> Labelled:
    content = " ".join(text[start:end] for start, end in row["content"])
    cue = text[slice(*row["cue"])] if row["cue"] else ""
    return _labelled(row["act"], (cue, content, row["kind"], row["speaker_type"]), weight, story)


def _labelled(act: str, said: tuple[str, str, str, str], weight: float, story: str) -> Labelled:
    cue, content, kind, speaker = said
    who = SpeakerType(speaker) if speaker in set(SpeakerType) else SpeakerType.PERSON
    return Labelled(Act(act), acts.case(frame(cue), content, kind, who), weight, story)


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


if __name__ == "__main__":
    main()
