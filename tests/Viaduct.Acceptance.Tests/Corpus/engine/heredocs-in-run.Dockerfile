FROM debian:bookworm
ARG NAME=world
RUN <<EOF
apt-get update
# not a comment of the Dockerfile
apt-get install -y curl \
  git
echo "$NAME"
EOF
RUN <<-'SCRIPT' bash -eux
	echo $HOME
	SCRIPT
RUN cat <<FILE1 <<"FILE2" > /both && echo done
one $NAME
FILE1
FROM nothing
FILE2
RUN --mount=type=tmpfs,target=/t python3 <<'PY'
print("FROM x")
PY
COPY <<-EOT /etc/motd
	Hello $NAME
EOT
