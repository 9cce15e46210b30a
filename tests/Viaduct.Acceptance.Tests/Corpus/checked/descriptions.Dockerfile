# check=experimental=all
# hello
ARG foo=1
# foo is told
ARG foo=1
# after an empty line

ARG foo
# forgotten
#
ARG foo
# foo first
# bar last
ARG foo bar=2
# other
FROM scratch AS base
# base is told
FROM scratch AS base2
  # base3 indented
FROM scratch AS base3
# an ENV takes it
ENV b=1
ARG x
#	x	tab
ARG x
  #
ARG x
#x
COPY <<EOF /x
# x inside
EOF
ARG x
