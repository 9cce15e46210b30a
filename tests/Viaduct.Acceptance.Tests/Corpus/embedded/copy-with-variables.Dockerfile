FROM alpine
ARG DIR=src
ENV DST=/opt/dst
COPY $DIR ${DST}
COPY ${DIR}/index.js $DST/$DIR/
COPY --chown=${NOBODY:-12}:34 ${DIR}/lib ${DST:-/none}/lib
COPY --chmod=0${MODE:-750} a.txt $DST/mode
