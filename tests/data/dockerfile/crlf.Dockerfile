#escape=`
FROM alpine
RUN echo a `
  # comment

  b
RUN <<E
USER x
E
USER app