#!/bin/sh
# layers.sh [TREE]       includes point down only, and each library has one door
# layers.sh --self-test  plants every violation in a small tree and wants it found
set -u
code='common district-node city-hub'

# What lies above each folder of common/ (CMakeLists.txt draws it).
daemons='district-node|city-hub'
above_node="cli|$daemons"
above_petition="law|import|node|$above_node"
above_relay="petition|keys|$above_petition"
above_mech="relay|$above_relay"
above_base="mech|$above_mech"

# including RULE OPERAND FOLDER...: lines that include what they must not.
including() {
	rule=$1 operand=$2
	shift 2
	grep -rnE --include='*.[ch]' \
	    "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]($operand)" \
	    "$@" 2>/dev/null | sed "s|^|layers: $rule: |"
}

violations() {
	including 'base looks up' ".*($above_base)/" common/base
	including 'mech looks up' ".*($above_mech)/" common/mech
	including 'relay looks up' ".*($above_relay)/" common/relay
	including 'petition looks up or aside' ".*(keys|$above_petition)/" \
	    common/petition
	including 'law looks up or aside' ".*(keys|import|node|$above_node)/" \
	    common/law
	including 'keys look up or aside' ".*(petition|$above_petition)/" \
	    common/keys
	including 'import looks up or aside' ".*(law|node|$above_node)/" \
	    common/import
	including 'node looks up or aside' ".*(import|$above_node)/" \
	    common/node
	including 'cli looks up' ".*($daemons)/" common/cli
	including 'daemon to daemon' '.*city-hub/' district-node
	including 'daemon to daemon' '.*district-node/' city-hub
	# shellcheck disable=SC2086 # a list of folders
	{
		including 'only wire*.c reads generated code' \
		    '.*(\.pb-c|relay/wire_command)\.h' $code |
		    grep -v -e ': common/relay/wire[^/]*\.c:' \
			-e ': common/relay/wire_command\.h:'
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
	expect yes common/base/a.h '#include "relay/wire.h"'
	expect yes common/base/a.c '#include "../mech/db.h"'
	expect yes common/mech/a.c ' # include "relay/wire.h"'
	expect yes common/mech/a.c '#include "city-hub/hub.h"'
	expect yes common/law/a.c '#include "node/views.h"'
	expect yes common/petition/a.c '#include "law/rules.h"'
	expect yes common/node/a.c '#include "district-node/orders.h"'
	expect yes common/node/a.h '#include "../../city-hub/hub.h"'
	expect yes district-node/a.c '#include "../city-hub/hub.h"'
	expect yes city-hub/a.c '#include "district-node/orders.h"'
	expect yes common/relay/journal.c '#include "record.pb-c.h"'
	expect yes common/relay/wire.h '#include <record.pb-c.h>'
	expect yes city-hub/roster.c '#include "link.pb-c.h"'
	expect yes common/relay/journal.c '	while (sqlite3_step(s) == 1)'
	expect yes common/mech/db_more.c 'rc = sqlite3_step (s);'
	expect yes common/node/uplink.c '#include <zmq.h>'
	expect yes common/mech/bus.h '#include <zmq.h>'
	expect no common/relay/wire.c '#include "record.pb-c.h"'
	expect no common/relay/wire_link.c '#include <link.pb-c.h>'
	expect no common/mech/db.c 'rc = sqlite3_step(s);'
	expect no common/mech/bus_zap.c '#include <zmq.h>'
	expect no common/mech/a.c '#include "base/check.h"'
	expect no common/node/a.c '#include "relay/wire.h"'
	expect no district-node/a.c '#include "relay/wire.h"'
	expect no city-hub/a.c '#include "hub.h"'
	return $status
}

[ "${1-}" = --self-test ] && { self_test; exit; }
cd "${1:-$(dirname "$0")/..}" || exit 2
lines=$(violations)
[ -z "$lines" ] && exit 0
printf '%s\n' "$lines"
exit 1
