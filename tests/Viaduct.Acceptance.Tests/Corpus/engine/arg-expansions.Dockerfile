ARG REGISTRY=docker.io/library
ARG IMAGE=alpine
ARG TAG
ARG FULL=${REGISTRY}/${IMAGE}:${TAG:-3.22}
ARG SUFFIX=${TAG:+-$TAG}
FROM ${FULL} AS one
ARG A=1 B="two words" C='$A' D=${A}3 E
ARG F=${B%words}x G=${B#two} H=${E:-none} I=${E-unset}
RUN echo $A $B $C $D $E $F $G $H $I
FROM $REGISTRY/$IMAGE${SUFFIX}
ARG FULL
ARG UNDECLARED
ENV X=$FULL Y=${UNDECLARED:-d} Z=${FULL##*/} W=${FULL%%:*} V=${FULL//\//_}
RUN env
