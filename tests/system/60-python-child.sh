#!/bin/sh
# Goal: the wire contract is enough to write a child from.  One that was
# written from proto/README.md alone, in another language, enrols at a real
# hub, sends 500 petitions, goes on after a restart, sends again what is
# already held, receives a directive and its own lost history.
set -eu

bin=${BIN:?the folder with the programs}
src=${SRC:?the top of the sources}
python=/usr/bin/python3
work=$(mktemp -d "${TMPDIR:-/tmp}/python-child.XXXXXX")
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

# expect WHAT GOT WANTED
expect() {
	[ "$2" = "$3" ] || die "$1: '$2', not '$3'"
	echo "ok: $1"
}

hub() {
	timeout 20 "$bin/city-hub" "$@"
}

child() {
	echo "== $1"
	timeout 40 "$python" "$src/tests/system/python_child.py" "$@" ||
	    die "step $1"
}

step() {
	child "$1" "$work/child" "$work/invitation"
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

# How the only directive stands; "-" when there is none.
directive_status() {
	hub directives --json | "$python" -c '
import json, sys
print(*{d["status"] for d in json.load(sys.stdin)} or "-")'
}

count() {
	hub petitions --office 420106 --count --json
}

child values

port=$("$python" -c '
import socket
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])')
hub init --office 420100 --name "Test hub" \
    --listen "tcp://127.0.0.1:$port" >"$work/init.out" 2>&1 ||
    die "init: $(cat "$work/init.out")"
start_hub
hub invite 420106 >"$work/invitation"

step enrol
step first
expect "the hub shows 300" "$(count)" '{"count":300}'
step second
expect "the hub shows 500, each once" "$(count)" '{"count":500}'
expect "no directive yet" "$(directive_status)" "-"

hub directive issue --kind JB --to 420106 --text "Please report." >/dev/null
[ "$(directive_status)" != DLV ] || die "delivered before it was sent"
step directive
expect "the hub shows it as delivered" "$(directive_status)" "DLV"

stop_hub
start_hub
expect "500 after a restart of the hub" "$(count)" '{"count":500}'
step refill
expect "500 after the refill" "$(count)" '{"count":500}'
expect "still delivered" "$(directive_status)" "DLV"
case $(hub status --json) in
*'"quarantined_records":0,'*) echo "ok: nothing was set apart" ;;
*) die "records were set apart: $(hub status --json)" ;;
esac
stop_hub
echo "ok: the hub ends well"
