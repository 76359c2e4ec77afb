#!/bin/sh
# walks.sh BIN: Goal: docs/walks.md tells what really happens.  The programs in
# BIN are built with -finstrument-functions (preset walks); each walk is lived
# once by real processes, and the functions of its stations must have been
# entered in that order, in one process and from process to process.
BIN=$1
export BIN
# shellcheck disable=SC2034 # for lib.sh
test_seconds=120
walks=$(realpath "$(dirname "$0")/../docs/walks.md")
check=$(realpath "$(dirname "$0")/walk/check.py")
# shellcheck source=tests/system/lib.sh
. "$(dirname "$0")/system/lib.sh"
export TZ=Asia/Shanghai

# walk NUMBER: daemons that start and commands that run are traced for it.
walk() {
	traces=$work/traces/$1
	mkdir -p "$traces/clerk" "$traces/officer" "$traces/district" "$traces/city"
	echo "walk $1"
}

# traced PROCESS COMMAND...
traced() {
	process=$1
	shift
	WALK_TRACE=$traces/$process
	export WALK_TRACE
	"$@"
	unset WALK_TRACE
}

both_up() {
	traced city start city
	traced district start donghu
	wait_until 20 "the line is up" line_is_up
}

both_down() {
	stop donghu
	stop city
}

line_is_up() {
	[ "$(value 'd["links"][0]["state"]' at donghu status --json)" = streaming ]
}

holds() {
	[ "$(value 'str(len(d))' at "$1" "$2" --json)" -ge "$3" ]
}

make_pair
stop city

# 1. A clerk registers a letter; it is in the city's list.
walk 1
both_up
traced clerk does at donghu register --channel LX --purpose QJ --category 03 \
    --subject 三号楼供暖不热 --text 室温只有十四度 --person-name 张三 \
    --person-phone 13800000001 \
    --claimed-at "$(date -d '45 days ago' +%F)" --slip
letter=$(value 'd[0]["item"]' at donghu petitions --json)
wait_until 10 "the letter is in the city's list" holds city petitions 1
traced officer does at city petitions
both_down

# 2. The city sends a directive; it is delivered.
walk 2
both_up
traced officer does at city directive issue --to 990101 --kind JB \
    --item "$letter" --text 请抓紧办理 --due "$(date -d '30 days' +%F)"
is_delivered() {
	[ "$(value 'd[0]["status"] if d else ""' at city directives --json)" = DLV ]
}
wait_until 10 "the directive is delivered" is_delivered
both_down

# 3. The writer of the letter goes to the city; the district has its notice.
walk 3
both_up
traced clerk does at city register --channel LF --purpose QJ --category 03 \
    --subject 三号楼供暖不热 --text 室温只有十四度，区里没有解决 \
    --person-name 张三 --person-phone 13800000001
wait_until 10 "the notice is in the district" holds donghu escalations 1
both_down

# 4. The clerk looks at the letter.
walk 4
both_up
traced clerk does at donghu show "$letter"
both_down

"$python" "$check" "$walks" "$work/traces" || die "docs/walks.md is not true"
finish
