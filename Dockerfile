# The image of a node: `make image`. Every step is a make target, which the tests take without an engine, too.

FROM docker.io/library/python:3.13-bookworm AS build
ENV UV_LINK_MODE=copy
WORKDIR /srv/newsroom
COPY Makefile pyproject.toml uv.lock ./
COPY .ci .ci
RUN --mount=type=cache,target=/root/.cache/uv make image-install
COPY manage.py ./
COPY newsroom newsroom
COPY articles articles
COPY templates templates
COPY static static
COPY deploy deploy
RUN make image-static
RUN make image-folders

FROM docker.io/library/python:3.13-slim-bookworm
# The slim image of the same Debian has no make, which needs nothing but the C library.
COPY --from=build /usr/bin/make /usr/bin/make
COPY --from=build /srv/newsroom /srv/newsroom
COPY --from=build --chown=10001:10001 /var/lib/newsroom /var/lib/newsroom
WORKDIR /srv/newsroom
# Secrets and the site's own variables come when it runs. It writes to its data and to /tmp only.
ENV PYTHONUNBUFFERED=1 GRANIAN_HOST=0.0.0.0 MEDIA_ROOT=/var/lib/newsroom/media
USER 10001:10001
VOLUME /var/lib/newsroom
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s CMD ["make", "healthy"]
CMD ["make", "web"]
