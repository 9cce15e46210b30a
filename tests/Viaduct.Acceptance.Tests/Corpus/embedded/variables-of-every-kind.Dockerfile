ARG GLOBAL=global
FROM alpine
ARG GLOBAL
ARG LOCAL=local UNSET
ENV empty=
ENV a=${GLOBAL} b=${UNSET:-default} c=${UNSET-nodefault} d=${LOCAL:+alt} e=${UNSET:+no} f=${UNSET+no} g=${empty:-e} h=${empty-e}
ENV i=${LOCAL#lo} j=${LOCAL%al} k=${LOCAL/l/L} l=${LOCAL//l/L} m=${LOCAL##*c} n=${LOCAL%%c*}
ENV o=${UNSET:-${GLOBAL:-x}} p=$GLOBAL$LOCAL q=$GLOBAL-$LOCAL r=${a}_$b s=$ t=a$ u=$$ v=${LOCAL:?must}
ENV w=$BASE_VERSION x=${BASE_VERSION:-0} y=$NOT_THERE z=${GLOBAL}{}
ENV PATH=$PATH:/opt/bin
WORKDIR /srv/$LOCAL
USER ${UNSET:-1000}
EXPOSE ${UNSET:-80} ${GLOBAL:+443}
STOPSIGNAL SIG${UNSET:-TERM}
LABEL $LOCAL=$GLOBAL
VOLUME /data/$LOCAL
