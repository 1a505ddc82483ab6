# syntax=docker/dockerfile:1.7
# One image a service: `docker build --target render -t philo-render .`
#
# Base and packages decide the size: 130 MB of Python on Debian, and 120 to 590 MB of wheels a service (gateway 128, auth
# 124, notify 122, analysis 201, tts 549, render 586 unpacked). What tts and render need beyond libc, libstdc++ and zlib
# comes in their wheels: FFmpeg, OpenCV, espeak-ng, ONNX, voices, fonts. So no image installs anything with apt.
ARG PYTHON=3.11.14-slim-bookworm

FROM python:${PYTHON} AS uv
RUN pip install --no-cache-dir --root-user-action=ignore uv==0.13.8
ENV UV_PROJECT_ENVIRONMENT=/opt/philo UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
WORKDIR /src

# Packages of others change with the lock alone: a change of our code does not fetch them again.
FROM uv AS manifests
COPY . .
RUN find . -type f ! -name pyproject.toml ! -name uv.lock -delete && find . -type d -empty -delete

FROM uv AS gateway-build
COPY --from=manifests /src .
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-dev --no-install-workspace --package philo-gateway
COPY . .
RUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-dev --no-editable --package philo-gateway

FROM uv AS auth-build
COPY --from=manifests /src .
RUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-dev --no-install-workspace --package philo-auth
COPY . .
RUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-dev --no-editable --package philo-auth

FROM uv AS analysis-build
COPY --from=manifests /src .
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-dev --no-install-workspace --package philo-analysis
COPY . .
RUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-dev --no-editable --package philo-analysis

FROM uv AS tts-build
COPY --from=manifests /src .
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-dev --no-install-workspace --package philo-tts --extra voices
COPY . .
RUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-dev --no-editable --package philo-tts --extra voices

FROM uv AS render-build
COPY --from=manifests /src .
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-dev --no-install-workspace --package philo-render
COPY . .
RUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-dev --no-editable --package philo-render

FROM uv AS notify-build
COPY --from=manifests /src .
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-dev --no-install-workspace --package philo-notify
COPY . .
RUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-dev --no-editable --package philo-notify

# Everything a process needs to run and nothing to build with; it writes to /tmp and /scratch alone.
FROM python:${PYTHON} AS runtime
RUN useradd --uid 10001 --user-group --create-home --no-log-init philo \
    && install --directory --owner=10001 --group=10001 /scratch
COPY LICENSE NOTICE /usr/share/doc/philo/
ENV PATH=/opt/philo/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HTTP_HOST=0.0.0.0 HTTP_PORT=8400
LABEL org.opencontainers.image.title="Philo" org.opencontainers.image.licenses="Apache-2.0"
USER 10001:10001
WORKDIR /home/philo
EXPOSE 8400
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --start-interval=1s --retries=3 CMD ["python", "-ISc", \
    "import os, http.client as h; c = h.HTTPConnection('127.0.0.1', int(os.environ['HTTP_PORT']), timeout=2); c.request('GET', '/health'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["python", "-m"]

FROM runtime AS gateway
COPY --from=gateway-build /opt/philo /opt/philo
CMD ["philo_gateway.main"]

FROM runtime AS auth
COPY --from=auth-build /opt/philo /opt/philo
CMD ["philo_auth.main"]

FROM runtime AS analysis
COPY --from=analysis-build /opt/philo /opt/philo
CMD ["philo_analysis.main"]

FROM runtime AS tts
COPY --from=tts-build /opt/philo /opt/philo
ENV TTS_MODELS=/scratch/voices
CMD ["philo_tts.main"]

FROM runtime AS render
COPY --from=render-build /opt/philo /opt/philo
ENV RENDER_SCRATCH=/scratch
CMD ["philo_render.main"]

FROM runtime AS notify
COPY --from=notify-build /opt/philo /opt/philo
CMD ["philo_notify.main"]
