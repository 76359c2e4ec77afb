#!/bin/sh
# Goal: what the hub does by itself it does exactly once, however often it is
# killed (SIGKILL).  Two districts have matters; the city imports visits about
# them, registers others and forwards letters, and all the while its daemon is
# killed at random moments, and twice what can be made again is lost: the
# match index, and the register.  In the end each visit has one escalation
# (one number, one revision 1, said once to all and once to the district),
# each record of an item was handed to its district once, and nothing is
# missing.
#
# KILLS (10): how often at least; ITEMS (25): visits and letters per district.
kills=${KILLS:-10}
items=${ITEMS:-25}
test_seconds=200
. "$(dirname "$0")/lib.sh"
allow_log 'event=match_index_made_again'

cat >map.ini <<'INI'
[import]
source = table

[fields]
source_ref = {number}
claimed = {date}
channel = {channel}
purpose = QJ
responsible = {office}
subject = {subject}
text = {text}
earlier_item = {earlier}
INI

make_hub city 990100 990000
make_district donghu 990101 990100
make_district xihu 990102 990100
start city
join city donghu
join city xihu
start donghu
start xihu

"$python" "$here/reactor_kill.py" below donghu 990101
does at donghu import below.donghu.csv --map map.ini
"$python" "$here/reactor_kill.py" below xihu 990102
does at xihu import below.xihu.csv --map map.ini
wait_until 20 "the city has what the districts have" counts city 20
for name in donghu xihu; do
	does at $name petitions --json
	cp out below.$name.json
done

crash city
"$python" "$here/reactor_kill.py" work "$bin" "$items" "$kills" ||
    die "reactor_kill.py ends with status $?"
for name in donghu xihu; do
	stop $name
done
"$python" "$here/reactor_kill.py" check || die "not exactly once"
for name in donghu xihu; do
	"$python" "$here/ledgers.py" city $name >compared ||
	    die "the ledgers of city and $name"
	echo "ok: city and $name, byte for byte: $(cat compared)"
done
does at city rebuild
"$python" "$here/reactor_kill.py" check || die "not so after a rebuild"
finish
