FROM alpine
ENV A="double quotes" B='single quotes' C=back\ slash D="a \"b\" c" E='it''s' F=a"b c"d
ENV G="$A" H='$A' I=\$A J="\$A" K=${A}x L="${A}" M="a\nb" N=a\nb
ENV O= P="" Q=''
ENV legacy "quoted"   and  not
LABEL multi.label1="value1" multi.label2='value2' \
      other="a \
b"
LABEL "key in quotes"="value" com.example.x=y=z
LABEL description="This text spans \
lines"
ENV PATHS="/a:/b" R="#no comment" S=a#b
