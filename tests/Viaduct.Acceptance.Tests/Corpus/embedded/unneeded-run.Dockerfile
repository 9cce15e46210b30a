FROM golang:1.24 AS build
RUN go build
FROM alpine
COPY a.txt /
