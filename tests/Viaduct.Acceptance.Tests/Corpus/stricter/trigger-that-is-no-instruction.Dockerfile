FROM scratch
ONBUILD COPPY a /a
