#!/bin/sh
# Goal: a full disk is a clear refusal at the counter, in an import and at a
# hub that receives; nothing that was said to be recorded is lost, nothing
# comes twice, and all goes on once there is space again.  Both ways to meet
# it: the reserve is reached, or space runs out in the middle of writing.
. "$(dirname "$0")/lib.sh"
need_own_mounts

# leave NAME KIB: fill its file system but for so much.
leave() {
	# A daemon that is writing may have taken what was just counted.
	for _ in 1 2 3 4 5 6 7 8 9; do
		rm -f "$1/ballast"
		sync
		free=$(df -k --output=avail "$1" | tail -n 1)
		head -c $(((free - $2) * 1024)) /dev/zero \
		    >"$1/ballast" 2>/dev/null && return
		sleep 0.3
	done
	die "$1 is written to without end"
}

make_room() {
	rm -f "$1/ballast"
}

full_is() {
	[ "$(value 'd["disk_full"]' at "$1" status --json)" = "$2" ]
}

# The smallest reserve that is allowed.
set_reserve() {
	echo 'disk_reserve_bytes = 1048576' >"$1/conf.d/61-reserve.conf"
}

# table FILE FROM TO: rows of three kilobytes.
table() {
	"$python" -c '
import sys
with open(sys.argv[1], "w", encoding="utf-8") as f:
    f.write("no,text\n")
    for i in range(int(sys.argv[2]), int(sys.argv[3])):
        f.write("%d,%s %d\n" % (i, "路灯不亮" * 250, i))' "$@"
}
cat >map.ini <<'MAP'
[import]
source = big
[fields]
channel = LX
text = {text}
source_ref = {no}
MAP
table first.csv 0 300
table second.csv 300 600
table third.csv 600 900

mount_small city 24
mount_small donghu 12
make_hub city 990100 990000
make_district donghu 990101 990100
make_district xihu 990102 990100
for office in city donghu xihu; do
	set_reserve $office
done
start city
join city donghu
join city xihu

# -- the reserve, no daemon ---------------------------------------------------
register donghu "there is space" >/dev/null
leave donghu 700
refused_in_both 75 'less free space than its reserve' 剩余空间低于保留值 \
    at donghu register --channel LF --subject 'there is none'
full_is donghu true || die "status shows it: $(cat out)"
expect "what is there can be read" "$(count donghu)" 1
does at donghu import first.csv --map map.ini --dry-run
at donghu import first.csv --map map.ini >import.out 2>import.err &
import=$!

# -- the reserve, a hub that receives (while that import tries) -----------------
start xihu
wait_until 10 "connected" link_is xihu streaming
register xihu "there is space at the city" >/dev/null
wait_until 10 "received" counts city 1
leave city 700
wait_until 10 "the hub knows it" full_is city true
for i in 1 2 3; do
	register xihu "there is none at the city $i" >/dev/null
done
no_space() {
	value 'd["links"][0]["last_error"]' at xihu status --json |
	    grep -q -i -E 'space|disk'
}
wait_until 10 "the district hears why" no_space
expect "nothing was received" "$(count city)" 1
refused 75 'less free space than its reserve' \
    at city register --channel LF --subject 'at the city'
kill -0 "$(pid_of city)" || die "the hub ended"
make_room city
wait_until 15 "the rest is received" counts city 4
same_petitions city xihu

# -- back at the counter ----------------------------------------------------------
status=0
wait $import || status=$?
expect "the import gives up with" "$status" 75
grep -q 'less free space than its reserve' import.err ||
    die "why the import gave up: $(cat import.err)"
expect "and has recorded nothing" "$(count donghu)" 1
make_room donghu
register donghu "there is space again" >/dev/null

# -- the reserve, with the daemon ---------------------------------------------------
start donghu
leave donghu 700
wait_until 5 "the daemon knows it" full_is donghu true
refused 75 'less free space than its reserve' \
    at donghu register --channel LF --subject 'there is none'
make_room donghu
wait_until 5 "and that there is space" full_is donghu false
register donghu "and again" >/dev/null
wait_until 10 "received" counts city 7
stop donghu

# -- running out in the middle, no daemon ---------------------------------------------
# A batch of an import takes more than what is left above the reserve.
leave donghu 1250
refused 75 'disk' at donghu import first.csv --map map.ini
! grep -q 'event=' err || die "a log line for a person: $(cat err)"
! grep -q 'nothing' err || die "it may have been recorded: $(cat err)"
make_room donghu
does at donghu import first.csv --map map.ini --json
expect "the import goes on" \
    "$(json '[d["recorded"] + d["already"], d["refused"]]')" '[300, 0]'
expect "each row once" "$(count donghu)" 303

# -- running out in the middle, with the daemon -----------------------------------------
allow_log 'level=fatal event=fatal reason="cannot .*the disk is full'
start donghu
wait_until 20 "all is at the city" counts city 307
leave donghu 1100
at donghu import second.csv --map map.ini >import.out 2>import.err &
import=$!
ends donghu 75
expect "its last word" "$(tail -n 1 donghu.log | grep -c 'the disk is full')" 1
launch donghu
ends donghu 75
tail -n 1 donghu.log | grep -q 'The disk is full' ||
    die "why it does not start: $(tail -n 1 donghu.log)"
make_room donghu
status=0
wait $import || status=$?
expect "the import goes on as soon as there is space" "$status" 0
start donghu
expect "each row once" "$(count donghu)" 603
wait_until 20 "all is at the city" counts city 607

# -- running out in the middle, at the hub -----------------------------------------------
# Between two batches it may see the reserve: then it refuses and lives.
leave city 1100
does at donghu import third.csv --map map.ini
has_no_room() {
	has_ended city || full_is city true
}
wait_until 15 "the hub takes no more" has_no_room
if has_ended city; then
	ends city 75
else
	stop city
fi
make_room city
start city
wait_until 20 "all is at the city" counts city 907
same_petitions city donghu
same_petitions city xihu
holds_all city donghu || die "the streams differ"
finish
