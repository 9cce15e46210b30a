from scratch As Base
COPY a.txt /
Copy b.txt /
FROM base As second
FROM base as Third
from base AS fourth
From base as fifth
ENV a=1 \
    b=2
label x=y
onbuild ADD a.txt /x
