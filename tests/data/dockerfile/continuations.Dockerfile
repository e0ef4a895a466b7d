FROM debian:13 \
  AS \
  build

RUN apt-get update && \
    # a comment
    apt-get install -y \

      curl \
  # another one \
      wget

RUN echo a \\
USER one
RUN echo b \\\
USER two
RUN echo c \ # no comment
RUN ec\
ho d
US\
ER three
\
ENV A=1 \
    B="two words" \
    C=three\ words D='$x'
ENV legacy a  b   c
	LABEL	tab="x" \
	y=z
from scratch
WORKDIR  /app  
EXPOSE 80	443/tcp
ARG ONE TWO=2
SHELL ["/bin/sh", "-c"]
STOPSIGNAL SIGTERM
VOLUME /data /logs
VOLUME ["/more"]
HEALTHCHECK --interval=5s --timeout="3s" CMD ["wget", "-q", "http://127.0.0.1"]
HEALTHCHECK CMD wget -q http://127.0.0.1 || exit 1
ENTRYPOINT ['not', 'json']
ENTRYPOINT [ "a" , "\u0062" ]
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a /a
MAINTAINER  somebody  
ONBUILD COPY --chown=a . /x
COPY ["a b", "/c"]
CMD
USER four \
