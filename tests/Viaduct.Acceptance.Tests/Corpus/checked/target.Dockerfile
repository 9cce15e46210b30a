FROM scratch As one
CMD x
FROM scratch As two
CMD x
#? --target one
