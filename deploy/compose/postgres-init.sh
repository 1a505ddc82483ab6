#!/bin/sh
# A role and a database for each service, and nobody else's: run once, by the server, when its volume is new.
set -eu
make() {
  NAME="$1" PASSWORD="$2" psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" <<'SQL'
\getenv name NAME
\getenv password PASSWORD
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke connect on database :"name" from public;
SQL
}
make gateway "$GATEWAY_DB_PASSWORD"
make auth "$AUTH_DB_PASSWORD"
make analysis "$ANALYSIS_DB_PASSWORD"
make tts "$TTS_DB_PASSWORD"
make render "$RENDER_DB_PASSWORD"
make notify "$NOTIFY_DB_PASSWORD"
