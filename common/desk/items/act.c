/*
 * Moves of items at the desk: each judged by itself, against where the item
 * stands now.
 *
 *	which item		its number, or where it was imported from
 *	which move		may this office make it, may this role, now?
 *	what it needs		texts, dates, codes, offices, the other item
 *	record			what travels is masked like any other text
 *
 * The table of moves is law/lifecycle.c's; what is said here is only why a
 * move is refused and which ones are open instead.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/command.h"
#include "contract/wire_payload.h"
#include "desk/accused.h"
#include "desk/desk_internal.h"
#include "desk/judge.h"
#include "desk/rights.h"
#include "law/moves/lifecycle.h"
#include "law/offices/involved.h"
#include "law/offices/tree.h"
#include "mech/states.h"
#include "petition/codes.h"
#include "petition/item_number.h"
#include "petition/mask.h"
#include "register/ask/items.h"
#include "register/views.h"
#include "words/doc.h"

enum {
	FUTURE_MS_MAX = 10 * 60 * 1000, /* clocks differ a little */
};

/* One move on its way. */
struct act {
	struct office *office;
	const struct command *command;
	enum language language;
	struct command_move typed;
	struct moved moved;
	enum life_move move;
	const struct life_rule *rule;
	struct views_case *item; /* as it stands */
	struct buffer masked;
	json_t *refusal; /* NULL: go on */
};

/* -- refusing -- */

static bool
refuse_field(struct act *a, const char *field, enum say id,
    const char *const args[])
{
	char sentence[SAY_TEXT_MAX];

	say_to(sentence, sizeof(sentence), a->language, id, args);
	a->refusal = json_pack("{s:s, s:s, s:s, s:s*, s:s}", "outcome",
	    "refused", "item", a->moved.item, "move", a->typed.word, "field",
	    field, "sentence", sentence);
	return false;
}

/* -- which item -- */

static bool
find_by_source(struct act *a)
{
	struct ask_source found;

	if (!ask_source(a->office->views, a->typed.source, a->typed.source_ref,
		&found))
		return false;
	memcpy(a->moved.item, found.item, sizeof(a->moved.item));
	return true;
}

static bool
judge_named(struct act *a, char item[static ITEM_NUMBER_MAX + 1],
    const char *field)
{
	struct item_number n;
	struct judged why;

	return judge_item_number(item, &n, &why) ||
	       refuse_field(a, field, why.say, why.args);
}

static bool
judge_item(struct act *a)
{
	if (a->moved.item[0] == '\0' && a->typed.source_ref.size > 0 &&
	    !find_by_source(a))
		return refuse_field(a, "source_ref", SAY_ACT_NO_SOURCE, NULL);
	if (!judge_named(a, a->moved.item, "item"))
		return false;
	if (!views_read_case(a->office->views, a->moved.item, a->item)) {
		return refuse_field(a, "item", SAY_ACT_NO_ITEM,
		    SAY_ARGS(a->moved.item));
	}
	return true;
}

/* -- who may -- */

static void
list_words(char *out, size_t size)
{
	size_t used = 0;

	for (enum life_move m = MOVE_REGISTER + 1; m < MOVE_COUNT; m++) {
		CHECK(text_format(out + used, size - used, "%s%s",
			  used > 0 ? " " : "", life_move_word(m)) == RC_OK);
		used += strlen(out + used);
	}
}

static bool
judge_word(struct act *a)
{
	char words[SAY_TEXT_MAX / 2];

	a->move = life_move_of_word(a->typed.word);
	if (a->move == MOVE_COUNT)
		a->move = life_move_of_code(a->typed.word);
	if (a->move != MOVE_COUNT && a->move != MOVE_REGISTER) {
		a->rule = life_rule_of(a->move);
		CHECK(text_copy(a->moved.move, sizeof(a->moved.move),
			  life_move_code(a->move)) == RC_OK);
		return true;
	}
	list_words(words, sizeof(words));
	return refuse_field(a, "move", SAY_ACT_NO_MOVE,
	    SAY_ARGS(a->typed.word, words));
}

/* Does this office stand above the one that answered, or that has it? */
static bool
is_above(const struct act *a)
{
	const struct life *life = &a->item->life;
	const char *below =
	    life->replier[0] != '\0' ? life->replier : life->holder;

	return tree_stands_above(views_tree(a->office->views),
	    a->office->settings.office, below);
}

/* Elsewhere it would not count. */
static bool
own_word_counts(const struct act *a)
{
	struct involved involved;

	views_involved(a->office->views, a->moved.item, &involved);
	return involved_counts(&involved, views_tree(a->office->views),
	    a->office->settings.office);
}

static bool
judge_state(struct act *a)
{
	const struct life *life = &a->item->life;
	const char *own = a->office->settings.office;
	const char *state = life_state_code(life->state);
	char open[LIFE_MOVES_TEXT_MAX];

	if (life_allows(life, a->move, own, is_above(a)) && own_word_counts(a))
		return true;
	life_moves_open(life, own, is_above(a), a->language, open);
	return refuse_field(a, "move",
	    open[0] != '\0' ? SAY_ACT_NOT_ALLOWED : SAY_ACT_NOT_OURS,
	    SAY_ARGS(a->moved.item, codes_name(CODES_STATE, state, a->language),
		life_move_name(a->move, a->language), life->holder, open));
}

static bool
judge_person(struct act *a)
{
	enum life_role role = life_role_of_word(a->command->actor_role);

	if (ask_is_recused(a->office->views, a->moved.item,
		a->command->actor)) {
		return refuse_field(a, NULL, SAY_ACT_RECUSED,
		    SAY_ARGS(a->command->actor, a->moved.item));
	}
	/* An office that named nobody yet makes no difference between them. */
	if (!desk_has_people(a->office) ||
	    (role != ROLE_COUNT && (a->rule->roles & BIT(role)) != 0))
		return true;
	return refuse_field(a, NULL, SAY_ACT_ROLE,
	    SAY_ARGS(a->command->actor_role,
		life_move_name(a->move, a->language)));
}

/* -- what it needs -- */

static bool
move_needs(const struct act *a, enum life_needs what)
{
	return (a->rule->needs & what) != 0;
}

static bool
refuse_missing(struct act *a, const char *field, const char *option)
{
	return refuse_field(a, field, SAY_ACT_NEEDS,
	    SAY_ARGS(life_move_name(a->move, a->language), option));
}

static bool
judge_field(struct act *a, enum codes_list list, char code[static CODE_MAX + 1],
    const char *field, const char *option, bool is_needed)
{
	struct judged why;

	if (code[0] == '\0')
		return !is_needed || refuse_missing(a, field, option);
	return judge_code(list, code, field, &why) ||
	       refuse_field(a, field, why.say, why.args);
}

static bool
judge_codes(struct act *a)
{
	struct moved *m = &a->moved;

	return judge_field(a, CODES_OPINION, m->opinion, "opinion",
		   "--opinion SUP|EXP|DEN",
		   move_needs(a, LIFE_NEEDS_OPINION)) &&
	       judge_field(a, CODES_OUTCOME, m->outcome, "outcome",
		   "--outcome RES|UNR|OPN",
		   move_needs(a, LIFE_NEEDS_OUTCOME)) &&
	       judge_field(a, CODES_RATING, m->rating, "rating",
		   "--rating 3|2|1|0", move_needs(a, LIFE_NEEDS_RATING)) &&
	       judge_field(a, CODES_CAUSE, m->cause, "cause", "--cause CODE",
		   false);
}

/* The addressee, or an office on the way down to it. */
static bool
is_way_accused(struct office *o, const char *item, const char *to)
{
	struct tree_way way;
	bool is_accused = false;

	tree_way_to(views_tree(o->views), to, o->settings.office, &way);
	for (size_t i = 0; i < way.count && !is_accused; i++)
		is_accused = views_is_accused(o->views, item, way.offices[i]);
	return is_accused;
}

static bool
judge_to(struct act *a)
{
	const struct office *o = a->office;
	const char *to = a->moved.to;
	struct judged why;

	if (!move_needs(a, LIFE_NEEDS_TO)) {
		a->moved.to[0] = '\0';
		return true;
	}
	if (to[0] == '\0')
		return refuse_missing(a, "to", "--to CODE");
	if (!judge_office_code(to, &why))
		return refuse_field(a, "to", why.say, why.args);
	if (strcmp(to, o->settings.office) == 0)
		return refuse_field(a, "to", SAY_ACT_TO_SELF, SAY_ARGS(to));
	/* It would have to be told of what only we may know. */
	if (accused_keeps_here(a->office, a->moved.item)) {
		return refuse_field(a, NULL, SAY_ACT_KEPT_HERE,
		    SAY_ARGS(a->moved.item));
	}
	/* As if there were no such office: why must not be told. */
	if (is_way_accused(a->office, a->moved.item, to) ||
	    (o->trade->has_children && o->settings.parent[0] == '\0' &&
		!tree_knows(views_tree(o->views), to)))
		return refuse_field(a, "to", SAY_ACT_TO_UNKNOWN, SAY_ARGS(to));
	return true;
}

static bool
judge_days(struct act *a)
{
	bool is_term = a->move == MOVE_EXTEND;

	if (!move_needs(a, LIFE_NEEDS_DAYS)) {
		a->moved.days = 0;
		return true;
	}
	if (a->moved.days == 0)
		return refuse_missing(a, "days", "--days N");
	_Static_assert(LIFE_EXTEND_DAYS_MAX == 30, "said below");
	_Static_assert(LIFE_HEARING_DAYS_MAX == 365, "said below");
	if (a->moved.days >
	    (is_term ? LIFE_EXTEND_DAYS_MAX : LIFE_HEARING_DAYS_MAX)) {
		return refuse_field(a, "days", SAY_ACT_DAYS,
		    SAY_ARGS(is_term ? "30" : "365"));
	}
	return true;
}

static bool
judge_dates(struct act *a)
{
	int64_t now_ms = a->office->now.wall_ms;
	int64_t first_ms = a->item->events[0].claimed_ms;
	struct judged why;

	if (a->typed.claimed_ms == 0)
		a->typed.claimed_ms = now_ms;
	if (a->typed.claimed_ms > now_ms + FUTURE_MS_MAX)
		return refuse_field(a, "claimed_at", SAY_ACT_FUTURE, NULL);
	if (a->typed.claimed_ms < first_ms) {
		return refuse_field(a, "claimed_at", SAY_ACT_BEFORE_ITEM,
		    SAY_ARGS(a->moved.item));
	}
	if (!move_needs(a, LIFE_NEEDS_DUE)) {
		a->moved.due_ms = 0;
		return true;
	}
	if (a->moved.due_ms == 0)
		return refuse_missing(a, "due", "--due DATE");
	return judge_due(a->moved.due_ms, a->typed.claimed_ms, &why) ||
	       refuse_field(a, "due", why.say, why.args);
}

static bool
judge_other(struct act *a)
{
	if (!move_needs(a, LIFE_NEEDS_OTHER)) {
		a->moved.other[0] = '\0';
		return true;
	}
	if (a->moved.other[0] == '\0')
		return refuse_missing(a, "other", "--other ITEM");
	if (!judge_named(a, a->moved.other, "other"))
		return false;
	/* Others hear of this item, and would read the other's number. */
	if (accused_keeps_here(a->office, a->moved.other)) {
		return refuse_field(a, "other", SAY_ACT_KEPT_HERE,
		    SAY_ARGS(a->moved.other));
	}
	if (strcmp(a->moved.other, a->moved.item) == 0) {
		return refuse_field(a, "other", SAY_ACT_OTHER_SAME,
		    SAY_ARGS(a->moved.item));
	}
	return true;
}

static bool
judge_words(struct act *a)
{
	struct moved *m = &a->moved;
	struct judged why;

	if (!judge_length(m->text.size, MOVE_TEXT_BYTES_MAX, "32 KiB", &why))
		return refuse_field(a, "text", why.say, why.args);
	if (move_needs(a, LIFE_NEEDS_TEXT) && m->text.size == 0)
		return refuse_missing(a, "text", "--text TEXT");
	if (move_needs(a, LIFE_NEEDS_APPROVER) && m->approver[0] == '\0')
		return refuse_missing(a, "approver", "--approver USER");
	if (move_needs(a, LIFE_NEEDS_APPROVER) &&
	    !desk_may_approve(a->office, m->approver)) {
		return refuse_field(a, "approver", SAY_ACT_APPROVER,
		    SAY_ARGS(m->approver));
	}
	if (move_needs(a, LIFE_NEEDS_PERSON) && m->person[0] == '\0')
		return refuse_missing(a, "person", "--person USER");
	if (move_needs(a, LIFE_NEEDS_DOCUMENT) && m->document[0] == '\0')
		return refuse_missing(a, "document", "--document NUMBER");
	return true;
}

/* -- recording -- */

static json_t *
move_recorded(struct act *a, const struct desk_place *place)
{
	struct life *life = &a->item->life;

	CHECK(views_read_case(a->office->views, a->moved.item, a->item));
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o}", "outcome",
	    "recorded", "item", a->moved.item, "move", life_move_word(a->move),
	    "state", life_state_code(life->state), "holder", life->holder,
	    "position", doc_number(place->position), "leaf",
	    doc_hex(place->leaf, HASH_BYTES));
}

static json_t *
record_move(struct act *a)
{
	struct record draft = { .kind = RECORD_PETITION_MOVED,
		.claimed_ms = a->typed.claimed_ms };
	struct buffer payload = { 0 };
	struct desk_place place;
	uint32_t count = 0;
	enum rc rc;

	buffer_reset(&a->masked);
	CHECK(mask_text(a->moved.text, &a->masked, &count) == RC_OK);
	a->moved.text = buffer_span(&a->masked);
	wire_moved_pack(&payload, &a->moved);
	draft.payload = buffer_span(&payload);
	/* What is kept here alone has a life here alone. */
	rc = desk_record(a->office, a->command,
	    accused_audience(a->office, a->moved.item), &draft, &place);
	buffer_clear(&payload);
	CHECK(rc == RC_OK); /* its parts were judged, and fit */
	return move_recorded(a, &place);
}

/*
 * An import that is run again: a move that names its item by where it came
 * from, and that this office made at the same claimed time.
 */
static bool
is_made(const struct act *a)
{
	return a->typed.moved.item[0] == '\0' && a->typed.claimed_ms != 0 &&
	       ask_move_was_made(a->office->views, a->moved.item,
		   a->office->settings.office, a->moved.move,
		   a->typed.claimed_ms);
}

static json_t *
move_made_already(const struct act *a)
{
	return json_pack("{s:s, s:s, s:s}", "outcome", "already", "item",
	    a->moved.item, "move", life_move_word(a->move));
}

static json_t *
take_move(struct act *a, const struct command_move *typed)
{
	a->typed = *typed;
	a->moved = typed->moved;
	a->refusal = NULL;
	if (judge_word(a) && judge_item(a) && is_made(a))
		return move_made_already(a);
	if (a->refusal == NULL && judge_state(a) && judge_person(a) &&
	    judge_codes(a) && judge_to(a) && judge_days(a) && judge_dates(a) &&
	    judge_other(a) && judge_words(a))
		return record_move(a);
	return a->refusal;
}

void
desk_act(struct office *o, const struct command *c, struct reply_writer *reply)
{
	struct act a = { .office = o,
		.command = c,
		.language = reply->language,
		.item = memory_new(1, sizeof(*a.item)) };
	json_t *moves = json_array();

	for (uint32_t i = 0; i < c->act.moves_count; i++) {
		doc_add(moves, take_move(&a, &c->act.moves[i]));
	}
	reply_result(reply, json_pack("{s:o}", "moves", moves));
	buffer_clear(&a.masked);
	free(a.item);
}
