FROM --platform=linux/amd64/v1/x alpine
COPY a.txt /a
