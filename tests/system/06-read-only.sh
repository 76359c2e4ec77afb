#!/bin/sh
# Goal: a directory that has become read-only is refused with a sentence that
# says so, whatever the command; what was recorded is there, and work goes on
# when it can be written again.
. "$(dirname "$0")/lib.sh"
need_own_mounts

remount() {
	mount -o "remount,$2" "$1" 2>err ||
	    die "this test may not mount a file system anew: $(cat err)"
}

mount_small donghu 96
make_hub city 990100 990000
make_district donghu 990101 990100
start city
join city donghu
first=$(register donghu "while it can be written")
cat >map.ini <<'MAP'
[import]
source = table
[fields]
channel = LX
text = {text}
source_ref = {no}
MAP
printf 'no,text\n1,one\n2,two\n' >table.csv

# -- no daemon ------------------------------------------------------------------
remount donghu ro
refused_in_both 78 'cannot be written' 无法写入 \
    at donghu register --channel LF --subject 'read only'
refused_in_both 78 'cannot be written' 无法写入 at donghu status
refused 78 'cannot be written' at donghu run
refused 78 'not writable' at donghu rebuild
does at city invite 990101 --output again.txt
refused 78 'cannot be written' at donghu join again.txt
run at donghu import table.csv --map map.ini
expect "an import is refused" "$status" 78
grep -q 'cannot be written' err || die "import says: $(cat err)"
remount donghu rw
expect "nothing is lost" "$(value 'd["item"]' \
    at donghu show "$first" --json)" "$first"
register donghu "it can be written again" >/dev/null

# -- under a running daemon ----------------------------------------------------------
# Its open files keep the file system from becoming read-only.
start donghu
wait_until 10 "all is at the city" counts city 2
if mount -o remount,ro donghu 2>/dev/null; then
	die "the daemon holds no file open"
fi
register donghu "the daemon goes on" >/dev/null
wait_until 10 "all is at the city" counts city 3
same_petitions city donghu

# -- a folder that cannot be made --------------------------------------------------------
stop donghu
remount donghu ro
refused 78 'cannot be written' at donghu/new init --office 990102 \
    --parent 990100 --name new
finish
