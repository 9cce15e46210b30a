FROM base AS certs
FROM scratch
COPY --from=certs /etc/passwd /etc/group /etc/
COPY certs/ca-certificates.crt /etc/ssl/certs/
COPY bin/app-amd64 /app
USER 10001
ENTRYPOINT ["/app"]
