FROM alpine
ENV A=env
ARG A=arg
ENV B=$A
ARG C=arg
ENV C=env
ENV D=$C
