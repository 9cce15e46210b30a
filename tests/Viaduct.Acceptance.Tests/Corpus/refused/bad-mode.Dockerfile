FROM scratch
COPY --chmod=rwx a.txt /a
