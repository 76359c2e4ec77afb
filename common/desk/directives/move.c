/*
 * Directives at the desk: how one moves, by law/directive_core.h.
 *
 * What was typed is judged by itself first, then against where the directive
 * stands at each addressee that the move concerns; then every one of them is
 * recorded, or none.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "desk/directives/directive_internal.h"
#include "desk/rights.h"
#include "law/moves/directive_core.h"
#include "petition/item_number.h"
#include "petition/mask.h"
#include "register/ask/files.h"
#include "words/doc.h"

enum {
	LIST_BYTES_MAX = 400,
	ANSWER_BYTES_MAX = 64 * 1024, /* text, done and report together */
};

/* One move on its way through the judges. */
struct moving {
	struct directive_step step;
	const struct directive_rule *rule; /* of the step, any of them */
	struct directive about;  /* its kind, item, matter; "": unknown */
	struct ask_standing *at; /* the addressees that move */
	size_t count;
};

/* -- what may be done now -- */

/* The steps that one side may take from here, with their names. */
static void
list_moves(enum directive_side side, const char *kind, const char *from,
    enum language language, char out[static LIST_BYTES_MAX])
{
	const struct directive_rule *r;
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; (r = directive_rule_at(i)) != NULL; i++) {
		if (r->side != side || r->word[0] == '\0' ||
		    directive_rule(directive_code(r->step), kind, from) != r)
			continue;
		if (text_format(out + used, LIST_BYTES_MAX - used, "%s%s %s",
			used > 0 ? ", " : "", directive_code(r->step),
			codes_name(CODES_DIRECTIVE_STATUS,
			    directive_code(r->step), language)) != RC_OK)
			break;
		used += strlen(out + used);
	}
	if (used == 0) {
		CHECK(text_copy(out, LIST_BYTES_MAX,
			  say(language, SAY_DESK_NO_MOVE)) == RC_OK);
	}
}

static bool
refuse_move(const struct moving *m, const struct ask_standing *at,
    struct reply_writer *reply)
{
	enum language language = reply->language;
	char list[LIST_BYTES_MAX];

	list_moves(m->rule->side, m->about.kind, at->status, language, list);
	return desk_refuse(reply, SAY_DESK_MOVE_NOT_ALLOWED,
	    SAY_ARGS(at->office,
		codes_name(CODES_DIRECTIVE_STATUS, at->status, language),
		codes_name(CODES_DIRECTIVE_STATUS, m->step.status, language),
		list));
}

/* -- whose move it is -- */

static bool
judge_sides(struct office *o, struct moving *m, const char *issuer,
    struct reply_writer *reply)
{
	struct directive_step *step = &m->step;
	const char *own = o->settings.office;

	if (m->rule->side == DIRECTIVE_BY_ISSUER) {
		if (strcmp(issuer, own) == 0)
			return true;
		return desk_refuse(reply, SAY_DESK_NOT_ISSUER,
		    SAY_ARGS(issuer));
	}
	if (step->addressee[0] != '\0' && strcmp(step->addressee, own) != 0) {
		return desk_refuse(reply, SAY_DESK_NOT_ADDRESSEE,
		    SAY_ARGS(step->addressee));
	}
	memcpy(step->addressee, own, sizeof(step->addressee));
	return true;
}

/* -- what it must bring -- */

static bool
judge_texts(const struct moving *m, struct reply_writer *reply)
{
	const struct directive_step *s = &m->step;
	size_t said = s->text.size;
	struct judged why;

	if (!desk_judge_text(s->text, reply) ||
	    !desk_judge_text(s->done, reply) ||
	    !desk_judge_text(s->report, reply))
		return false;
	if ((m->rule->needs & DIRECTIVE_IS_ANSWER) != 0)
		said += s->done.size + s->report.size;
	if (!judge_length(said, ANSWER_BYTES_MAX, "64 KiB", &why))
		return desk_refuse(reply, why.say, why.args);
	if (said == 0 && (m->rule->needs &
			     (DIRECTIVE_NEEDS_TEXT | DIRECTIVE_IS_ANSWER)) != 0)
		return desk_refuse(reply, SAY_DESK_TEXT_NEEDED, NULL);
	return true;
}

static bool
judge_verdict(struct moving *m, struct reply_writer *reply)
{
	char *verdict = m->step.verdict;

	if (directive_is_suggestion(m->about.kind)) {
		if (verdict[0] == '\0') {
			return desk_refuse(reply, SAY_DESK_ADOPTED_NEEDED,
			    NULL);
		}
		return desk_judge_code(CODES_SUGGESTION_ANSWER, verdict,
		    "--answer", reply);
	}
	return verdict[0] == '\0' ||
	       desk_judge_code(CODES_VERDICT, verdict, "--true", reply);
}

static bool
judge_files(struct office *o, struct moving *m, struct reply_writer *reply)
{
	char hash[2 * HASH_BYTES + 1];

	for (uint32_t i = 0; i < m->step.attachments_count; i++) {
		enum rc rc = ask_file(o->views, o->settings.office,
		    m->step.attachments[i], NULL, NULL);

		if (rc == RC_OK)
			continue;
		text_hex(span_of(m->step.attachments[i], HASH_BYTES), hash);
		return desk_refuse(reply,
		    rc == RC_NONE ? SAY_DESK_FILE_MISSING
				  : SAY_DESK_FILE_DAMAGED,
		    SAY_ARGS(hash));
	}
	return true;
}

/* An answer brings what no other step does. */
static bool
judge_answer(struct office *o, struct moving *m, struct reply_writer *reply)
{
	if ((m->rule->needs & DIRECTIVE_IS_ANSWER) != 0)
		return judge_verdict(m, reply) && judge_files(o, m, reply);
	m->step.verdict[0] = '\0';
	m->step.done = m->step.report = span_of("", 0);
	m->step.attachments_count = 0;
	return true;
}

static bool
judge_date(struct office *o, struct moving *m, struct reply_writer *reply)
{
	unsigned needs = m->rule->needs;

	if ((needs & (DIRECTIVE_NEEDS_DUE | DIRECTIVE_TAKES_DUE)) == 0)
		m->step.due_ms = 0;
	if ((needs & DIRECTIVE_NEEDS_DUE) != 0 && m->step.due_ms == 0)
		return desk_refuse(reply, SAY_DESK_DUE_NEEDED, NULL);
	return desk_judge_due(o, m->step.due_ms, reply);
}

static bool
judge_other(struct office *o, struct moving *m, struct reply_writer *reply)
{
	struct directive_step *step = &m->step;
	struct item_number n;

	if ((m->rule->needs & DIRECTIVE_NEEDS_OTHER) == 0) {
		step->other[0] = '\0';
		return true;
	}
	if (step->other[0] == '\0')
		return desk_refuse(reply, SAY_DESK_BY_NEEDED, NULL);
	if (!desk_judge_id(step->other, &n, reply))
		return false;
	if (!ask_is_sent(o->views, step->other, o->settings.office) ||
	    strcmp(step->other, step->id) == 0) {
		return desk_refuse(reply, SAY_DESK_NOT_BY,
		    SAY_ARGS(step->other));
	}
	return true;
}

/* -- where it stands -- */

/* A move that names no addressee concerns all who may still move. */
static void
keep_movable(struct moving *m)
{
	size_t kept = 0;

	for (size_t i = 0; i < m->count; i++) {
		if (directive_rule(m->step.status, m->about.kind,
			m->at[i].status) != NULL)
			m->at[kept++] = m->at[i];
	}
	m->count = kept;
}

/* What takes a directive's place must have gone to the same office. */
static void
keep_replaced(struct office *o, struct moving *m)
{
	size_t kept = 0;

	for (size_t i = 0; i < m->count; i++) {
		if (ask_is_addressed(o->views, m->step.other, m->at[i].office))
			m->at[kept++] = m->at[i];
	}
	m->count = kept;
}

static bool
judge_standing(struct office *o, struct moving *m, struct reply_writer *reply)
{
	const char *id = m->step.id;

	m->count = ask_standing(o->views, id, m->step.addressee, m->at);
	if (m->count == 0) {
		return desk_refuse(reply, SAY_DESK_DIRECTIVE_UNKNOWN,
		    SAY_ARGS(id));
	}
	if (m->count > 1 && (m->rule->needs & DIRECTIVE_TAKES_ALL) == 0) {
		return desk_refuse(reply, SAY_DESK_WHICH_ADDRESSEE,
		    SAY_ARGS(id));
	}
	if (m->count > 1)
		keep_movable(m);
	if (m->count == 0)
		return desk_refuse(reply, SAY_DESK_ALL_ENDED, SAY_ARGS(id));
	if (directive_rule(m->step.status, m->about.kind, m->at[0].status) ==
	    NULL)
		return refuse_move(m, &m->at[0], reply);
	if (m->step.other[0] == '\0')
		return true;
	keep_replaced(o, m);
	return m->count > 0 ||
	       desk_refuse(reply, SAY_DESK_NONE_REPLACED, SAY_ARGS(id));
}

/* More time is later than what there is; a grant gives what was asked. */
static bool
judge_extension(struct office *o, struct moving *m, struct reply_writer *reply)
{
	struct directive_step *step = &m->step;
	const struct ask_standing *at = &m->at[0];
	enum directive_code code = m->rule->step;

	if (code == DIRECTIVE_EXG && step->due_ms == 0) {
		step->due_ms = at->asked_ms;
		if (!desk_judge_due(o, step->due_ms, reply))
			return false;
	}
	if ((code == DIRECTIVE_EXG || code == DIRECTIVE_EXQ) &&
	    step->due_ms <= at->due_ms)
		return desk_refuse(reply, SAY_DESK_DUE_NOT_LATER, NULL);
	return true;
}

/* -- recording -- */

static void
mask(struct span *text, struct buffer *masked)
{
	uint32_t count = 0;

	CHECK(mask_text(*text, masked, &count) == RC_OK);
	*text = buffer_span(masked);
}

static void
record_all(struct office *o, const struct command *c, struct moving *m,
    struct reply_writer *reply)
{
	struct buffer text = { 0 }, done = { 0 }, report = { 0 };
	const struct directive_rule *rule =
	    directive_rule(m->step.status, m->about.kind, m->at[0].status);
	json_t *moved = json_array();
	uint64_t position = 0;

	mask(&m->step.text, &text);
	mask(&m->step.done, &done);
	mask(&m->step.report, &report);
	for (size_t i = 0; i < m->count; i++) {
		memcpy(m->step.addressee, m->at[i].office,
		    sizeof(m->step.addressee));
		position = desk_record_step(o, c, &m->step, rule,
		    directive_code_of(m->at[i].status) == DIRECTIVE_DRF);
		doc_add(moved, json_string(m->at[i].office));
	}
	reply_result(reply,
	    json_pack("{s:s, s:o, s:s, s:s, s:o, s:o}", "id", m->step.id,
		"addressees", moved, "step", m->step.status, "status",
		directive_code(rule->to), "due", doc_time(m->step.due_ms),
		"position", doc_number(position)));
	buffer_clear(&text);
	buffer_clear(&done);
	buffer_clear(&report);
}

/* -- all of it -- */

static bool
judge_step(struct moving *m, struct reply_writer *reply)
{
	m->rule = directive_step_rule(m->step.status);
	if (m->rule != NULL && m->rule->word[0] != '\0')
		return true;
	return desk_refuse(reply, SAY_DESK_UNKNOWN_CODE,
	    SAY_ARGS("status", m->step.status,
		"SNT SGN WRK EXQ ANS EXG EXR CLS RTN CXL SPD LPS"));
}

/* The addressee's steps are everyday work, the issuer's are judgements. */
enum desk_roles
desk_roles_of_step(const struct command *c)
{
	const struct directive_rule *rule = directive_step_rule(c->step.status);
	bool is_own = rule != NULL && rule->word[0] != '\0' &&
		      rule->side == DIRECTIVE_BY_ADDRESSEE;

	return is_own ? DESK_STAFF : DESK_LEADERS;
}

void
desk_directive_move(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	struct moving m = { .step = c->step };
	struct item_number n;

	if (!judge_step(&m, reply))
		return;
	if (m.rule->step == DIRECTIVE_SNT) {
		desk_directive_send(o, c, reply);
		return;
	}
	m.at = memory_new(DIRECTIVE_TO_MAX, sizeof(*m.at));
	if (desk_judge_id(m.step.id, &n, reply) &&
	    judge_sides(o, &m, n.office, reply)) {
		(void)ask_directive(o->views, m.step.id, &m.about);
		if (desk_judge_recusal(o, c, m.about.item, m.about.matter,
			reply) &&
		    judge_texts(&m, reply) && judge_date(o, &m, reply) &&
		    judge_other(o, &m, reply) && judge_standing(o, &m, reply) &&
		    judge_extension(o, &m, reply) && judge_answer(o, &m, reply))
			record_all(o, c, &m, reply);
	}
	free(m.at);
}
