# syntax=docker/dockerfile:1.9
FROM python:3.13-slim-bookworm AS build
COPY --from=ghcr.io/astral-sh/uv:0.8 /uv /uvx /bin/
ENV UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_PROJECT_ENVIRONMENT=/app
RUN --mount=type=cache,target=/root/.cache \
    --mount=type=bind,source=uv.lock,target=uv.lock \
    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \
    uv sync --locked --no-dev --no-install-project
COPY . /src
WORKDIR /src
RUN --mount=type=cache,target=/root/.cache <<EOT
uv sync --locked --no-dev --no-editable
EOT

FROM debian:bookworm-slim
SHELL ["sh", "-exc"]
RUN <<EOT
groupadd -r app
useradd -r -d /app -g app -N app
EOT
STOPSIGNAL SIGINT
COPY --from=build --chown=app:app /app /app
ENTRYPOINT ["/entrypoint.sh"]
