#!/bin/sh
# Waits for the database, migrates, and starts the server. It's POSIX sh.
set -eu

: "${PORT:=8000}" "${DB_HOST:?set DB_HOST}"
log() { printf '%s %s\n' "$(date -u +%FT%TZ)" "$*" >&2; }

wait_for () {
	host=${1%:*} port="${1##*:}" tries=0
	until nc -z "$host" "$port" 2>/dev/null || [ "$tries" -ge 30 ]; do
		tries=$((tries + 1))
		sleep 1
	done
	[ "$tries" -lt 30 ] || { log "gave up on $host"; return 1; }
}

case "${1:-serve}" in
	serve|"")
		wait_for "$DB_HOST:${DB_PORT-5432}"
		python manage.py migrate --noinput && log migrated || exit 1
		exec gunicorn --bind "0.0.0.0:$PORT" app.wsgi ;;
	(worker) exec celery -A app worker ;;
	-*) set -- serve "$@" ;;
	*)
		exec "$@"
esac
