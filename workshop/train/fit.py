"""Fits the network to the labelled articles and hands its weights over in NumPy. Deterministic for a seed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from readout.annotate.labeller import LABELS
from readout.annotate.linker import PAIR_FACTS
from workshop.train.batches import Text, batches
from workshop.train.net import Shape, Tagger

Arrays = dict[str, NDArray[np.float32]]
# Added to the scores of each kind's labels after training: found on the articles held out, it finds more attributions
# and as many right ones among them.
LEAN = {"O": 0.0, "content": 0.2, "cue": 0.6, "source": 0.6}


@dataclass(frozen=True)
class Course:
    """How long and how fast to learn: `rate` falls in a line to nothing, word vectors follow at a share of it."""

    epochs: int = 9
    seed: int = 1
    rate: float = 3e-3
    words: float = 0.3
    tokens: int = 1800
    links: float = 0.15


def fit(
    found: list[Text],
    vectors: NDArray[np.float32],
    shape: Shape,
    course: Course,
    after: Callable[[int, Arrays], None] | None = None,
) -> Arrays:
    """The weights at the end of the course; `after` sees each epoch's."""
    torch.manual_seed(course.seed)
    torch.set_num_threads(1)
    order = np.random.default_rng(course.seed)
    net = Tagger(shape)
    with torch.no_grad():
        net.words.weight.copy_(torch.from_numpy(vectors))
    others = [weight for name, weight in net.named_parameters() if name != "words.weight"]
    best = torch.optim.AdamW(others, lr=course.rate, weight_decay=0.0, betas=(0.9, 0.98))
    rows = torch.optim.SparseAdam([net.words.weight], lr=course.rate * course.words)
    steps = course.epochs * sum(1 for _ in batches(found, course.tokens, np.random.default_rng(0)))
    plans = [torch.optim.lr_scheduler.LambdaLR(one, lambda step: _pace(step, steps)) for one in (best, rows)]
    for epoch in range(course.epochs):
        net.train()
        began, sums = time.perf_counter(), np.zeros(3)
        for one in batches(found, course.tokens, order):
            labels, links = net.loss(one)
            best.zero_grad()
            rows.zero_grad()
            (labels + course.links * links).backward()
            torch.nn.utils.clip_grad_norm_(others, 2.0)
            for part in (best, rows, *plans):
                part.step()
            sums += (float(labels.detach()), float(links.detach()), 1)
        print(
            f"epoch {epoch} labels {sums[0] / sums[2]:.4f} links {sums[1] / sums[2]:.4f} "
            f"{time.perf_counter() - began:.0f}s",
            flush=True,
        )
        if after is not None:
            after(epoch, export(net))
    return export(net)


def _pace(step: int, steps: int) -> float:
    """The share of the full rate at a step: up over a hundred steps, then down in a line."""
    return min(1.0, (step + 1) / 100) * max(0.02, 1 - step / steps)


def start(words: int, facts: int, **sizes: object) -> Shape:
    """The shape for a word table of `words` rows and `facts` facts a token."""
    return Shape(words, facts, len(LABELS), PAIR_FACTS, **sizes)  # type: ignore[arg-type]


def export(net: Tagger) -> Arrays:
    """The weights as `readout.annotate.network` and `readout.annotate.linker` name them."""
    net.eval()
    arrays: dict[str, torch.Tensor] = {
        "words": net.words.weight,
        "suffixes": net.suffixes.weight,
        "enter": net.enter.weight.T,
        "enter_bias": net.enter.bias,
        "dilations": torch.tensor(net.shape.dilations, dtype=torch.float32),
        "out": net.out.weight.T,
        "out_bias": net.out.bias + torch.tensor([LEAN[name.split("-")[-1]] for name in LABELS]),
    }
    for number, layer in enumerate(net.layers):
        arrays[f"conv{number}"], arrays[f"bias{number}"] = layer.weight.permute(2, 1, 0), layer.bias
    for relation in range(2):
        for name, linear in (("ask", net.ask[relation]), ("answer", net.answer[relation])):
            arrays[f"{name}{relation}"], arrays[f"{name}_bias{relation}"] = linear.weight.T, linear.bias
        arrays[f"pair{relation}"] = net.pair[relation].weight[:, 0]
        none = net.none[relation]
        arrays[f"none{relation}"], arrays[f"none_bias{relation}"] = none.weight[0], none.bias
    return {name: np.array(array.detach().numpy(), order="C") for name, array in arrays.items()}
