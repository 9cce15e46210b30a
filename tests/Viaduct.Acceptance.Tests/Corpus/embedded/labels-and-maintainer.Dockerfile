FROM alpine
MAINTAINER Some Body <some@body.example>
LABEL a=1
LABEL a=2 b="x y" c=
LABEL old style label
LABEL "com.example.vendor"="ACME Incorporated" com.example.label-with-value="foo"
LABEL version="1.0" \
  description="a" \
# comment
  "last"='one'
