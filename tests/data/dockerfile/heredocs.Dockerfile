# syntax=docker/dockerfile:1
FROM alpine:3.22 AS base
RUN <<EOF
FROM inside
USER root
EOF
RUN --mount=type=cache,target=/var/cache/apk <<-'SETUP' sh -ex
	apk add curl
	# a comment of the shell
	SETUP
COPY --chown=1000:1000 <<one.conf <<"two words" /etc/app/
[one]
HEALTHCHECK NONE
one.conf
[two]
two words
RUN cat 3<<A 4<<B && echo "<<C" <<< here $((1 << 2))
a
A
b
B
ONBUILD RUN <<LATER
USER nobody
LATER
RUN ["sh", "-c", "cat <<X"]
RUN echo '<<not one' \
    <<BEHIND
behind a continuation
BEHIND
CMD ["true"]
