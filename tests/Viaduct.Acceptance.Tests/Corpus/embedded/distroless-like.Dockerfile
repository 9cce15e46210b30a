FROM scratch AS rootfs
COPY etc/passwd etc/group /etc/
COPY certs /etc/ssl/certs/
WORKDIR /home/nonroot
FROM scratch
COPY --from=rootfs / /
USER 65532:65532
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
WORKDIR /home/nonroot
