FROM alpine
COPY --chown=nobody-knows a.txt /a
