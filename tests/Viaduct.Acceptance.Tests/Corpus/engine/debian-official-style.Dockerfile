FROM debian:bookworm-slim

# explicitly set user/group IDs
RUN set -eux; \
	groupadd -r db --gid=999; \
	useradd -r -g db --uid=999 --home-dir=/var/lib/db --shell=/bin/bash db

ENV GOSU_VERSION 1.17
RUN set -eux; \
	savedAptMark="$(apt-mark showmanual)"; \
	apt-get update; \
	dpkgArch="$(dpkg --print-architecture | awk -F- '{ print $NF }')"; \
	wget -O /usr/local/bin/gosu "https://example.com/gosu-$dpkgArch"; \
	case "$dpkgArch" in \
		amd64) arch='x86_64' ;; \
		arm64) arch='aarch64' ;; \
# anything else is built from source
		*) echo >&2 "unsupported: $dpkgArch"; exit 1 ;; \
	esac; \
	[ -z "$savedAptMark" ] || apt-mark manual $savedAptMark > /dev/null; \
	apt-get purge -y --auto-remove -o APT::AutoRemove::RecommendsImportant=false

RUN mkdir /docker-entrypoint-initdb.d
ENV LANG en_US.utf8
ENV PGDATA /var/lib/db/data
VOLUME /var/lib/db/data
COPY docker-entrypoint.sh docker-ensure-initdb.sh /usr/local/bin/
ENTRYPOINT ["docker-entrypoint.sh"]
STOPSIGNAL SIGINT
EXPOSE 5432
CMD ["db"]
