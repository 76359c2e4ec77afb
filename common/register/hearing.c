/*
 * Whose word about an item is heard.
 *
 * Any office that is linked to us can write any item number into a move.
 * What is heard is what comes from an office that the item has to do with:
 *
 *	home		the office that the number names
 *	sent		whom it was forwarded or assigned to, by an office that
 *			is itself home, sent or above one of these
 *	above		an office above one that is home, sent or told
 *	told		the office that an escalation of the item names; it
 *			holds the item, but where it sends it is not heard
 *
 * The same everywhere.  A hub knows the tree below itself, and judges what
 * comes from there: every office that is at or below the first hub above all
 * involved ones is below that hub.  Of all others it has only what its parent
 * handed it, and the parent hands over only what it has heard itself
 * (city-hub/handing.c).  So whoever is not below us is heard here: that was
 * judged above, by the same rule, by somebody who knows them.  An office that
 * lacks some of the records hears less until they come; each of them marks
 * the item stale, and so does an office that enters the tree.
 *
 * Of two offices neither of which is below us, and of who stands above us
 * beyond our parent, only the codes can tell (views_stands_above): what the
 * codes cannot deny is believed, since our parent judged that as well.
 *
 * Bounded: of one item so many moves of one office are kept as are folded at
 * most (moves.c), and VIEWS_INVOLVED_MAX offices are involved.
 */
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "petition/office_code.h"
#include "register/views_internal.h"

enum {
	ABOVE_MAX = 8, /* offices above one another */
};

struct hearing {
	struct stmt *origin, *sent, *notified, *of_office;
};

static void
prepare_hearing(struct views *v)
{
	v->hearing = views_keep(v, sizeof(*v->hearing));
	/*
	 * An office, and those below it that were heard of before it: what
	 * they said, what was sent to them, their own, what they are told of.
	 */
	v->hearing->of_office = db_prepare(v->db,
	    "WITH RECURSIVE s (code) AS (SELECT ?1 UNION SELECT o.code"
	    "  FROM s JOIN office o ON o.parent = s.code)"
	    " SELECT item FROM move"
	    "  WHERE origin IN s OR to_office IN s"
	    "  OR substr(item, 1, instr(item, '-') - 1) IN s"
	    " UNION SELECT item FROM escalation_said WHERE office IN s");
	/* One step of a walk over the offices that moved an item. */
	v->hearing->origin = db_prepare(v->db,
	    "SELECT min(origin) FROM move WHERE item = ? AND origin > ?");
	v->hearing->sent = db_prepare(v->db,
	    "SELECT DISTINCT to_office FROM move WHERE item = ? AND origin = ?"
	    " AND move IN ('FWD', 'ASG') AND to_office <> ''"
	    " ORDER BY to_office");
	v->hearing->notified = db_prepare(v->db,
	    "SELECT DISTINCT office FROM escalation WHERE item = ?");
}

static bool
has(const struct views_involved *list, const char *office)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->offices[i], office) == 0)
			return true;
	}
	return false;
}

static void
add(struct views_involved *list, const char *office)
{
	if (list->count == VIEWS_INVOLVED_MAX || has(list, office))
		return;
	CHECK(text_copy(list->offices[list->count++], OFFICE_CODE_MAX + 1,
		  office) == RC_OK);
}

/* "420106-2026-000123-7QK" -> "420106"; "" when it is no number. */
static void
home_of(const char *item, char office[static OFFICE_CODE_MAX + 1])
{
	const char *end = strchr(item, '-');
	size_t size = end != NULL ? (size_t)(end - item) : 0;

	if (text_copy_span(office, OFFICE_CODE_MAX + 1, span_of(item, size)) !=
	    RC_OK)
		office[0] = '\0';
}

/* Home, sent, or above one of these; or for our parent to judge. */
static bool
may_send(struct views *v, const struct views_involved *in, const char *office)
{
	if (has(in, office) || !views_is_below(v, office, v->own))
		return true;
	for (size_t i = 0; i < in->count; i++) {
		if (views_is_below(v, in->offices[i], office))
			return true;
	}
	return false;
}

static void
add_column(struct views_involved *list, struct stmt *s)
{
	while (db_next(s))
		add(list, db_column_text(s, 0));
}

/* Who moved the item next, by code; false: nobody else. */
static bool
next_origin(struct views *v, const char *item,
    char office[static OFFICE_CODE_MAX + 1])
{
	struct stmt *s = v->hearing->origin;
	char last[OFFICE_CODE_MAX + 1];

	memcpy(last, office, sizeof(last));
	db_bind_text(s, item);
	db_bind_text(s, last);
	CHECK(db_next(s));
	CHECK(text_copy(office, OFFICE_CODE_MAX + 1, db_column_text(s, 0)) ==
	      RC_OK);
	db_reset(s);
	return office[0] != '\0';
}

/* Where those who may send it have sent it. */
static void
add_sent(struct views *v, const char *item, struct views_involved *in)
{
	char office[OFFICE_CODE_MAX + 1] = "";

	while (next_origin(v, item, office)) {
		if (!may_send(v, in, office))
			continue;
		db_bind_text(v->hearing->sent, item);
		db_bind_text(v->hearing->sent, office);
		add_column(in, v->hearing->sent);
	}
}

void
views_involved(struct views *v, const char *item, struct views_involved *out)
{
	char home[OFFICE_CODE_MAX + 1];
	size_t before;

	out->count = out->sent_count = 0;
	home_of(item, home);
	if (home[0] != '\0')
		add(out, home);
	/* Each round may let somebody send it who could not before. */
	do {
		before = out->count;
		add_sent(v, item, out);
	} while (out->count > before);
	out->sent_count = out->count;
	db_bind_text(v->hearing->notified, item);
	add_column(out, v->hearing->notified);
}

bool
views_is_heard(struct views *v, const struct views_involved *in,
    const char *office)
{
	return may_send(v, in, office);
}

/* -- who stands above whom -- */

/* Above us: our parent, and from there on by codes. */
static bool
is_above_us(struct views *v, const char *office)
{
	char at[OFFICE_CODE_MAX + 1], parent[OFFICE_CODE_MAX + 1];
	bool is_known = strcmp(v->above, "?") != 0;

	if (is_known && v->above[0] == '\0')
		return false;
	CHECK(text_copy(at, sizeof(at), is_known ? v->above : v->own) == RC_OK);
	for (int i = 0; i < ABOVE_MAX; i++) {
		if (is_known && strcmp(at, office) == 0)
			return true;
		if (!office_code_is_standard(at))
			return true; /* nothing says who is above it */
		if (office_code_parent(at, NULL, parent) != RC_OK)
			return false;
		memcpy(at, parent, sizeof(at));
		is_known = true;
	}
	return false;
}

static bool
is_higher(const char *office, const char *below)
{
	enum office_level a = office_code_level(office, NULL);
	enum office_level b = office_code_level(below, NULL);

	return a == OFFICE_LEVEL_UNKNOWN || b == OFFICE_LEVEL_UNKNOWN ||
	       office_level_steps(b, a) > 0;
}

bool
views_stands_above(struct views *v, const char *office, const char *below)
{
	if (strcmp(office, below) == 0)
		return false;
	if (views_is_below(v, office, v->own)) {
		/* NOLINTNEXTLINE(readability-suspicious-call-argument) */
		return views_is_below(v, below, office);
	}
	if (views_is_below(v, below, v->own))
		return is_above_us(v, office);
	return is_higher(office, below);
}

/* Whose word counts may change, of what concerns the office. */
static void
mark_involved(struct views *v, const char *office, bool is_new)
{
	struct stmt *s = v->hearing->of_office;

	if (!is_new) {
		if (db_exists(v->db, "SELECT 1 FROM move LIMIT 1", NULL))
			views_follow_anew(v);
		return;
	}
	db_bind_text(s, office);
	while (db_next(s))
		views_mark_stale(v, db_column_text(s, 0));
}

const struct family hearing_family = {
	.prepare = prepare_hearing,
	.on_office = mark_involved,
};
