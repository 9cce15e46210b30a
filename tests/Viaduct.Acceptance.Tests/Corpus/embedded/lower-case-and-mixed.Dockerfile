from alpine as Base
env a=1
Copy a.txt /a
wOrKdIr /w
from base
label b=2
expose 80/TCP
cmd ["x"]
entrypoint sh -c 'y'
