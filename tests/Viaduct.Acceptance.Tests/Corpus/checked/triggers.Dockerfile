FROM scratch AS unneeded
ONBUILD CMD x
ONBUILD LABEL a b
FROM unneeded AS also-unneeded
CMD ["x"]
FROM scratch AS needed
ONBUILD cmd x
ONBUILD WORKDIR q
ONBUILD LABEL a b
ONBUILD ENV password=x l=$NO
ONBUILD EXPOSE 1:2
ONBUILD ARG token
FROM needed AS child
CMD ["x"]
FROM child
CMD ["x"]
