#!/bin/sh
# Goal: the wire contract is enough to write a child from.  One that was
# written from proto/README.md alone, in another language, enrols at a real
# hub, sends 500 petitions, goes on after a restart, sends again what is
# already held, receives a directive and its own lost history.
test_name="python-child"
. "$(dirname "$0")/python_hub.sh"

# expect WHAT GOT WANTED
expect() {
	[ "$2" = "$3" ] || die "$1: '$2', not '$3'"
	echo "ok: $1"
}

child() {
	echo "== $1"
	timeout 40 "$python" "$src/tests/system/python_child.py" "$@" ||
	    die "step $1"
}

step() {
	child "$1" "$work/child" "$work/invitation"
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

make_hub
start_hub
hub invite 420106 >"$work/invitation"

step enrol
step first
expect "the hub shows 300" "$(count)" '{"count":300}'
step second
expect "the hub shows 500, each once" "$(count)" '{"count":500}'
expect "no directive yet" "$(directive_status)" "-"

hub directive issue --kind DB --to 420106 --text "Please report." >/dev/null
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
