# syntax=docker/dockerfile:1
# escape=`
FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
COPY app C:\app\
RUN dir `
    C:\
USER ContainerUser
CMD ["C:\\app\\server.exe"]
