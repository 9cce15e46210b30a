ARG V
ARG W=1
ARG IMG
ARG TAG=
FROM ${NOPE:-scratch} AS a
FROM scratch$NOPE AS b
FROM --platform=$TARGETPLATFORM scratch AS c
FROM --platform=${TARGETPLATFORM} scratch AS d
FROM --platform=linux/amd64 scratch AS e
FROM --platform=linux/amd64 scratch AS e-amd64
FROM --platform=linux/amd64 scratch AS linux
FROM --platform=$BUILDPLATFORM scratch AS f
FROM --platform=${TARGETPLATFORM:-x} scratch AS g
FROM --platform=linux/amd64 scratch
FROM --platform=linux/$TARGETARCH scratch
FROM --platform=linux/amd64$NOPE$NOPE2 scratch
FROM ${IMG:-scratch}
FROM ${V:+scratch}
FROM ${W:+scratch}
FROM scratch${TAG}
FROM $HTTP_PROXY${W:+scratch}$PATH
FROM ${NOPE:+x}scratch
#? --build-arg V=3
