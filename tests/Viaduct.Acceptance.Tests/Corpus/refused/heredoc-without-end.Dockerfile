FROM scratch
COPY <<EOF /x
never ended
