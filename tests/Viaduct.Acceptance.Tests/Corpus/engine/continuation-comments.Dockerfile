FROM alpine:3.22
# a comment
   # an indented comment
RUN apk add --no-cache \
# a comment in the middle
    bash \
    # an indented one

    curl \

    && echo "a # not a comment" \
    && echo \
    done

RUN echo hello \
world
RUN ["sh", "-c", "echo \
 joined"]
