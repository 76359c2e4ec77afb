/*
 * Records of others for a child that they concern.
 *
 * Every child on the way to an involved office gets what counts about the
 * item, each record once, but nothing that tells a reported office, or one
 * above it, of the report.
 */
#include "supervise/handing.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/mutants.h"
#include "base/text.h"
#include "contract/limits.h"
#include "contract/wire.h"
#include "desk/accused.h"
#include "law/offices/involved.h"
#include "law/offices/tree.h"
#include "line/roster.h"
#include "office/office.h"
#include "register/ask/matters.h"
#include "register/views.h"
#include "relay/journal.h"

/* -- who is involved -- */

bool
handing_way(const struct roster *r, const char *office,
    char child[static OFFICE_CODE_MAX + 1])
{
	const struct roster_child *last;
	struct tree_way way;

	tree_way_to(roster_tree(r), office, tree_own(roster_tree(r)), &way);
	if (!way.is_whole || way.count == 0)
		return false;
	last = roster_find(r, way.offices[way.count - 1]);
	if (!roster_is_child(r, last))
		return false; /* revoked */
	memcpy(child, last->office, OFFICE_CODE_MAX + 1);
	return true;
}

/*
 * The office itself, and every office above it up to us.  What we hold
 * ourselves is kept from nobody on our account.
 */
bool
handing_is_barred(struct office *o, const struct roster *r, const char *item,
    const char *office)
{
	struct tree_way way;
	bool is_accused = false;

	if (mutant_is(MUTANT_HAND_TO_ACCUSED))
		return false;
	if (accused_keeps_here(o, item))
		return true;
	tree_way_to(roster_tree(r), office, o->settings.office, &way);
	for (size_t i = 0; i < way.count && !is_accused; i++)
		is_accused = views_is_accused(o->views, item, way.offices[i]);
	return is_accused;
}

struct children {
	char codes[HANDING_CHILDREN_MAX][OFFICE_CODE_MAX + 1];
	size_t count;
};

static void
add_child(struct children *list, const char *child)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->codes[i], child) == 0)
			return;
	}
	if (list->count == HANDING_CHILDREN_MAX) {
		log_warn("office=%s event=too_many_involved", child);
		return;
	}
	memcpy(list->codes[list->count++], child, OFFICE_CODE_MAX + 1);
}

/* Whoever recorded it, had it sent, or is told of it: nobody names itself. */
static void
find_children(struct office *o, const struct roster *r, const char *item,
    const struct involved *in, struct children *out)
{
	char child[OFFICE_CODE_MAX + 1];

	for (size_t i = 0; i < in->count; i++) {
		const char *office = in->offices[i];

		if (handing_way(r, office, child) &&
		    !handing_is_barred(o, r, item, office))
			add_child(out, child);
	}
}

/* -- what there is -- */

static size_t
find_pieces(struct office *o, const char *item, const struct involved *in,
    struct ask_piece *out)
{
	size_t count = 0;

	ask_walk_pieces(o->views, item);
	while (count < HANDING_RECORDS_MAX &&
	       ask_next_piece(o->views, &out[count]))
		count += !out[count].is_move ||
			 involved_counts(in, views_tree(o->views),
			     out[count].origin);
	ask_stop_pieces(o->views);
	return count;
}

static bool
was_handed(struct office *o, const struct ask_piece *p, const char *child)
{
	return !mutant_is(MUTANT_HANDED_AGAIN) &&
	       ask_was_forwarded(o->views, p, child);
}

/*
 * Does the record name an item that reports the child, or somebody below it,
 * to whom the child might pass it on without knowing?
 */
static bool
names_secret(struct office *o, const struct roster *r,
    const struct ask_piece *p, const char *child)
{
	char office[OFFICE_CODE_MAX + 1];
	bool is_secret = false;

	if (p->other[0] == '\0' || handing_is_barred(o, r, p->other, child))
		return p->other[0] != '\0';
	ask_walk_accused(o->views, p->other);
	while (!is_secret && ask_next_accused(o->views, office))
		is_secret = tree_is_below(roster_tree(r), office, child);
	ask_stop_accused(o->views);
	return is_secret;
}

/* -- handing -- */

static bool
read_row(struct office *o, uint64_t position, struct buffer *out)
{
	struct store_row row;
	bool is_there;

	journal_walk(o->journal, position);
	is_there = journal_next(o->journal, &row) && row.position == position;
	if (is_there)
		CHECK(buffer_append(out, row.bytes) == RC_OK);
	journal_stop(o->journal);
	return is_there;
}

/* What is wrapped in these bytes, in their place.  False: nothing is. */
static bool
unwrap(struct buffer *bytes, bool *is_handed)
{
	struct buffer inner = { 0 };
	struct record record;
	struct span wrapped;
	enum rc rc = wire_record_unpack(buffer_span(bytes), &record);

	*is_handed = rc == RC_OK && record.kind == RECORD_HANDED;
	if (*is_handed)
		rc = wire_handed_unpack(record.payload, &wrapped);
	else if (rc == RC_OK && record.kind == RECORD_CARRIED)
		rc = wire_carried_unpack(record.payload, &wrapped);
	else
		rc = RC_NONE;
	if (rc != RC_OK)
		return false;
	CHECK(buffer_append(&inner, wrapped) == RC_OK);
	buffer_clear(bytes);
	*bytes = inner;
	return true;
}

/*
 * The bytes of the record at a position, out of every hand that gave it us.
 * A hand's stream may have been settled since: then the giver carries what it
 * had handed over, and the record lies inside that.  What an office carries of
 * its own words stays wrapped: there the wrapping is its place.
 */
static bool
read_bytes(struct office *o, uint64_t position, struct buffer *out)
{
	struct buffer inside = { 0 };
	bool is_there = read_row(o, position, out), is_handed;

	CHECK(buffer_append(&inside, buffer_span(out)) == RC_OK);
	while (unwrap(&inside, &is_handed)) {
		if (!is_handed)
			continue;
		buffer_reset(out);
		CHECK(buffer_append(out, buffer_span(&inside)) == RC_OK);
	}
	buffer_clear(&inside);
	return is_there;
}

static void
forward_record(struct office *o, const char *child, uint64_t position)
{
	struct buffer bytes = { 0 }, payload = { 0 };
	enum rc rc = RC_MALFORMED;

	if (read_bytes(o, position, &bytes)) {
		wire_handed_pack(&payload, buffer_span(&bytes));
		rc = office_record(o, child, RECORD_HANDED,
		    buffer_span(&payload), "system", "");
	}
	if (rc != RC_OK) {
		log_warn("position=%llu event=not_handed child=%s "
			 "reason=\"%s\"",
		    (unsigned long long)position, child, rc_text(rc));
	}
	buffer_clear(&bytes);
	buffer_clear(&payload);
}

void
handing_item(struct office *o, const struct roster *r, const char *item)
{
	struct involved involved;
	struct children children = { .count = 0 };
	struct ask_piece *pieces;
	size_t count;

	/* What is kept here alone goes nowhere. */
	if (accused_audience(o, item)[0] != '\0')
		return;
	views_involved(o->views, item, &involved);
	find_children(o, r, item, &involved, &children);
	if (children.count == 0)
		return;
	pieces = memory_new(HANDING_RECORDS_MAX, sizeof(*pieces));
	count = find_pieces(o, item, &involved, pieces);
	for (size_t c = 0; c < children.count; c++) {
		for (size_t i = 0; i < count; i++) {
			const struct ask_piece *p = &pieces[i];

			if (!tree_is_below(roster_tree(r), p->origin,
				children.codes[c]) &&
			    !was_handed(o, p, children.codes[c]) &&
			    !names_secret(o, r, p, children.codes[c]))
				forward_record(o, children.codes[c],
				    p->position);
		}
	}
	free(pieces);
}

void
handing_notice(struct office *o, const struct roster *r, const char *office,
    uint64_t position)
{
	char child[OFFICE_CODE_MAX + 1];

	if (handing_way(r, office, child))
		forward_record(o, child, position);
}
