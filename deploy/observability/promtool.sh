#!/bin/sh
# Builds promtool, Prometheus' own judge of rules, with Go, and keeps it: deploy/observability/promtool.sh [where to]
# Takes some three minutes once. Without Go nothing is lost but the tests that ask it.
set -eu
version=v0.315.0
target=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/philo/promtool-$version}
[ -x "$target" ] && { echo "$target"; exit 0; }
command -v go >/dev/null || PATH=$PATH:/usr/local/go/bin
command -v go >/dev/null || { echo "promtool cannot be built: there is no Go on this machine." >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# Its go.mod replaces a module, which `go install` refuses: so it is built as the dependency of a module with the same list.
go mod download -json "github.com/prometheus/prometheus@$version" > told.json
source=$(sed -n 's/^.*"Dir": "\(.*\)",*$/\1/p' told.json)
sed 's/^module .*/module promtool/' "$source/go.mod" > go.mod
echo "require github.com/prometheus/prometheus $version" >> go.mod
cp "$source/go.sum" go.sum
chmod u+w go.mod go.sum
mkdir -p "$(dirname "$target")"
GOFLAGS="-mod=mod -buildvcs=false" go build -p "${GOMAXPROCS:-2}" -tags remove_all_sd -ldflags "-s -w" -o "$target" \
  github.com/prometheus/prometheus/cmd/promtool
echo "$target"
