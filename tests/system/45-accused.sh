#!/bin/sh
# Goal: a report of wrongdoing never reaches the office that it reports.  The
# city takes a report about donghu; donghu cannot be addressed, does not see
# it, cannot find it, not by number, text, query code, figures, lists or in
# its own files; neither can a hub between.  The neighbour office can.
test_seconds=150
. "$(dirname "$0")/lib.sh"

make_hub province 990000 000000
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

plain=$(value 'd["item"]' at donghu register --channel LX --purpose QJ \
    --subject 低保申请被拖延 --text 低保申请半年没有答复。 --json)
wait_until 10 "the city has it" counts city 1

refused 1 '.' at city register --channel LX --purpose JK --legal-class B \
    --subject 索贿 --text 经办人索要好处费 --responsible 990101 \
    --accused 990101
does at city register --channel LF --purpose JK --legal-class B \
    --subject 举报低保经办人索要好处费 --text 密号七七四九，经办人索要好处费。 \
    --accused 990101 --earlier-item "$plain" --json
report=$(json 'd["item"]')
code=$(json 'd["query_code"]')
wait_until 10 "the province has it" counts province 2

# -- it cannot be sent there -----------------------------------------------------
for move in forward assign; do
	refused 1 'none that this item can be sent to' at city act "$report" \
	    $move --to 990101 --due "$(date -d '9 days' +%F)"
done
refused 1 '.' at city directive issue --to 990101 --kind DB \
    --item "$report" --text 请查明 --due "$(date -d '9 days' +%F)"
refused 1 '.' at city directive issue --to 990101 --kind DB \
    --matter "$plain" --text 请查明 --due "$(date -d '9 days' +%F)"
expect "no escalation tells of it" \
    "$(value '[e for e in d if e["item"] == "'"$report"'"]' \
    at city escalations --json)" '[]'

# -- the neighbour may work on it ---------------------------------------------------
does at city act "$report" forward --to 990102
has_it() {
	[ "$(value 'd["count"]' at xihu petitions --count --item "$report" \
	    --json)" = 1 ]
}
wait_until 10 "the neighbour has it" has_it
does at xihu act "$report" accept
# What it does is not told to the accused either, nor may it be sent on there.
refused 1 'none that this item can be sent to' at xihu act "$report" \
    forward --to 990101
does at xihu act "$report" reply --opinion SUP --text 已移送

# -- and the accused office finds nothing --------------------------------------------
sleep 1
does at donghu petitions --json
expect "not in its list" "$(json '[p["item"] for p in d]')" "[\"$plain\"]"
refused 1 "$report" at donghu show "$report"
refused 1 "$report" at donghu act "$report" note --text 看看
run at donghu query "$code"
[ $status -ne 0 ] || die "the query code works at the accused office"
for what in escalations matters directives; do
	does at donghu $what --json
	! grep -q "$report" out || die "$what: $(cat out)"
done
does at donghu due --all --json
! grep -q "$report" out || die "due: $(cat out)"
does at donghu show "$plain" --json
! grep -q "$report" out || die "its own item tells of it: $(cat out)"
expect "its own item is alone" "$(json 'd["matter"]')" "$plain"
stop donghu
for file in donghu/*.db*; do
	! grep -a -q -e "$report" -e 密号七七四九 "$file" ||
	    die "$file holds the report"
done
echo "ok: nothing of it is in any file of the accused office"

# -- what the office above is accused of does not climb through it -----------------------
does at xihu register --channel LF --purpose JK --legal-class B \
    --subject 举报市级机构 --text 密号八八五零，市级机构徇私。 \
    --accused 990100 --json
expect "kept here" "$(json 'd["held_back"]')" true
held=$(json 'd["item"]')
does at xihu act "$held" note --text 已当面转交省级
sleep 1
stop xihu
stop city
for file in city/*.db*; do
	! grep -a -q -e "$held" -e 密号八八五零 "$file" ||
	    die "$file holds the report"
done
echo "ok: nothing of it is in any file of the city"
finish
