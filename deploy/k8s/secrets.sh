#!/bin/sh
# Makes a set of Secrets, all of them anew, for the servers of overlays/dev: deploy/k8s/secrets.sh | kubectl apply -f -
# Run it once: what lies in the databases is sealed with what it says. Elsewhere the same names come from your own store.
set -eu
umask 077
new() { openssl rand -hex 32; }
secret() { # NAMESPACE NAME, then KEY VALUE …
  printf -- '---\napiVersion: v1\nkind: Secret\nmetadata: { name: %s, namespace: %s }\nstringData:\n' "$2" "$1"
  shift 2
  while [ $# -gt 0 ]; do printf "  %s: '%s'\n" "$1" "$2"; shift 2; done
}
at() { echo "postgresql://$1:$2@postgres.philo-data.svc:5432/$1"; }
namespace() { printf -- '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: %s }\n' "$1"; }

gateway=$(new) auth=$(new) analysis=$(new) tts=$(new) render=$(new) notify=$(new)
redis=$(new) access=$(new) s3=$(new) signing=$(new)
key=$(openssl genpkey -algorithm ed25519 | awk '{printf "%s\\n", $0}')

namespace philo
namespace philo-data
secret philo-data databases POSTGRES_PASSWORD "$(new)" GATEWAY_DB_PASSWORD "$gateway" AUTH_DB_PASSWORD "$auth" \
  ANALYSIS_DB_PASSWORD "$analysis" TTS_DB_PASSWORD "$tts" RENDER_DB_PASSWORD "$render" NOTIFY_DB_PASSWORD "$notify" \
  REDIS_PASSWORD "$redis" S3_ACCESS_KEY "$access" S3_SECRET_KEY "$s3"
secret philo philo-servers REDIS_URL "redis://:$redis@valkey.philo-data.svc:6379/0" S3_ACCESS_KEY "$access" S3_SECRET_KEY "$s3" \
  METRICS_TOKEN "$(new)"
secret philo philo-gateway DATABASE_URL "$(at gateway "$gateway")" MEDIA_SIGNING_KEY "$(new)" SIGNING_SECRETS_KEY "$signing"
secret philo philo-auth DATABASE_URL "$(at auth "$auth")" AUTH_SIGNING_KEY "$key" AUTH_HASH_KEY "$(new)" SIGNING_SECRETS_KEY "$signing"
secret philo philo-analysis DATABASE_URL "$(at analysis "$analysis")"
secret philo philo-tts DATABASE_URL "$(at tts "$tts")"
secret philo philo-render DATABASE_URL "$(at render "$render")"
secret philo philo-notify DATABASE_URL "$(at notify "$notify")" WEBHOOK_SECRETS_KEY "$(new)"
secret philo philo-backlog gateway "$(at gateway "$gateway")" analysis "$(at analysis "$analysis")" tts "$(at tts "$tts")" \
  render "$(at render "$render")" notify "$(at notify "$notify")"
