#!/bin/sh
# Goal: an office does not start on a ledger that is damaged, and does not
# touch it: pages with flipped bytes after a crash, a file cut short, a file
# that is none.  A damaged register is made anew by itself.  An old backup
# put in its place is completed from the city.
. "$(dirname "$0")/lib.sh"

# restore: the sound files.
restore() {
	rm -rf donghu
	cp -r sound donghu
}

checksum() {
	sha256sum donghu/ledger.db
}

# refused_as_damaged WHAT: by the daemon and by commands, and left as it is.
refused_as_damaged() {
	before=$(checksum)
	refused_in_both 78 'ledger.db is damaged.*restore a backup' \
	    'ledger.db 已损坏.*备份恢复' \
	    at donghu register --channel LF --subject 'no'
	refused 78 'ledger.db is damaged' at donghu status
	refused 78 'ledger.db is damaged' at donghu run
	expect "$1: nothing was changed" "$(checksum)" "$before"
	echo "ok: $1"
}

make_pair
for i in $(seq 1 60); do
	printf '{"channel":"LX","subject":"%s","text":"%0900d"},' "$i" 0
done | sed 's/^/[/; s/,$/]/' >many.json
does at donghu register --file many.json --no-query-code
start donghu
wait_until 10 "all is at the city" counts city 60
stop donghu
cp -r donghu backup
does at donghu register --channel LD --subject 'after the backup'
start donghu
wait_until 10 "all is at the city" counts city 61
crash donghu
cp -r donghu crashed

# -- after kill -9 nothing is damaged ---------------------------------------------
start donghu
grep -q event=ledger_check donghu.log || die "the ledger was not checked"
stop donghu
rm -rf sound
cp -r donghu sound

# -- flipped bytes, found by the check after a crash --------------------------------
for page in 3 5 8; do
	restore
	cp crashed/running donghu/running
	"$python" - donghu/ledger.db $page <<'PYTHON'
import sys
with open(sys.argv[1], "r+b") as f:
    f.seek((int(sys.argv[2]) - 1) * 8192)
    bytes_ = bytearray(f.read(8192))
    for i in list(range(0, 24)) + list(range(4000, 4016)):
        bytes_[i] ^= 0xff
    f.seek((int(sys.argv[2]) - 1) * 8192)
    f.write(bytes_)
PYTHON
	refused_as_damaged "bytes flipped in page $page"
done

# -- cut short, and no database at all --------------------------------------------------
restore
cp crashed/running donghu/running
truncate -s 20000 donghu/ledger.db
refused_as_damaged "cut in the middle of a page"
restore
head -c 100000 /dev/urandom >donghu/ledger.db
refused_as_damaged "random bytes"
restore
echo 'this is a text' >donghu/ledger.db
refused_as_damaged "a text"

# -- the register -------------------------------------------------------------------------
restore
head -c 100000 /dev/urandom >donghu/register.db
expect "a damaged register is made anew" "$(count donghu)" 61
restore
truncate -s 30000 donghu/register.db
cp crashed/running donghu/running
run at donghu petitions --count --json
expect "one that was cut, too" "$(json 'd["count"]')" 61
restore
rm -f donghu/register.db*
expect "and one that is not there" "$(count donghu)" 61

# -- the way out: a backup ----------------------------------------------------------------
rm -rf donghu
cp -r backup donghu
start donghu
wait_until 15 "the city gives back what is missing" counts donghu 61
register donghu "a new petition" >/dev/null
wait_until 10 "all is at the city" counts city 62
expect "each once" "$(value 'len({x["leaf"] for x in d})' \
    at city petitions --json)" 62
same_petitions city donghu
finish
