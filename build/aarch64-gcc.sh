#!/bin/sh
# Links programs for linux-arm64 on another machine. A gcc has one target; the word that tells clang which is none of its.
for word; do
    shift
    case $word in
        --target=*) ;;
        *) set -- "$@" "$word" ;;
    esac
done
exec aarch64-linux-gnu-gcc "$@"
