FROM scratch
COPPY a /a
