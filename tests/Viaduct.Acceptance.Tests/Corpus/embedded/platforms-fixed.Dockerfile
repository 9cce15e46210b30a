FROM --platform=$BUILDPLATFORM alpine AS build
ARG BUILDARCH TARGETARCH
COPY a.txt /out/$BUILDARCH-$TARGETARCH
FROM --platform=linux/amd64 alpine AS amd
COPY b.txt /out/b
FROM scratch
COPY --from=build /out /
COPY --from=amd /out /
#? --platform linux/arm64
