/* acts - what people at the simulated offices do, and what they should not. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/command.h"
#include "contract/wire_payload.h"
#include "desk/accused.h"
#include "desk/desk.h"
#include "desk/numbers.h"
#include "desk/reply.h"
#include "mech/db.h"
#include "petition/office_code.h"
#include "register/views.h"
#include "supervise/grouping.h"

#include "supervise.h"

/* Some are alike, most are not. */
#define TEXTS                                                                  \
	"东湖花园三号楼屋顶漏水，物业多次维修没有结果，请督促处理。",          \
	    "东湖花园三号楼屋顶漏水已有半年，物业多次维修没有结果。",          \
	    "学校门口的路灯坏了，孩子们晚上回家很不安全，请尽快修好。",        \
	    "拖欠工人工资三个月，包工头不接电话，请劳动部门依法处理。",        \
	    "河边的工厂夜里排放污水，气味难闻，影响附近居民的生活。",          \
	    "村里的低保名单没有公示，希望公开评定的标准和结果。"

enum { TRIES = 6, HOUR_MS = 3600 * 1000, DAY_MS = 24 * HOUR_MS };

struct act {
	struct node *node;
	struct world *world;
	struct office *office;
};

/* -- choosing -- */

static const char *
pick(struct world *w, const char *const list[], size_t count)
{
	return list[world_roll_below(w, count)];
}

#define PICK(w, ...)                                                           \
	pick((w), (const char *const[]){ __VA_ARGS__ },                        \
	    sizeof((const char *const[]){ __VA_ARGS__ }) /                     \
		sizeof(const char *))

static void
copy(char *to, size_t size, const char *from)
{
	CHECK(text_copy(to, size, from) == RC_OK);
}

/* A row of the register, any of them: its columns 0 and 1.  False: none. */
static bool
pick_row(const struct act *a, const char *table, char *first, char *second)
{
	char sql[400];
	struct db *db = views_db(a->office->views);
	struct stmt *s;
	uint64_t count;

	CHECK(text_format(sql, sizeof(sql), "SELECT count(*) FROM (%s)",
		  table) == RC_OK);
	s = db_prepare(db, sql);
	CHECK(db_next(s));
	count = db_column_u64(s, 0);
	db_finish(s);
	if (count == 0)
		return false;
	CHECK(text_format(sql, sizeof(sql), "%s LIMIT 1 OFFSET %llu", table,
		  (unsigned long long)world_roll_below(a->world, count)) ==
	      RC_OK);
	s = db_prepare(db, sql);
	CHECK(db_next(s));
	copy(first, ITEM_NUMBER_MAX + 1, db_column_text(s, 0));
	if (second != NULL)
		copy(second, ITEM_NUMBER_MAX + 1, db_column_text(s, 1));
	db_finish(s);
	return true;
}

static bool
pick_item(const struct act *a, char item[static ITEM_NUMBER_MAX + 1])
{
	/* What came last is what people work on. */
	const char *recent =
	    world_happens(a->world, 500)
		? "SELECT item FROM petition WHERE position >"
		  " (SELECT max(position) - 60 FROM petition) ORDER BY position"
		: "SELECT item FROM petition ORDER BY position";

	return pick_row(a, recent, item, NULL);
}

static const char *
pick_office(const struct act *a)
{
	return a->world->nodes[world_roll_below(a->world, WORLD_NODES)].office;
}

static int64_t
earlier(const struct act *a, int64_t hours_max)
{
	return a->office->now.wall_ms -
	       (int64_t)world_roll_below(a->world, (uint64_t)hours_max) *
		   HOUR_MS;
}

/* -- an arrival -- */

static void
accuse(const struct act *a, struct petition *p)
{
	uint64_t count = 1 + world_roll_below(a->world, 2);

	for (uint64_t i = 0; i < count; i++) {
		const char *office = pick_office(a);

		/* A report about themselves they do not take. */
		if (strcmp(office, a->office->settings.office) != 0) {
			copy(p->accused[p->accused_count++],
			    sizeof(p->accused[0]), office);
		}
	}
}

static void
register_item(const struct act *a)
{
	struct world *w = a->world;
	struct office *o = a->office;
	struct petition p = { .heads = 1 };
	struct record draft = { .kind = RECORD_PETITION_REGISTERED,
		.claimed_ms = earlier(a, 30) };
	struct buffer payload = { 0 };
	struct desk_number number;
	const char *audience = "";
	uint64_t position;

	copy(p.channel, sizeof(p.channel), PICK(w, "LX", "LF", "WX", "LD"));
	copy(p.purpose, sizeof(p.purpose), PICK(w, "QJ", "SS", "JK", "ZX"));
	copy(p.legal_class, sizeof(p.legal_class),
	    PICK(w, "", "C6", "B", "C1"));
	copy(p.procedure, sizeof(p.procedure), PICK(w, "", "", "", "S", "U"));
	copy(p.category, sizeof(p.category), "03");
	copy(p.level, sizeof(p.level), o->settings.level);
	copy(p.responsible, sizeof(p.responsible),
	    world_happens(w, 500) ? o->settings.office : pick_office(a));
	p.subject = span_of_text("屋顶");
	p.text = span_of_text(PICK(w, TEXTS));
	if (world_happens(w, 150))
		accuse(a, &p);
	if (world_happens(w, 200))
		(void)pick_item(a, p.earlier_item);
	for (uint32_t i = 0; i < p.accused_count; i++) {
		/* By the tree: outside the standard codes do not tell. */
		if (node_is_below(o->settings.office, p.accused[i]))
			audience = o->settings.office;
	}
	if (accused_keeps_here(o, p.earlier_item))
		audience = o->settings.office;
	desk_next_number(o, NUMBER_ITEM, &number);
	memcpy(p.item, number.text, sizeof(p.item));
	wire_petition_pack(&payload, &p);
	draft.payload = buffer_span(&payload);
	CHECK(relay_record(o->relay, audience, &draft, o->now, &position,
		  NULL) == RC_OK);
	desk_number_used(o, &number);
	buffer_clear(&payload);
	WORLD_TRACE(w, "%s registers %s%s%s%s", a->node->office, p.item,
	    p.accused_count > 0 ? " against " : "",
	    p.accused_count > 0 ? p.accused[0] : "",
	    audience[0] != '\0' ? ", kept here" : "");
}

/* -- moves -- */

static void
fill_move(const struct act *a, struct moved *m, int64_t claimed_ms)
{
	struct world *w = a->world;

	copy(m->to, sizeof(m->to), pick_office(a));
	m->due_ms =
	    claimed_ms + (int64_t)(1 + world_roll_below(w, 40)) * DAY_MS;
	m->days = 1 + (uint32_t)world_roll_below(w, 30);
	m->text = span_of_text("because");
	copy(m->opinion, sizeof(m->opinion), PICK(w, "SUP", "EXP", "DEN"));
	copy(m->outcome, sizeof(m->outcome), PICK(w, "RES", "UNR", "OPN"));
	copy(m->rating, sizeof(m->rating), PICK(w, "0", "1", "2", "3"));
	copy(m->approver, sizeof(m->approver), "head");
	copy(m->person, sizeof(m->person), "clerk");
	copy(m->document, sizeof(m->document), "1");
	(void)pick_item(a, m->other);
}

/* The chief's desk judges; sometimes it must try a few. */
static bool
try_move(const struct act *a, const char *item, enum life_move move)
{
	struct command_move m = { .claimed_ms = earlier(a, 60) };
	struct command c = { .kind = COMMAND_ACT,
		.act = { .moves = &m, .moves_count = 1 } };
	uint64_t before = journal_end(a->office->journal);
	struct reply_writer reply;

	copy(m.word, sizeof(m.word), life_move_word(move));
	copy(m.moved.item, sizeof(m.moved.item), item);
	fill_move(a, &m.moved, m.claimed_ms);
	reply_init(&reply, "en");
	desk_handle(a->office, &c, &reply);
	reply_clear(&reply);
	if (journal_end(a->office->journal) == before)
		return false;
	WORLD_TRACE(a->world, "%s: %s %s %s", a->node->office, item,
	    life_move_word(move), m.moved.to);
	return true;
}

static void
move_item(const struct act *a)
{
	char item[ITEM_NUMBER_MAX + 1];

	for (int i = 0; i < TRIES; i++) {
		enum life_move move =
		    MOVE_REGISTER + 1 +
		    (enum life_move)world_roll_below(a->world, MOVE_COUNT - 1);

		if (world_happens(a->world, 300))
			move = MOVE_FORWARD;
		if (pick_item(a, item) && try_move(a, item, move))
			return;
	}
}

/* An office that does not ask whether it may: the fold must say no. */
static void
move_wrongly(const struct act *a)
{
	struct record draft = { .kind = RECORD_PETITION_MOVED,
		.claimed_ms = earlier(a, 60) };
	enum life_move move =
	    MOVE_REGISTER + 1 +
	    (enum life_move)world_roll_below(a->world, MOVE_COUNT - 1);
	struct buffer payload = { 0 };
	struct moved m = { .item = "" };
	uint64_t position;

	if (!pick_item(a, m.item))
		return;
	copy(m.move, sizeof(m.move), life_move_code(move));
	fill_move(a, &m, draft.claimed_ms);
	if ((life_rule_of(move)->needs & LIFE_NEEDS_OTHER) == 0)
		m.other[0] = '\0';
	/* Telling a secret would be no honest mistake. */
	if (views_is_accused(a->office->views, m.item, m.to) ||
	    accused_keeps_here(a->office, m.other))
		return;
	wire_moved_pack(&payload, &m);
	draft.payload = buffer_span(&payload);
	CHECK(
	    relay_record(a->office->relay, accused_audience(a->office, m.item),
		&draft, a->office->now, &position, NULL) == RC_OK);
	buffer_clear(&payload);
	WORLD_TRACE(a->world, "%s wrongly: %s %s %s", a->node->office, m.item,
	    life_move_word(move), m.to);
}

/* -- what hubs do -- */

static void
match(const struct act *a)
{
	struct command c = { .kind = COMMAND_MATCH };
	uint64_t before = journal_end(a->office->journal);
	struct reply_writer reply;

	if (!pick_item(a, c.match.item) || !pick_item(a, c.match.matter))
		return;
	copy(c.match.verdict, sizeof(c.match.verdict),
	    PICK(a->world, "LINK", "LINK", "LINK", "SPLIT", "REJECT"));
	if (strcmp(c.match.verdict, "SPLIT") == 0) {
		(void)pick_row(a, "SELECT item FROM link_now ORDER BY item",
		    c.match.item, NULL);
	}
	reply_init(&reply, "en");
	grouping_match(a->node->bureau->grouping, &c, &reply);
	reply_clear(&reply);
	if (journal_end(a->office->journal) != before) {
		WORLD_TRACE(a->world, "%s: %s %s %s", a->node->office,
		    c.match.item, c.match.verdict, c.match.matter);
	}
}

static void
issue(const struct act *a)
{
	struct world *w = a->world;
	char to[2][OFFICE_CODE_MAX + 1];
	struct command c = { .kind = COMMAND_DIRECTIVE_ISSUE };
	uint64_t before = journal_end(a->office->journal);
	struct directive *d = &c.directive;
	struct reply_writer reply;

	copy(d->kind, sizeof(d->kind), PICK(w, "JB", "CB", "DB", "TB", "IMP"));
	copy(d->ground, sizeof(d->ground), "G1");
	for (d->to_count = 0; d->to_count < 1 + world_roll_below(w, 2);
	     d->to_count++)
		copy(to[d->to_count], sizeof(to[0]), pick_office(a));
	d->to = (const char(*)[OFFICE_CODE_MAX + 1]) to;
	d->text = span_of_text("Do it.");
	d->due_ms = a->office->now.wall_ms +
		    (int64_t)(1 + world_roll_below(w, 20)) * DAY_MS;
	d->is_draft = world_happens(w, 150);
	if (world_happens(w, 600))
		(void)pick_item(a, d->item);
	if (world_happens(w, 150)) {
		(void)pick_row(a,
		    "SELECT DISTINCT id FROM directive_now ORDER BY 1",
		    d->supersedes, NULL);
	}
	reply_init(&reply, "en");
	desk_handle(a->office, &c, &reply);
	reply_clear(&reply);
	if (journal_end(a->office->journal) != before) {
		WORLD_TRACE(w, "%s issues %s about %s to %s", a->node->office,
		    d->kind, d->item, to[0]);
	}
}

/* A small rule file, in force from some day on. */
static void
publish(const struct act *a)
{
	struct published p = { .sort = "RULES" };
	struct buffer payload = { 0 };
	char text[400];

	if (a->node->bureau->has_published)
		return;
	a->node->bureau->has_published = true;
	a->world->has_published = true;
	CHECK(text_format(text, sizeof(text),
		  "[rules]\nname = x\nversion = %s\neffective = 2026-01-%02u\n"
		  "utc_offset = +08:00\nrest_day_end = keep\n"
		  "[limit.register]\ntitle_zh = x\ntitle_en = x\n"
		  "article = x\nstart = register\nstop = forward accept\n"
		  "limit = %u\nunit = working-day\nholder = recorder\n",
		  a->node->office, 5 + (unsigned)world_roll_below(a->world, 25),
		  1 + (unsigned)world_roll_below(a->world, 9)) == RC_OK);
	copy(p.version, sizeof(p.version), a->node->office);
	p.effective_ms =
	    a->office->now.wall_ms +
	    ((int64_t)world_roll_below(a->world, 20) - 10) * DAY_MS;
	p.text = span_of_text(text);
	wire_published_pack(&payload, &p);
	CHECK(office_record(a->office, "", RECORD_PUBLISHED,
		  buffer_span(&payload), "head", "head") == RC_OK);
	buffer_clear(&payload);
	WORLD_TRACE(a->world, "%s publishes", a->node->office);
}

/* -- steps of a directive, by either side -- */

static bool
try_step(const struct act *a, const char *id, const char *addressee,
    const char *step)
{
	struct command c = { .kind = COMMAND_DIRECTIVE_MOVE };
	uint64_t before = journal_end(a->office->journal);
	struct directive_step *d = &c.step;
	struct reply_writer reply;

	copy(d->id, sizeof(d->id), id);
	copy(d->addressee, sizeof(d->addressee), addressee);
	copy(d->status, sizeof(d->status), step);
	d->text = span_of_text("so");
	if (strcmp(step, "EXQ") == 0 || strcmp(step, "RTN") == 0) {
		d->due_ms =
		    a->office->now.wall_ms +
		    (int64_t)(25 + world_roll_below(a->world, 20)) * DAY_MS;
	}
	if (strcmp(step, "ANS") == 0) {
		copy(d->verdict, sizeof(d->verdict), "");
		d->done = span_of_text("done");
	}
	reply_init(&reply, "en");
	desk_handle(a->office, &c, &reply);
	reply_clear(&reply);
	if (journal_end(a->office->journal) == before)
		return false;
	WORLD_TRACE(a->world, "%s: %s %s %s", a->node->office, id, step,
	    addressee);
	return true;
}

static void
step_directive(const struct act *a)
{
	char id[ITEM_NUMBER_MAX + 1], addressee[ITEM_NUMBER_MAX + 1];
	bool is_notice = world_happens(a->world, 200);
	const char *rows =
	    is_notice ? "SELECT id, office FROM escalation_now ORDER BY id"
		      : "SELECT id, addressee FROM directive_now ORDER BY id, "
			"addressee";

	for (int i = 0; i < 2 * TRIES; i++) {
		const char *step =
		    PICK(a->world, "SGN", "WRK", "EXQ", "ANS", "EXG", "EXR",
			"RTN", "CLS", "CXL", "LPS", "SNT", "ANS", "EXQ", "RTN");

		if (!pick_row(a, rows, id, addressee))
			return;
		if (strlen(addressee) <= OFFICE_CODE_MAX &&
		    try_step(a, id, addressee, step))
			return;
	}
}

/* -- all of it -- */

void
supervise_act(struct node *n)
{
	struct act a = { .node = n,
		.world = n->world,
		.office = &n->bureau->office };
	uint64_t what = world_roll_below(n->world, 100);
	bool is_hub = a.office->trade->has_children;

	if (what < 30) {
		register_item(&a);
	} else if (what < 65) {
		move_item(&a);
	} else if (what < 70) {
		move_wrongly(&a);
	} else if (what < 80 || !is_hub) {
		step_directive(&a);
	} else if (what < 90) {
		match(&a);
	} else if (what < 98) {
		issue(&a);
	} else if (n->world->seed / WORLD_SUPERVISED_EVERY % 4 == 1) {
		publish(&a);
	}
}
