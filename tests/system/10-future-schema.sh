#!/bin/sh
# Goal: a ledger or a register that a newer version wrote is refused with a
# sentence that says so, and is not changed.
. "$(dirname "$0")/lib.sh"

# raise FILE BY: the version of its tables.
raise() {
	"$python" - "$@" <<'PYTHON'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
version, = db.execute("PRAGMA user_version").fetchone()
db.execute(f"PRAGMA user_version = {version + int(sys.argv[2])}")
db.close()
PYTHON
}

make_pair
register donghu "before" >/dev/null
for office in city donghu; do
	[ $office = donghu ] || stop city
	for file in ledger register; do
		raise $office/$file.db 1
		before=$(sha256sum $office/$file.db)
		refused_in_both 78 "$file.db was written by a newer version" \
		    "$file.db 由更新版本" at $office register --channel LF \
		    --subject 'no'
		refused 78 'upgrade' at $office status
		refused 78 'upgrade' at $office run
		refused 78 'upgrade' at $office petitions
		expect "$file of $office is as it was" \
		    "$(sha256sum $office/$file.db)" "$before"
		raise $office/$file.db -1
	done
done
start city
start donghu
wait_until 10 "the right version goes on" counts city 1
finish
