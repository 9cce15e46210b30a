# escape=`
FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS core
SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue';"]
ENV GIT_VERSION=2.47.0 `
    INSTALL_DIR=C:\Tools
RUN Invoke-WebRequest -OutFile git.zip -Uri https://example.com/git-$env:GIT_VERSION.zip; `
    Expand-Archive git.zip -DestinationPath C:\git; `
    Remove-Item git.zip
COPY testfile.txt c:\
COPY ["a b.txt", "C:\\dir with space\\"]
RUN dir c:\
