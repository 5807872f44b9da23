# Built in one image, run from another that holds no compiler and no root.
FROM python:3.11-slim-bookworm AS build
WORKDIR /twiza
RUN python -m venv /opt/venv
COPY pyproject.toml constraints.txt LICENSE ./
# Editable: the code is read from /twiza, beside its templates, translations and migrations. So what it stands on is
# installed again only when these files change.
RUN mkdir app && touch app/__init__.py && /opt/venv/bin/pip install --no-cache-dir --constraint constraints.txt --editable .

FROM python:3.11-slim-bookworm
# Pango writes the PDF documents; DejaVu has the few signs that our own fonts have not.
RUN apt-get update && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 10001 twiza
WORKDIR /twiza
COPY --from=build /opt/venv /opt/venv
COPY pyproject.toml ./
COPY app app
COPY frontend frontend
COPY locales locales
COPY migrations migrations
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 TWIZA_ENVIRONMENT=production TWIZA_VAR=/var/lib/twiza
# The user may not write here: what Python would keep beside the code is made now.
RUN twiza catalogues compile && python -m compileall -q app migrations && install --directory --owner=twiza /var/lib/twiza
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import httpx; httpx.get('http://127.0.0.1:8000/health/ready').raise_for_status()"]
CMD ["twiza", "serve", "--host", "0.0.0.0", "--no-worker"]
