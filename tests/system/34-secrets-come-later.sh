#!/bin/sh
# Goal: a district joined its city before the city joined the province.  The
# province's matching secret still comes down to the district, as a record for
# it alone, so that one person has one key everywhere; and it comes once.
. "$(dirname "$0")/lib.sh"

# The newest matching secret of an office: its file's name.
newest() {
	(cd "$1/keys" && ls -1 matching-*.key) | tail -n 1
}

has_secret_of() {
	cmp -s "$2/keys/$(newest "$2")" "$1/keys/$(newest "$2")"
}

handed_records() {
	"$python" -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute(
    "SELECT count(*) FROM row WHERE kind = 31").fetchone()[0])' \
	    "$1/ledger.db"
}

person_version() {
	"$python" -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute(
    "SELECT person_key_version FROM petition"
    " ORDER BY position DESC LIMIT 1").fetchone()[0])' "$1/register.db"
}

make_hub province 990000 000000
make_pair
expect "the district has the city's secret" "$(newest donghu)" \
    matching-2001.key
start donghu
stop city

start province
join province city
expect "the city has the province's secret" "$(newest city)" \
    matching-3001.key
start city
wait_until 10 "the district has it, too" has_secret_of donghu province
does at donghu register --channel LX --purpose QJ --subject later \
    --person-name A --person-phone 13800000000

# -- once, also over restarts --------------------------------------------------
stop city
start city
wait_until 10 "the line stands again" link_is donghu streaming
wait_until 10 "the item is at the city" counts city 1
stop donghu
stop city
stop province
expect "the city handed it down once" "$(handed_records city)" 1
expect "the district holds that record" "$(handed_records donghu)" 1
expect "the province never saw it" "$(handed_records province)" 0
expect "person keys name the province's version" \
    "$(person_version donghu)" 3001
finish
