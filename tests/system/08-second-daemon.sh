#!/bin/sh
# Goal: one directory has one writer.  A second daemon and a rebuild are
# refused with a sentence that names the first; commands beside a daemon go
# through it, many at a time, and the daemon may come and go between them.
. "$(dirname "$0")/lib.sh"

make_pair
start donghu
wait_until 10 "connected" link_is donghu streaming

# -- the second ---------------------------------------------------------------
for office in city donghu; do
	refused_in_both 75 "process $(pid_of $office)" "进程 $(pid_of $office)" \
	    at $office run
	refused_in_both 75 'stop the daemon' 先停止服务 at $office rebuild
done
refused 75 "process $(pid_of donghu)|has no such|belongs to" \
    timeout 20 "$bin/district-node" -C donghu run
refused 78 'use that program' timeout 20 "$bin/city-hub" -C donghu status
refused 78 'use that program' timeout 20 "$bin/district-node" -C city run
register donghu "the first goes on" >/dev/null
wait_until 10 "all is at the city" counts city 1

# -- commands beside it ----------------------------------------------------------
expect "the daemon answers" "$(value 'd["running"]' at donghu status --json)" \
    true
for clerk in 1 2 3 4; do
	(
		for i in 1 2 3 4 5; do
			at donghu register --channel LD --subject "$clerk-$i" \
			    --json --no-query-code || exit 1
		done >clerk-$clerk.out 2>clerk-$clerk.err
	) &
	pids="$pids $!"
	eval "clerk_$clerk=$!"
done
expect "lists beside them" "$(value 'len(d) >= 1' \
    at donghu petitions --json)" true
for clerk in 1 2 3 4; do
	eval "wait \$clerk_$clerk" || die "clerk $clerk: $(cat clerk-$clerk.err)"
done
expect "four clerks at once: twenty numbers" "$(cat clerk-*.out |
    sed 's/.*"item":"\([^"]*\)".*/\1/' | sort -u | wc -l)" 20
wait_until 10 "all is at the city" counts city 21
same_petitions city donghu

# -- the daemon comes and goes -------------------------------------------------------
(
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		at donghu register --channel LD --subject "on $i" --json ||
		    echo "status=$?"
	done >through.out 2>through.err
) &
clerk=$!
pids="$pids $clerk"
for i in 1 2 3; do
	stop donghu
	start donghu
done
wait $clerk || die "the clerk: $(cat through.err)"
# One that was under way when the daemon stopped may be left without an
# answer; it says so.
unanswered=$(grep -c status= through.out || true)
expect "what got no answer says it" \
    "$(grep -c 'may have been carried out or not' through.err || true)" \
    "$unanswered"
[ "$unanswered" -le 3 ] || die "more than stops: $(cat through.out)"
! grep status= through.out | grep -v =75 || die "another status"
stop donghu
[ ! -e donghu/control.sock ] || die "a stopped daemon leaves its socket"
start donghu
recorded=$(count donghu)
answered=$((33 - unanswered))
if [ "$recorded" -lt $answered ] || [ "$recorded" -gt 33 ]; then
	die "$recorded are recorded, $answered to 33 were expected"
fi
wait_until 10 "all is at the city" counts city "$recorded"
same_petitions city donghu

# -- what a killed daemon leaves ---------------------------------------------------------
crash donghu
[ -S donghu/control.sock ] || die "a killed daemon leaves its socket"
register donghu "a socket without a daemon" >/dev/null
start donghu
wait_until 10 "all is at the city" counts city $((recorded + 1))
finish
