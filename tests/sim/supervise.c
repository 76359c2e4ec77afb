/* supervise - an office around a node's journal and relay. */
#include "supervise.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/wire.h"
#include "contract/wire_payload.h"
#include "law/offices/tree.h"
#include "match/matcher.h"
#include "mech/db.h"
#include "office/orders.h"
#include "register/views.h"
#include "supervise/grouping.h"
#include "supervise/reactor.h"
#include "supervise/recovery.h"

enum {
	HUBS = 2,           /* the first two nodes */
	SKIP_REACTOR = 250, /* per 1,000 turns: it has no time in this one */
	SKIP_FOLLOW = 600,
	SLICE_STEPS = 3, /* things that a reactor does in little time */
};

/* -- what the trade of a hub says -- */

static bool
trade_is_below(void *state, const char *office, const char *child)
{
	const struct bureau *b = state;

	return tree_is_below(roster_tree(&b->roster), office, child);
}

static const char *
trade_name_of(void *state, const char *office)
{
	(void)state;
	return office;
}

static const struct office_trade hub = { .program = "city-hub",
	.has_children = true,
	.is_below = trade_is_below,
	.name_of = trade_name_of };
static const struct office_trade district = { .program = "district-node" };

/* -- life -- */

/* As the hub's own roster is a fold of the same records as this table. */
static void
learn_roster(struct bureau *b)
{
	struct stmt *s = db_prepare(views_db(b->office.views),
	    "SELECT code, parent, state FROM office WHERE parent <> ''"
	    " ORDER BY code");

	tree_begin(b->tree, b->office.settings.office,
	    b->office.settings.parent);
	b->roster = (struct roster){ .office = &b->office,
		.tree = b->tree,
		.children = b->children };
	while (db_next(s)) {
		struct roster_child *c = &b->children[b->roster.count++];

		CHECK(b->roster.count <= WORLD_NODES);
		*c = (struct roster_child){
			.is_revoked =
			    strcmp(db_column_text(s, 2), "revoked") == 0,
		};
		CHECK(text_copy(c->office, sizeof(c->office),
			  db_column_text(s, 0)) == RC_OK);
		CHECK(text_copy(c->name, sizeof(c->name),
			  db_column_text(s, 0)) == RC_OK);
		CHECK(text_copy(c->parent, sizeof(c->parent),
			  db_column_text(s, 1)) == RC_OK);
		CHECK(tree_put(b->tree, c->office, c->parent, c->is_revoked) ==
		      RC_OK);
	}
	db_finish(s);
}

/*
 * Hubs of some histories have the matcher's real index, in a folder of their
 * own; the others none, as on a full disk.
 */
static void
place_office(struct bureau *b, const struct node *n)
{
	const char *temporary = getenv("TMPDIR");

	b->has_index =
	    n->index < HUBS && n->world->seed / WORLD_SUPERVISED_EVERY % 4 == 2;
	CHECK(text_copy(b->office.dir, sizeof(b->office.dir),
		  "/nonexistent/sim") == RC_OK);
	if (!b->has_index)
		return;
	file_join(b->office.dir, temporary != NULL ? temporary : "/tmp",
	    "petition-sim.XXXXXX");
	CHECK(mkdtemp(b->office.dir) != NULL);
}

/* It is made again from the register. */
static void
lose_index(const struct bureau *b)
{
	static const char *const names[] = { MATCHER_FILE, MATCHER_FILE "-wal",
		MATCHER_FILE "-shm" };
	char path[FILE_PATH_MAX];

	for (size_t i = 0; b->has_index && i < sizeof(names) / sizeof(*names);
	     i++) {
		file_join(path, b->office.dir, names[i]);
		(void)unlink(path);
	}
}

struct bureau *
supervise_new(struct node *n)
{
	static const char levels[] = { 'P', 'C', 'D', 'D', 'D' };
	struct bureau *b = memory_new(1, sizeof(*b));
	struct office_settings *s = &b->office.settings;

	b->tree = tree_new();
	CHECK(text_copy(s->office, sizeof(s->office), n->office) == RC_OK);
	CHECK(text_copy(s->name, sizeof(s->name), n->office) == RC_OK);
	s->level[0] = levels[n->index];
	if (n->parent >= 0) {
		CHECK(text_copy(s->parent, sizeof(s->parent),
			  n->world->nodes[n->parent].office) == RC_OK);
	}
	place_office(b, n);
	b->office.lock_fd = -1;
	b->office.trade = n->index < HUBS ? &hub : &district;
	b->office.trade_state = b;
	b->forgets = n->world->seed / WORLD_SUPERVISED_EVERY % 3 == 0;
	return b;
}

void
supervise_free(struct bureau *b)
{
	if (b == NULL)
		return;
	views_close(b->office.views);
	lose_index(b);
	if (b->has_index)
		CHECK(rmdir(b->office.dir) == 0);
	tree_free(b->tree);
	free(b);
}

/* -- power -- */

void
supervise_fold(struct node *n, struct views *v)
{
	struct store_row row;

	views_set_above(v,
	    n->parent >= 0 ? n->world->nodes[n->parent].office : "");
	views_begin(v);
	journal_walk(n->journal, views_applied(v) + 1);
	while (journal_next(n->journal, &row)) {
		struct record record;
		bool is_readable =
		    row.kind != RECORD_UNREADABLE &&
		    wire_record_unpack(row.bytes, &record) == RC_OK;

		views_apply(v,
		    &(struct relay_entry){ .position = row.position,
			.received_ms = row.received_ms,
			.stream = journal_stream(n->journal, row.stream),
			.record = is_readable ? &record : NULL,
			.bytes = row.bytes,
			.leaf = row.leaf });
	}
	journal_stop(n->journal);
	views_commit(v);
}

void
supervise_power_on(struct node *n)
{
	struct bureau *b = n->bureau;
	struct office *o = &b->office;

	o->journal = n->journal;
	o->relay = n->relay;
	if (o->views == NULL)
		CHECK(views_open_file(":memory:", true, &o->views) == RC_OK);
	supervise_fold(n, o->views);
	learn_roster(b);
	if (!o->trade->has_children)
		return;
	b->grouping = grouping_open(o);
	b->reactor = reactor_open(o, &b->roster, b->grouping);
}

void
supervise_power_off(struct node *n)
{
	struct bureau *b = n->bureau;
	bool was_in_turn = b->is_in_turn;

	if (was_in_turn)
		views_rollback(b->office.views);
	b->is_in_turn = false;
	reactor_close(b->reactor);
	grouping_close(b->grouping);
	/* Closing keeps what the power would have taken. */
	if (was_in_turn)
		lose_index(b);
	b->reactor = NULL;
	b->grouping = NULL;
	if (b->forgets) {
		views_close(b->office.views);
		b->office.views = NULL;
	}
}

void
supervise_new_disk(struct node *n)
{
	struct bureau *b = n->bureau;

	views_close(b->office.views);
	b->office.views = NULL;
	lose_index(b);
}

/* -- a turn -- */

void
supervise_begin(struct node *n, struct relay_now now)
{
	struct bureau *b = n->bureau;

	b->office.now = now;
	views_begin(b->office.views);
	b->is_in_turn = true;
}

/*
 * All that there is, or a few things: whatever the real clock says, as a seed
 * stays one history.  What is left waits for a later turn, or for the power.
 */
static void
run_reactor(struct node *n)
{
	struct world *w = n->world;
	struct reactor *r = n->bureau->reactor;
	uint64_t steps = UINT64_MAX;
	int64_t until_ms = INT64_MAX;

	if (world_happens(w, w->faults.slices)) {
		steps = 1 + world_roll_below(w, SLICE_STEPS);
		until_ms = 0; /* one thing each time */
	}
	while (steps-- > 0 && reactor_run(r, until_ms)) {
		/* more is left */
	}
}

void
supervise_react(struct node *n)
{
	struct bureau *b = n->bureau;
	struct world *w = n->world;

	if (b->reactor != NULL && !world_happens(w, SKIP_REACTOR))
		run_reactor(n);
	if (!world_happens(w, SKIP_FOLLOW))
		(void)views_follow(b->office.views, 0);
}

void
supervise_commit(struct node *n)
{
	struct bureau *b = n->bureau;

	views_commit(b->office.views);
	b->is_in_turn = false;
	if (b->grouping != NULL)
		grouping_commit(b->grouping);
}

bool
supervise_is_idle(const struct node *n)
{
	return n->bureau->reactor == NULL ||
	       (journal_get_u64(n->journal, "reactor.supervision", 0) ==
		       journal_end(n->journal) &&
		   journal_get_u64(n->journal, RECOVERY_CURSOR, 0) == 0);
}

void
supervise_on_record(struct node *n, const struct relay_entry *entry)
{
	struct office *o = &n->bureau->office;

	views_apply(o->views, entry);
	if (entry->record != NULL &&
	    (entry->record->kind == RECORD_CHILD_ENROLLED ||
		entry->record->kind == RECORD_OFFICE_OPENED ||
		entry->record->kind == RECORD_CARRIED))
		learn_roster(n->bureau);
	orders_on_record(o, entry);
}

/* -- a new history -- */

static void
fill_key(uint8_t key[static KEY_BYTES], const char *office)
{
	size_t size = strlen(office);

	memset(key, 0, KEY_BYTES);
	for (size_t i = 0; i < size; i++)
		key[i] = (uint8_t)office[i];
}

static void
enrol_children(struct node *n)
{
	struct bureau *b = n->bureau;

	for (unsigned i = 0; i < WORLD_NODES; i++) {
		const struct node *child = &n->world->nodes[i];
		struct child said = { .office = "" };
		struct buffer payload = { 0 };

		if (child->parent != (int)n->index)
			continue;
		memcpy(said.office, child->office, OFFICE_CODE_MAX / 2 + 1);
		memcpy(said.name, child->office, OFFICE_CODE_MAX / 2 + 1);
		memcpy(said.parent, n->office, OFFICE_CODE_MAX / 2 + 1);
		fill_key(said.public_key, child->office);
		wire_child_pack(&payload, &said);
		CHECK(office_record(&b->office, "", RECORD_CHILD_ENROLLED,
			  buffer_span(&payload), "system", "") == RC_OK);
		buffer_clear(&payload);
	}
}

void
supervise_on_incarnation(struct node *n, const struct stream *previous)
{
	struct office *o = &n->bureau->office;
	struct office_opened opened = { .previous_incarnation = 0 };
	struct buffer payload = { 0 };

	memcpy(opened.office, o->settings.office, sizeof(opened.office));
	memcpy(opened.name, o->settings.name, sizeof(opened.name));
	fill_key(opened.public_key, n->office);
	if (previous != NULL) {
		opened.previous_incarnation = previous->key.incarnation;
		opened.previous_size = previous->tree.size;
		merkle_root(&previous->tree, opened.previous_root);
	}
	wire_office_opened_pack(&payload, &opened);
	CHECK(office_record(o, "", RECORD_OFFICE_OPENED, buffer_span(&payload),
		  "system", "") == RC_OK);
	buffer_clear(&payload);
	if (previous == NULL)
		enrol_children(n);
}
