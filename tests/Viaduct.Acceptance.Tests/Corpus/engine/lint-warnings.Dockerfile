FROM alpine as Build
MAINTAINER someone@example.com
ENV legacy form with blanks
label a b
expose 80
ARG PASSWORD=hunter2
WORKDIR relative/path
RUN cd /tmp
CMD echo one
CMD echo two
ENTRYPOINT a
ENTRYPOINT b
