#!/bin/bash
# Installs the real parts that the acceptance tests run against, and starts those that are daemons:
#   qemu-user and binfmt_misc, distribution 2.8 (docker-registry), and from Debian forky, in a folder of their own,
#   dockerd 28 with buildx, containerd 2, crane, skopeo, oras.
# Needs root on Debian. Prints, as shell assignments, what the tests look for.
set -euo pipefail

parts=${VIADUCT_PARTS:-/var/lib/viaduct-parts}
root=$parts/forky
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

start_dockerd() {
    in_root docker -H "unix://$run/docker.sock" version >/dev/null 2>&1 && return
    say "starting dockerd"
    mkdir -p "$run/docker"
    # Of a dockerd that was killed; its number may be another process's by now.
    rm -f "$run/docker.pid"
    echo '{"features":{"containerd-snapshotter":true}}' >"$run/daemon.json"
    setsid chroot "$root" dockerd --config-file "$run/daemon.json" --data-root "$run/docker/data" --exec-root "$run/docker/exec" \
        --pidfile "$run/docker.pid" -H "unix://$run/docker.sock" --bridge=none --iptables=false --ip6tables=false --containerd "$run/containerd.sock" \
        >"$run/dockerd.log" 2>&1 </dev/null &
    wait_for in_root docker -H "unix://$run/docker.sock" version
}

in_root() { chroot "$root" "$@"; }

install_debian
install_forky
start_binfmt
bind_mounts
start_containerd
start_dockerd
cat <<EOF
export VIADUCT_TEST_ROOT='$root'
export VIADUCT_TEST_CONTAINERD='$run/containerd.sock'
export VIADUCT_TEST_DOCKER='unix://$run/docker.sock'
EOF
