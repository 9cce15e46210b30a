FROM scratch AS 1st
COPY a.txt /a
