"""The private preview: the saved words in the real page, for nobody but those who may see the story."""

from dataclasses import replace
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from articles import paths, reading
from articles.admin.story_pages import StoryPages, story_page
from articles.models import Article
from articles.records import Picture, Story
from articles.rendering.story import story_page as render_story
from articles.states import ReleaseKind
from articles.templatetags.desk import desk_file
from articles.workflow import clock
from articles.workflow.editions import compose
from articles.workflow.status import current_edition


class PreviewPages(StoryPages):
    """The page of a story as readers would get it."""

    @story_page
    def preview_view(self, request: HttpRequest, article: Article) -> HttpResponse:
        """Show the newest saved text, or with `?revision=N` an older one."""
        self.opened(request, article)
        revision = article.revision
        number = request.GET.get("revision", "")
        if number.isascii() and number.isdigit() and len(number) < 9:
            revision = article.revisions.filter(number=int(number)).first()
        if revision is None:
            raise Http404
        at = clock.now()
        drafted = compose(
            article,
            revision,
            kind=ReleaseKind.UPDATE,
            live_from=at,
            released_at=at,
            previous=current_edition(article, at),
        )
        story = through_the_desk(reading.preview(drafted.edition, at))
        response = HttpResponse(render_story(story, reading.navigation(at)))
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        add_never_cache_headers(response)
        return response


def through_the_desk(story: Story) -> Story:
    """Return a story whose picture staff can fetch, though readers may not have it yet."""
    return replace(story, picture=_picture(story.picture)) if story.picture else story


def _picture(picture: Picture) -> Picture:
    return replace(
        picture,
        path=_address(picture.path),
        renditions=tuple((_address(path), width) for path, width in picture.renditions),
    )


def _address(path: str) -> str:
    return desk_file(unquote(path.removeprefix(paths.MEDIA)))
