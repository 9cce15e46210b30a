FROM scratch
ENV a=${b:x}
