# check=skip=JSONArgsRecommended;error=false
FROM node:20-alpine AS workspace
WORKDIR /repo
COPY package.json yarn.lock ./
COPY packages/api/package.json packages/api/
COPY packages/web/package.json packages/web/
RUN yarn install --frozen-lockfile --network-timeout 600000

from workspace as web
copy packages/web packages/web
run yarn workspace web build

from nginx:1.27-alpine as web-image
copy --from=web /repo/packages/web/dist /usr/share/nginx/html

from workspace as api-image
copy packages/api packages/api
cmd yarn workspace api start
