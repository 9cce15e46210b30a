FROM scratch
COPY logs/debug.log /a
