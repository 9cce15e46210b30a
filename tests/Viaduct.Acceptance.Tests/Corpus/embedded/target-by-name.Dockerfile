FROM alpine AS wanted
COPY a.txt /a
CMD ["wanted"]
FROM wanted AS not-wanted
RUN exit 1
#? --target wanted
