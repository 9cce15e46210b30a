# syntax=docker/dockerfile:1-labs
FROM alpine AS src
RUN mkdir /x
FROM alpine
COPY --link --chmod=755 --chown=1000:1000 --from=src /x /y
COPY --exclude=*.md --exclude=docs . /app/
ADD --link --chown=app --chmod=0644 a.txt /b
RUN --mount=from=src,target=/m true
