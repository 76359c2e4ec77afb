#!/bin/sh
# Goal: with the code on the slip a petitioner sees in plain words how the
# matter stands, and nothing of who he is or of who works there; whoever
# guesses is slowed down, with a daemon and without one.
test_seconds=120
. "$(dirname "$0")/lib.sh"
make_district donghu 990101 990100
does at donghu register --channel LF --subject 路灯不亮 --text 内部正文 \
    --person-name 欧阳某某 --user secretuser
item=$(sed -n 's/^Recorded: \([^ ]*\) .*/\1/p' out)
query_code=$(sed -n 's/.*query code: //p' out)

does at donghu query "$query_code" --language zh
for part in 路灯不亮 "$item" 已登记 donghu 复查 复核 记录指纹; do
	grep -q -- "$part" out || die "$part is not said: $(cat out)"
done
for part in 欧阳某某 内部正文 secretuser "$query_code"; do
	! grep -q -- "$part" out || die "$part is said: $(cat out)"
done
echo "$query_code" | tr 'A-Z-' 'a-z ' >typed
does sh -c "'$bin/district-node' -C donghu query - --json <typed"
expect "as typed, from standard input" "$(json 'd["item"]')" "$item"
leaf=$(json 'd["leaf"]')
does at donghu show "$item" --json
expect "with the fingerprint" "$(json 'd["leaf"]')" "$leaf"

# -- wrong ones say the same, and cost more --------------------------------
refused 1 'No petition goes with' at donghu query 7QK2-M9XD-03FZ-V4TR
mv err first
refused 1 'No petition goes with' at donghu query no-code
cmp first err || die 'a mistyped code says something else'
run true
for _ in 1 2 3; do
	[ $status -eq 0 ] || break
	run at donghu query 7QK2-M9XD-03FZ-V4TR
	[ $status -ne 1 ] || status=0
done
refused_in_both 75 'Too many queries' '查询过于频繁' at donghu query "$query_code"

# -- a daemon keeps the same count -----------------------------------------
start donghu
refused 75 'Too many queries' at donghu query "$query_code"
stop donghu

# -- and time gives it back ------------------------------------------------
wait_until 40 "a query is answered again" at donghu query "$query_code"
finish
