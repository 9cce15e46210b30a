FROM golang:1.24 as base
WORKDIR /go/src/app
COPY go.mod go.sum ./
RUN go mod download && go mod verify

FROM base as test
COPY . .
RUN set -eux; \
	go vet ./...; \
	# the race detector needs cgo
	CGO_ENABLED=1 go test -race ./...

FROM base AS build
ARG COMMIT
ARG DATE=unknown
COPY . .
RUN go build -o /app -ldflags "-X 'main.commit=$COMMIT' -X 'main.date=$DATE'" .

FROM gcr.io/distroless/static-debian12:nonroot
LABEL org.opencontainers.image.revision=$COMMIT
COPY --from=build --chown=nonroot:nonroot /app /app
ENTRYPOINT ["/app"]
