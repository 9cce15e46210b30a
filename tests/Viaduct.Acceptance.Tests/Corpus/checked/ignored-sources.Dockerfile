# check=experimental=CopyIgnoredFile
FROM scratch AS other
FROM scratch
COPY logs/debug.log /
COPY logs/keep.log /
COPY ["logs/debug.log", "/"]
COPY a.txt logs/x node_modules/ src/node_modules/y /z/
COPY ./logs/debug.log /logs/debug.log ../logs/a /
COPY logs/*.log lo*s /
COPY logs /
COPY logs/ . / ./ /
COPY ${NO}logs/debug.log .
ADD logs/debug.log https://example.com/logs/x /
COPY --from=other logs/debug.log /
