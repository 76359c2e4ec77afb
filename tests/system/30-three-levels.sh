#!/bin/sh
# Goal: a province, a city below it and two districts below that.  Records of
# the districts reach the province once and byte for byte, whoever is down in
# between; a directive of the province reaches the city, the city passes it
# down with its reference, and receipts and answers climb to the province.
# When the city's disk is replaced by an old copy, the city is refilled from
# above and from below: nothing is lost, nothing is double.
test_seconds=120
. "$(dirname "$0")/lib.sh"

incarnation() {
	value 'd["incarnation"]' at "$1" status --json
}

# steps NAME ID: what became of a directive; its addressees one by one.
steps() {
	value '" / ".join(" ".join(s["status"] for s in x["steps"])
	    for x in sorted(d, key=lambda x: x["addressee"]))' \
	    at "$1" directives --id "$2" --json
}

steps_are() {
	[ "$(steps "$1" "$2")" = "$3" ]
}

# shows NAME ID STEPS
shows() {
	wait_until 15 "$1 shows $3" steps_are "$1" "$2" "$3"
}

# same_bytes ABOVE BELOW: both are stopped.
same_bytes() {
	"$python" "$here/ledgers.py" "$1" "$2" >compared ||
	    die "the ledgers of $1 and $2"
	echo "ok: $1 and $2 have the same: $(cat compared)"
}

stop_all() {
	for office in donghu xishan city province; do
		stop $office
	done
}

start_all() {
	for office in province city donghu xishan; do
		start $office
	done
}

compare_all() {
	stop_all
	same_bytes province city
	same_bytes city donghu
	same_bytes city xishan
	same_petitions province donghu
	same_petitions province xishan
	same_petitions province city
	same_petitions city donghu
	same_petitions city xishan
}

make_hub province 990000 000000
make_hub city 990100 990000
make_district donghu 990101 990100
make_district xishan 990102 990100
start province
join province city
start city
join city donghu
join city xishan
start donghu
start xishan

# -- records climb, a directive goes down and is answered ---------------------
for i in 1 2 3; do
	for office in donghu xishan city; do
		register $office "$office, everything is up $i" >/dev/null
	done
done
wait_until 15 "all nine are at the province" counts province 9

about=$(value 'd[0]["item"]' at province petitions --json --office 990101)
order=$(value 'd["id"]' at province directive issue --to 990100 --kind DB \
    --item "$about" --due "$(date -d '20 days' +%F)" --text 请查明并回告 --json)
shows province "$order" DLV
does at city directive sign "$order"
shows province "$order" 'DLV SGN'
passed=$(value 'd["id"]' at city directive issue --to 990101,990102 --kind JB \
    --reference "$order" --item "$about" \
    --due "$(date -d '10 days' +%F)" --text 请两区分别查明 --json)
shows province "$passed" 'DLV / DLV'
does at donghu directive sign "$passed"
does at donghu directive answer "$passed" --text 东湖已查明
does at xishan directive sign "$passed"
does at xishan directive answer "$passed" --text 西山已查明
shows province "$passed" 'DLV SGN ANS / DLV SGN ANS'
does at city directive close "$passed" --office 990101
does at city directive close "$passed" --office 990102
does at city directive answer "$order" --text 两区均已查明
shows province "$order" 'DLV SGN ANS'
does at province directive close "$order"
shows city "$order" 'DLV SGN ANS CLS'
shows province "$passed" 'DLV SGN ANS CLS / DLV SGN ANS CLS'
shows donghu "$passed" 'DLV SGN ANS CLS'
for office in province city donghu xishan; do
	expect "the reference is kept: $office" "$(value \
	    '{x["reference"] for x in d} == {"'"$order"'"}' \
	    at $office directives --id "$passed" --json)" true
done
expect "a district does not see what the province told the city" \
    "$(value 'len(d)' at donghu directives --json)" 1

# -- the city is down, the province is down, everything is down ----------------------
crash city
for i in 1 2; do
	register donghu "the city is down $i" >/dev/null
	register city "registered with no daemon $i" >/dev/null
done
late=$(value 'd["id"]' at province directive issue --to 990100 --kind CB \
    --text 请尽快办理 --json)
start city
wait_until 15 "what was recorded meanwhile" counts province 13
shows province "$late" DLV
stop province
for i in 1 2; do
	register xishan "the province is down $i" >/dev/null
done
wait_until 15 "the city has it" counts city 15
crash city
register donghu "city and province are down" >/dev/null
start province
start city
wait_until 15 "the province has it" counts province 16
compare_all

# -- an old copy instead of the city's disk ---------------------------------------------
# What happens after the copy is known to the districts, to the province, or
# to both, and no longer to the city.
cp -a city city.copy
start_all
first=$(incarnation city)
for i in 1 2 3; do
	for office in donghu xishan city; do
		register $office "after the copy $i" >/dev/null
	done
done
order=$(value 'd["id"]' at province directive issue --to 990100 --kind DB \
    --text 副本之后下达 --json)
shows province "$order" DLV
does at city directive sign "$order"
passed=$(value 'd["id"]' at city directive issue --to 990101 --kind CB \
    --reference "$order" --text 请报进展 --json)
shows province "$passed" DLV
does at donghu directive sign "$passed"
shows province "$passed" 'DLV SGN'
wait_until 15 "all are at the province" counts province 25
stop city
register donghu "while the disk is replaced" >/dev/null
mv city city.lost
mv city.copy city
start city
wait_until 20 "the city has all again, and the new one" counts city 26
wait_until 20 "and the province" counts province 26
[ "$(incarnation city)" -gt "$first" ] || die "the city's incarnation is old"
echo "ok: the city is in a new incarnation"
shows city "$order" 'DLV SGN'
shows city "$passed" 'DLV SGN'

# It works on.
does at donghu directive answer "$passed" --text 进展如下
shows city "$passed" 'DLV SGN ANS'
does at city directive close "$passed"
shows donghu "$passed" 'DLV SGN ANS CLS'
does at city directive answer "$order" --text 已报
does at province directive close "$order"
shows city "$order" 'DLV SGN ANS CLS'
shows province "$passed" 'DLV SGN ANS CLS'
for office in donghu xishan city; do
	register $office "in the new incarnation" >/dev/null
done
wait_until 15 "new ones arrive" counts province 29
new=$(value 'd["id"]' at city directive issue --to all --kind TB \
    --text 通报 --json)
shows province "$new" 'DLV / DLV'
for office in city province; do
	expect "nothing is set apart: $office" "$(value \
	    '[d["quarantined_records"], sum(x["forked_streams"]
		for x in d["links"])]' at $office status --json)" '[0, 0]'
done
compare_all

"$python" "$here/ledgers.py" --within city.lost province >compared ||
    die "the province has not all that the lost disk had"
echo "ok: what the lost disk had is there, byte for byte: $(cat compared)"
finish
