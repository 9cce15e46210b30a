FROM scratch
ARG API_KEY apikey=1 my_auth AUTHOR PUBLIC_KEY
ARG TOKEN_FILE
ENV PassWord=1 KEY=1 token_version=2 CREDENTIALS=1 x=1
ENV secret x
ENV PWD=1 pword_x=1 monkey=1 TOKENS=1 _key_=1
