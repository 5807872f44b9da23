# Built in one image, run from another that holds no compiler and no root.
FROM python:3.11-slim-bookworm AS build
WORKDIR /twiza
RUN python -m venv /opt/venv
COPY pyproject.toml constraints.txt LICENSE ./
COPY app app
RUN /opt/venv/bin/pip install --no-cache-dir --constraint constraints.txt .

FROM python:3.11-slim-bookworm
RUN useradd --create-home --uid 10001 twiza
WORKDIR /twiza
COPY --from=build /opt/venv /opt/venv
# The code runs from here, beside its templates, translations and migrations.
COPY pyproject.toml ./
COPY app app
COPY frontend frontend
COPY locales locales
COPY migrations migrations
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/twiza PYTHONUNBUFFERED=1 TWIZA_ENVIRONMENT=production TWIZA_VAR=/var/lib/twiza
RUN python -m app.cli catalogues compile && mkdir /var/lib/twiza && chown twiza /var/lib/twiza
USER twiza
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import httpx; httpx.get('http://127.0.0.1:8000/health/ready').raise_for_status()"]
CMD ["python", "-m", "app.cli", "serve", "--host", "0.0.0.0", "--no-worker"]
