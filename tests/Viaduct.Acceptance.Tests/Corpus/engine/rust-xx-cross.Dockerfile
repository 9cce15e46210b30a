FROM --platform=$BUILDPLATFORM tonistiigi/xx:1.6.1 AS xx
FROM --platform=${BUILDPLATFORM:-linux/amd64} rust:1-alpine AS build
COPY --from=xx / /
RUN apk add clang lld
ARG TARGETPLATFORM
RUN xx-apk add --no-cache musl-dev zlib-dev
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cargo/git/db,id=cargo-git-$TARGETPLATFORM \
    --mount=type=cache,target=/src/target,id=target-${TARGETPLATFORM/\//-} \
    xx-cargo build --release --target-dir ./build && xx-verify ./build/$(xx-cargo --print-target-triple)/release/tool
FROM alpine
COPY --link --from=build /src/build/tool /usr/bin/tool
