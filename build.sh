#!/bin/sh
# The whole job:  ./build.sh            The tests:  ./build.sh --target Test            More:  ./build.sh --description
set -eu
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
exec dotnet run --project build/Build.csproj --verbosity quiet -- "$@"
