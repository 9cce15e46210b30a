FROM scratch
COPY a.txt /a
ENV a=1 \
