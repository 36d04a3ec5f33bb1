"""Every address of the site: the desk under /desk/, the rest is what readers see."""

from django.urls import include, path

urlpatterns = [
    path("desk/", ("newsroom.desk_urls", "admin", "admin")),  # a name, so that it is loaded when somebody comes
    path("", include("articles.public.urls")),
]

handler404 = "articles.public.pages.page_not_found"
handler500 = "newsroom.failures.server_error"
