FROM golang AS one
RUN true
FROM one AS two
ARG WANTED=yes
RUN false
FROM nowhere.example.com/x AS three
ARG UNWANTED=no
RUN true
#? --target two
