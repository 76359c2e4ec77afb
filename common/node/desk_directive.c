/*
 * Directives at the desk: how one comes to be and how it moves.
 *
 *	         DLV (by itself: the receipt)
 *	SNT ---> DLV ---> SGN ---> WRK ---> ANS ---> CLS
 *	                   |                ^ |
 *	                   +----------------+ +---> RTN ---> WRK or ANS
 *
 *	CXL from everywhere but CLS
 *
 * The addressee signs, works and answers; the issuer closes, returns and
 * cancels.  Each side judges a move by what it knows: an answer and a
 * cancellation may cross on their way, and the views say which one counts.
 *
 * The issuer records a directive and each of its own steps once for
 * everybody above and once for each addressee, who sees its own copy alone.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "mech/db.h"
#include "node/desk_internal.h"
#include "node/views.h"
#include "petition/codes.h"
#include "petition/mask.h"
#include "petition/office_code.h"
#include "relay/wire.h"

enum side { SIDE_ADDRESSEE, SIDE_ISSUER };

enum { LIST_BYTES_MAX = 400 };

struct move {
	const char *status;
	const char *from; /* statuses, blanks between */
	enum side side;
	bool needs_text;
};

static const struct move moves[] = {
	{ "SGN", "DLV", SIDE_ADDRESSEE, false },
	{ "WRK", "SGN RTN", SIDE_ADDRESSEE, false },
	{ "ANS", "SGN WRK RTN", SIDE_ADDRESSEE, true },
	{ "CLS", "ANS", SIDE_ISSUER, false },
	{ "RTN", "ANS", SIDE_ISSUER, true },
	{ "CXL", "SNT DLV SGN WRK ANS RTN", SIDE_ISSUER, false },
};
enum { MOVES = sizeof(moves) / sizeof(*moves) };

/* -- judging what was typed -- */

static bool
refuse(struct reply_writer *reply, enum say id, const char *const args[])
{
	reply_refuse(reply, EXIT_REFUSED, id, args);
	return false;
}

/* Brings `id` into its printed form. */
static bool
judge_id(char id[static DIRECTIVE_ID_MAX + 1], struct item_number *n,
    struct reply_writer *reply)
{
	char typed[DIRECTIVE_ID_MAX + 1];
	enum rc rc;

	memcpy(typed, id, sizeof(typed));
	rc = item_number_parse(typed, n);
	if (rc == RC_DAMAGED) {
		return refuse(reply, SAY_ITEM_NUMBER_MISTYPED, SAY_ARGS(typed));
	}
	if (rc != RC_OK || n->kind != NUMBER_DIRECTIVE ||
	    item_number_normalise(typed, id) != RC_OK) {
		return refuse(reply, SAY_DESK_NO_DIRECTIVE_ID, SAY_ARGS(typed));
	}
	return true;
}

static bool
judge_item(char item[static ITEM_NUMBER_MAX + 1], struct reply_writer *reply)
{
	struct item_number n;
	char typed[ITEM_NUMBER_MAX + 1];
	enum rc rc;

	if (item[0] == '\0')
		return true;
	memcpy(typed, item, sizeof(typed));
	rc = item_number_parse(typed, &n);
	if (rc == RC_DAMAGED) {
		return refuse(reply, SAY_ITEM_NUMBER_MISTYPED, SAY_ARGS(typed));
	}
	if (rc != RC_OK || n.kind != NUMBER_ITEM ||
	    item_number_normalise(typed, item) != RC_OK) {
		return refuse(reply, SAY_ITEM_NUMBER_MALFORMED,
		    SAY_ARGS(typed, "420106-2026-000123-7QK"));
	}
	return true;
}

static bool
judge_code(enum codes_list list, char code[static CODE_MAX + 1],
    const char *what, struct reply_writer *reply)
{
	const char *known = codes_find(list, code);
	char typed[CODE_MAX + 1];

	if (known == NULL) {
		memcpy(typed, code, sizeof(typed));
		return refuse(reply, SAY_DESK_UNKNOWN_CODE,
		    SAY_ARGS(what, typed, codes_all(list)));
	}
	CHECK(text_copy(code, CODE_MAX + 1, known) == RC_OK);
	return true;
}

static bool
judge_text(struct span text, bool is_needed, struct reply_writer *reply)
{
	if (text.size > DIRECTIVE_TEXT_BYTES_MAX) {
		return refuse(reply, SAY_DESK_TEXT_TOO_LONG,
		    SAY_ARGS("32 KiB"));
	}
	if (is_needed && text.size == 0)
		return refuse(reply, SAY_DESK_TEXT_NEEDED, NULL);
	return true;
}

static bool
judge_due(struct office *o, int64_t due_ms, struct reply_writer *reply)
{
	if (due_ms != 0 && due_ms <= o->now.wall_ms)
		return refuse(reply, SAY_DESK_DUE_PAST, NULL);
	return true;
}

/* A directive that is passed down must have been addressed to us. */
static bool
judge_reference(struct office *o, char id[static DIRECTIVE_ID_MAX + 1],
    struct reply_writer *reply)
{
	struct item_number n;
	struct stmt *s;
	bool is_ours;

	if (id[0] == '\0')
		return true;
	if (!judge_id(id, &n, reply))
		return false;
	s = db_prepare(views_db(o->views),
	    "SELECT 1 FROM directive_to WHERE id = ? AND addressee = ?");
	db_bind_text(s, id);
	db_bind_text(s, o->settings.office);
	is_ours = db_next(s);
	db_finish(s);
	if (!is_ours) {
		return refuse(reply, SAY_DESK_REFERENCE_NOT_OURS, SAY_ARGS(id));
	}
	return true;
}

/* -- the addressees -- */

struct addressees {
	char (*codes)[OFFICE_CODE_MAX + 1];
	size_t count;
};

static void
add_addressee(struct addressees *to, const char *code)
{
	for (size_t i = 0; i < to->count; i++) {
		if (strcmp(to->codes[i], code) == 0)
			return;
	}
	CHECK(to->count < DIRECTIVE_TO_MAX);
	CHECK(text_copy(to->codes[to->count++], OFFICE_CODE_MAX + 1, code) ==
	      RC_OK);
}

/*
 * Directly below us is who we said is: a row that names us as the parent
 * comes of our own word alone (views_office.c).
 */
static bool
is_enrolled(struct office *o, const char *code)
{
	struct stmt *s = db_prepare(views_db(o->views),
	    "SELECT 1 FROM office WHERE code = ? AND parent = ?"
	    " AND state = 'enrolled'");
	bool found;

	db_bind_text(s, code);
	db_bind_text(s, o->settings.office);
	found = db_next(s);
	db_finish(s);
	return found;
}

static bool
add_everybody(struct office *o, struct addressees *to,
    struct reply_writer *reply)
{
	struct stmt *s = db_prepare(views_db(o->views),
	    "SELECT code FROM office WHERE parent = ? AND state = 'enrolled'"
	    " ORDER BY code");

	db_bind_text(s, o->settings.office);
	while (db_next(s)) {
		if (to->count == DIRECTIVE_TO_MAX) {
			db_finish(s);
			return refuse(reply, SAY_DESK_TOO_MANY, NULL);
		}
		add_addressee(to, db_column_text(s, 0));
	}
	db_finish(s);
	if (to->count == 0)
		return refuse(reply, SAY_DESK_NOBODY_BELOW, NULL);
	return true;
}

static bool
judge_addressees(struct office *o, const struct directive *d,
    struct addressees *to, struct reply_writer *reply)
{
	if (d->to_count == 0)
		return refuse(reply, SAY_DESK_NO_ADDRESSEE, NULL);
	if (d->to_count == 1 && strcmp(d->to[0], "all") == 0)
		return add_everybody(o, to, reply);
	for (size_t i = 0; i < d->to_count; i++) {
		if (!is_enrolled(o, d->to[i])) {
			return refuse(reply, SAY_DESK_NOT_ENROLLED,
			    SAY_ARGS(d->to[i]));
		}
		add_addressee(to, d->to[i]);
	}
	return true;
}

/* -- issuing -- */

static bool
judge_issue(struct office *o, struct directive *d, struct reply_writer *reply)
{
	if (!judge_code(CODES_DIRECTIVE_KIND, d->kind, "--kind", reply))
		return false;
	if (d->ground[0] != '\0' &&
	    !judge_code(CODES_GROUND, d->ground, "--ground", reply))
		return false;
	return judge_item(d->item, reply) && judge_text(d->text, true, reply) &&
	       judge_due(o, d->due_ms, reply) &&
	       judge_reference(o, d->reference, reply);
}

/* One copy of the directive; that it fits was judged before. */
static struct desk_place
record_issue(struct office *o, const struct command *c,
    const struct directive *d, const char *audience)
{
	struct record draft = { .kind = RECORD_DIRECTIVE_ISSUED,
		.claimed_ms = o->now.wall_ms };
	struct buffer payload = { 0 };
	struct desk_place place;

	wire_directive_pack(&payload, d);
	draft.payload = buffer_span(&payload);
	CHECK(desk_record(o, c, audience, &draft, &place) == RC_OK);
	buffer_clear(&payload);
	return place;
}

static json_t *
codes_json(const struct addressees *to)
{
	json_t *list = json_array();

	for (size_t i = 0; i < to->count; i++) {
		CHECK(json_array_append_new(list, json_string(to->codes[i])) ==
		      0);
	}
	return list;
}

static void
issue(struct office *o, const struct command *c, struct directive *d,
    const struct addressees *to, struct reply_writer *reply)
{
	struct desk_place place;
	struct desk_number number;

	desk_next_number(o, NUMBER_DIRECTIVE, &number);
	CHECK(text_copy(d->id, sizeof(d->id), number.text) == RC_OK);
	d->to = (const char(*)[OFFICE_CODE_MAX + 1]) to->codes;
	d->to_count = to->count;
	place = record_issue(o, c, d, "");
	for (size_t i = 0; i < to->count; i++) {
		/* Nobody need know who else got it. */
		d->to = (const char(*)[OFFICE_CODE_MAX + 1]) to->codes + i;
		d->to_count = 1;
		(void)record_issue(o, c, d, to->codes[i]);
	}
	desk_number_used(o, &number);
	reply_result(reply,
	    json_pack("{s:s, s:o, s:o, s:o}", "id", d->id, "addressees",
		codes_json(to), "position", reply_number(place.position),
		"leaf", reply_hex(place.leaf, HASH_BYTES)));
}

void
desk_directive_issue(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	struct directive d = c->directive;
	struct buffer masked = { 0 };
	struct addressees to = { 0 };
	uint32_t count = 0;

	if (!o->trade->has_children) {
		(void)refuse(reply, SAY_DESK_NOBODY_BELOW, NULL);
		return;
	}
	to.codes = memory_new(DIRECTIVE_TO_MAX, sizeof(*to.codes));
	if (judge_issue(o, &d, reply) && judge_addressees(o, &d, &to, reply)) {
		CHECK(mask_text(d.text, &masked, &count) == RC_OK);
		d.text = buffer_span(&masked);
		issue(o, c, &d, &to, reply);
	}
	buffer_clear(&masked);
	free(to.codes);
}

/* -- moving -- */

static const struct move *
find_move(const char *status)
{
	for (size_t i = 0; i < MOVES; i++) {
		if (strcmp(moves[i].status, status) == 0)
			return &moves[i];
	}
	return NULL;
}

static bool
is_allowed(const struct move *m, const char *from)
{
	const char *found = strstr(m->from, from);

	return from[0] != '\0' && found != NULL;
}

/* The statuses that one side may set from here, with their names. */
static void
list_moves(enum side side, const char *from, enum language language,
    char out[static LIST_BYTES_MAX])
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < MOVES; i++) {
		const struct move *m = &moves[i];

		if (m->side != side || !is_allowed(m, from))
			continue;
		if (text_format(out + used, LIST_BYTES_MAX - used, "%s%s %s",
			used > 0 ? ", " : "", m->status,
			codes_name(CODES_DIRECTIVE_STATUS, m->status,
			    language)) != RC_OK)
			break;
		used += strlen(out + used);
	}
	if (used == 0) {
		CHECK(text_copy(out, LIST_BYTES_MAX,
			  say(language, SAY_DESK_NO_MOVE)) == RC_OK);
	}
}

static bool
refuse_move(const struct move *m, const char *from, const char *addressee,
    struct reply_writer *reply)
{
	char list[LIST_BYTES_MAX];

	list_moves(m->side, from, reply->language, list);
	return refuse(reply, SAY_DESK_MOVE_NOT_ALLOWED,
	    SAY_ARGS(addressee,
		codes_name(CODES_DIRECTIVE_STATUS, from, reply->language),
		codes_name(CODES_DIRECTIVE_STATUS, m->status, reply->language),
		list));
}

/* One addressee of the directive, or all of them when `only` is "". */
static size_t
read_standing(struct office *o, const char *id, const char *only,
    char (*codes)[OFFICE_CODE_MAX + 1], char (*statuses)[CODE_MAX + 1])
{
	struct stmt *s = db_prepare(views_db(o->views),
	    "SELECT addressee, status FROM directive_now WHERE id = ?1"
	    " AND (?2 = '' OR addressee = ?2) ORDER BY addressee");
	size_t count = 0;

	db_bind_text(s, id);
	db_bind_text(s, only);
	while (count < DIRECTIVE_TO_MAX && db_next(s)) {
		CHECK(text_copy(codes[count], OFFICE_CODE_MAX + 1,
			  db_column_text(s, 0)) == RC_OK);
		CHECK(text_copy(statuses[count], CODE_MAX + 1,
			  db_column_text(s, 1)) == RC_OK);
		count++;
	}
	db_finish(s);
	return count;
}

static uint64_t
record_step(struct office *o, const struct command *c,
    const struct directive_step *step, enum side side)
{
	struct record draft = { .kind = RECORD_DIRECTIVE_STEP,
		.claimed_ms = o->now.wall_ms };
	struct buffer payload = { 0 };
	struct desk_place up, down;

	wire_directive_step_pack(&payload, step);
	draft.payload = buffer_span(&payload);
	CHECK(desk_record(o, c, "", &draft, &up) == RC_OK);
	if (side == SIDE_ISSUER) {
		draft.payload = buffer_span(&payload);
		CHECK(
		    desk_record(o, c, step->addressee, &draft, &down) == RC_OK);
	}
	buffer_clear(&payload);
	return up.position;
}

/* Where one directive stands, with the addressees that are to be moved. */
struct standing {
	char (*codes)[OFFICE_CODE_MAX + 1];
	char (*statuses)[CODE_MAX + 1];
	size_t count;
};

/* Whose directive is it, and which addressees does the move concern? */
static bool
judge_sides(struct office *o, const struct move *m, const char *issuer,
    struct directive_step *step, struct reply_writer *reply)
{
	const char *own = o->settings.office;

	if (m->side == SIDE_ISSUER && strcmp(issuer, own) != 0)
		return refuse(reply, SAY_DESK_NOT_ISSUER, SAY_ARGS(issuer));
	if (m->side == SIDE_ISSUER)
		return true;
	if (step->addressee[0] != '\0' && strcmp(step->addressee, own) != 0) {
		return refuse(reply, SAY_DESK_NOT_ADDRESSEE,
		    SAY_ARGS(step->addressee));
	}
	memcpy(step->addressee, own, sizeof(step->addressee));
	return true;
}

/* A cancellation without an addressee concerns all who have not ended. */
static void
keep_movable(struct standing *at, const struct move *m)
{
	size_t kept = 0;

	for (size_t i = 0; i < at->count; i++) {
		if (!is_allowed(m, at->statuses[i]))
			continue;
		memmove(at->codes[kept], at->codes[i], sizeof(*at->codes));
		memmove(at->statuses[kept], at->statuses[i],
		    sizeof(*at->statuses));
		kept++;
	}
	at->count = kept;
}

static bool
judge_standing(const struct directive_step *step, const struct move *m,
    struct standing *at, struct reply_writer *reply)
{
	if (at->count == 0) {
		return refuse(reply, SAY_DESK_DIRECTIVE_UNKNOWN,
		    SAY_ARGS(step->id));
	}
	if (at->count > 1 && strcmp(m->status, "CXL") != 0) {
		return refuse(reply, SAY_DESK_WHICH_ADDRESSEE,
		    SAY_ARGS(step->id));
	}
	if (at->count > 1)
		keep_movable(at, m);
	if (at->count == 0)
		return refuse(reply, SAY_DESK_ALL_ENDED, SAY_ARGS(step->id));
	if (!is_allowed(m, at->statuses[0]))
		return refuse_move(m, at->statuses[0], at->codes[0], reply);
	return true;
}

static void
move_all(struct office *o, const struct command *c, struct directive_step *step,
    const struct move *m, const struct standing *at, struct reply_writer *reply)
{
	struct addressees to = { .codes = at->codes, .count = at->count };
	struct buffer masked = { 0 };
	uint32_t count = 0;
	uint64_t position = 0;

	CHECK(mask_text(step->text, &masked, &count) == RC_OK);
	step->text = buffer_span(&masked);
	for (size_t i = 0; i < at->count; i++) {
		memcpy(step->addressee, at->codes[i], sizeof(*at->codes));
		position = record_step(o, c, step, m->side);
	}
	reply_result(reply, json_pack("{s:s, s:o, s:s, s:o}", "id", step->id,
				"addressees", codes_json(&to), "status",
				m->status, "position", reply_number(position)));
	buffer_clear(&masked);
}

static const struct move *
judge_move(struct office *o, struct directive_step *step,
    struct reply_writer *reply)
{
	const struct move *m = find_move(step->status);
	struct item_number n;

	if (m == NULL) {
		(void)refuse(reply, SAY_DESK_UNKNOWN_CODE,
		    SAY_ARGS("status", step->status,
			"SGN WRK ANS CLS RTN CXL"));
		return NULL;
	}
	if (!judge_id(step->id, &n, reply) ||
	    !judge_sides(o, m, n.office, step, reply) ||
	    !judge_text(step->text, m->needs_text, reply))
		return NULL;
	if (strcmp(m->status, "RTN") != 0) {
		step->due_ms = 0;
	} else if (step->due_ms == 0) {
		(void)refuse(reply, SAY_DESK_DUE_NEEDED, NULL);
	} else {
		(void)judge_due(o, step->due_ms, reply);
	}
	return reply_is_refused(reply) ? NULL : m;
}

void
desk_directive_move(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	struct directive_step step = c->step;
	const struct move *m = judge_move(o, &step, reply);
	struct standing at;

	if (m == NULL)
		return;
	at.codes = memory_new(DIRECTIVE_TO_MAX, sizeof(*at.codes));
	at.statuses = memory_new(DIRECTIVE_TO_MAX, sizeof(*at.statuses));
	at.count =
	    read_standing(o, step.id, step.addressee, at.codes, at.statuses);
	if (judge_standing(&step, m, &at, reply))
		move_all(o, c, &step, m, &at, reply);
	free(at.codes);
	free(at.statuses);
}
