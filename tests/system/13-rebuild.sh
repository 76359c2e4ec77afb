#!/bin/sh
# Goal: the register is computed from the journal and from nothing else: made
# anew by rebuild, or by itself after it was deleted, it is the same, table by
# table, at a district, at a city and at a province.
. "$(dirname "$0")/lib.sh"

# same_register NAME WHAT: as it was when it was last looked at.
same_register() {
	register_of "$1" >now.txt
	cmp -s "$1.txt" now.txt || die "$1: $2: the registers differ:" \
	    "$(diff "$1.txt" now.txt | head -n 10)"
	[ "$(wc -l <now.txt)" -ge 20 ] || die "$1: hardly anything in it"
	echo "ok: $1: $2"
}

make_hub province 990000 100000
make_hub city 990100 990000
make_district donghu 990101 990100
make_district xihu 990102 990100
start province
join province city
start city
join city donghu
join city xihu
start donghu
start xihu

# -- a bit of everything ----------------------------------------------------------
cat >map.ini <<'MAP'
[import]
source = table
[fields]
channel = LX
text = {text}
source_ref = {no}
person_name = {name}
MAP
printf 'no,text,name\n1,one,甲\n2,two,乙\n3,three,\n' >table.csv
item=$(register donghu "路灯不亮")
does at donghu import table.csv --map map.ini
does at xihu register --channel LF --subject 身份 --person-name 张三 \
    --person-document 11010519491231002X
register city "市里登记" >/dev/null
id=$(value 'd["id"]' at province directive issue --to 990100 --kind DB \
    --text '查清并回告' --due "$(date -d '9 days' +%F)" --json)
at_city() {
	[ "$(value 'len(d)' at city directives --json)" -ge 1 ]
}
wait_until 10 "the city has the province's directive" at_city
does at city directive sign "$id"
passed=$(value 'd["id"]' at city directive issue --to all --kind JB \
    --due "$(date -d '20 days' +%F)" \
    --reference "$id" --item "$item" --text '请办' --json)
delivered() {
	[ "$(value 'sorted(x["status"] for x in d)' \
	    at province directives --id "$passed" --json)" = '["DLV", "DLV"]' ]
}
wait_until 10 "delivered in both districts" delivered
does at donghu directive sign "$passed"
does at donghu directive answer "$passed" --text '办好了'
answered() {
	value '[x["status"] for x in d]' \
	    at province directives --id "$passed" --json | grep -q ANS
}
wait_until 10 "the province sees the answer" answered
does at city directive return "$passed" --office 990101 --text 再查 \
    --due "$(date -d '5 days' +%F)"
does at city directive cancel "$passed" --office 990102 --text 不必了
does at city revoke 990102 --reason test
wait_until 10 "all is at the province" counts province 6
revoked() {
	[ "$(value '{x["office"]: x["revoked"] for x in d}["990102"]' \
	    at city districts --json)" = true ]
}
wait_until 5 "revoked" revoked
same() {
	does at city status --json
	journal=$(json '[(s["size"], s["root"]) for s in d["streams"]
	    if s["origin"] == "990100" and not s["audience"]]')
	[ "$journal" = "$(value '[(s["size"], s["root"]) for s in d["streams"]
	    if s["origin"] == "990100" and not s["audience"]]' \
	    at province status --json)" ]
}
wait_until 10 "the province has all of the city's records" same
for office in donghu xihu city province; do
	stop $office
	register_of $office >$office.txt
done

# -- rebuilt, deleted, both ----------------------------------------------------------
for office in donghu xihu city province; do
	does at $office rebuild
	same_register $office "rebuilt"
	rm $office/register.db
	does at $office petitions --count
	same_register $office "deleted, made by itself"
	rm $office/register.db
	does at $office rebuild --language zh
	grep -q 台账已由 out || die "rebuild says: $(cat out)"
	same_register $office "deleted, rebuilt"
	"$python" -c '
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("DROP TABLE move")
db.execute("PRAGMA application_id = 7")' $office/register.db
	does at $office petitions --count
	same_register $office "another version's, made by itself"
	expect "$office: nothing is set apart" "$(value \
	    'd["quarantined_records"]' at $office status --json)" 0
done

# -- and everybody goes on from there ---------------------------------------------------
start province
start city
start donghu
register donghu "after the rebuild" >/dev/null
wait_until 10 "it climbs" counts province 7
same_petitions province donghu
refused 75 'stop the daemon' at donghu rebuild
finish
