# The simulated portal as a container: docker build -t sonet-portal .
FROM rust:1-slim-bookworm AS build
# The bundled SQLite and ring are compiled from C.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN cargo build --locked --release --package sonet-portal

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 portal
COPY --from=build /source/target/release/sonet-portal /usr/local/bin/sonet-portal
USER portal
EXPOSE 8080
# Plain bash knows how to open a connection, so that the image needs no other tool.
HEALTHCHECK --interval=2s --timeout=2s --start-period=1s --retries=10 \
    CMD ["bash", "-c", ": > /dev/tcp/127.0.0.1/8080"]
# Arguments of `docker run` and of `command` in compose are added to these.
ENTRYPOINT ["sonet-portal", "--listen", "0.0.0.0:8080", "--allow-host", "portal"]
CMD []
