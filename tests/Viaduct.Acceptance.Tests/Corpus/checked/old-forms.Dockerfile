FROM scratch
MAINTAINER Somebody $x
ENV a b
LABEL a b
ENV a=b c=d
