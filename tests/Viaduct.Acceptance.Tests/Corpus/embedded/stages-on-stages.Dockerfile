FROM alpine AS base
ENV LEVEL=base
WORKDIR /app
USER 1000
FROM base AS mid
ENV LEVEL=$LEVEL-mid
COPY --chown=1000 a.txt .
CMD ["mid"]
FROM mid AS top
ENV LEVEL=$LEVEL-top
ENTRYPOINT ["e"]
FROM base AS unrelated
COPY b.txt .
FROM top
LABEL level=$LEVEL
COPY --from=unrelated /app/b.txt ./
