FROM composer:2 AS vendor
WORKDIR /app
COPY composer.json composer.lock ./
RUN composer install --ignore-platform-reqs --no-interaction --no-dev --prefer-dist

FROM php:8.4-fpm-alpine
LABEL maintainer="Web Team <web@example.com>" \
      description="The shop's \"front\" end" vendor=ACME
RUN set -xe \
    && apk add --no-cache --virtual .build-deps $PHPIZE_DEPS icu-dev \
    && docker-php-ext-install -j$(nproc) intl opcache \
    && apk del .build-deps
COPY --from=vendor /app/vendor /var/www/vendor
COPY docker/php.ini $PHP_INI_DIR/conf.d/zz-app.ini
RUN echo "date.timezone = \"UTC\"" > /usr/local/etc/php/conf.d/tz.ini; echo '$x' "${HOME}"
EXPOSE 9000
CMD ["php-fpm", "-F"]
