FROM scratch
ARG NEEDED
COPY a.txt /${NEEDED:?give it}
