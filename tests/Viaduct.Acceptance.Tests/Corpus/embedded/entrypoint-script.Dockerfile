FROM busybox:1.37
COPY docker-entrypoint.sh /usr/local/bin/
COPY --chown=node:staff package.json src/ /srv/
ENTRYPOINT ["docker-entrypoint.sh"]
CMD serve --port $PORT
EXPOSE 8080/tcp 8443 9000-9002/udp
HEALTHCHECK --interval=5m --timeout=3s CMD wget -q --spider http://localhost/ || exit 1
