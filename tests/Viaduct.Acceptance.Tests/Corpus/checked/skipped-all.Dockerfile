#!/usr/bin/env docker-build
# check=skip=all;experimental=all
FROM scratch As Base
COPY logs/debug.log /
