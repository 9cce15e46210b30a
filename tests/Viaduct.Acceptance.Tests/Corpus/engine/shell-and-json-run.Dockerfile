FROM alpine
RUN ["/bin/sh", "-c", "echo hello"]
RUN [ "$VAR" = "x" ] || echo no
RUN ["single 'quotes' inside"]
RUN ['single', 'quoted']
RUN [[ -f /etc/passwd ]] && echo yes
SHELL ["/bin/ash", "-eo", "pipefail", "-c"]
RUN echo "a" | cat
ENTRYPOINT ["sh", "-c"]
CMD ["echo $HOME", "\u00e9\ttab", "slash \/ \\ \""]
