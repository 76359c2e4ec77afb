#!/bin/sh
# Goal: a process that dies between the commit of the ledger and that of the
# register, at a counter, in a district and at a hub, loses nothing and
# doubles nothing; the register catches up and is what a rebuild makes.
. "$(dirname "$0")/lib.sh"

# crash_after TURNS: of all that is started from here on.
crash_after() {
	PETITION_TEST_CRASH_AFTER_TURNS=$1
	export PETITION_TEST_CRASH_AFTER_TURNS
}

no_crash() {
	unset PETITION_TEST_CRASH_AFTER_TURNS
}

# rebuilt_alike NAME
rebuilt_alike() {
	register_of "$1" >before.txt
	does at "$1" rebuild
	register_of "$1" >after.txt
	cmp -s before.txt after.txt ||
	    die "$1: the register and its rebuild differ:" \
		"$(diff before.txt after.txt | head -n 10)"
	echo "ok: the register of $1 is what a rebuild makes"
}

make_pair

# -- at the counter, no daemon ----------------------------------------------------
crash_after 1
run at donghu register --channel LF --subject 'one that crashes'
expect "the command dies" "$status" 137
no_crash
expect "and is recorded: it was on disk" "$(count donghu)" 1
stop city
rebuilt_alike donghu
start city

# -- in the district ------------------------------------------------------------------
for turns in 2 3 4 5 6 8; do
	crash_after $turns
	launch donghu
	no_crash
	tries=0
	until has_ended donghu; do
		run at donghu register --channel LD --subject "turn $turns"
		case $status in
		0 | 75) ;;
		*) die "register beside it: status $status, $(cat err)" ;;
		esac
		tries=$((tries + 1))
		[ $tries -le 40 ] || die "no crash after $turns turns"
	done
	ends donghu 137
done

# -- at the hub, which receives and issues ------------------------------------------------
start donghu
for turns in 2 3 4 5 6 8; do
	stop city
	crash_after $turns
	launch city
	no_crash
	tries=0
	until has_ended city; do
		register donghu "at the hub, turn $turns" >/dev/null
		run at city directive issue --to all --kind TB --text "$turns"
		tries=$((tries + 1))
		[ $tries -le 40 ] || die "no crash after $turns turns"
	done
	ends city 137
	start city
done

# -- nothing lost, nothing twice -------------------------------------------------------------
has_all() {
	[ "$(count city --office 990101)" = "$(count donghu)" ]
}
wait_until 15 "all is at the city" has_all
same_petitions city donghu
holds_all city donghu || die "the streams differ"
delivered() {
	[ "$(value '{x["status"] for x in d} == {"DLV"}' \
	    at city directives --json)" = true ]
}
wait_until 15 "every directive is delivered" delivered
expect "each directive once" "$(value \
    'len(d) == len({x["id"] for x in d})' at donghu directives --json)" true
expect "the same at both ends" \
    "$(value 'sorted(x["id"] for x in d)' at donghu directives --json)" \
    "$(value 'sorted(x["id"] for x in d)' at city directives --json)"
stop donghu
stop city
rebuilt_alike donghu
rebuilt_alike city
finish
