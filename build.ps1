# The whole job:  ./build.ps1            The tests:  ./build.ps1 --target Test            More:  ./build.ps1 --description
# Written like build.sh and not tested on Windows.
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
$env:DOTNET_CLI_TELEMETRY_OPTOUT = 1
$env:DOTNET_NOLOGO = 1
dotnet run --project build/Build.csproj --verbosity quiet -- @args
exit $LASTEXITCODE
