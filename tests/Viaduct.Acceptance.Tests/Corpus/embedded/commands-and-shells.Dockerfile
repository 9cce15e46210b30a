FROM alpine AS a
CMD echo "$HOME" && ls
FROM a AS b
ENTRYPOINT ["tini", "--"]
FROM b AS c
CMD ["run"]
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
ENTRYPOINT exec top -b
FROM c
CMD ["é", "\"", "\\", "<&>"]
