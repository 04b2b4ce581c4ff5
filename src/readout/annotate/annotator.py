"""From an article to its annotation, step by step; each step is a function of what the steps before it gave."""

from __future__ import annotations

from readout.annotate import events, figures, statements
from readout.annotate.material import Material, material
from readout.models import Annotation, Article

VERSION = "readout/11"  # raised whenever another annotation could come out


def annotation(article: Article) -> Annotation:
    """What can be understood of one edition of an article. Pure: the same article gives the same annotation."""
    return understood(material(article))


def understood(read: Material) -> Annotation:
    """The annotation of an article that has been read."""
    article = read.article
    said = statements.statements(read)
    return Annotation(
        article=article.id,
        edition=article.edition,
        annotator=VERSION,
        language=article.language,
        statements=said,
        entities=read.entities,
        times=read.times,
        events=events.events(read, said),
        figures=figures.figures(read, said),
    )
