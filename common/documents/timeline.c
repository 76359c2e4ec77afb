/*
 * timeline - what happened to an item, at every level, in one order.
 *
 * Made from the item's document alone, so that the list says nothing that the
 * document does not.  Each part gives lines of its own; then they are put in
 * the order in which things are claimed to have happened.
 */
#include "documents/timeline.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/limits.h"
#include "law/moves/lifecycle.h"
#include "law/moves/verdict.h"
#include "petition/codes.h"
#include "words/doc.h"

enum {
	WHAT_MAX = 1000,
	SHORT_CHARACTERS = 60, /* of a text that somebody wrote */
	SHORT_BYTES_MAX = SHORT_CHARACTERS * 4 + 4,
};

#define LATE_MS INT64_C(86400000)

struct timeline {
	enum language language;
	json_t *list;
};

/* -- pieces of a line -- */

/* One line of it, cut after SHORT_CHARACTERS. */
static const char *
shorten(const char *text, char out[static SHORT_BYTES_MAX])
{
	const uint8_t *at = (const uint8_t *)text, *end = at + strlen(text);
	size_t used = 0;

	for (int i = 0; at < end && i < SHORT_CHARACTERS; i++) {
		const uint8_t *from = at;
		bool is_blank = text_next(&at, end) < ' ';

		memcpy(out + used, is_blank ? (const uint8_t *)" " : from,
		    is_blank ? 1 : (size_t)(at - from));
		used += is_blank ? 1 : (size_t)(at - from);
	}
	CHECK(text_copy(out + used, SHORT_BYTES_MAX - used,
		  at < end ? "…" : "") == RC_OK);
	return out;
}

/* Everything here is bounded: codes, numbers and shortened texts. */
__attribute__((format(printf, 2, 3))) static void
add(char what[static WHAT_MAX], const char *format, ...)
{
	size_t used = strlen(what);
	va_list args;
	int size;

	va_start(args, format);
	/* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): it is not */
	size = vsnprintf(what + used, WHAT_MAX - used, format, args);
	va_end(args);
	CHECK(size >= 0 && (size_t)size < WHAT_MAX - used);
}

static void
add_short(char what[static WHAT_MAX], const char *before, const char *text)
{
	char some[SHORT_BYTES_MAX];

	if (text[0] != '\0')
		add(what, "%s%s", before, shorten(text, some));
}

static void
add_code(const struct timeline *t, char what[static WHAT_MAX],
    enum codes_list list, const char *code)
{
	if (code[0] != '\0')
		add(what, " %s", codes_name(list, code, t->language));
}

static void
add_sentence(const struct timeline *t, char what[static WHAT_MAX], enum say id,
    const char *const args[])
{
	char sentence[SAY_TEXT_MAX];

	say_to(sentence, sizeof(sentence), t->language, id, args);
	add(what, "%s", sentence);
}

static const char *
name_of(const struct timeline *t, enum codes_list list, const json_t *from,
    const char *key)
{
	return codes_name(list, doc_member(from, key), t->language);
}

/* -- lines -- */

static int64_t
wall_ms(const json_t *time)
{
	const char *text = json_string_value(time);
	int64_t ms = 0;

	if (text == NULL || clock_parse(text, &ms) != RC_OK)
		return 0;
	return ms;
}

/* `from` carries the times, and who it was. */
static json_t *
add_line(struct timeline *t, const char *kind, const json_t *from,
    const char *office, const char *what)
{
	char by[2 * ACTOR_MAX + 2];
	json_t *claimed = json_object_get(from, "claimed_at"), *line;
	json_t *recorded = json_object_get(from, "recorded_at");
	json_t *received = json_object_get(from, "received_at");
	int64_t claimed_ms = wall_ms(claimed), recorded_ms = wall_ms(recorded);
	const char *role = doc_member(from, "role");
	const char *user = doc_member(from, "user");

	if (claimed_ms == 0)
		claimed = recorded;
	CHECK(
	    text_format(by, sizeof(by), "%s%s%s", role,
		role[0] != '\0' && user[0] != '\0' ? " " : "", user) == RC_OK);
	line = json_pack("{s:O?, s:O?, s:O?, s:s, s:s, s:s, s:s, s:b, s:b}",
	    "at", claimed, "recorded_at", recorded, "received_at", received,
	    "office", office, "kind", kind, "what", what, "by", by, "late",
	    claimed_ms != 0 && recorded_ms - claimed_ms > LATE_MS, "counted",
	    true);
	CHECK(line != NULL && json_array_append_new(t->list, line) == 0);
	return line;
}

static void
add_registered(struct timeline *t, const json_t *item)
{
	char what[WHAT_MAX] = "", heads[DOC_DIGITS_MAX + 1];

	add_sentence(t, what, SAY_TIMELINE_REGISTERED,
	    SAY_ARGS(name_of(t, CODES_CHANNEL, item, "channel"),
		doc_digits(item, "heads", heads)));
	(void)add_line(t, "registered", item, doc_member(item, "office"), what);
}

/* The other items of the matter, a line each. */
static void
add_item(struct timeline *t, const json_t *other)
{
	char what[WHAT_MAX] = "", heads[DOC_DIGITS_MAX + 1];

	add_sentence(t, what, SAY_TIMELINE_ITEM,
	    SAY_ARGS(doc_member(other, "item"),
		name_of(t, CODES_CHANNEL, other, "channel"),
		doc_digits(other, "heads", heads),
		name_of(t, CODES_STATE, other, "state")));
	(void)add_line(t, "item", other, doc_member(other, "office"), what);
}

static void
add_move(struct timeline *t, const json_t *m)
{
	char what[WHAT_MAX] = "", due[DOC_MINUTE_MAX + 1];
	enum life_move move = life_move_of_code(doc_member(m, "code"));
	bool is_counted = json_is_true(json_object_get(m, "counted"));

	add(what, "%s",
	    move < MOVE_COUNT ? life_move_name(move, t->language)
			      : doc_member(m, "code"));
	if (doc_member(m, "to")[0] != '\0')
		add(what, " → %s", doc_member(m, "to"));
	if (doc_member(m, "other")[0] != '\0')
		add(what, " → %s", doc_member(m, "other"));
	add_code(t, what, CODES_OPINION, doc_member(m, "opinion"));
	add_code(t, what, CODES_OUTCOME, doc_member(m, "outcome"));
	add_code(t, what, CODES_RATING, doc_member(m, "rating"));
	add_code(t, what, CODES_CAUSE, doc_member(m, "cause"));
	add_short(what, " ", doc_member(m, "document"));
	if (json_integer_value(json_object_get(m, "days")) > 0) {
		add(what, " +%lld",
		    (long long)json_integer_value(json_object_get(m, "days")));
	}
	if (!json_is_null(json_object_get(m, "due_at"))) {
		add(what, " (%s %s)", say(t->language, SAY_CLI_LABEL_DUE),
		    doc_minute(json_object_get(m, "due_at"), due));
	}
	add_short(what, ": ", doc_member(m, "text"));
	if (!is_counted)
		add(what, " [%s]", say(t->language, SAY_TIMELINE_CROSSED));
	doc_set(add_line(t, "move", m, doc_member(m, "office"), what),
	    "counted", json_boolean(is_counted));
}

static void
add_link(struct timeline *t, const json_t *l)
{
	static const struct {
		const char *verdict;
		enum say say;
	} says[] = {
		{ VERDICT_LINK_CODE, SAY_TIMELINE_LINK },
		{ VERDICT_SPLIT_CODE, SAY_TIMELINE_SPLIT },
		{ VERDICT_REJECT_CODE, SAY_TIMELINE_REJECT },
		{ VERDICT_PROPOSE_CODE, SAY_TIMELINE_PROPOSE },
	};
	char what[WHAT_MAX] = "", score[DOC_DIGITS_MAX + 1];
	const char *verdict = doc_member(l, "verdict");

	for (size_t i = 0; i < sizeof(says) / sizeof(*says); i++) {
		if (strcmp(says[i].verdict, verdict) != 0)
			continue;
		add_sentence(t, what, says[i].say,
		    SAY_ARGS(doc_member(l, "item"), doc_member(l, "matter"),
			doc_digits(l, "score", score),
			doc_member(l, "reasons")));
	}
	if (what[0] == '\0') /* of a later version */
		add(what, "%s %s", verdict, doc_member(l, "matter"));
	add_short(what, ": ", doc_member(l, "text"));
	(void)add_line(t, "link", l, doc_member(l, "office"), what);
}

/* -- escalations and directives -- */

/* The office that recorded what bears this number. */
static void
office_of_number(const char *number, char out[static OFFICE_CODE_MAX + 1])
{
	size_t size = strcspn(number, "-");

	if (size == 0 || text_copy_span(out, OFFICE_CODE_MAX + 1,
			     span_of(number + 1, size - 1)) != RC_OK)
		out[0] = '\0';
}

static void
copy_time(json_t *to, const char *key, const json_t *from, const char *member)
{
	json_t *time = json_object_get(from, member);

	doc_set(to, key, time != NULL ? json_incref(time) : json_null());
}

static void
add_finding(struct timeline *t, const json_t *e, const json_t *version)
{
	char what[WHAT_MAX] = "", office[OFFICE_CODE_MAX + 1];
	char revision[DOC_DIGITS_MAX + 1];
	bool is_first =
	    json_integer_value(json_object_get(version, "revision")) == 1;
	json_t *times = json_object();

	office_of_number(doc_member(e, "id"), office);
	add_sentence(t, what,
	    is_first ? SAY_TIMELINE_RAISED : SAY_TIMELINE_RESTATED,
	    SAY_ARGS(doc_member(e, "id"),
		name_of(t, CODES_LEVEL, e, "to_level"),
		name_of(t, CODES_LOWER_STATE, version, "lower_state"),
		name_of(t, CODES_LAWFULNESS, version, "lawfulness"),
		doc_digits(version, "revision", revision)));
	/* The arrival above, then each time that it was judged anew. */
	copy_time(times, "recorded_at", is_first ? e : version, "recorded_at");
	copy_time(times, "received_at", version, "received_at");
	(void)add_line(t, "escalation", times, office, what);
	json_decref(times);
}

static void
add_step(struct timeline *t, const char *kind, const char *id,
    const json_t *step)
{
	char what[WHAT_MAX] = "";

	add(what, "%s", id);
	add_code(t, what, CODES_DIRECTIVE_STATUS, doc_member(step, "status"));
	add_short(what, ": ", doc_member(step, "text"));
	add_short(what, "; ", doc_member(step, "done"));
	(void)add_line(t, kind, step, doc_member(step, "office"), what);
}

static void
add_steps(struct timeline *t, const json_t *owner, const char *kind)
{
	const json_t *steps = json_object_get(owner, "steps"), *step;

	for (size_t i = 0; (step = json_array_get(steps, i)) != NULL; i++)
		add_step(t, kind, doc_member(owner, "id"), step);
}

static void
add_escalation(struct timeline *t, const json_t *e)
{
	const json_t *versions = json_object_get(e, "versions"), *version;

	if (!json_is_array(versions)) {
		add_finding(t, e, e);
	} else {
		for (size_t i = 0;
		     (version = json_array_get(versions, i)) != NULL; i++)
			add_finding(t, e, version);
	}
	add_steps(t, e, "notice");
}

static void
add_directive(struct timeline *t, const json_t *d)
{
	char what[WHAT_MAX] = "", due[DOC_MINUTE_MAX + 1];
	json_t *times = json_object();

	add(what, "%s %s → %s", name_of(t, CODES_DIRECTIVE_KIND, d, "kind"),
	    doc_member(d, "id"), doc_member(d, "addressee"));
	if (!json_is_null(json_object_get(d, "due_at"))) {
		add(what, " (%s %s)", say(t->language, SAY_CLI_LABEL_DUE),
		    doc_minute(json_object_get(d, "due_at"), due));
	}
	add_short(what, ": ", doc_member(d, "text"));
	copy_time(times, "recorded_at", d, "issued_at");
	copy_time(times, "received_at", d, "received_at");
	(void)add_line(t, "directive", times, doc_member(d, "issuer"), what);
	json_decref(times);
	add_steps(t, d, "step");
}

/* Who opened the identity, and why: {step, reason, requester, office}. */
static void
add_identity(struct timeline *t, const json_t *i)
{
	char what[WHAT_MAX] = "";

	add(what, "%s %s", say(t->language, SAY_CLI_LABEL_IDENTITY),
	    doc_member(i, "step"));
	add_short(what, ": ", doc_member(i, "reason"));
	(void)add_line(t, "identity", i, doc_member(i, "office"), what);
}

/* -- the whole -- */

struct ordered {
	int64_t at_ms, recorded_ms;
	size_t index;
};

static int
compare(const void *a, const void *b)
{
	const struct ordered *x = a, *y = b;

	if (x->at_ms != y->at_ms)
		return x->at_ms < y->at_ms ? -1 : 1;
	if (x->recorded_ms != y->recorded_ms)
		return x->recorded_ms < y->recorded_ms ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static json_t *
sort(const json_t *list)
{
	size_t count = json_array_size(list);
	struct ordered *order = memory_new(count + 1, sizeof(*order));
	json_t *sorted = json_array();

	for (size_t i = 0; i < count; i++) {
		const json_t *line = json_array_get(list, i);

		order[i].at_ms = wall_ms(json_object_get(line, "at"));
		order[i].recorded_ms =
		    wall_ms(json_object_get(line, "recorded_at"));
		order[i].index = i;
	}
	qsort(order, count, sizeof(*order), compare);
	for (size_t i = 0; i < count; i++) {
		CHECK(json_array_append(sorted,
			  json_array_get(list, order[i].index)) == 0);
	}
	free(order);
	return sorted;
}

static void
add_each(struct timeline *t, const json_t *document, const char *key,
    void (*add_one)(struct timeline *, const json_t *))
{
	const json_t *list = json_object_get(document, key), *one;

	for (size_t i = 0; (one = json_array_get(list, i)) != NULL; i++) {
		/* The item itself is there as the arrival. */
		if (add_one != add_item ||
		    strcmp(doc_member(one, "item"),
			doc_member(document, "item")) != 0)
			add_one(t, one);
	}
}

json_t *
documents_timeline(const json_t *document, enum language language)
{
	struct timeline t = { .language = language, .list = json_array() };
	json_t *sorted;

	add_registered(&t, document);
	add_each(&t, document, "matter_items", add_item);
	add_each(&t, document, "moves", add_move);
	add_each(&t, document, "links", add_link);
	add_each(&t, document, "escalations", add_escalation);
	add_each(&t, document, "directives", add_directive);
	add_each(&t, document, "identity_steps", add_identity);
	sorted = sort(t.list);
	json_decref(t.list);
	return sorted;
}
