FROM gcr.io/distroless/static:nonroot
ARG TARGETARCH
ARG TARGETOS=plan9
COPY --chmod=0755 bin/app-${TARGETARCH} /usr/local/bin/app
LABEL os=$TARGETOS arch=$TARGETARCH
ENTRYPOINT ["/usr/local/bin/app"]
CMD ["--help"]
#? --platform linux/arm64
