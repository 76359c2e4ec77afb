#!/bin/sh
# layers.sh [TREE]       includes point down only, and each library has one door
# layers.sh --self-test  plants every violation in a small tree and wants it found
set -u
code='common district-node city-hub'

# The rooms, and what each may include besides itself.  A room that is not
# named here may not be there.  common/README.md draws them.
rooms() {
	cat <<'TEXT'
base
mech      base
contract  base mech
words     base
keys      base mech contract
petition  base mech contract words
law       base mech contract words petition
match     base mech contract
relay     base mech contract
register  base mech contract petition law relay
documents base mech contract words petition law relay register
office    base mech contract words keys petition law relay register
desk      base mech contract words keys petition law relay register office
service   base mech contract words keys petition law relay register office desk
import    base mech contract words keys petition
cli       base mech contract words keys petition law register documents office desk service import
TEXT
}

# including RULE OPERAND FOLDER...: lines that include what they must not.
including() {
	rule=$1 operand=$2
	shift 2
	grep -rnE --include='*.[ch]' \
	    "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]($operand)" \
	    "$@" 2>/dev/null | sed "s|^|layers: $rule: |"
}

# Includes of a room, but of itself and of what it may.
upward() {
	rooms | while read -r room below; do
		[ -d "common/$room" ] || continue
		may=$(printf '%s' "$room $below" | tr ' ' '|')
		all=$(rooms | sed 's/ .*//' | tr '\n' '|')
		including "$room may not" \
		    "(.*/)?(${all}district-node|city-hub)/" "common/$room" |
		    grep -vE "include[[:space:]]*[<\"]($may)/"
	done
	for folder in common/*/; do
		[ -d "$folder" ] || continue
		name=${folder#common/}
		rooms | grep -qE "^${name%/}( |\$)" ||
		    echo "layers: $folder is no room"
	done
}

# The relay passes records on without knowing what they carry: of contract/
# it sees the envelope, the frames, and their bytes; nor do these three headers
# bring the others with them.
payload_blind() {
	including 'relay knows no payload' '.*contract/' common/relay \
	    common/contract/record.h common/contract/frame.h \
	    common/contract/wire.h |
	    grep -vE 'include[[:space:]]*[<"]contract/(record|frame|wire)\.h'
}

# The tables of the register are named in SQL by the register and by the
# reading side alone.  The relay has a database, and a table `stream`, of its
# own.
register_tables() {
	tables=$(grep -rhoE 'CREATE (TABLE|VIEW) [a-z_]+' common/register \
	    2>/dev/null | sed 's/.* //' | sort -u | tr '\n' '|')
	[ -n "$tables" ] || return
	# shellcheck disable=SC2086 # a list of folders
	grep -rnE --include='*.[ch]' \
	    "(FROM|JOIN|INTO|UPDATE)[[:space:]]+(${tables%|})([^a-z_]|\$)" \
	    $code 2>/dev/null |
	    grep -v -e '^common/\(register\|documents\|relay\)/' \
		-e '^[^:]*:[0-9]*:[[:space:]]*\*' |
	    sed "s|^|layers: only register and documents name its tables: |"
}

violations() {
	upward
	register_tables
	payload_blind
	including 'daemon to daemon' '.*city-hub/' district-node
	including 'daemon to daemon' '.*district-node/' city-hub
	# shellcheck disable=SC2086 # a list of folders
	{
		including 'only wire*.c reads generated code' \
		    '.*(\.pb-c|/wire_(internal|fields|shared))\.h' $code |
		    grep -v -e ': common/contract/wire[^/]*\.[ch]:'
		including 'only bus*.c speaks to libzmq' 'zmq.*\.h' $code |
		    grep -v ': common/mech/bus[^/]*\.c:'
		grep -rnE --include='*.[ch]' 'sqlite3_step *\(' $code 2>/dev/null |
		    grep -v '^common/mech/db\.c:' |
		    sed 's|^|layers: only db.c steps statements: |'
		grep -rnE --include='*.[ch]' \
		    '(db_(prepare|do|next|exists|run)|query_(add|open|count)) *\(' \
		    common/cli 2>/dev/null |
		    sed 's|^|layers: cli prepares no statement: |'
	}
}

# expect FOUND FILE LINE: a tree with only this line in it is found wanting or not.
expect() {
	tree=$(mktemp -d) && mkdir -p "$tree/${2%/*}" || exit 2
	mkdir -p "$tree/common/register" || exit 2
	echo '"CREATE TABLE petition (item"' >"$tree/common/register/schema.c"
	printf '%s\n' "$3" >"$tree/$2"
	found=no
	sh "$self" "$tree" >/dev/null || found=yes
	rm -r "$tree"
	[ $found = "$1" ] && return
	echo "layers --self-test: $2: '$3': found $found, wanted $1"
	status=1
}

self_test() {
	self=$(realpath "$0") status=0
	expect yes common/base/a.c '#include "mech/db.h"'
	expect yes common/base/a.h '#include "contract/wire.h"'
	expect yes common/base/a.c '#include "../mech/db.h"'
	expect yes common/mech/a.c ' # include "relay/relay.h"'
	expect yes common/mech/a.c '#include "city-hub/hub.h"'
	expect yes common/law/limits/a.c '#include "register/views.h"'
	expect yes common/petition/a.c '#include "law/moves/ladder.h"'
	expect yes common/petition/a.c '#include "relay/relay.h"'
	expect yes common/relay/a.c '#include "petition/codes.h"'
	expect yes common/relay/a.c '#include "contract/petition.h"'
	expect yes common/relay/a.h ' # include "contract/wire_payload.h"'
	expect yes common/relay/a.c '#include "../contract/limits.h"'
	expect yes common/contract/record.h '#include "contract/limits.h"'
	expect yes common/contract/wire.h '#include "contract/command.h"'
	expect yes common/desk/items/a.c '#include "district-node/district.h"'
	expect yes common/desk/a.h '#include "../../city-hub/hub.h"'
	expect yes common/hall/a.h '#include "base/rc.h"'
	expect yes district-node/a.c '#include "../city-hub/hub.h"'
	expect yes city-hub/a.c '#include "district-node/district.h"'
	expect yes common/relay/journal.c '#include "record.pb-c.h"'
	expect yes common/relay/wire.h '#include <record.pb-c.h>'
	expect yes city-hub/roster.c '#include "link.pb-c.h"'
	expect yes common/relay/journal.c '	while (sqlite3_step(s) == 1)'
	expect yes common/mech/db_more.c 'rc = sqlite3_step (s);'
	expect yes common/service/uplink.c '#include <zmq.h>'
	expect yes common/mech/bus.h '#include <zmq.h>'
	expect yes common/desk/a.c '"SELECT 1 FROM petition WHERE item = ?"'
	expect yes city-hub/supervise/a.c '" LEFT JOIN petition p USING (item)"'
	expect yes common/service/a.h '"INSERT INTO petition VALUES (?)"'
	expect yes district-node/a.c '"DELETE FROM petition"'
	expect no common/desk/a.c '"SELECT 1 FROM petition_of WHERE n = ?"'
	expect no common/documents/a.c '"SELECT 1 FROM petition"'
	expect no common/mech/a.h ' * db_exists(db, "SELECT 1 FROM petition")'
	expect no common/register/a.c '"UPDATE petition SET heads = 1"'
	expect no common/contract/wire.c '#include "record.pb-c.h"'
	expect no common/contract/wire_link.c '#include <link.pb-c.h>'
	expect no common/mech/db.c 'rc = sqlite3_step(s);'
	expect yes common/cli/items/a.c '	s = db_prepare(db, "SELECT 1");'
	expect yes common/cli/a.c '	return query_count(db, &q);'
	expect no common/documents/a.c '	s = db_prepare(db, "SELECT 1");'
	expect no common/mech/bus_zap.c '#include <zmq.h>'
	expect no common/mech/a.c '#include "base/check.h"'
	expect no common/desk/items/a.c '#include "desk/directives/a.h"'
	expect yes common/desk/a.c '#include "contract/wire_fields.h"'
	expect no common/relay/a.c '#include "contract/wire.h"'
	expect no common/contract/frame.h '#include "contract/record.h"'
	expect no common/contract/petition.h '#include "contract/limits.h"'
	expect no common/desk/a.c '#include "contract/wire_command.h"'
	expect no district-node/a.c '#include "contract/wire.h"'
	expect no city-hub/a.c '#include "hub.h"'
	return $status
}

[ "${1-}" = --self-test ] && { self_test; exit; }
cd "${1:-$(dirname "$0")/..}" || exit 2
lines=$(violations)
[ -z "$lines" ] && exit 0
printf '%s\n' "$lines"
exit 1
