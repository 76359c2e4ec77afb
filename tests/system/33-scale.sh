#!/bin/sh
# Goal: 20,000 rows, half imported with the city up and half with it down, are
# at the city in order, and no process needs more than 150 MB for it: neither
# daemon, nor the import, nor whoever reads the lists.  ROWS: another number.
command_seconds=100
test_seconds=150
. "$(dirname "$0")/lib.sh"
rows=${ROWS:-20000}
memory_kb_max=$((150 * 1000))
# A sanitizer keeps what was freed; that is not to be counted.
ASAN_OPTIONS=$ASAN_OPTIONS:quarantine_size_mb=4:malloc_context_size=2
export ASAN_OPTIONS

# table FILE FIRST COUNT: rows of some 600 bytes.
table() {
	"$python" - "$@" <<'PYTHON'
import csv, random, sys
name, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
random.seed(first)
words = "路灯 水管 噪音 停车 垃圾 公交 医保 学位 物业 欠薪 拆迁 补偿".split()
with open(name, "w", encoding="utf-8", newline="") as f:
    out = csv.writer(f)
    out.writerow(["number", "time", "title", "text", "name", "phone"])
    for i in range(first, first + count):
        text = "".join(random.choice(words) for _ in range(80))
        out.writerow([i, f"2024-{i % 12 + 1:02d}-{i % 28 + 1:02d} 10:00",
                      f"第{i}件", text, f"张三{i}", f"1400{i:07d}"])
PYTHON
}

# measured FILE COMMAND...: its memory at most, in kB, is in FILE.
measured() {
	"$python" -c '
import resource, subprocess, sys
done = subprocess.run(sys.argv[2:])
with open(sys.argv[1], "w") as f:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=f)
sys.exit(done.returncode)' "$@"
}

# small WHAT KB
small() {
	[ "$2" -le $memory_kb_max ] ||
	    die "$1 needed $2 kB, more than $memory_kb_max"
	echo "ok: $1 needed $2 kB of at most $memory_kb_max"
}

daemon_kb() {
	awk '/^VmHWM:/ { print $2 }' "/proc/$(pid_of "$1")/status"
}

# imported FIRST COUNT
imported() {
	table "rows.$1.csv" "$1" "$2"
	does measured kb timeout "$command_seconds" "$bin/district-node" \
	    -C donghu import "rows.$1.csv" --map rows.ini --json
	expect "$2 rows are recorded" \
	    "$(json '[d[k] for k in ("recorded", "already", "refused")]')" \
	    "[$2, 0, 0]"
	small "the import" "$(cat kb)"
}

cat >rows.ini <<'MAP'
[import]
source = scale
time-zone = +08:00
[fields]
channel = LX
purpose = QJ
category = 03
subject = {title}
text = {text}
claimed = {time}
source_ref = {number}
person_name = {name}
person_phone = {phone}
[time]
formats = %Y-%m-%d %H:%M
MAP

make_pair
start donghu
imported 1 $((rows / 2))
wait_until 60 "half is at the city" counts city $((rows / 2))
small "the city's daemon, while it received" "$(daemon_kb city)"
stop city
imported $((rows / 2 + 1)) $((rows / 2))
start city
wait_until 60 "all is at the city" counts city "$rows"
for office in donghu city; do
	small "the daemon of $office" "$(daemon_kb $office)"
done

does measured kb timeout "$command_seconds" "$bin/city-hub" -C city petitions \
    --limit 0
small "listing all" "$(cat kb)"
expect "all are listed" "$(grep -c '^990101-' out)" "$rows"
stop donghu
stop city
"$python" "$here/ledgers.py" city donghu >compared || die "the ledgers differ"
echo "ok: byte for byte: $(cat compared)"
for office in donghu city; do
	for file in ledger register; do
		echo "$office: $(($(stat -c %s $office/$file.db) / rows))" \
		    "bytes per record in $file.db"
	done
done
# A new start reads what is there, without reading all of it into memory.
start city
small "the daemon of city, started anew" "$(daemon_kb city)"
finish
