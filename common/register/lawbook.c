/*
 * lawbook - which rule file and which calendar hold for an office at a moment.
 *
 * The files stand in the table of publications; parsing one costs more than
 * all that is asked of it, so those that were used are kept in memory, and
 * forgotten as soon as anything is published or a stream put aside.  Where
 * nobody has published, the shipped files hold.
 */
#include "register/lawbook.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "law/limits/publication.h"
#include "law/offices/tree.h"
#include "mech/db.h"
#include "register/views.h"

enum {
	BOOKS_MAX = 1024,         /* parsed files that are remembered */
	BOOKS_OF_OTHERS_MAX = 32, /* of each office below, the newest */
	DEPTH_MAX = 16,           /* offices from one up to the topmost */
};

/* One published file, read; of a sort that is `rules` or a calendar. */
struct book {
	uint64_t position;
	char origin[OFFICE_CODE_MAX + 1];
	int64_t effective_ms;
	struct rules *rules;
	struct calendar *calendar;
};

struct lawbook {
	struct views *views;
	bool is_loaded;
	struct book books[BOOKS_MAX]; /* later ones first */
	size_t count;
	/* Who publishes for an office: asked for each clock of each item. */
	struct {
		char office[OFFICE_CODE_MAX + 1];
		char above[DEPTH_MAX][OFFICE_CODE_MAX + 1];
		size_t depth;
	} path; /* of the last office that was asked about */
};

struct lawbook *
lawbook_new(struct views *v)
{
	struct lawbook *l = memory_new(1, sizeof(*l));

	l->views = v;
	return l;
}

void
lawbook_forget(struct lawbook *l)
{
	for (size_t i = 0; i < l->count; i++) {
		rules_free(l->books[i].rules);
		calendar_free(l->books[i].calendar);
	}
	l->count = 0;
	l->is_loaded = false;
	l->path.office[0] = '\0';
}

void
lawbook_free(struct lawbook *l)
{
	if (l == NULL)
		return;
	lawbook_forget(l);
	free(l);
}

/* -- reading what was published -- */

static bool
read_book(struct book *b, const char *sort, struct span text)
{
	struct law_fault fault = { 0 };
	enum rc rc = RC_MALFORMED;

	if (strcmp(sort, PUBLICATION_RULES) == 0) {
		rc = rules_parse(text, &b->rules, &fault);
	} else {
		rc = calendar_parse(text, &b->calendar, &fault);
	}
	if (rc != RC_OK) {
		/* The publisher checked it; another version may know more. */
		log_warn("position=%llu event=published_unreadable line=%u "
			 "reason=\"%s\"",
		    (unsigned long long)b->position, fault.line, fault.text);
	}
	return rc == RC_OK;
}

/* An office below us may publish as much as it likes: for itself. */
static bool
has_many(const struct lawbook *l, const char *origin)
{
	size_t count = 0;

	for (size_t i = 0; i < l->count; i++)
		count += strcmp(l->books[i].origin, origin) == 0;
	return count >= BOOKS_OF_OTHERS_MAX;
}

static void
load(struct lawbook *l)
{
	struct stmt *s = db_prepare(views_db(l->views),
	    "SELECT position, origin, effective_ms, sort, text, origin NOT IN"
	    " (SELECT office FROM applied UNION SELECT above FROM applied)"
	    " FROM published p"
	    " WHERE sort IN ('" PUBLICATION_RULES "', '" PUBLICATION_CALENDAR
	    "')"
	    " AND (audience = ''"
	    /* The copies that we gave to others say nothing new. */
	    " OR NOT EXISTS (SELECT 1 FROM published q WHERE"
	    " q.origin = p.origin AND q.audience = '' AND q.sort = p.sort"
	    " AND q.version = p.version))"
	    /* Ours and our parent's: whatever others publish, these hold. */
	    " ORDER BY 6, effective_ms DESC, recorded_ms DESC, incarnation "
	    "DESC,"
	    " sequence DESC");

	while (l->count < BOOKS_MAX && db_next(s)) {
		struct book *b = &l->books[l->count];

		*b = (struct book){ .position = db_column_u64(s, 0),
			.effective_ms = db_column_i64(s, 2) };
		CHECK(text_copy(b->origin, sizeof(b->origin),
			  db_column_text(s, 1)) == RC_OK);
		if (db_column_i64(s, 5) != 0 && has_many(l, b->origin))
			continue;
		if (read_book(b, db_column_text(s, 3), db_column_span(s, 4)))
			l->count++;
	}
	db_finish(s);
	l->is_loaded = true;
}

/* -- whose word counts -- */

static void
find_path(struct lawbook *l, const char *office)
{
	char code[OFFICE_CODE_MAX + 1];

	if (strcmp(l->path.office, office) == 0)
		return;
	CHECK(text_copy(code, sizeof(code), office) == RC_OK);
	memcpy(l->path.office, code, sizeof(code));
	for (l->path.depth = 0; l->path.depth < DEPTH_MAX && code[0] != '\0';
	     l->path.depth++) {
		memcpy(l->path.above[l->path.depth], code, sizeof(code));
		CHECK(text_copy(code, sizeof(code),
			  tree_parent_of(views_tree(l->views), code)) == RC_OK);
	}
}

static const struct book *
find(struct lawbook *l, const char *office, int64_t at_ms, bool wants_rules)
{
	if (!l->is_loaded)
		load(l);
	if (l->count == 0)
		return NULL;
	find_path(l, office);
	for (size_t depth = 0; depth < l->path.depth; depth++) {
		for (size_t i = 0; i < l->count; i++) {
			const struct book *b = &l->books[i];

			if ((b->rules != NULL) == wants_rules &&
			    b->effective_ms <= at_ms &&
			    strcmp(b->origin, l->path.above[depth]) == 0)
				return b;
		}
	}
	return NULL;
}

const struct rules *
lawbook_rules(struct lawbook *l, const char *office, int64_t at_ms)
{
	const struct book *b = find(l, office, at_ms, true);

	return b != NULL ? b->rules : rules_default();
}

const struct calendar *
lawbook_calendar(struct lawbook *l, const char *office, int64_t at_ms)
{
	const struct book *b = find(l, office, at_ms, false);

	return b != NULL ? b->calendar : calendar_default();
}

const struct rules *
lawbook_rules_named(struct lawbook *l, const char *version)
{
	if (!l->is_loaded)
		load(l);
	for (size_t i = 0; i < l->count; i++) {
		const struct rules *rules = l->books[i].rules;

		if (rules != NULL && strcmp(rules_version(rules), version) == 0)
			return rules;
	}
	return strcmp(rules_version(rules_default()), version) == 0
		   ? rules_default()
		   : NULL;
}

static void
tell(const struct book *b, struct lawbook_source *out)
{
	memcpy(out->publisher, b->origin, sizeof(out->publisher));
	out->effective_ms = b->effective_ms;
	out->position = b->position;
	out->version = b->rules != NULL ? rules_version(b->rules)
					: calendar_version(b->calendar);
}

void
lawbook_source(struct lawbook *l, const char *office, int64_t at_ms,
    bool wants_rules, struct lawbook_source *out)
{
	const struct book *b = find(l, office, at_ms, wants_rules);

	*out = (struct lawbook_source){ 0 };
	if (b != NULL) {
		tell(b, out);
	} else if (wants_rules) {
		out->version = rules_version(rules_default());
		out->effective_ms = rules_effective_ms(rules_default());
	} else {
		out->version = calendar_version(calendar_default());
	}
}

bool
lawbook_next(struct lawbook *l, const char *office, int64_t at_ms,
    bool wants_rules, struct lawbook_source *out)
{
	const struct book *next = NULL;

	for (size_t i = 0; i < l->count; i++) {
		const struct book *b = &l->books[i];

		if ((b->rules != NULL) == wants_rules &&
		    b->effective_ms > at_ms &&
		    (next == NULL || b->effective_ms < next->effective_ms) &&
		    find(l, office, b->effective_ms, wants_rules) == b)
			next = b;
	}
	if (next != NULL)
		tell(next, out);
	return next != NULL;
}

static const struct rules *
give_rules(void *context, const char *office, int64_t at_ms)
{
	return lawbook_rules(context, office, at_ms);
}

static const struct calendar *
give_calendar(void *context, const char *office, int64_t at_ms)
{
	return lawbook_calendar(context, office, at_ms);
}

void
lawbook_law(struct lawbook *l, struct clocks_law *out)
{
	*out = (struct clocks_law){ .rules = give_rules,
		.calendar = give_calendar,
		.context = l };
}
