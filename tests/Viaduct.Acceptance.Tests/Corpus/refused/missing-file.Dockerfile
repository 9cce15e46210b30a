FROM scratch
COPY not-there.txt /a
