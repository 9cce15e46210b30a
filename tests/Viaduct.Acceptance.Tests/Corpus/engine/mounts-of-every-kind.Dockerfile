FROM scratch AS tools
FROM alpine AS a
RUN --mount=type=secret,id=token,required=true,mode=0400,uid=1000 cat /run/secrets/token
RUN --mount=type=secret,id=aws,target=/root/.aws/credentials --mount=type=secret,id=k,env=KEY true
RUN --mount=type=ssh ssh -T git@example.com
RUN --mount=type=ssh,id=project,mode=0666 true
RUN --mount=type=bind,from=tools,source=/,target=/tools,rw true
RUN --mount=type=bind,from=busybox:1.37,target=/bb /bb/bin/true
RUN --mount=type=cache,target=/c,from=tools,source=/,id=x,sharing=private,uid=5,gid=6,mode=0755 true
RUN --mount=type=tmpfs,target=/scratch,size=67108864 true
RUN --mount=target=/ctx,ro ls /ctx
RUN --network=none true
RUN --network=host true
FROM a
