#!/bin/bash
# Proves what each pause binary promises, by running it: natively where this
# machine can, otherwise under qemu-user-static.
#
#   test-binaries.sh [--allow-missing] [BINDIR]
#
# --allow-missing skips the architectures whose emulator is not installed
# instead of failing them.
set -euo pipefail
export LC_ALL=C

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
allow_missing=no
if [[ ${1:-} == --allow-missing ]]; then
    allow_missing=yes
    shift
fi
if [[ $# -gt 1 || ${1:-} == -* ]]; then
    echo "usage: ${0##*/} [--allow-missing] [BINDIR]" >&2
    exit 2
fi
bin=${1:-$here/bin}
version=$(<"$here/VERSION")

work=$(mktemp -d)
started=
cleanup() {
    if [[ -n $started ]]; then
        kill -KILL "$started" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

# A user namespace stands in for root where the kernel allows it.
namespace=(unshare --pid --fork --kill-child)
if [[ $(id -u) != 0 ]]; then
    namespace=(unshare --user --map-root-user --pid --fork --kill-child)
fi
can_reap=yes
if ! "${namespace[@]}" true 2>/dev/null; then
    can_reap=no
    if [[ $(id -u) == 0 ]]; then
        echo "cannot make a PID namespace" >&2
        exit 1
    fi
fi

# Every check below returns 1 with the reason in $reason.
reason=
no() {
    reason=$*
    return 1
}

soon() {
    local i
    for ((i = 0; i < 200; i++)); do
        "$@" && return
        sleep 0.05
    done
    return 1
}

# pause installs its SIGCHLD handler last. An emulator brings handlers of its
# own, but none for SIGCHLD, so this one signal tells in both cases. The check
# of the executable keeps a shell from being taken for what it will become.
is_ready() {
    local caught
    [[ /proc/$1/exe -ef ${run[0]} ]] || return 1
    caught=$(sed -n 's/^SigCgt:[[:space:]]*//p' "/proc/$1/status") || return 1
    ((0x$caught & 1 << 16))
}

has_ended() {
    local state
    state=$(ps -o stat= -p "$1") || return 0
    [[ $state == Z* ]]
}

# Ends with the exit status of the process last started.
outcome() {
    local status=0
    if ! soon has_ended "$started"; then
        kill -KILL "$started"
        wait "$started" 2>/dev/null || true
        started=
        return 124
    fi
    wait "$started" || status=$?
    started=
    return "$status"
}

check_file() {
    local file=$1 class=$2 data=$3 machine=$4 size header segments
    [[ -x $file ]] || no "missing or not executable" || return
    size=$(stat -c %s "$file")
    ((size < 4096)) || no "$size bytes" || return
    header=$(readelf -h "$file")
    segments=$(readelf -lW "$file")
    grep -Eq "Class: +$class\$" <<<"$header" || no "class is not $class" || return
    grep -Eq "Data: .*$data endian" <<<"$header" || no "not $data-endian" || return
    grep -Eq "Machine: +$machine\$" <<<"$header" || no "machine is not $machine" || return
    grep -Eq "Type: +EXEC" <<<"$header" || no "not a fixed executable" || return
    ! grep -Eq "^ +(INTERP|DYNAMIC) " <<<"$segments" || no "not static" || return
    grep -Eq "^ +GNU_STACK .* RW +[0-9x]+\$" <<<"$segments" || no "executable stack" || return
    ! grep -Eq "^ +LOAD .* RWE " <<<"$segments" || no "segment both writable and executable"
}

check_version() {
    local said
    said=$("${run[@]}" -v) || no "-v ends with $?" || return
    [[ $said == "pause.c $version" ]] || no "-v prints '$said'"
}

check_signal() {
    local signal=$1 status=0
    "${run[@]}" >/dev/null 2>"$work/said" &
    started=$!
    soon is_ready "$started" || no "installs no handlers" || return
    kill -s "$signal" "$started"
    outcome || status=$?
    ((status == 0)) || no "SIG$signal ends it with $status" || return
    grep -q "not running as PID 1" "$work/said" || no "no warning when not PID 1" || return
    grep -q "SIG$signal" "$work/said" || no "SIG$signal is not reported"
}

children_are() {
    local states
    states=$(ps -o stat= --ppid "$1" | cut -c 1 | sort | tr -d '\n') || true
    [[ $states =~ ^$2$ ]]
}

# Processor time used so far, in clock ticks.
ticks() {
    local fields
    read -ra fields <"/proc/$1/stat" || return
    echo $((fields[13] + fields[14]))
}

# Less than a tenth of the time on the processor.
is_idle() {
    local before after
    before=$(ticks "$1") || return
    sleep 0.3
    after=$(ticks "$1") || return
    ((after - before < $(getconf CLK_TCK) * 3 / 100))
}

# PID 1 of a new namespace leaves three orphans to pause. All three die while
# pause is stopped, so that they are seen to be zombies and their SIGCHLDs have
# become one; then pause goes on and not one may be left.
check_reaping() {
    local pause status=0
    "${namespace[@]}" sh -c '(sleep 60 & sleep 60 & sleep 60 &); exec "$@"' sh \
        "${run[@]}" >/dev/null 2>"$work/said" &
    started=$!
    has_child() { pause=$(ps -o pid= --ppid "$started" | tr -d ' ') && [[ -n $pause ]]; }
    soon has_child || no "no namespace" || return
    soon is_ready "$pause" || no "installs no handlers as PID 1" || return
    soon children_are "$pause" '[SRD]{3}' || no "did not inherit the orphans" || return
    kill -STOP "$pause"
    ps -o pid= --ppid "$pause" | xargs kill -KILL
    soon children_are "$pause" 'ZZZ' || no "the orphans did not become zombies" || return
    kill -CONT "$pause"
    soon children_are "$pause" '' || no "zombies are left" || return
    is_idle "$pause" || no "is busy with no child left" || return
    kill -TERM "$pause"
    outcome || status=$?
    ((status == 0)) || no "SIGTERM ends PID 1 with $status" || return
    ! grep -q "not running as PID 1" "$work/said" || no "warning though PID 1"
}

stop_leftover() {
    if [[ -n $started ]]; then
        kill -KILL "$started" 2>/dev/null || true
        wait "$started" 2>/dev/null || true
        started=
    fi
}

failed=0
test_binary() {
    local arch=$1 emulator=qemu-$2-static class=$3 data=$4 machine=$5 native=$6
    local file=$bin/pause-$arch path note=
    run=("$file")
    if [[ ! $(uname -m) =~ ^($native)$ ]]; then
        if ! path=$(command -v "$emulator"); then
            if [[ $allow_missing == yes ]]; then
                echo "SKIP $arch: $emulator is not installed"
            else
                echo "FAIL $arch: $emulator is not installed"
                failed=1
            fi
            return
        fi
        run=("$path" "$file")
    fi
    if check_file "$file" "$class" "$data" "$machine" && check_version &&
        check_signal TERM && check_signal INT &&
        { [[ $can_reap == no ]] || check_reaping; }; then
        [[ $can_reap == yes ]] || note=" (SKIP reaping: needs root)"
        echo "ok $arch$note"
    else
        stop_leftover
        echo "FAIL $arch: $reason"
        failed=1
    fi
}

test_binary amd64 x86_64 ELF64 little "Advanced Micro Devices X86-64" x86_64
test_binary arm64 aarch64 ELF64 little AArch64 aarch64
test_binary arm arm ELF32 little ARM 'armv[67].*'
test_binary ppc64le ppc64le ELF64 little PowerPC64 ppc64le
test_binary s390x s390x ELF64 big "IBM S/390" s390x
test_binary riscv64 riscv64 ELF64 little RISC-V riscv64
test_binary 386 i386 ELF32 little "Intel 80386" 'x86_64|i[3-6]86'
exit "$failed"
