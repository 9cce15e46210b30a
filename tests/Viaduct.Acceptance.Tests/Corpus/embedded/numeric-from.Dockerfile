FROM alpine
COPY a.txt /one
FROM scratch
COPY b.txt /two
FROM scratch AS named
COPY --from=0 /one /1
COPY --from=1 /two /2
FROM scratch
COPY --from=2 / /
COPY --from=named /1 /named
