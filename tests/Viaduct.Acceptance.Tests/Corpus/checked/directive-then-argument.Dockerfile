# check=experimental=all
ARG foo
FROM scratch
