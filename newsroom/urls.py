"""Every address of the site: the desk under /desk/, the rest is what readers see."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("desk/", admin.site.urls)]
if find_spec("articles.public") and find_spec("articles.public.urls"):
    urlpatterns += [path("", include("articles.public.urls"))]
    handler404 = "articles.public.pages.page_not_found"
    handler500 = "articles.public.pages.server_error"
