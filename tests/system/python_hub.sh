# shellcheck shell=sh disable=SC2034,SC2154 # what it gives, what it is given
# python_hub.sh - a hub in a folder of its own, for the peers written in Python.
# Sourced; $test_name says which test it is, $src where its peers are.
set -eu

bin=${BIN:?the folder with the programs}
src=${SRC:?the top of the sources}
python=/usr/bin/python3
work=$(mktemp -d "${TMPDIR:-/tmp}/$test_name.XXXXXX")
hub_pid=
PETITION_HOME=$work/hub
PYTHONDONTWRITEBYTECODE=1
export PETITION_HOME PYTHONDONTWRITEBYTECODE

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

make_hub() {
	port=$("$python" -c '
import socket
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])')
	hub init --office 420100 --name "Test hub" \
	    --listen "tcp://127.0.0.1:$port" >"$work/init.out" 2>&1 ||
	    die "init: $(cat "$work/init.out")"
}

start_hub() {
	"$bin/city-hub" run 2>>"$work/hub.log" &
	hub_pid=$!
	tries=0
	until hub status --json | grep -q '"running":true'; do
		kill -0 "$hub_pid" 2>/dev/null || die "the hub does not start"
		tries=$((tries + 1))
		[ $tries -le 100 ] || die "the hub is not up after 10 s"
		sleep 0.1
	done
}

stop_hub() {
	pid=$hub_pid
	hub_pid=
	kill "$pid"
	wait "$pid" || die "the hub ends with status $?"
}
