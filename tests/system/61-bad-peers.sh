#!/bin/sh
# Goal: bad peers are refused or ignored, each is logged but rarely, and
# nothing else suffers: a good child goes on syncing all the while, the hub
# answers, and its memory stays bounded.
set -eu

bin=${BIN:?the folder with the programs}
src=${SRC:?the top of the sources}
python=/usr/bin/python3
work=$(mktemp -d "${TMPDIR:-/tmp}/bad-peers.XXXXXX")
hub_pid=
PETITION_HOME=$work/hub
PYTHONDONTWRITEBYTECODE=1
# The sanitizer keeps freed memory; that is not to be counted as growth.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}quarantine_size_mb=8
export PETITION_HOME PYTHONDONTWRITEBYTECODE ASAN_OPTIONS

clean_up() {
	status=$?
	if [ -n "$hub_pid" ]; then
		kill "$hub_pid" 2>/dev/null || true
		wait "$hub_pid" 2>/dev/null || true
	fi
	if [ $status -ne 0 ] && [ -f "$work/hub.log" ]; then
		echo "--- the hub's log, its end:"
		tail -n 40 "$work/hub.log"
	fi
	rm -rf "$work"
	exit $status
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

die() {
	echo "FAILED: $*" >&2
	exit 1
}

hub() {
	timeout 20 "$bin/city-hub" "$@"
}

port=$("$python" -c '
import socket
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])')
hub init --office 420100 --name "Test hub" \
    --listen "tcp://127.0.0.1:$port" >"$work/init.out" 2>&1 ||
    die "init: $(cat "$work/init.out")"
"$bin/city-hub" run 2>"$work/hub.log" &
hub_pid=$!
tries=0
until hub status --json | grep -q '"running":true'; do
	kill -0 "$hub_pid" 2>/dev/null || die "the hub does not start"
	tries=$((tries + 1))
	[ $tries -le 100 ] || die "the hub is not up after 10 s"
	sleep 0.1
done

HUB_PID=$hub_pid HUB_LOG=$work/hub.log timeout 110 \
    "$python" "$src/tests/system/bad_peers.py" "$work" ||
    die "bad_peers.py ends with status $?"

pid=$hub_pid
hub_pid=
kill "$pid"
wait "$pid" || die "the hub ends with status $?"
echo "ok: the hub ends well"
