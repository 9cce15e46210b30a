FROM alpine
ADD archive.tar /plain/
ADD archive.tar.gz /gzip
ADD a.txt /a
ADD --chown=4:5 archive.tar.gz /owned/
ADD ["b.txt", "/json/"]
ADD src /src/
