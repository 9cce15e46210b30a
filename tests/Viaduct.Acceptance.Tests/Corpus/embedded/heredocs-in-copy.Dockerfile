FROM alpine
ARG NAME=you
COPY <<EOF /etc/motd
Hello ${NAME}, it costs \$5
  indented "quoted" 'single'
EOF
COPY --chmod=755 <<-"EOF" /usr/local/bin/run
	#!/bin/sh
	exec "$@"
	EOF
COPY <<a.conf <<b.conf a.txt /etc/conf.d/
a=1
a.conf
b=${NAME:-none}
b.conf
ADD <<EOF /empty
EOF
