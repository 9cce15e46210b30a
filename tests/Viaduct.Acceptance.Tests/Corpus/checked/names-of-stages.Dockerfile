FROM scratch AS a
FROM scratch AS scratch
FROM scratch AS a
FROM scratch AS context
FROM scratch AS b
FROM a AS A
