ARG G=1
FROM scratch AS one
ARG A
ARG G
ARG B=$Z
ARG P=$Z
ENV K=$A L=$NO M=${NO} N=${NO:-x} O=${NO-x} P=${NO:+x}
ENV x$NO=$NO$NO "x$NO"=1 y=$NO$NO2
LABEL a=$NO b$NO=b
COPY --chown=$NO b.txt$NO /a
COPY --chown=$NO --chmod=0755$NO b.txt$NO /a$NO
COPY --exclude=$NO b.txt /b
COPY ["a$NO", "/$NO"]
ADD --checksum=sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08$NO https://x.y/$NO /a
WORKDIR /$NO
USER a$NO
VOLUME /a$NO /$NO
STOPSIGNAL ${NO}9
EXPOSE 80 $NO
CMD ["$NO"]
ENTRYPOINT ["$NO"]
HEALTHCHECK CMD $NO
ONBUILD ENV x=$NO
RUN echo $NO
RUN --mount=type=cache,id=$NO,target=/a$NO2 --mount=type=bind,source=$NO,target=/x --mount=target=/u,type=${NO:-bind} x $NO
COPY <<EOF <<"EOG" <<-EOH /
$NO ${NO} '$NO' \$NO $NO2
EOF
$NO
EOG
	$NO
EOH
LABEL a='$NO' b="\$NO" c="$NO" d=\$NO e=$1 f=$@ g=$$ h=$
ENV lat$NO x
FROM one
COPY --from=one /$NO /$NO2
LABEL a=$A b=$G c=$Q d=$L e=$PATH f=$TARGETARCH g=$HTTP_PROXY h=$x
ARG HTTP_PROXY
ARG TARGETARCH
LABEL g=$HTTP_PROXY h=$http_proxy i=$TARGETARCH
FROM scratch
LABEL a=$PATH b=$A c=$G
LABEL d=$NO \
 e=$NO
ARG NO
LABEL a=$NO
ARG R=$R S=$R R2=$S
ARG BUILDKIT_SBOM_SCAN_STAGE=1
LABEL x=$BUILDKIT_SBOM_SCAN_STAGE y=$BUILDKIT_SBOM_SCAN_CONTEXT
ENV N1=a N2=$N1
ARG N3=a N4=$N3
FROM alpine:3.22
LABEL a=$BASE_VERSION b=$BASE_VERSIO
#? --build-arg P=1
