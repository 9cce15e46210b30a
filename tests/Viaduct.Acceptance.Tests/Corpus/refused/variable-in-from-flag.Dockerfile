FROM scratch AS s
COPY a.txt /a
FROM scratch
ARG S=s
COPY --from=$S /a /a
