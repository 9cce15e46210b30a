FROM scratch
COPY . /context/
COPY src logs* /some/
