#include "supervise/escalation.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/mutants.h"
#include "base/text.h"
#include "contract/wire_payload.h"
#include "desk/accused.h"
#include "desk/numbers.h"
#include "law/moves/escalation_core.h"
#include "line/roster.h"
#include "mech/db.h"
#include "office/office.h"
#include "petition/office_code.h"
#include "register/views.h"
#include "supervise/handing.h"

/* The arrival above. */
struct arrival {
	char item[ITEM_NUMBER_MAX + 1];
	char matter[ITEM_NUMBER_MAX + 1];
	char level, channel[CODE_MAX + 1];
	char category[CODE_MAX + 1];
	char responsible[OFFICE_CODE_MAX + 1];
	uint32_t heads;
	int64_t recorded_ms;
};

static void
read_text(struct stmt *s, int column, char *to, size_t size)
{
	CHECK(text_copy(to, size, db_column_text(s, column)) == RC_OK);
}

/* Only what we recorded ourselves is an arrival at our level. */
static bool
read_arrival(struct office *o, const char *item, struct arrival *out)
{
	struct stmt *s = db_prepare(views_db(o->views),
	    "SELECT item, level, channel, category, responsible, heads,"
	    " recorded_ms FROM petition WHERE item = ? AND office = ?"
	    " ORDER BY position LIMIT 1");
	bool found;

	db_bind_text(s, item);
	db_bind_text(s, o->settings.office);
	found = db_next(s);
	if (found) {
		read_text(s, 0, out->item, sizeof(out->item));
		out->level = db_column_text(s, 1)[0];
		read_text(s, 2, out->channel, sizeof(out->channel));
		read_text(s, 3, out->category, sizeof(out->category));
		read_text(s, 4, out->responsible, sizeof(out->responsible));
		out->heads = (uint32_t)db_column_u64(s, 5);
		out->recorded_ms = db_column_i64(s, 6);
		views_matter_of(o->views, item, out->matter);
	}
	db_finish(s);
	return found;
}

/* -- which office below, and what it has -- */

#define ITEMS_OF_MATTER                                                        \
	" IN (SELECT ?1 UNION SELECT item FROM item_matter WHERE matter = ?1)"

/* The office that the responsible field names, else who has the matter. */
static bool
find_office(struct office *o, const struct roster *r, const struct arrival *a,
    char office[static OFFICE_CODE_MAX + 1])
{
	const char *own = o->settings.office;
	struct stmt *s;
	bool found;

	if (strcmp(a->responsible, own) != 0 &&
	    roster_find(r, a->responsible)) {
		memcpy(office, a->responsible, OFFICE_CODE_MAX + 1);
		return true;
	}
	s = db_prepare(views_db(o->views),
	    "SELECT office FROM petition WHERE office <> ?2"
	    " AND item" ITEMS_OF_MATTER
	    " AND office IN (SELECT code FROM office WHERE parent <> '')"
	    " ORDER BY recorded_ms DESC LIMIT 1");
	db_bind_text(s, a->matter);
	db_bind_text(s, own);
	found = db_next(s);
	if (found)
		read_text(s, 0, office, OFFICE_CODE_MAX + 1);
	db_finish(s);
	/* A matter of our own that went further up. */
	if (!found && level_rank(a->level) > level_rank(o->settings.level[0])) {
		memcpy(office, own, OFFICE_CODE_MAX + 1);
		found = true;
	}
	return found;
}

/* Items of the matter that the office recorded, or was sent. */
static size_t
find_lower(struct office *o, const struct arrival *a, const char *office,
    char (*items)[ITEM_NUMBER_MAX + 1])
{
	struct stmt *s = db_prepare(views_db(o->views),
	    "SELECT DISTINCT p.item FROM petition p WHERE p.item <> ?3"
	    " AND p.item" ITEMS_OF_MATTER " AND (p.office = ?2 OR EXISTS"
	    " (SELECT 1 FROM move m WHERE m.item = p.item"
	    "  AND m.to_office = ?2)) ORDER BY p.item LIMIT ?4");
	size_t count = 0;

	db_bind_text(s, a->matter);
	db_bind_text(s, office);
	db_bind_text(s, a->item);
	db_bind_u64(s, ESCALATION_LOWER_MAX);
	while (db_next(s))
		read_text(s, 0, items[count++], ITEM_NUMBER_MAX + 1);
	db_finish(s);
	return count;
}

/* When something of the matter was first known to lie with the office. */
static int64_t
find_told(struct office *o, const struct arrival *a, const char *office)
{
	struct stmt *s = db_prepare(views_db(o->views),
	    "SELECT min(t.recorded_ms) FROM directive_step t"
	    " WHERE t.addressee = ?2 AND t.status = 'DLV' AND t.id IN"
	    " (SELECT id FROM escalation WHERE item" ITEMS_OF_MATTER
	    "  AND item <> ?3 UNION SELECT id FROM directive_issue"
	    "  WHERE item" ITEMS_OF_MATTER " OR matter = ?1)");
	int64_t told_ms;

	db_bind_text(s, a->matter);
	db_bind_text(s, office);
	db_bind_text(s, a->item);
	told_ms = db_next(s) ? db_column_i64(s, 0) : 0;
	db_finish(s);
	return told_ms;
}

/* -- judging -- */

struct lower {
	char items[ESCALATION_LOWER_MAX][ITEM_NUMBER_MAX + 1];
	struct lower_item facts[ESCALATION_LOWER_MAX];
	struct views_case *cases;
	size_t count;
};

static void
gather_lower(struct office *o, const struct arrival *a, const char *office,
    struct lower *out)
{
	size_t found = find_lower(o, a, office, out->items);

	out->cases = memory_new(found + 1, sizeof(*out->cases));
	for (size_t i = 0; i < found; i++) {
		struct views_case *c = &out->cases[out->count];

		if (!views_read_case(o->views, out->items[i], c))
			continue;
		memmove(out->items[out->count], out->items[i],
		    sizeof(out->items[i]));
		out->facts[out->count++] = (struct lower_item){
			.events = c->events,
			.events_count = c->events_count,
			.clocks = c->clocks,
			.clocks_count = c->clocks_count,
		};
	}
}

static char
level_of(struct office *o, const char *office)
{
	char parent[OFFICE_CODE_MAX + 1];
	enum office_level level;

	views_parent_of(o->views, office, parent);
	level = office_code_level(office, parent[0] != '\0' ? parent : NULL);
	return (char)level;
}

/* The level that is competent, which a visit may pass by one. */
static char
competent_level(struct office *o, const struct arrival *a, char from)
{
	if (a->responsible[0] == '\0')
		return from;
	return level_of(o, a->responsible);
}

static void
copy_level(char to[static CODE_MAX + 1], char level)
{
	to[0] = level;
	to[1] = '\0';
}

static void
judge(struct office *o, const struct arrival *a, const char *office,
    struct escalated *out)
{
	struct lower *lower = memory_new(1, sizeof(*lower));
	char from = level_of(o, office);
	struct escalation_facts facts = { .at_ms = a->recorded_ms,
		.office = office,
		.from_level = competent_level(o, a, from),
		.to_level = a->level,
		.channel = a->channel,
		.told_ms = find_told(o, a, office) };
	struct escalation_verdict verdict;

	gather_lower(o, a, office, lower);
	facts.items = lower->facts;
	facts.items_count = lower->count;
	escalation_judge(&facts, &verdict);
	copy_level(out->from_level, from);
	copy_level(out->to_level, facts.to_level);
	memcpy(out->office, office, sizeof(out->office));
	CHECK(text_copy(out->lower_state, sizeof(out->lower_state),
		  lower_code(verdict.lower)) == RC_OK);
	CHECK(text_copy(out->lawfulness, sizeof(out->lawfulness),
		  lawfulness_code(verdict.lawfulness)) == RC_OK);
	out->knew_before = verdict.knew_before;
	out->lower_item[0] = '\0';
	if (verdict.decisive < lower->count) {
		memcpy(out->lower_item, lower->items[verdict.decisive],
		    sizeof(out->lower_item));
	}
	free(lower->cases);
	free(lower);
}

/* Which arrival of this matter at this level it is. */
static uint32_t
count_batch(struct office *o, const struct arrival *a)
{
	struct stmt *s = db_prepare(views_db(o->views),
	    "SELECT count(*) FROM petition WHERE item" ITEMS_OF_MATTER
	    " AND office = ?2 AND level = ?3 AND channel = ?4"
	    " AND (recorded_ms, item) <= (?5, ?6)");
	char level[2] = { a->level, '\0' };
	uint32_t count;

	db_bind_text(s, a->matter);
	db_bind_text(s, o->settings.office);
	db_bind_text(s, level);
	db_bind_text(s, a->channel);
	db_bind_i64(s, a->recorded_ms);
	db_bind_text(s, a->item);
	CHECK(db_next(s));
	count = (uint32_t)db_column_u64(s, 0);
	db_finish(s);
	return count;
}

/* -- recording -- */

static void
record(struct office *o, const struct roster *r, const struct escalated *e)
{
	struct buffer payload = { 0 };
	char child[OFFICE_CODE_MAX + 1];

	wire_escalated_pack(&payload, e);
	CHECK(office_record(o, "", RECORD_ESCALATED, buffer_span(&payload),
		  "system", "") == RC_OK);
	if (handing_way(r, e->office, child)) {
		CHECK(office_record(o, child, RECORD_ESCALATED,
			  buffer_span(&payload), "system", "") == RC_OK);
	}
	buffer_clear(&payload);
	log_info("escalation=%s event=%s item=%s office=%s lower=%s", e->id,
	    e->revision == 1 ? "escalated" : "restated", e->item, e->office,
	    e->lower_state);
}

static bool
is_known(struct office *o, const char *item)
{
	struct stmt *s = db_prepare(views_db(o->views),
	    "SELECT 1 FROM escalation WHERE item = ? AND origin = ? LIMIT 1");
	bool found;

	db_bind_text(s, item);
	db_bind_text(s, o->settings.office);
	found = db_next(s);
	db_finish(s);
	return found;
}

void
escalation_of_item(struct office *o, const struct roster *r, const char *item)
{
	struct escalated e = { .revision = 1 };
	char office[OFFICE_CODE_MAX + 1];
	struct desk_number number;
	struct arrival a;

	if (accused_audience(o, item)[0] != '\0')
		return; /* kept here alone */
	if (is_known(o, item) || !read_arrival(o, item, &a) ||
	    !find_office(o, r, &a, office) ||
	    handing_is_barred(o, r, item, office))
		return;
	judge(o, &a, office, &e);
	desk_next_number(o, NUMBER_ESCALATION, &number);
	memcpy(e.id, number.text, sizeof(e.id));
	memcpy(e.matter, a.matter, sizeof(e.matter));
	memcpy(e.item, a.item, sizeof(e.item));
	memcpy(e.channel, a.channel, sizeof(e.channel));
	memcpy(e.category, a.category, sizeof(e.category));
	e.batch = count_batch(o, &a);
	e.heads = a.heads;
	e.at_ms = a.recorded_ms;
	record(o, r, &e);
	desk_number_used(o, &number);
}

/* -- once more -- */

/* The newest revision of an escalation, as far as it may change. */
static void
read_last(struct stmt *s, struct escalated *e)
{
	*e = (struct escalated){ 0 };
	read_text(s, 0, e->id, sizeof(e->id));
	e->revision = (uint32_t)db_column_u64(s, 1);
	read_text(s, 2, e->matter, sizeof(e->matter));
	read_text(s, 3, e->item, sizeof(e->item));
	read_text(s, 4, e->office, sizeof(e->office));
	read_text(s, 5, e->channel, sizeof(e->channel));
	read_text(s, 6, e->category, sizeof(e->category));
	e->batch = (uint32_t)db_column_u64(s, 7);
	e->heads = (uint32_t)db_column_u64(s, 8);
	e->at_ms = db_column_i64(s, 9);
	read_text(s, 10, e->lower_state, sizeof(e->lower_state));
	read_text(s, 11, e->lawfulness, sizeof(e->lawfulness));
	e->knew_before = db_column_i64(s, 12) != 0;
	read_text(s, 13, e->lower_item, sizeof(e->lower_item));
}

static size_t
find_affected(struct office *o, const char *matter, struct escalated *out)
{
	struct stmt *s = db_prepare(views_db(o->views),
	    "SELECT e.id, e.revision, e.matter, e.item, e.office, e.channel,"
	    " e.category, e.batch, e.heads, e.at_ms, e.lower_state,"
	    " e.lawfulness, e.knew_before, e.lower_item FROM escalation e"
	    " JOIN escalation_now n ON n.id = e.id AND n.item = e.item"
	    "  AND n.revision = e.revision WHERE e.item" ITEMS_OF_MATTER
	    " AND e.origin = ?2 ORDER BY e.id LIMIT ?3");
	size_t count = 0;

	db_bind_text(s, matter);
	db_bind_text(s, o->settings.office);
	db_bind_u64(s, ESCALATION_AGAIN_MAX);
	while (db_next(s))
		read_last(s, &out[count++]);
	db_finish(s);
	return count;
}

static void
restate(struct office *o, const struct roster *r, const struct escalated *old)
{
	struct escalated e = *old;
	struct arrival a;

	if (mutant_is(MUTANT_NEVER_RESTATED))
		return;
	if (!read_arrival(o, old->item, &a) ||
	    handing_is_barred(o, r, old->item, old->office))
		return;
	judge(o, &a, old->office, &e);
	memcpy(e.matter, a.matter, sizeof(e.matter));
	if (strcmp(e.lower_state, old->lower_state) == 0 &&
	    strcmp(e.lawfulness, old->lawfulness) == 0 &&
	    e.knew_before == old->knew_before &&
	    strcmp(e.matter, old->matter) == 0 &&
	    strcmp(e.lower_item, old->lower_item) == 0)
		return;
	if (e.revision == ESCALATION_REVISIONS_MAX) {
		log_warn("escalation=%s event=restated_too_often", e.id);
		return;
	}
	e.revision++;
	record(o, r, &e);
}

void
escalation_again(struct office *o, const struct roster *r, const char *item)
{
	char matter[ITEM_NUMBER_MAX + 1];
	struct escalated *affected;
	size_t count;

	views_matter_of(o->views, item, matter);
	affected = memory_new(ESCALATION_AGAIN_MAX, sizeof(*affected));
	count = find_affected(o, matter, affected);
	for (size_t i = 0; i < count; i++)
		restate(o, r, &affected[i]);
	free(affected);
}
