# escape=`
FROM alpine
ENV A=`
one`
  two=2
COPY a.txt `
     b.txt `
     /x/
ENV B=c:\dir C=`$A D="`"q`""
LABEL p=\\server\share
