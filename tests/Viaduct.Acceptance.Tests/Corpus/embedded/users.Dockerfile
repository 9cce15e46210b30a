FROM alpine
USER root
USER node:staff
COPY a.txt /as-root
WORKDIR /of-node
USER 1000
USER 1000:50
WORKDIR /of-1000
USER app
WORKDIR /of-app/deeper
