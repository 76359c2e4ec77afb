#!/bin/sh
# layers.sh [TREE]       includes point down only, and each library has one door
# layers.sh --self-test  plants every violation in a small tree and wants it found
set -u
code='common district-node city-hub'

# including RULE OPERAND FOLDER...: lines that include what they must not.
including() {
	rule=$1 operand=$2
	shift 2
	grep -rnE --include='*.[ch]' \
	    "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]($operand)" \
	    "$@" 2>/dev/null | sed "s|^|layers: $rule: |"
}

violations() {
	including 'base looks up' '.*(mech|node|city-hub)/' common/base
	including 'mech looks up' '.*(node|city-hub)/' common/mech
	including 'node looks up' '.*(district-node|city-hub)/' common/node
	including 'daemon to daemon' '.*city-hub/' district-node
	including 'daemon to daemon' '.*district-node/' city-hub
	# shellcheck disable=SC2086 # a list of folders
	{
		including 'only wire*.c reads generated code' '.*\.pb-c\.h' $code |
		    grep -v ': common/node/wire[^/]*\.c:'
		including 'only bus*.c speaks to libzmq' 'zmq.*\.h' $code |
		    grep -v ': common/mech/bus[^/]*\.c:'
		grep -rnE --include='*.[ch]' 'sqlite3_step *\(' $code 2>/dev/null |
		    grep -v '^common/mech/db\.c:' |
		    sed 's|^|layers: only db.c steps statements: |'
	}
}

# expect FOUND FILE LINE: a tree with only this line in it is found wanting or not.
expect() {
	tree=$(mktemp -d) && mkdir -p "$tree/${2%/*}" || exit 2
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
	expect yes common/base/a.h '#include "node/wire.h"'
	expect yes common/base/a.c '#include "../mech/db.h"'
	expect yes common/mech/a.c ' # include "node/wire.h"'
	expect yes common/mech/a.c '#include "city-hub/hub.h"'
	expect yes common/node/a.c '#include "district-node/orders.h"'
	expect yes common/node/a.h '#include "../../city-hub/hub.h"'
	expect yes district-node/a.c '#include "../city-hub/hub.h"'
	expect yes city-hub/a.c '#include "district-node/orders.h"'
	expect yes common/node/journal.c '#include "record.pb-c.h"'
	expect yes common/node/wire.h '#include <record.pb-c.h>'
	expect yes city-hub/roster.c '#include "link.pb-c.h"'
	expect yes common/node/journal.c '	while (sqlite3_step(s) == 1)'
	expect yes common/mech/db_more.c 'rc = sqlite3_step (s);'
	expect yes common/node/uplink.c '#include <zmq.h>'
	expect yes common/mech/bus.h '#include <zmq.h>'
	expect no common/node/wire.c '#include "record.pb-c.h"'
	expect no common/node/wire_link.c '#include <link.pb-c.h>'
	expect no common/mech/db.c 'rc = sqlite3_step(s);'
	expect no common/mech/bus_zap.c '#include <zmq.h>'
	expect no common/mech/a.c '#include "base/check.h"'
	expect no common/node/a.c '#include "node/wire.h"'
	expect no district-node/a.c '#include "node/wire.h"'
	expect no city-hub/a.c '#include "hub.h"'
	return $status
}

[ "${1-}" = --self-test ] && { self_test; exit; }
cd "${1:-$(dirname "$0")/..}" || exit 2
lines=$(violations)
[ -z "$lines" ] && exit 0
printf '%s\n' "$lines"
exit 1
