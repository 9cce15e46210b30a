FROM alpine AS source
COPY --chown=7:8 --chmod=4711 a.txt /s/a
COPY --chmod=640 a.txt b.txt /s/
FROM alpine
COPY --from=source --chown=1:2 /s /t
COPY --from=source /s/ /u/
COPY --link a.txt /linked/a
COPY --link --chown=3:4 src /of-link/src/
COPY --exclude=*.txt --exclude=src/lib . /without/
COPY --chown=app a.txt /app-owned/a
COPY --chown=node:staff a.txt /node-owned
