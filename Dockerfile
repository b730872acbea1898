# One image for web, worker, beat and mail listener. It holds no key, no password and no data.
# Debian's own Python: its 3.11 carries the fixes for mail headers and archives.
FROM debian:bookworm-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        python3 python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        tesseract-ocr tesseract-ocr-fra tesseract-ocr-nld tesseract-ocr-deu tesseract-ocr-eng \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/dsar --shell /usr/sbin/nologin dsar \
    && install -d -o dsar -g dsar -m 0700 /srv/dsar/var

WORKDIR /srv/dsar
COPY requirements.txt .
RUN python3 -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

COPY manage.py ./
COPY workflow workflow
COPY notifications notifications
COPY templates templates
COPY dsar dsar
RUN .venv/bin/python -m dsar.operations.translations

ENV PATH=/srv/dsar/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8 \
    DJANGO_SETTINGS_MODULE=dsar.settings DATA_DIR=/srv/dsar/var WEB_HOST=0.0.0.0 SMTP_HOST=0.0.0.0
USER dsar
VOLUME /srv/dsar/var
EXPOSE 8000 2525
STOPSIGNAL SIGTERM
