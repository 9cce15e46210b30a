# syntax=docker/dockerfile:1
# escape=`
# check=skip=all
FROM alpine
ENV a=b`
c
