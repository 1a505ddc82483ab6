#!/bin/sh
# Makes every secret that docker-compose.yml asks for: deploy/compose/secrets.sh > .env
# Run it once and keep what it says: data that lies in the volumes is sealed with it.
set -eu
umask 077
for name in POSTGRES_PASSWORD GATEWAY_DB_PASSWORD AUTH_DB_PASSWORD ANALYSIS_DB_PASSWORD TTS_DB_PASSWORD \
  RENDER_DB_PASSWORD NOTIFY_DB_PASSWORD REDIS_PASSWORD S3_ACCESS_KEY S3_SECRET_KEY MEDIA_SIGNING_KEY \
  SIGNING_SECRETS_KEY AUTH_HASH_KEY WEBHOOK_SECRETS_KEY METRICS_TOKEN GRAFANA_PASSWORD; do
  echo "$name=$(openssl rand -hex 32)"
done
# One line, its line ends written as \n: printf leaves them as they are, echo would not.
printf "AUTH_SIGNING_KEY='%s'\n" "$(openssl genpkey -algorithm ed25519 | awk '{printf "%s\\n", $0}')"
