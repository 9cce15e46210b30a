FROM scratch AS a
COPY a.txt /a
#? --target b
