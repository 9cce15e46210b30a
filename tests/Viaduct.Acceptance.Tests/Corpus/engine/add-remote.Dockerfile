FROM alpine
ADD https://example.com/archive.tar.gz /tmp/
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/linux.tar.xz /
ADD --keep-git-dir=true https://github.com/example/project.git#v1 /project
ADD git@github.com:example/other.git /other
RUN true
