"""What readers were told about mistakes."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from articles import records
from articles.models import Edition
from articles.printing.rows import light
from articles.reading.cursors import after, write_cursor
from articles.reading.lists import PAGE_SIZE
from articles.states import ReleaseKind
from articles.text.languages import direction


def corrections(at: datetime, before: str = "") -> records.Page[records.Correction]:
    """Return what readers were told about mistakes, newest first: of live stories, and of withdrawn ones."""
    shown = Edition.objects.live(at).filter(article_id=OuterRef("article_id"))
    newer = Edition.objects.filter(
        article_id=OuterRef("article_id"), live_from__gt=OuterRef("live_from"), live_from__lte=at
    )
    told = Q(release_kind__in=(ReleaseKind.CORRECTION, ReleaseKind.CLARIFICATION)) & Q(Exists(shown))
    withdrawn = Q(release_kind=ReleaseKind.WITHDRAWAL) & ~Q(Exists(newer))
    rows = list(
        Edition.objects.filter(told | withdrawn, after(before, "live_from", "pk"), live_from__lte=at)
        .exclude(notice="")
        .defer("body", "plain_text", "printed")
        .order_by("-live_from", "-pk")[: PAGE_SIZE + 1]
    )
    page, more = rows[:PAGE_SIZE], rows[PAGE_SIZE:]
    keys = [row.article_id for row in page if row.release_kind != ReleaseKind.WITHDRAWAL]
    live = {row.article_id: row for row in light(Edition.objects.live(at).filter(article_id__in=keys))}
    items = tuple(_correction(row, live.get(row.article_id)) for row in page)
    return records.Page(items, write_cursor(page[-1].live_from, page[-1].pk) if more else "")


def _correction(edition: Edition, live: Edition | None) -> records.Correction:
    notice = records.Notice(kind=edition.release_kind, text=edition.notice, at=edition.live_from)
    language = {"language": edition.language, "direction": direction(edition.language)}
    if live is None:
        return records.Correction(notice, **language)
    return records.Correction(notice, headline=live.headline, path=live.path, **language)
