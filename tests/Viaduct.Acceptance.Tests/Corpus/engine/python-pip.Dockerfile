FROM python:3.13-slim AS builder
ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=off \
    PIP_DISABLE_PIP_VERSION_CHECK=on
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY requirements.txt .
RUN pip install -r requirements.txt

FROM python:3.13-slim
COPY --from=builder /opt/venv /opt/venv
ENV PATH="/opt/venv/bin:${PATH}"
RUN groupadd --system --gid 999 app && useradd --system --gid 999 --uid 999 --create-home app
USER app
WORKDIR /home/app
COPY --chown=app:app . .
EXPOSE 8000
CMD exec gunicorn --bind :${PORT:-8000} --workers 2 --threads 8 main:app
