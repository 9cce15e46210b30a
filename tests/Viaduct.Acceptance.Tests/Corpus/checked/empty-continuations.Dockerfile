FROM scratch
ENV A=1 \

    B=2 \
    # a comment is none

    C=3
COPY <<EOF /x \

EOF

EOF
LABEL a=b \
    # nor is this
    c=d
ENV D=1\
