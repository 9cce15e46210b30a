FROM scratch
HEALTHCHECK --interval=fast CMD true
