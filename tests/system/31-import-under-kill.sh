#!/bin/sh
# Goal: four districts import tables and register at the counter, first with
# the city down, then up, while every few hundred milliseconds a process is
# killed (SIGKILL): a daemon at any level, an import, a clerk's command.  In
# the end every row that was reported as recorded is at the city and at the
# province once, in its office's order and with the same bytes; rows that were
# refused are listed with the reason.
#
# PETITION_REAL_DATA: a folder with teddy_fj3_messages.csv,
# teddy_fj4_replies.csv, hangzhou_board_recent.csv and baltimore_311.csv, which
# are then imported with the maps of examples/maps; otherwise the made-up
# sample data, repeated.  KILL_SECONDS (25): how long it is killed.
kill_seconds=${KILL_SECONDS:-25}
command_seconds=120
test_seconds=$((kill_seconds + 120))
. "$(dirname "$0")/lib.sh"
src=$(cd "$here/../.." && pwd)

# sample OFFICE: its table out of the sample data, twice with other numbers,
# and with rows that must be refused.  The years are those that have passed.
sample() {
	"$python" - "$src/demo" "$1" <<'PYTHON'
import csv, datetime, glob, sys
demo, office = sys.argv[1:]
today = datetime.date.today()
year = today.year - (today < datetime.date(today.year, 8, 16))
rows = []
for name in sorted(glob.glob(demo + "/districts/*.csv")) + [demo + "/city.csv"]:
    with open(name, encoding="utf-8-sig", newline="") as f:
        table = csv.DictReader(f)
        rows += list(table)
with open(office + ".csv", "w", encoding="utf-8", newline="") as f:
    out = csv.DictWriter(f, table.fieldnames)
    out.writeheader()
    for turn in range(2):
        for row in rows:
            when = row["登记时间"].replace("2026-", f"{year}-")
            out.writerow(dict(row, 登记号=f"{office}-{turn}-{row['登记号']}",
                              登记时间=when))
        out.writerow(dict(rows[0], 登记号=f"bad-{turn}-1", 登记时间="昨天"))
        out.writerow(dict(rows[1], 登记号=f"bad-{turn}-2", 信访形式="信鸽"))
        out.writerow(dict(rows[2], 登记号=f"bad-{turn}-3", 标题="", 反映内容=""))
PYTHON
}

# table OFFICE CODE REAL_FILE MAP: prints its line of the plan.
table() {
	if [ -n "${PETITION_REAL_DATA:-}" ]; then
		[ -f "$PETITION_REAL_DATA/$3" ] ||
		    die "PETITION_REAL_DATA has no $3"
		file=$PETITION_REAL_DATA/$3
		map=$src/examples/maps/$4
	else
		sample "$1" || die "no sample data"
		file=$1.csv
		map=$src/demo/map.ini
	fi
	printf ', {"name": "%s", "code": "%s", "program": "district-node",
	    "table": "%s", "map": "%s", "source": "%s"}' "$1" "$2" "$file" \
	    "$map" "$(sed -n 's/^source *= *//p' "$map")"
}

if [ -n "${PETITION_REAL_DATA:-}" ]; then
	PETITION_REAL_DATA=$(cd "$PETITION_REAL_DATA" && pwd)
	echo "the real tables of \$PETITION_REAL_DATA"
else
	echo "the made-up sample data, repeated"
fi

make_hub province 990000 000000
make_hub city 990100 990000
start province
join province city
start city
number=0
districts='donghu xishan nanqiao beigang'
for office in $districts; do
	number=$((number + 1))
	make_district "$office" 99010$number 990100
	join city "$office"
done
stop city
stop province

{
	printf '{"bin": "%s", "offices": [
	    {"name": "province", "code": "990000", "program": "city-hub"},
	    {"name": "city", "code": "990100", "program": "city-hub"}' "$bin"
	table donghu 990101 teddy_fj3_messages.csv teddy-messages.ini
	table xishan 990102 teddy_fj4_replies.csv teddy-replies.ini
	table nanqiao 990103 hangzhou_board_recent.csv hangzhou-board.ini
	table beigang 990104 baltimore_311.csv baltimore-311.ini
	printf ']}\n'
} >plan.json

"$python" "$here/under_kill.py" kill plan.json "$kill_seconds" \
    $((kill_seconds / 5)) &
pids="$pids $!"
wait $! || die "while killing"
"$python" "$here/under_kill.py" check plan.json || die "in the end"

for office in $districts; do
	"$python" "$here/ledgers.py" city "$office" >compared ||
	    die "the ledgers of city and $office"
	echo "ok: city and $office, byte for byte: $(cat compared)"
done
"$python" "$here/ledgers.py" province city >compared ||
    die "the ledgers of province and city"
echo "ok: province and city, byte for byte: $(cat compared)"
expect "nothing is set apart" "$(value 'd["quarantined_records"]' \
    at province status --json)" 0
finish
