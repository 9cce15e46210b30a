FROM alpine
COPY --chown="1":'2' --chmod="07"55 a.txt /y
COPY --chmod=\0644 a.txt /z
