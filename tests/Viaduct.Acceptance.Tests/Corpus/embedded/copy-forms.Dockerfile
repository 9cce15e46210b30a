FROM alpine
COPY a.txt /
COPY a.txt b.txt dir/
COPY ["a.txt", "b.txt", "/with space/"]
COPY src /src
COPY src/ /src2/
COPY src/* /flat/
COPY *.txt /texts/
COPY ?.txt ./q/
COPY [ab].txt /brackets/
COPY src/lib/util.js /deep/er/util.js
COPY package*.json ./
COPY . /all/
COPY ["dir with spaces/my file.txt", "/my file"]
