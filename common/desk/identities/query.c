/*
 * What a petitioner may see with the code on the slip.
 *
 * The code is looked up by its keyed hash, among the items that this office
 * took.  The answer says what was asked, where it stands, who answers for it,
 * what was answered and which dates are due; never a name, a number of a
 * person, a note between offices or who of the staff did what.  A code that
 * is mistyped and one that nobody was given get the same sentence.
 *
 * A bucket of tokens slows down whoever guesses.  It is kept in the ledger,
 * so that it holds across restarts and without a daemon, too:
 *
 *	10 at most, one more every 6 seconds; a query takes one, a wrong code
 *	two more, which may leave a debt
 *
 * All who ask at one office share it.  80 random bits need no help against
 * guessing; this is against noise, and for the day when a code leaks in part.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "contract/command.h"
#include "desk/desk_internal.h"
#include "desk/secrets.h"
#include "petition/query_code.h"
#include "register/ask/items.h"
#include "register/ask/offices.h"
#include "register/views.h"
#include "relay/journal.h"
#include "words/doc.h"

enum {
	TOKEN_MS = 6000, /* one token comes back in this time */
	TOKENS_MAX = 10,
	BUCKET_MS = TOKENS_MAX * TOKEN_MS,
	COST_MS = TOKEN_MS,
	WRONG_MS = 2 * TOKEN_MS, /* besides */
	BUCKET_BYTES = 16,
	DATE_BYTES = 10, /* 2026-03-01 */
};

static const char bucket_name[] = "query.bucket";

/* -- the bucket; tokens are counted in the milliseconds that they take -- */

struct bucket {
	int64_t left_ms; /* below 0: a debt */
	int64_t at_ms;   /* wall time of the count */
};

static void
read_bucket(struct office *o, struct bucket *b)
{
	struct buffer value = { .limit = JOURNAL_VALUE_MAX };
	const int64_t most_ms = INT64_C(2) * BUCKET_MS;
	int64_t passed_ms;

	*b = (struct bucket){ .left_ms = BUCKET_MS, .at_ms = o->now.wall_ms };
	if (journal_get(o->journal, bucket_name, &value) &&
	    value.size == BUCKET_BYTES) {
		b->left_ms = (int64_t)number_get_u64(value.at);
		b->at_ms = (int64_t)number_get_u64(value.at + 8);
	}
	buffer_clear(&value);
	/* A clock that was set back gives nothing. */
	passed_ms = o->now.wall_ms - b->at_ms;
	if (passed_ms > 0) {
		b->left_ms += passed_ms < most_ms ? passed_ms : most_ms;
	}
	if (b->left_ms > BUCKET_MS)
		b->left_ms = BUCKET_MS;
	b->at_ms = o->now.wall_ms;
}

static void
pay(struct office *o, struct bucket *b, int64_t cost_ms)
{
	uint8_t value[BUCKET_BYTES];

	b->left_ms -= cost_ms;
	number_put_u64(value, (uint64_t)b->left_ms);
	number_put_u64(value + 8, (uint64_t)b->at_ms);
	journal_put(o->journal, bucket_name, span_of(value, sizeof(value)));
}

/* -- the answer -- */

/* The name of an office, or its code. */
static json_t *
office_name(struct office *o, const char *code)
{
	char name[OFFICE_NAME_MAX + 1];

	ask_office_name(o->views, code, name);
	return doc_text(name);
}

/* Did this move count?  Anybody can send one about any item. */
static bool
was_applied(const struct views_case *c, const struct ask_answer *a)
{
	for (size_t i = 0; i < c->events_count; i++) {
		const struct life_event *e = &c->events[i];

		if (e->is_applied && e->sequence == a->sequence &&
		    e->incarnation == a->incarnation &&
		    strcmp(e->office, a->office) == 0 &&
		    strcmp(life_move_code(e->move), a->move) == 0)
			return true;
	}
	return false;
}

static json_t *
answers_json(struct office *o, const char *item, const struct views_case *c)
{
	json_t *list = json_array();
	struct ask_answer a;

	ask_walk_answers(o->views, item);
	while (ask_next_answer(o->views, &a)) {
		if (!was_applied(c, &a))
			continue;
		doc_add(list,
		    json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "office_name",
			office_name(o, a.office), "at", doc_time(a.claimed_ms),
			"opinion", doc_text(a.opinion), "document",
			doc_text(a.document), "text", doc_text(a.text), "move",
			doc_text(a.move)));
	}
	return list;
}

/* Limits of rule files that an office made are called by their names. */
static const char *
limit_title(const char *name, enum language language)
{
	const struct rules_limit *limit =
	    rules_limit_named(rules_default(), name);

	return limit != NULL ? limit->title[language] : name;
}

/* Dates that are still to come, or were missed. */
static json_t *
dues_json(const struct views_case *c, enum language language)
{
	json_t *list = json_array();

	for (size_t i = 0; i < c->clocks_count; i++) {
		const struct clock_row *clock = &c->clocks[i];
		char date[CLOCK_TEXT_MAX + 1];

		if (clock->met_ms != 0 || clock->stopped_ms != 0)
			continue;
		clock_format(clock->due_ms, date);
		date[DATE_BYTES] = '\0';
		doc_add(list, json_pack("{s:s, s:s, s:s}", "what",
				  limit_title(clock->name, language), "date",
				  date, "article", clock->article));
	}
	return list;
}

/* Where the item stands now, who answers for it, answers and dates. */
static void
add_life(struct office *o, const char *item, enum language language,
    json_t *out)
{
	struct views_case *c = memory_new(1, sizeof(*c));

	CHECK(views_read_case(o->views, item, c));
	CHECK(json_object_update_new(out,
		  json_pack("{s:s, s:o, s:s, s:o, s:o, s:o}", "state",
		      life_state_code(c->life.state), "since",
		      doc_time(c->life.since_ms), "responsible", c->life.holder,
		      "responsible_name", office_name(o, c->life.holder),
		      "answers", answers_json(o, item, c), "due",
		      dues_json(c, language))) == 0);
	free(c);
}

/* NULL: nobody was given this code. */
static json_t *
look_up(struct office *o, const uint8_t hash[static HASH_BYTES],
    enum language language)
{
	struct ask_slip slip;
	json_t *found;

	if (!ask_slip(o->views, hash, o->settings.office, &slip))
		return NULL;
	found = json_pack("{s:o, s:o, s:o, s:o, s:o, s:s}", "item",
	    doc_text(slip.item), "subject", doc_text(slip.subject),
	    "claimed_at", doc_time(slip.claimed_ms), "recorded_at",
	    doc_time(slip.recorded_ms), "leaf", doc_hex(slip.leaf, HASH_BYTES),
	    "office_name", o->settings.name);
	CHECK(found != NULL);
	add_life(o, slip.item, language, found);
	return found;
}

/* RC_NONE: nobody was given this code.  Else as desk_keys_load. */
static enum rc
find(struct office *o, const char *typed, enum language language, json_t **out)
{
	char code[QUERY_CODE_MAX + 1];
	uint8_t hash[HASH_BYTES];
	struct desk_keys keys;
	enum rc rc;

	if (query_code_normalise(span_of_text(typed), code) != RC_OK)
		return RC_NONE;
	rc = desk_keys_load(o->dir, &keys);
	if (rc == RC_OK) {
		query_code_hash(code, keys.query, hash);
		*out = look_up(o, hash, language);
	}
	desk_keys_wipe(&keys);
	sodium_memzero(code, sizeof(code));
	if (rc == RC_OK)
		return *out != NULL ? RC_OK : RC_NONE;
	return rc == RC_NONE ? RC_DAMAGED : rc;
}

void
desk_query(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	struct bucket bucket;
	json_t *found = NULL;
	enum rc rc;

	read_bucket(o, &bucket);
	if (bucket.left_ms < COST_MS) {
		reply_refuse(reply, EXIT_TRY_AGAIN, SAY_QUERY_TOO_OFTEN, NULL);
		return;
	}
	rc = find(o, c->query.code, reply->language, &found);
	pay(o, &bucket, rc == RC_OK ? COST_MS : COST_MS + WRONG_MS);
	if (rc == RC_OK) {
		reply_result(reply, found);
	} else if (rc == RC_NONE) {
		reply_refuse(reply, EXIT_REFUSED, SAY_QUERY_UNKNOWN,
		    SAY_ARGS(o->settings.name));
	} else {
		reply_refuse(reply, EXIT_CONFIG, SAY_DESK_NO_KEYS,
		    SAY_ARGS(o->dir));
	}
}
