#!/bin/sh
# Goal: a report of wrongdoing never reaches the office that it is about.  An
# office takes none about itself; one about an office above is kept here, in
# the register and after a rebuild, and no link carries it; one about any
# other office climbs.
. "$(dirname "$0")/lib.sh"

make_pair
report() {
	about=$1
	accused=$2
	shift 2
	at donghu register --channel LF --purpose JK --subject "$about" \
	    --accused "$accused" "$@"
}

refused_in_both 1 'no office takes a report about itself.*city 990100' \
    '本机构不得受理.*city 990100' report "about the district" 990101
refused_in_both 1 'no office code' '不是机构代码' \
    report "about nobody" 武昌区
refused 1 'also the office responsible' at donghu register --channel LF \
    --subject x --accused 990102 --responsible 990102
refused 1 'use one of|: S U' at donghu register --channel LF --subject x \
    --procedure fast
expect "nothing was recorded" "$(count donghu)" 0

does report "about the city" 990100
grep -q 'is a report about an office above.*on paper' out ||
    die "nobody is told to hand it on: $(cat out)"
kept=$(value 'd[0]["item"]' at donghu petitions --json)
does at donghu register --channel LX --subject "about the city again" \
    --accused 990102,990100 --procedure U --json
expect "said in the document" "$(json '[d["held_back"], d["sentence"] != ""]')" \
    '[true, true]'
grep -q 'on paper' err || die "with --json nobody is told: $(cat err)"
climbs=$(value 'd["item"]' at donghu register --channel LF --purpose JK \
    --subject "about a neighbour" --accused 990102 --json)

start donghu
wait_until 10 "the one that climbs is at the city" counts city 1
wait_until 10 "the city has all that is for it" holds_all city donghu
does at city show "$climbs"
refused 1 '' at city show "$kept"
! grep -q 'about the city' city/ledger.db* || die "the city holds it"
grep -q 'about the city' donghu/ledger.db* || die "the district lost it"
expect "not held by the parent" \
    "$(value '[d["held_back"], d["held_by_parent"]]' at donghu show "$kept" \
	--json)" '[true, false]'
expect "in its register" "$(count donghu)" 3

stop donghu
register_of donghu >before
does at donghu rebuild
register_of donghu >after
cmp before after || die "a rebuild has something else"
expect "in its register after a rebuild" "$(count donghu)" 3
start donghu
finish
