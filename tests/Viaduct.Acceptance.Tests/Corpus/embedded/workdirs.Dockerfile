FROM alpine
WORKDIR /a
WORKDIR b
WORKDIR ../c
WORKDIR ./d/./e
COPY a.txt .
COPY b.txt ./sub/
WORKDIR /
WORKDIR "/quoted dir"
COPY a.txt ../up
WORKDIR /etc
USER node
WORKDIR /home/node
