# check=skip=StageNameCasing,CopyIgnoredFile;error=true;experimental=all
FROM scratch As Base
COPY logs/debug.log /
