# escape=`

FROM alpine
# comment
ENV a=1 `
    b=2
COPY a.txt `
# in between
  b.txt /x/
COPY <<EOF /h
line
EOF
LABEL x="y"
CMD echo hi
