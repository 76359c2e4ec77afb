#!/bin/sh
# Goal: what the system tests share: a folder, offices in it, their daemons,
# and ways to say what was expected and what came.
#
# A test sources this file, does its work and ends with `finish`, which stops
# the daemons and reads their logs.  It works in a temporary folder ($work);
# an office is a folder in there, called by its name: `at city status`.
#
# Environment: BIN (the programs), KEEP (a folder for the logs; optional).
set -eu

bin=$(cd "${BIN:?the folder with the programs}" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
python=/usr/bin/python3 # the one that Debian's python3-* packages serve
test_name=$(basename "$0" .sh)
command_seconds=${command_seconds:-30} # one command
test_seconds=${test_seconds:-60}       # the whole test

work=$(mktemp -d "${TMPDIR:-/tmp}/petition.XXXXXX")
cd "$work"
running= # names of the offices whose daemons run
pids=    # all that we started and did not wait for
mounts=  # what is to be unmounted
is_finished=
: >allowed

# Reports of the sanitizers go to files of their own, with an exit status
# that no command has.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}log_path=$work/sanitizer:exitcode=99
UBSAN_OPTIONS=${UBSAN_OPTIONS:+$UBSAN_OPTIONS:}log_path=$work/sanitizer:exitcode=99
LC_ALL=C.UTF-8
PYTHONDONTWRITEBYTECODE=1
PYTHONIOENCODING=utf-8
export ASAN_OPTIONS UBSAN_OPTIONS LC_ALL PYTHONDONTWRITEBYTECODE \
    PYTHONIOENCODING
unset PETITION_HOME LANGUAGE LANG

# -- the end ---------------------------------------------------------------

show_logs() {
	for log in *.log sanitizer.*; do
		[ -f "$log" ] || continue
		echo "--- $log, its end:"
		tail -n 40 "$log"
	done
}

clean_up() {
	status=$?
	trap - EXIT
	for pid in $pids $watchdog; do
		kill -KILL "$pid" 2>/dev/null || true
	done
	wait 2>/dev/null || true
	if [ $status -eq 0 ] && [ -z "$is_finished" ]; then
		echo "FAILED: $test_name ends without 'finish'"
		status=1
	fi
	[ $status -eq 0 ] || show_logs
	[ -z "${KEEP:-}" ] || cp ./*.log "$KEEP" 2>/dev/null || true
	cd /
	for folder in $mounts; do
		umount "$work/$folder"
	done
	rm -rf "$work"
	exit $status
}

# The programs are bounded one by one; this bounds what lies between them.
"$python" -c '
import os, sys, time
time.sleep(float(sys.argv[2]))
os.kill(int(sys.argv[1]), 15)' $$ "$test_seconds" >/dev/null 2>&1 &
watchdog=$!
trap clean_up EXIT
trap 'echo "FAILED: $test_name was stopped, or took over $test_seconds s" >&2
exit 1' HUP INT TERM

die() {
	echo "FAILED: $*" >&2
	exit 1
}

# allow_log PATTERN: lines of the logs that this test provokes.
allow_log() {
	echo "$1" >>allowed
}

check_logs() {
	for report in sanitizer.*; do
		[ ! -f "$report" ] || die "a sanitizer reports: $(cat "$report")"
	done
	for log in *.log; do
		[ -f "$log" ] || continue
		found=$(grep -E 'level=(error|fatal|bug)' "$log" |
		    grep -v -E -f allowed || true)
		[ -z "$found" ] || die "unexpected in $log: $found"
	done
}

finish() {
	for name in $running; do
		stop "$name"
	done
	check_logs
	is_finished=yes
	echo "ok: $test_name"
}

# -- offices ---------------------------------------------------------------

# A port of 127.0.0.1 that is free now, and that no dialling socket is given
# by the system while our daemon is down: below the range for those.
free_port() {
	"$python" -c '
import random, socket
with open("/proc/sys/net/ipv4/ip_local_port_range") as f:
    low = int(f.read().split()[0])
while True:
    port = random.randrange(10000, low) if low > 12000 else 0
    try:
        with socket.socket() as s:
            s.bind(("127.0.0.1", port))
            print(s.getsockname()[1])
            break
    except OSError:
        pass'
}

# Which program an office runs: its name says it.
program_of() {
	case $1 in
	city* | province*) echo city-hub ;;
	*) echo district-node ;;
	esac
}

# at NAME COMMAND...: a command of the office NAME.
at() {
	name=$1
	shift
	timeout "$command_seconds" "$bin/$(program_of "$name")" -C "$name" "$@"
}

# Reconnecting is not what these tests wait for.
set_up_quickly() {
	mkdir -p "$1/conf.d"
	printf 'backoff_first_ms = 50\nbackoff_max_ms = 200\n' \
	    >"$1/conf.d/60-test.conf"
}

# make_hub NAME CODE PARENT [PORT]
make_hub() {
	does at "$1" init --office "$2" --parent "$3" --name "$1" \
	    --listen "tcp://127.0.0.1:${4:-$(free_port)}"
	set_up_quickly "$1"
}

# make_district NAME CODE PARENT
make_district() {
	does at "$1" init --office "$2" --parent "$3" --name "$1"
	set_up_quickly "$1"
}

code_of() {
	sed -n 's/^office *= *//p' "$1/office.ini"
}

# join PARENT NAME: with an invitation; the daemon of PARENT must run.
join() {
	rm -f "$2.txt"
	does at "$1" invite "$(code_of "$2")" --output "$2.txt"
	does at "$2" join "$2.txt"
}

# A city 990100 and its district 990101, joined; the city's daemon runs.
make_pair() {
	make_hub city 990100 990000
	make_district donghu 990101 990100
	start city
	join city donghu
}

# -- daemons ---------------------------------------------------------------

pid_of() {
	cat "$1.pid"
}

# launch NAME [OPTION...]: its daemon, without waiting for anything.
launch() {
	name=$1
	shift
	touch "$name.log"
	"$bin/$(program_of "$name")" -C "$name" run "$@" >>"$name.log" 2>&1 &
	echo $! >"$name.pid"
	pids="$pids $!"
	running="$running $name"
}

# forget NAME: its daemon was waited for.
forget() {
	running=$(echo " $running " | sed "s/ $1 / /")
	pids=$(echo " $pids " | sed "s/ $(pid_of "$1") / /")
}

count_lines() {
	grep -c -- "$1" "$2" || true
}

has_started() {
	[ "$(count_lines event=running "$1.log")" -gt "$2" ] && return
	kill -0 "$(pid_of "$1")" 2>/dev/null ||
	    die "the daemon of $1 does not start"
	return 1
}

# start NAME [OPTION...]: its daemon; it works when this returns.
start() {
	touch "$1.log"
	starts=$(count_lines event=running "$1.log")
	launch "$@"
	wait_until 20 "the daemon of $1 works" has_started "$1" "$starts"
}

# has_ended NAME: its daemon, whether or not somebody waited for it.
has_ended() {
	case $(sed 's/.*) //' "/proc/$(pid_of "$1")/stat" 2>/dev/null) in
	'' | Z*) return 0 ;;
	*) return 1 ;;
	esac
}

# ends NAME STATUS: the daemon ends by itself, or was told to.
ends() {
	got=0
	wait "$(pid_of "$1")" || got=$?
	forget "$1"
	expect "the daemon of $1 ends" "$got" "$2"
}

stop() {
	kill -TERM "$(pid_of "$1")"
	ends "$1" 0
}

# As a power cut would.
crash() {
	kill -KILL "$(pid_of "$1")"
	wait "$(pid_of "$1")" 2>/dev/null || true
	forget "$1"
}

# -- what is expected ------------------------------------------------------

# expect WHAT GOT WANTED
expect() {
	[ "$2" = "$3" ] || die "$1: '$2' came, '$3' was expected"
	echo "ok: $1"
}

# wait_until SECONDS WHAT COMMAND...
wait_until() {
	limit=$1
	what=$2
	shift 2
	tries=$((limit * 20))
	until "$@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || die "after $limit s it is not so: $what"
		sleep 0.05
	done
	echo "ok: $what"
}

# run COMMAND...: what it prints is in out and err, how it ends in $status.
run() {
	status=0
	"$@" >out 2>err || status=$?
	! grep -q -E 'level=(fatal|bug)' err ||
	    grep -q -E -f allowed err || die "$*: $(cat err)"
}

# does COMMAND...: it ends well.
does() {
	run "$@"
	[ $status -eq 0 ] ||
	    die "$*: status $status came, 0 was expected; $(cat err)"
}

# refused STATUS PATTERN COMMAND...: it says one sentence that matches, and
# nothing on standard output.  A daemon may log what it did until then.
refused() {
	wanted=$1
	pattern=$2
	shift 2
	run "$@"
	[ $status -eq "$wanted" ] || die "$*: status $status came, $wanted was" \
	    "expected; out: $(cat out) err: $(cat err)"
	sed -i '/^<[46]>level=/d' err
	[ "$(wc -l <err)" -eq 1 ] ||
	    die "$*: one sentence was expected, this came: $(cat err)"
	grep -q -E -- "$pattern" err ||
	    die "$*: '$pattern' was expected, this came: $(cat err)"
	grep -q -E '(\.|。)$' err || die "$*: not a sentence: $(cat err)"
	[ ! -s out ] || die "$*: refused, and yet printed: $(cat out)"
}

# refused_in_both STATUS ENGLISH CHINESE COMMAND... (a command of `at`)
refused_in_both() {
	in_english=$2
	in_chinese=$3
	code=$1
	shift 3
	refused "$code" "$in_english" "$@" --language en
	refused "$code" "$in_chinese" "$@" --language zh
}

# json EXPRESSION [FILE]: of the document d in FILE (out).
json() {
	"$python" -c '
import json, sys
with open(sys.argv[2], encoding="utf-8") as f:
    d = json.load(f)
value = eval("(" + sys.argv[1] + ")")
print(value if isinstance(value, str) else json.dumps(
    value, ensure_ascii=False))' "$1" "${2:-out}"
}

# value EXPRESSION COMMAND...: of the document that the command prints.
value() {
	expression=$1
	shift
	does "$@"
	json "$expression"
}

# count NAME [FILTERS]: petitions in its register.
count() {
	of=$1
	shift
	value 'd["count"]' at "$of" petitions --count --json "$@"
}

counts() {
	[ "$(count "$1")" = "$2" ]
}

# state NAME: of its first link.
link_state() {
	value 'd["links"][0]["state"]' at "$1" status --json
}

link_is() {
	[ "$(link_state "$1")" = "$2" ]
}

# register NAME SUBJECT: one petition; prints its number.
register() {
	value 'd["item"]' at "$1" register --channel LF --purpose QJ \
	    --category 03 --subject "$2" --json
}

# holds_all ABOVE BELOW: every stream that BELOW records for those above it
# stands at ABOVE with the same size and root.
holds_all() {
	does at "$1" status --json
	cp out above.json
	does at "$2" status --json
	[ "$(json '(lambda own, above: all(above.get(k) == v
	    for k, v in own.items()))(
	    {(s["origin"], s["incarnation"]): (s["size"], s["root"])
	        for s in d["streams"]
	        if not s["audience"] and s["origin"] == d["office"]},
	    {(s["origin"], s["incarnation"]): (s["size"], s["root"])
	        for s in json.load(open("above.json"))["streams"]
	        if not s["audience"]})')" = true ]
}

# same_petitions ABOVE BELOW: what BELOW recorded is at ABOVE exactly once, in
# the same order, with the same contents.
same_petitions() {
	does at "$1" petitions --json --office "$(code_of "$2")"
	cp out above.json
	does at "$2" petitions --json --office "$(code_of "$2")"
	"$python" - "$1" "$2" <<'PYTHON' || die "$1 and $2 differ"
import json, sys
LOCAL = {"position", "received_at"}
above, below = ([{k: v for k, v in p.items() if k not in LOCAL}
                 for p in json.load(open(f))] for f in ("above.json", "out"))
items = [p["item"] for p in below]
if len(set(items)) != len(items):
    sys.exit(f"{sys.argv[2]} has an item twice: {items}")
if above != below:
    sys.exit(f"{sys.argv[1]}: {[p['item'] for p in above]}\n"
             f"{sys.argv[2]}: {items}")
PYTHON
	echo "ok: $1 has what $2 recorded, once and in order"
}

# register_of NAME: every table of its register, row by row, in one order.
# The places of rows in their tables are nobody's business.
register_of() {
	"$python" - "$1/register.db" <<'PYTHON'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for name, sql in sorted(db.execute(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")):
    print("--", name, " ".join(sql.split()))
for name, in sorted(db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table'")):
    for row in sorted(map(repr, db.execute(f'SELECT * FROM "{name}"'))):
        print(name, row)
PYTHON
}

# -- file systems ----------------------------------------------------------

# The rest of the test runs where nobody else sees what it mounts.
need_own_mounts() {
	[ -z "${OWN_MOUNTS:-}" ] || return 0
	namespace='unshare --mount --propagation private'
	[ "$(id -u)" -eq 0 ] || namespace="$namespace --map-root-user"
	$namespace true 2>err || die "this test needs a mount namespace of" \
	    "its own and may not have one here: $(cat err)"
	is_finished=yes
	kill -KILL $watchdog
	cd /
	rm -rf "$work"
	trap - EXIT
	# shellcheck disable=SC2086 # words
	OWN_MOUNTS=yes exec $namespace sh "$here/$test_name.sh"
}

# mount_small FOLDER MIB
mount_small() {
	mkdir -p "$1"
	mount -t tmpfs -o "size=$2m,mode=0700" petition-test "$1" 2>err ||
	    die "this test needs a small file system and may not mount one:" \
		"$(cat err)"
	mounts="$mounts $1"
}
