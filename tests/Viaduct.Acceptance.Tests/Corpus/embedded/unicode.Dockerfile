FROM alpine
ENV name="é€" emoji=🚀
LABEL ü=ä
COPY a.txt /日本/🚀
