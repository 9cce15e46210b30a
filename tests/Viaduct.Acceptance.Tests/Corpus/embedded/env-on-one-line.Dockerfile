FROM alpine
ENV abc=hello
ENV abc=bye def=$abc
ENV ghi=$abc
ENV abc bye again
ENV ONE=1 \
    # a comment between

    TWO=2 \
    THREE="3 \
    4"
