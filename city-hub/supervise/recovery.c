/*
 * recovery: a cursor over the rows of our own streams for our children that
 * came back to us.  Such a row was received later than it was recorded; what
 * we record ourselves is received at that moment.
 *
 * Whether a word is here already is asked of the register, which knows a
 * record by where it was first said and when, whatever carries it now.  It
 * relies on that: otherwise a record that went to two children would be
 * carried over twice.
 */
#include "supervise/recovery.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "contract/wire.h"
#include "contract/wire_payload.h"
#include "office/office.h"
#include "register/ask/said.h"
#include "relay/journal.h"
#include "supervise/handing.h"

enum { ROWS_MAX = 1024 }; /* looked at between two looks at the clock */

struct recovery {
	struct office *office;
	const struct roster *roster;
	uint64_t next;       /* first position to look at; 0: none */
	struct buffer bytes; /* of the row that is looked at */
};

struct recovery *
recovery_open(struct office *o, const struct roster *roster)
{
	struct recovery *r = memory_new(1, sizeof(*r));

	r->office = o;
	r->roster = roster;
	r->next = journal_get_u64(o->journal, RECOVERY_CURSOR, 0);
	return r;
}

void
recovery_close(struct recovery *r)
{
	if (r == NULL)
		return;
	buffer_clear(&r->bytes);
	free(r);
}

static void
move_to(struct recovery *r, uint64_t position)
{
	r->next = position;
	journal_put_u64(r->office->journal, RECOVERY_CURSOR, position);
}

/* May it be that one of a record's two copies is lost? */
static bool
is_doubled(const struct store_row *row, const struct stream *s)
{
	if (row->kind == RECORD_ESCALATED)
		return true;
	return s->key.audience[0] != '\0' &&
	       (row->kind == RECORD_HANDED || row->kind == RECORD_CARRIED);
}

/* Of a stream of ours for a child or for all, and it came from there. */
static bool
came_back(const struct recovery *r, const struct store_row *row)
{
	const struct office *o = r->office;
	const struct stream *s = journal_stream(o->journal, row->stream);
	struct record record;

	return is_doubled(row, s) && s->branch == 0 &&
	       strcmp(s->key.origin, o->settings.office) == 0 &&
	       strcmp(s->key.audience, o->settings.office) != 0 &&
	       wire_record_unpack(row->bytes, &record) == RC_OK &&
	       record.recorded_ms != row->received_ms;
}

void
recovery_note(struct recovery *r, const struct store_row *row)
{
	if (r->next == 0 && came_back(r, row))
		move_to(r, row->position);
}

/* -- saying it again -- */

static void
say_again(struct recovery *r, const char *audience, uint32_t kind,
    struct span payload)
{
	enum rc rc =
	    office_record(r->office, audience, kind, payload, "system", "");

	if (rc != RC_OK) {
		log_warn("position=%llu event=not_said_again reason=\"%s\"",
		    (unsigned long long)r->next, rc_text(rc));
	}
}

/* What lies at the bottom of any wrappings of our own.  False: unreadable. */
static bool
find_said(struct span bytes, struct record *out)
{
	while (wire_record_unpack(bytes, out) == RC_OK) {
		if (out->kind != RECORD_CARRIED)
			return true;
		if (wire_carried_unpack(out->payload, &bytes) != RC_OK)
			break;
	}
	return false;
}

static void
recover_record(struct recovery *r, struct span handed)
{
	struct buffer bytes = { 0 }, payload = { 0 };
	struct record record;

	CHECK(buffer_append(&bytes, handed) == RC_OK);
	if (wire_record_unpack(buffer_span(&bytes), &record) == RC_OK &&
	    strcmp(record.key.origin, r->office->settings.office) == 0 &&
	    record.key.audience[0] == '\0' &&
	    find_said(buffer_span(&bytes), &record) &&
	    record.sequence <= INT64_MAX &&
	    !ask_is_said(r->office->views, r->office->settings.office,
		&record)) {
		wire_carried_pack(&payload, buffer_span(&bytes));
		say_again(r, "", RECORD_CARRIED, buffer_span(&payload));
	}
	buffer_clear(&payload);
	buffer_clear(&bytes);
}

/* Who has to hear of it: everybody (""), or the child on the way to it. */
static bool
find_audience(const struct recovery *r, const struct escalated *e, bool to_all,
    char audience[static OFFICE_CODE_MAX + 1])
{
	audience[0] = '\0';
	return to_all || (handing_way(r->roster, e->office, audience) &&
			     !handing_is_barred(r->office, r->roster, e->item,
				 e->office));
}

/* The other copy of a notice: of one to a child that to all, and reversed. */
static void
recover_notice(struct recovery *r, const struct record *notice)
{
	bool to_all = notice->key.audience[0] != '\0';
	char audience[OFFICE_CODE_MAX + 1];
	struct buffer payload = { 0 };
	struct escalated e;

	CHECK(buffer_append(&payload, notice->payload) == RC_OK);
	if (wire_escalated_unpack(buffer_span(&payload), &e) == RC_OK &&
	    !ask_is_notice_said(r->office->views, &e, to_all) &&
	    find_audience(r, &e, to_all, audience)) {
		say_again(r, audience, RECORD_ESCALATED, buffer_span(&payload));
	}
	buffer_clear(&payload);
}

static void
recover(struct recovery *r)
{
	struct record record;
	struct span handed;

	if (!find_said(buffer_span(&r->bytes), &record))
		return;
	if (record.kind == RECORD_ESCALATED)
		recover_notice(r, &record);
	else if (record.kind == RECORD_HANDED &&
		 wire_handed_unpack(record.payload, &handed) == RC_OK)
		recover_record(r, handed);
}

/*
 * Look at some rows: the bytes of the next one that came back, if there is
 * one.  `r->next` is then behind it.  The walk is over before we record.
 */
static bool
find_next(struct recovery *r, bool *is_end)
{
	struct journal *j = r->office->journal;
	struct store_row row;
	bool found = false;
	int count = 0;

	journal_walk(j, r->next);
	while (!found && count++ < ROWS_MAX && journal_next(j, &row)) {
		found = came_back(r, &row);
		r->next = row.position + 1;
		if (!found)
			continue;
		buffer_reset(&r->bytes);
		CHECK(buffer_append(&r->bytes, row.bytes) == RC_OK);
	}
	journal_stop(j);
	*is_end = !found && count <= ROWS_MAX;
	return found;
}

bool
recovery_run(struct recovery *r, int64_t until_ms)
{
	bool is_over = false, is_end;

	while (
	    r->next != 0 && !is_over && relay_is_refilled(r->office->relay)) {
		if (find_next(r, &is_end))
			recover(r);
		move_to(r, is_end ? 0 : r->next);
		is_over = clock_steady_ms() >= until_ms;
	}
	return r->next != 0 && is_over;
}
