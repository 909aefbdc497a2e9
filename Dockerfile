# The engine as a container: `docker run --rm -v "$PWD:/repo:ro" -v reviewer-state:/state IMAGE review --repo /repo`.
# The base is named by tag, the Python the tests run on. The release workflow pins its digest once there are releases.
FROM python:3.11-slim-bookworm AS build

COPY requirements/runtime.txt /build/requirements/runtime.txt
RUN python -m venv /opt/reviewer \
    && /opt/reviewer/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
        -r /build/requirements/runtime.txt

COPY pyproject.toml README.md LICENSE /build/
COPY reviewer /build/reviewer
RUN /opt/reviewer/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation /build


FROM python:3.11-slim-bookworm

# Debian keeps only the newest security fix of git in its archive: a pinned version would soon install nothing.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 reviewer \
    && install --directory --owner=reviewer --group=reviewer --mode=0700 /state

COPY --from=build /opt/reviewer /opt/reviewer

# /state holds the ledger and the key of this installation: give it a volume, or both are gone with the container.
ENV PATH="/opt/reviewer/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    REVIEWER_STATE=/state
VOLUME /state
USER 10001
WORKDIR /home/reviewer
ENTRYPOINT ["reviewer"]
