#!/bin/sh
# Goal: when a year's key is destroyed, the identities of that year open
# nowhere any more, not from a backup of the ledger either; other years open,
# every record still agrees with the city's copy, and the register can be made
# again.
test_seconds=120
. "$(dirname "$0")/lib.sh"
. "$here/people.sh"
# 366 days ago, so that it is another year in any case.
shift_s=-31622400
old_year=$(date -d "@$(($(date +%s) + shift_s))" +%Y)
this_year=$(date +%Y)
export PETITION_TEST_CLOCK_SHIFT_S=$shift_s
make_district donghu 990101 990100
old=$(value 'd["item"]' at donghu register --channel LF --subject 去年 \
    --person-name 欧阳某某 --json)
unset PETITION_TEST_CLOCK_SHIFT_S
make_hub city 990100 990000
start city
join city donghu
new=$(value 'd["item"]' at donghu register --channel LF --subject 今年 \
    --person-name 司马某某 --json)
add_users donghu admin:administrator wang:clerk li:head
for item in "$old" "$new"; do
	does as wang donghu identity request "$item" --reason 核实
	does as li donghu identity approve "$item" --requester wang
	does as wang donghu identity show "$item"
done
does at donghu keys list --json
expect "two keys" "$(json '" ".join(str(k["year"]) + k["state"] for k in d)')" \
    "${old_year}kept ${this_year}kept"
mkdir backup && cp donghu/*.db backup

# -- not by a slip of the finger -------------------------------------------
refused_in_both 1 "say --confirm $old_year" "请加 --confirm $old_year" \
    as admin donghu keys destroy "$old_year" --reason 期满
refused_in_both 1 'say --force' '请加 --force' as admin donghu keys destroy \
    "$this_year" --confirm "$this_year" --reason 期满
refused 1 'with --reason' as admin donghu keys destroy "$old_year" \
    --confirm "$old_year"
refused 1 'may not do this.*administrator' as li donghu keys destroy \
    "$old_year" --confirm "$old_year" --reason 期满
refused 1 'no key of the year 1999' as admin donghu keys destroy 1999 \
    --confirm 1999 --reason 期满
refused 2 'no year' as admin donghu keys destroy last --reason 期满

# -- gone ------------------------------------------------------------------
does as admin donghu keys destroy "$old_year" --confirm "$old_year" \
    --reason 保管期满
[ ! -e "donghu/keys/seal-$old_year.key" ] || die 'the key is still there'
refused_in_both 1 "key of $old_year is gone" "$old_year 年的密钥已销毁" \
    as wang donghu identity show "$old"
does as wang donghu identity show "$new"
grep -q 司马某某 out || die "this year does not open: $(cat out)"
does at donghu keys list --json
expect "it is listed" "$(json 'd[0]["state"] + " " + d[0]["reason"]')" \
    'destroyed 保管期满'
does at donghu petitions --json
expect "the petition is there" "$(json 'len(d)')" 2

# -- known above, and everything agrees ------------------------------------
start donghu
is_known_above() {
	[ "$(value 'len(d)' at city keys list --json)" = 1 ]
}
wait_until 10 "the city knows" is_known_above
does at city keys list --json
expect "of which office and year" \
    "$(json 'd[0]["office"] + str(d[0]["year"])')" "990101$old_year"
wait_until 10 "every record is at the city" holds_all city donghu
stop donghu
register_of donghu >before
does at donghu rebuild
register_of donghu >after
cmp before after || die 'the rebuilt register differs'

# -- a backup of the ledger does not bring it back -------------------------
rm -f donghu/*.db donghu/*.db-wal donghu/*.db-shm
cp backup/*.db donghu
refused 1 "key of $old_year is gone" as wang donghu identity show "$old"
does at donghu keys list --json
expect "without the record it is missing" "$(json 'd[0]["state"]')" missing
start donghu
is_destroyed() {
	[ "$(value 'd[0]["state"]' at donghu keys list --json)" = destroyed ]
}
wait_until 20 "the record comes back from the city" is_destroyed
refused 1 "key of $old_year is gone" as wang donghu identity show "$old"
finish
