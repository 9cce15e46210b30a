FROM alpine AS a
FROM alpine AS a-b_c.d1
FROM alpine AS Mixed-Case
FROM mixed-case AS uses-mixed
FROM a AS as
RUN true
FROM as as As2
FROM alpine:3.22@sha256:e8ef1e4d0c4c1dbd38bd6ea6d2c2a0cbcc2a0e1e6eae4d5c6b9b7b6a0b8a0a01 AS pinned
FROM localhost:5000/team/app:v1 AS private
FROM registry.example.com/a/b/c/d:tag_1.2-x AS deep
FROM a
COPY --from=Mixed-Case /x /x
COPY --from=2 /y /y
COPY --from=registry.example.com/tools:1 /z /z
RUN true
#? --target as2
