"""The frozen values that pass between stages. No behaviour beyond what follows from their own fields."""

from readout.models.article import (
    IN_BODY,
    Article,
    ArticleKind,
    Basis,
    Credit,
    Moment,
    Paragraph,
    ParagraphKind,
    Precision,
    Role,
    folded,
)
from readout.models.harvest import Harvest
from readout.models.ids import ArticleId, EditionId, OutletId, PageId, RejectionId, digest, stable_id
from readout.models.outlet import Outlet, outlet_id
from readout.models.page import CaptureBasis, Media, Page, Span
from readout.models.rejection import Rejection, Stage
from readout.models.report import ImportReport, Kept, LossCount, OutletCount, Totals
from readout.models.sighting import Sighting, shown

__all__ = [
    "IN_BODY",
    "Article",
    "ArticleId",
    "ArticleKind",
    "Basis",
    "CaptureBasis",
    "Credit",
    "EditionId",
    "Harvest",
    "ImportReport",
    "Kept",
    "LossCount",
    "Media",
    "Moment",
    "Outlet",
    "OutletCount",
    "OutletId",
    "Page",
    "PageId",
    "Paragraph",
    "ParagraphKind",
    "Precision",
    "Rejection",
    "RejectionId",
    "Role",
    "Sighting",
    "Span",
    "Stage",
    "Totals",
    "digest",
    "folded",
    "outlet_id",
    "shown",
    "stable_id",
]
