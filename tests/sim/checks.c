/* checks - the rules that no history may break. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/mutants.h"
#include "contract/wire.h"

#include "supervise.h"

enum {
	RECORD_MOST = 400, /* bytes; one may go out over the window */
	SUPERVISED_MOST = 2000,
};

static struct node *
node_of(struct world *w, const char *office)
{
	for (unsigned i = 0; i < WORLD_NODES; i++) {
		if (strcmp(w->nodes[i].office, office) == 0)
			return &w->nodes[i];
	}
	return NULL;
}

/*
 * Never more acknowledged than is on the other's disk: what a node believes
 * its peer to hold, the peer has committed.
 */
static void
check_link(struct world *w, struct node *n, struct relay_link *link)
{
	struct node *peer = node_of(w, link->office);
	uint32_t conn = link->is_parent ? n->conn : (uint32_t)link->route;

	if (link->core.state != LINK_STREAMING || conn < n->first_conn ||
	    conn < peer->first_conn)
		return;
	if (link->core.flight_bytes >
	    link->core.peer_window +
		(w->is_supervised ? SUPERVISED_MOST : RECORD_MOST)) {
		world_broken(w, "%s has %u bytes out to %s", n->office,
		    (unsigned)link->core.flight_bytes, peer->office);
	}
	for (uint32_t i = 0; i < link->core.streams_count; i++) {
		const struct link_stream *ls = &link->core.streams[i];
		const struct stream *s = journal_stream(n->journal, i + 1);

		if (!ls->is_shared || ls->is_halted || s->branch > 0)
			continue;
		if (ls->peer > store_ram_size(peer->store, &s->key)) {
			world_broken(w,
			    "%s believes that %s holds %llu of %s/%u/%s",
			    n->office, peer->office,
			    (unsigned long long)ls->peer, s->key.origin,
			    (unsigned)s->key.incarnation, s->key.audience);
			return;
		}
	}
}

void
check_links(struct world *w, struct node *n)
{
	struct relay_link *link;

	for (size_t i = 0; (link = relay_each_link(n->relay, i)) != NULL; i++)
		check_link(w, n, link);
}

static bool
is_same_tree(const struct merkle *a, const struct merkle *b)
{
	uint8_t root_a[HASH_BYTES], root_b[HASH_BYTES];

	merkle_root(a, root_a);
	merkle_root(b, root_b);
	return a->size == b->size && memcmp(root_a, root_b, HASH_BYTES) == 0;
}

/* Each stream's rows are 1..size, once each, and hash to its root. */
static void
check_disk(struct world *w, struct node *n)
{
	for (uint32_t id = 1; id <= journal_stream_count(n->journal); id++) {
		const struct stream *s = journal_stream(n->journal, id);
		struct merkle tree = { 0 };
		uint8_t leaf[HASH_BYTES];

		for (size_t i = 0; i < store_ram_rows(n->store); i++) {
			const struct store_row *row =
			    store_ram_row(n->store, i);

			if (row->position != i + 1) {
				world_broken(w, "%s: position %zu is %llu",
				    n->office, i + 1,
				    (unsigned long long)row->position);
			}
			if (row->stream != id)
				continue;
			if (row->sequence != tree.size + 1) {
				world_broken(w,
				    "%s holds %s/%u/%s %llu twice or out of "
				    "order",
				    n->office, s->key.origin,
				    (unsigned)s->key.incarnation,
				    s->key.audience,
				    (unsigned long long)row->sequence);
				return;
			}
			merkle_leaf(row->bytes, leaf);
			merkle_append(&tree, leaf);
		}
		if (!is_same_tree(&tree, &s->tree)) {
			world_broken(w,
			    "%s: rows of %s/%u/%s differ from "
			    "its tree",
			    n->office, s->key.origin,
			    (unsigned)s->key.incarnation, s->key.audience);
		}
	}
}

void
check_disks(struct world *w)
{
	for (unsigned i = 0; i < WORLD_NODES; i++)
		check_disk(w, &w->nodes[i]);
}

/* Do both ends of the line above `child` hold the same shared streams? */
static bool
agree(struct node *child, struct node *parent)
{
	for (unsigned side = 0; side < 2; side++) {
		struct node *a = side == 0 ? child : parent;
		struct node *b = side == 0 ? parent : child;
		uint32_t count = journal_stream_count(a->journal);

		for (uint32_t id = 1; id <= count; id++) {
			const struct stream *s = journal_stream(a->journal, id);
			const struct stream *t;
			bool is_shared =
			    s->key.audience[0] == '\0'
				? node_is_below(s->key.origin, child->office)
				: strcmp(s->key.origin, parent->office) == 0 &&
				      strcmp(s->key.audience, child->office) ==
					  0;

			if (s->branch > 0) {
				if (strcmp(s->key.origin, a->office) == 0 &&
				    s->carried < s->tree.size &&
				    !mutant_is(MUTANT_FORGET_CARRY))
					return false;
				continue;
			}
			if (!is_shared)
				continue;
			if (s->is_forked)
				return false;
			t = journal_find(b->journal, &s->key);
			if (t == NULL ? s->tree.size > 0
				      : !is_same_tree(&t->tree, &s->tree))
				return false;
		}
	}
	return true;
}

bool
check_agreement(struct world *w)
{
	for (unsigned i = 0; i < WORLD_NODES; i++) {
		struct node *n = &w->nodes[i];

		if (n->relay == NULL ||
		    (n->bureau != NULL && !supervise_is_idle(n)))
			return false;
		if (n->parent < 0)
			continue;
		if (w->nodes[n->parent].relay == NULL ||
		    !agree(n, &w->nodes[n->parent]))
			return false;
	}
	return true;
}

/* -- promises -- */

struct counted {
	unsigned records, receipts;
};

static void
count_in(const struct record *record, const struct promise *p,
    struct counted *out)
{
	struct record inner;
	struct span carried;

	if (record->kind == RECORD_CARRIED) {
		if (wire_carried_unpack(record->payload, &carried) == RC_OK &&
		    wire_record_unpack(carried, &inner) == RC_OK)
			count_in(&inner, p, out);
		return;
	}
	if (!span_equal(record->payload, span_of_text(p->payload)))
		return;
	if (record->kind == RECORD_DIRECTIVE_STEP) {
		out->receipts++;
	} else {
		out->records++;
	}
}

/* How often `n` holds what was promised, set-aside branches left out. */
static struct counted
count_held(struct node *n, const struct promise *p)
{
	struct counted out = { 0 };

	for (size_t i = 0; i < store_ram_rows(n->store); i++) {
		const struct store_row *row = store_ram_row(n->store, i);
		struct store_stream stream;
		struct record record;

		CHECK(
		    store_ram_ops.load_stream(n->store, row->stream, &stream));
		if (stream.branch == 0 &&
		    wire_record_unpack(row->bytes, &record) == RC_OK)
			count_in(&record, p, &out);
	}
	return out;
}

/* A disk was replaced: what nobody else had is lost, and no rule's fault. */
void
void_lost_promises(struct world *w)
{
	for (size_t i = 0; i < w->promises_count; i++) {
		struct promise *p = &w->promises[i];
		unsigned held = 0;

		for (unsigned k = 0; k < WORLD_NODES; k++)
			held += count_held(&w->nodes[k], p).records;
		p->is_void |= held == 0;
	}
}

void
check_promises(struct world *w)
{
	for (size_t i = 0; i < w->promises_count; i++) {
		struct promise *p = &w->promises[i];
		bool is_order = p->audience[0] != '\0';
		struct node *goal =
		    is_order ? node_of(w, p->audience) : &w->nodes[0];
		struct counted held, top;

		if (p->is_void)
			continue;
		held = count_held(goal, p);
		if (held.records != 1) {
			world_broken(w, "%s holds \"%s\" %u times",
			    goal->office, p->payload, held.records);
		}
		if (!is_order)
			continue;
		top = count_held(&w->nodes[0], p);
		if (top.receipts < 1 ||
		    (top.receipts > 1 && !w->was_restored)) {
			world_broken(w, "%u receipts for \"%s\"", top.receipts,
			    p->payload);
		}
	}
}
