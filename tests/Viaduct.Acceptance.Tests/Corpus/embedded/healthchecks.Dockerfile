FROM alpine AS one
HEALTHCHECK --interval=1m --timeout=1m30s --start-period=1h --start-interval=500ms --retries=5 CMD ["check", "--fast"]
FROM one AS two
HEALTHCHECK CMD check || exit 1
FROM two AS three
HEALTHCHECK NONE
FROM one
healthcheck --interval=90s cmd x
