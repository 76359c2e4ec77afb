#!/bin/sh
# Goal: bad peers are refused or ignored, each is logged but rarely, and
# nothing else suffers: a good child goes on syncing all the while, the hub
# answers, and its memory stays bounded.
# The sanitizer keeps freed memory; that is not to be counted as growth.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}quarantine_size_mb=8
export ASAN_OPTIONS
test_name="bad-peers"
. "$(dirname "$0")/python_hub.sh"

make_hub
start_hub
HUB_PID=$hub_pid HUB_LOG=$work/hub.log timeout 110 \
    "$python" "$src/tests/system/bad_peers.py" "$work" ||
    die "bad_peers.py ends with status $?"
stop_hub
echo "ok: the hub ends well"
