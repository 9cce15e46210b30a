#!/bin/bash
# Installs the real parts that the acceptance tests run against, and starts those that are daemons:
#   qemu-user and binfmt_misc, distribution 2.8 (docker-registry), and from Debian forky, in a folder of their own,
#   dockerd 28 with buildx (twice: with either image store), containerd 2, crane, skopeo, oras;
#   and this Debian's own dockerd 20.10 and containerd 1.6 where it is bookworm, in a folder, so that no service of the machine is touched.
# Needs root on Debian. Prints, as shell assignments, what the tests look for.
set -euo pipefail

parts=${VIADUCT_PARTS:-/var/lib/viaduct-parts}
root=$parts/forky
old=$parts/bookworm
run=$parts/run
say() { echo "parts: $*" >&2; }

install_debian() {
    command -v docker-registry >/dev/null && command -v qemu-s390x-static >/dev/null && command -v mmdebstrap >/dev/null && command -v strace >/dev/null && return
    say "installing from this Debian"
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        mmdebstrap docker-registry qemu-user-static binfmt-support strace >&2
}

# The mirror that apt here already uses.
mirror() {
    [ -n "$(mirror_known)" ] || apt-get update -qq >&2
    mirror_known
}
mirror_known() { apt-cache policy | sed -n 's/.* \(http[^ ]*debian\) .*main.*/\1/p' | head -n 1; }

install_forky() {
    [ -x "$root/usr/bin/crane" ] && return
    say "unpacking Debian forky's tools into $root"
    mkdir -p "$parts"
    rm -rf "$root"
    mmdebstrap --quiet --variant=minbase --aptopt='Acquire::Check-Valid-Until "false"' \
        --include=ca-certificates,docker.io,docker-cli,docker-buildx,containerd,crane,oras,skopeo,iptables \
        forky "$root.new" "deb $(mirror) forky main" >&2
    mv "$root.new" "$root"
}

# What bookworm has. Elsewhere docker is newer, the tests of the old engines find nothing and are skipped.
install_old() {
    [ -x "$old/usr/sbin/dockerd" ] && return
    [ -n "$(apt-cache policy docker.io)" ] || apt-get update -qq >&2
    apt-cache policy docker.io | grep 'Candidate: 20\.10\.' >/dev/null || return 0
    say "unpacking this Debian's dockerd and containerd into $old"
    rm -rf "$old.new"
    mkdir -p "$old.new/packages"
    (cd "$old.new/packages" && apt-get download -qq -o APT::Sandbox::User=root docker.io containerd libdevmapper1.02.1 >&2)
    for package in "$old.new"/packages/*.deb; do dpkg -x "$package" "$old.new"; done
    rm -r "$old.new/packages"
    mv "$old.new" "$old"
}

start_binfmt() {
    mountpoint -q /proc/sys/fs/binfmt_misc || mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
    [ -e /proc/sys/fs/binfmt_misc/qemu-s390x ] || update-binfmts --import >&2 || true
    [ -e /proc/sys/fs/binfmt_misc/qemu-s390x ] || update-binfmts --enable >&2
}

bind_mounts() {
    # runc makes / a slave mount, so the root has to be a mount of its own.
    mountpoint -q "$root" || mount --bind "$root" "$root"
    for folder in proc sys dev; do
        mountpoint -q "$root/$folder" || mount --rbind "/$folder" "$root/$folder"
    done
    mkdir -p "$root$run" "$run"
    mountpoint -q "$root$run" || mount --bind "$run" "$root$run"
    mountpoint -q "$root/tmp" || mount --bind /tmp "$root/tmp"
}

wait_for() { for _ in $(seq 100); do "$@" >/dev/null 2>&1 && return; sleep 0.2; done; say "not ready: $*"; return 1; }

start_containerd() {
    in_root ctr -a "$run/containerd.sock" version >/dev/null 2>&1 && return
    say "starting containerd"
    mkdir -p "$run/containerd"
    setsid chroot "$root" containerd --address "$run/containerd.sock" --root "$run/containerd/root" --state "$run/containerd/state" \
        >"$run/containerd.log" 2>&1 </dev/null &
    wait_for in_root ctr -a "$run/containerd.sock" version
}

# By name; whether its images are kept in containerd's store; in which of containerd's namespaces it lives.
start_dockerd() {
    local name=$1 store=$2 namespace=$3
    in_root docker -H "unix://$run/$name.sock" version >/dev/null 2>&1 && return
    say "starting dockerd ($name)"
    mkdir -p "$run/$name"
    # Of a dockerd that was killed; its number may be another process's by now.
    rm -f "$run/$name.pid"
    echo "{\"features\":{\"containerd-snapshotter\":$store}}" >"$run/$name.json"
    setsid chroot "$root" dockerd --config-file "$run/$name.json" --data-root "$run/$name/data" --exec-root "$run/$name/exec" \
        --pidfile "$run/$name.pid" -H "unix://$run/$name.sock" --bridge=none --iptables=false --ip6tables=false \
        --containerd "$run/containerd.sock" --containerd-namespace "$namespace" --containerd-plugins-namespace "plugins.$namespace" \
        >"$run/$name.log" 2>&1 </dev/null &
    wait_for in_root docker -H "unix://$run/$name.sock" version
}

# Of bookworm: containerd 1.6, and dockerd 20.10 over it. No container is run by them.
start_old() {
    [ -x "$old/usr/sbin/dockerd" ] || return 0
    mkdir -p "$run/old"
    if ! "$old/usr/bin/ctr" -a "$run/old-containerd.sock" version >/dev/null 2>&1; then
        say "starting containerd 1.6"
        setsid "$old/usr/bin/containerd" --address "$run/old-containerd.sock" --root "$run/old/root" --state "$run/old/state" \
            >"$run/old-containerd.log" 2>&1 </dev/null &
        wait_for "$old/usr/bin/ctr" -a "$run/old-containerd.sock" version
    fi
    in_root docker -H "unix://$run/old.sock" version >/dev/null 2>&1 && return
    say "starting dockerd 20.10"
    rm -f "$run/old.pid"
    echo "{\"deprecated-key-path\":\"$run/old/key.json\"}" >"$run/old.json"
    LD_LIBRARY_PATH="$old/lib/x86_64-linux-gnu" setsid "$old/usr/sbin/dockerd" --config-file "$run/old.json" \
        --data-root "$run/old/data" --exec-root "$run/old/exec" --pidfile "$run/old.pid" -H "unix://$run/old.sock" \
        --bridge=none --iptables=false --ip6tables=false --containerd "$run/old-containerd.sock" >"$run/old.log" 2>&1 </dev/null &
    wait_for in_root docker -H "unix://$run/old.sock" version
}

# The cross compilers of this Debian, and musl's loaders for what they compile. musl for riscv64 is in forky only.
install_compilers() {
    if ! command -v arm-linux-gnueabi-gcc >/dev/null || ! command -v riscv64-linux-gnu-gcc >/dev/null || ! command -v gcc >/dev/null; then
        say "installing cross compilers"
        apt-get update -qq >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gcc libc6-dev \
            gcc-{aarch64,i686,powerpc64le,riscv64,s390x}-linux-gnu gcc-arm-linux-gnueabi{,hf} libc6-dev-{arm64,armel,armhf,i386,ppc64el,riscv64,s390x}-cross >&2
    fi
    [ -e "$parts/musl/riscv64/libc.so" ] && return
    say "fetching musl"
    fetch_musl "$(. /etc/os-release && echo "$VERSION_CODENAME")" amd64 i386 arm64 armhf armel ppc64el s390x
    fetch_musl forky riscv64
}

# With an apt of its own, so that this Debian knows of no other architectures afterwards.
fetch_musl() {
    local suite=$1 apt=$parts/musl/apt-$1 architecture
    shift
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(mirror) $suite main" >"$apt/sources.list"
    local options=(-qq -o Dir::State::Lists="$apt/lists" -o Dir::Cache="$apt/cache" -o Dir::State::status=/dev/null -o Dir::Etc::sourcelist="$apt/sources.list"
        -o Dir::Etc::sourceparts=- -o Acquire::Languages=none -o Acquire::Check-Valid-Until=false -o APT::Sandbox::User=root -o APT::Architectures::=amd64)
    for architecture; do options+=(-o APT::Architectures::="$architecture"); done
    apt-get "${options[@]}" update >&2
    (cd "$apt" && apt-get "${options[@]}" download "${@/#/musl:}" >&2)
    for architecture; do
        mkdir -p "$apt/$architecture" "$parts/musl/$architecture"
        dpkg-deb -x "$apt"/musl_*_"$architecture".deb "$apt/$architecture"
        cp "$(find "$apt/$architecture" -name libc.so)" "$parts/musl/$architecture/libc.so"
    done
    rm -r "$apt"
}

in_root() { chroot "$root" "$@"; }

install_debian
install_forky
install_compilers
install_old
start_binfmt
bind_mounts
start_containerd
start_dockerd docker true moby
start_dockerd graph false graph
start_old
cat <<EOF
export VIADUCT_TEST_ROOT='$root'
export VIADUCT_TEST_COMPILERS='$parts/musl'
export VIADUCT_TEST_CONTAINERD='$run/containerd.sock'
export VIADUCT_TEST_DOCKER='unix://$run/docker.sock'
export VIADUCT_TEST_DOCKER_GRAPH='unix://$run/graph.sock'
export VIADUCT_TEST_OLD='$old'
export VIADUCT_TEST_DOCKER_OLD='unix://$run/old.sock'
export VIADUCT_TEST_CONTAINERD_OLD='$run/old-containerd.sock'
EOF
