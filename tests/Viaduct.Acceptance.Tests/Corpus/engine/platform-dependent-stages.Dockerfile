FROM alpine AS build-amd64
RUN echo amd64 > /a
FROM alpine AS build-arm64
RUN echo arm64 > /a
FROM build-$TARGETARCH AS build
RUN cat /a
FROM build
#? --platform linux/arm64
