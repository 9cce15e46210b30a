FROM scratch AS s
COPY a.txt /a
FROM scratch
COPY --from=s /b /b
