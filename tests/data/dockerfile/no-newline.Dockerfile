FROM alpine
CMD