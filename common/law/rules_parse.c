#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"

#include "law/rules_internal.h"

enum { OFFSET_MAX_MIN = 14 * 60 };

/* The section being read: which of its keys have come. */
struct reading {
	struct rules *rules;
	struct rules_limit *limit; /* of the section [limit.NAME] */
	unsigned section_line;
	uint32_t seen; /* bit of each key, by its place in the table */
	uint32_t head_seen;
	struct law_fault *fault;
};

typedef bool (*take_value)(struct reading *r, const struct law_ini_entry *e);

struct key {
	const char *word;
	take_value take;
};

static bool
complain(struct reading *r, const struct law_ini_entry *e, const char *wanted)
{
	return law_fault_at(r->fault, e->line, "%.30s takes %s, not %.80s",
	    e->key, wanted, e->value);
}

/* Find the key's taker, note that it came, and let it take. */
static bool
dispatch(struct reading *r, const struct law_ini_entry *e,
    const struct key *keys, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(keys[i].word, e->key) != 0)
			continue;
		if ((r->seen >> i & 1) != 0) {
			return law_fault_at(r->fault, e->line,
			    "%s comes twice in [%s]", e->key, e->section);
		}
		r->seen |= UINT32_C(1) << i;
		return keys[i].take(r, e);
	}
	return law_fault_at(r->fault, e->line, "[%s] has no %.60s", e->section,
	    e->key);
}

static bool
take_number(struct reading *r, const struct law_ini_entry *e, int64_t min,
    int64_t max, unsigned *out)
{
	int64_t value;

	if (number_parse(e->value, min, max, &value) != RC_OK) {
		return law_fault_at(r->fault, e->line,
		    "%s takes a number from %d to %d, not %.60s", e->key,
		    (int)min, (int)max, e->value);
	}
	*out = (unsigned)value;
	return true;
}

/* One of `words`; its place goes to `out`. */
static bool
take_choice(struct reading *r, const struct law_ini_entry *e,
    const char *const words[], size_t count, const char *wanted, size_t *out)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(words[i], e->value) == 0) {
			*out = i;
			return true;
		}
	}
	return complain(r, e, wanted);
}

static bool
take_text(struct reading *r, const struct law_ini_entry *e, char *to,
    size_t size)
{
	if (e->value[0] == '\0' || text_copy(to, size, e->value) != RC_OK) {
		return law_fault_at(r->fault, e->line,
		    "%s takes 1 to %zu bytes of text", e->key, size - 1);
	}
	return true;
}

/* -- [rules] -- */

static bool
take_word(struct reading *r, const struct law_ini_entry *e,
    char to[static LAW_WORD_MAX + 1])
{
	if (!law_word_is_good(e->value, LAW_WORD_MAX))
		return complain(r, e, "letters, digits, dots and dashes");
	return text_copy(to, LAW_WORD_MAX + 1, e->value) == RC_OK;
}

static bool
take_name(struct reading *r, const struct law_ini_entry *e)
{
	return take_word(r, e, r->rules->name);
}

static bool
take_version(struct reading *r, const struct law_ini_entry *e)
{
	return take_word(r, e, r->rules->number);
}

static bool
take_effective(struct reading *r, const struct law_ini_entry *e)
{
	return law_day_read(e->value, &r->rules->effective_day) ||
	       complain(r, e, "a day like 2022-05-01");
}

/* "+08:00": a sign, two digits, a colon, two digits. */
static bool
take_offset(struct reading *r, const struct law_ini_entry *e)
{
	const char *v = e->value;
	int minutes;

	if (strlen(v) != 6 || strspn(v + 1, "0123456789") != 2 ||
	    strspn(v + 4, "0123456789") != 2 || v[3] != ':' ||
	    (v[0] != '+' && v[0] != '-') || v[4] > '5')
		return complain(r, e, "a zone like +08:00");
	minutes = ((v[1] - '0') * 10 + (v[2] - '0')) * 60 + (v[4] - '0') * 10 +
		  (v[5] - '0');
	if (minutes > OFFSET_MAX_MIN)
		return complain(r, e, "a zone of at most 14 hours");
	r->rules->offset_min = v[0] == '-' ? -minutes : minutes;
	return true;
}

static bool
take_rest_day_end(struct reading *r, const struct law_ini_entry *e)
{
	static const char *const words[] = { "keep", "next-working-day" };
	size_t choice;

	if (!take_choice(r, e, words, 2, "next-working-day or keep", &choice))
		return false;
	r->rules->ends_move = choice == 1;
	return true;
}

static const struct key head_keys[] = {
	{ "name", take_name },
	{ "version", take_version },
	{ "effective", take_effective },
	{ "utc_offset", take_offset },
	{ "rest_day_end", take_rest_day_end },
};

enum { HEAD_KEYS = sizeof(head_keys) / sizeof(head_keys[0]) };

/* -- [limit.NAME] -- */

static bool
take_title_zh(struct reading *r, const struct law_ini_entry *e)
{
	return take_text(r, e, r->limit->title[LANGUAGE_ZH],
	    sizeof(r->limit->title[LANGUAGE_ZH]));
}

static bool
take_title_en(struct reading *r, const struct law_ini_entry *e)
{
	return take_text(r, e, r->limit->title[LANGUAGE_EN],
	    sizeof(r->limit->title[LANGUAGE_EN]));
}

static bool
take_article(struct reading *r, const struct law_ini_entry *e)
{
	return take_text(r, e, r->limit->article, sizeof(r->limit->article));
}

static enum life_move
move_of(const char *word, size_t size)
{
	static const char *const words[] = {
#define X(name, word, code) [name] = word,
		MOVE_LIST(X)
#undef X
	};
	int move = 0;

	while (move < MOVE_COUNT && (strlen(words[move]) != size ||
					memcmp(words[move], word, size) != 0))
		move++;
	return (enum life_move)move;
}

static bool
take_moves(struct reading *r, const struct law_ini_entry *e, uint64_t *out)
{
	const char *at = e->value;

	for (;;) {
		size_t size;
		enum life_move move;

		at += strspn(at, " \t");
		size = strcspn(at, " \t");
		if (size == 0)
			return *out != 0 || complain(r, e, "words of moves");
		move = move_of(at, size);
		if (move == MOVE_COUNT) {
			return law_fault_at(r->fault, e->line,
			    "%s: %.*s is not a move", e->key,
			    (int)(size < 40 ? size : 40), at);
		}
		*out |= UINT64_C(1) << move;
		at += size;
	}
}

static bool
take_start(struct reading *r, const struct law_ini_entry *e)
{
	return take_moves(r, e, &r->limit->start);
}

static bool
take_stop(struct reading *r, const struct law_ini_entry *e)
{
	return take_moves(r, e, &r->limit->stop);
}

static bool
take_ends(struct reading *r, const struct law_ini_entry *e)
{
	return take_moves(r, e, &r->limit->ends);
}

static bool
take_limit(struct reading *r, const struct law_ini_entry *e)
{
	return take_number(r, e, 0, RULES_LIMIT_MAX, &r->limit->amount);
}

static bool
take_unit_of(struct reading *r, const struct law_ini_entry *e,
    enum rules_unit *out)
{
	static const char *const words[] = { "day", "working-day", "hour" };
	size_t choice;

	if (!take_choice(r, e, words, 3, "day, working-day or hour", &choice))
		return false;
	*out = (enum rules_unit)choice;
	return true;
}

static bool
take_unit(struct reading *r, const struct law_ini_entry *e)
{
	return take_unit_of(r, e, &r->limit->unit);
}

static bool
take_holder(struct reading *r, const struct law_ini_entry *e)
{
	static const char *const words[RULES_HOLDERS] = { "recorder", "taker",
		"above", "petitioner", "nobody" };
	size_t choice;

	if (!take_choice(r, e, words, RULES_HOLDERS,
		"recorder, taker, above, petitioner or nobody", &choice))
		return false;
	r->limit->holder = (enum rules_holder)choice;
	return true;
}

/* Only one move can do this; the word stands there for the reader. */
static bool
take_one_word(struct reading *r, const struct law_ini_entry *e,
    const char *word, bool *out)
{
	*out = strcmp(e->value, word) == 0;
	return *out || complain(r, e, word);
}

static bool
take_set_by_move(struct reading *r, const struct law_ini_entry *e)
{
	return take_one_word(r, e, "yes", &r->limit->is_set);
}

static bool
take_extended_by(struct reading *r, const struct law_ini_entry *e)
{
	return take_one_word(r, e, "extend", &r->limit->is_extendable);
}

static bool
take_extension(struct reading *r, const struct law_ini_entry *e)
{
	return take_number(r, e, 1, RULES_EXTENSION_MAX, &r->limit->extension);
}

static bool
take_skips(struct reading *r, const struct law_ini_entry *e)
{
	return take_one_word(r, e, "hearing", &r->limit->skips_hearings);
}

/* "A|B|C1" of `size` bytes. */
static bool
read_codes(const char *at, size_t size, struct condition *out)
{
	while (out->count < CODES_MAX) {
		const char *bar = memchr(at, '|', size);
		size_t code = bar != NULL ? (size_t)(bar - at) : size;
		char *to = out->codes[out->count++];

		if (text_copy_span(to, CODE_MAX + 1, span_of(at, code)) !=
			RC_OK ||
		    !law_word_is_good(to, CODE_MAX))
			return false;
		if (bar == NULL)
			return true;
		at = bar + 1;
		size -= code + 1;
	}
	return false;
}

/* "class:!A|B" of `size` bytes. */
static bool
read_condition(const char *at, size_t size, struct condition *out)
{
	static const char *const fields[SUBJECT_FIELDS] = { "channel",
		"purpose", "class", "procedure" };
	const char *colon = memchr(at, ':', size);
	size_t field_size = colon != NULL ? (size_t)(colon - at) : 0;
	int field = 0;

	while (field < SUBJECT_FIELDS &&
	       (strlen(fields[field]) != field_size ||
		   memcmp(fields[field], at, field_size) != 0))
		field++;
	if (field == SUBJECT_FIELDS)
		return false;
	out->field = (enum subject_field)field;
	size -= field_size + 1;
	at = colon + 1;
	out->is_negated = size > 0 && *at == '!';
	return read_codes(at + out->is_negated, size - out->is_negated, out);
}

static bool
take_when(struct reading *r, const struct law_ini_entry *e)
{
	size_t index = r->rules->count - 1;
	size_t *count = &r->rules->condition_counts[index];
	const char *at = e->value;

	for (;;) {
		size_t size;

		at += strspn(at, " \t");
		size = strcspn(at, " \t");
		if (size == 0)
			break;
		if (*count == CONDITIONS_MAX ||
		    !read_condition(at, size,
			&r->rules->conditions[index][*count]))
			*count = 0;
		else
			++*count;
		if (*count == 0)
			break;
		at += size;
	}
	return *count > 0 ||
	       complain(r, e, "up to 8 of FIELD:CODE or FIELD:!CODE|CODE");
}

static const struct key limit_keys[] = {
	{ "title_zh", take_title_zh },
	{ "title_en", take_title_en },
	{ "article", take_article },
	{ "start", take_start },
	{ "stop", take_stop },
	{ "holder", take_holder },
	/* Up to here needed by every limit. */
	{ "ends", take_ends },
	{ "limit", take_limit },
	{ "unit", take_unit },
	{ "set_by_move", take_set_by_move },
	{ "extended_by", take_extended_by },
	{ "extension", take_extension },
	{ "skips", take_skips },
	{ "when", take_when },
};

enum {
	LIMIT_KEYS = sizeof(limit_keys) / sizeof(limit_keys[0]),
	LIMIT_NEEDED = 6,
	KEY_LIMIT = LIMIT_NEEDED + 1, /* behind "ends" */
	KEY_UNIT,
};

/* The limit is read: does it hold together? */
static bool
finish_limit(struct reading *r)
{
	const struct rules_limit *l = r->limit;
	unsigned line = r->section_line;

	if (l == NULL)
		return true;
	for (unsigned i = 0; i < LIMIT_NEEDED; i++) {
		if ((r->seen >> i & 1) == 0) {
			return law_fault_at(r->fault, line,
			    "[limit.%s] needs %s", l->name, limit_keys[i].word);
		}
	}
	if (!l->is_set && (r->seen >> KEY_LIMIT & r->seen >> KEY_UNIT & 1) == 0)
		return law_fault_at(r->fault, line,
		    "[limit.%s] needs limit and unit, or set_by_move", l->name);
	if ((r->seen >> KEY_LIMIT & 1) != (r->seen >> KEY_UNIT & 1)) {
		return law_fault_at(r->fault, line,
		    "[limit.%s] needs limit and unit together", l->name);
	}
	if ((l->stop & l->ends) != 0) {
		return law_fault_at(r->fault, line,
		    "[limit.%s] has the same move in stop and ends", l->name);
	}
	if (l->is_extendable != (l->extension > 0)) {
		return law_fault_at(r->fault, line,
		    "[limit.%s] needs extended_by and extension together",
		    l->name);
	}
	return true;
}

static bool
open_limit(struct reading *r, const struct law_ini_entry *e, const char *name)
{
	struct rules *rules = r->rules;

	if (rules->count == RULES_LIMITS_MAX) {
		return law_fault_at(r->fault, e->line,
		    "there are more than %d limits", RULES_LIMITS_MAX);
	}
	if (!law_word_is_good(name, RULES_NAME_MAX)) {
		return law_fault_at(r->fault, e->line,
		    "a limit's name has 1 to %d letters, digits, dots, dashes",
		    RULES_NAME_MAX);
	}
	r->limit = &rules->limits[rules->count++];
	return text_copy(r->limit->name, sizeof(r->limit->name), name) == RC_OK;
}

/* -- [ladder] -- */

static bool
take_remind_before(struct reading *r, const struct law_ini_entry *e)
{
	return take_number(r, e, 0, RULES_LIMIT_MAX,
	    &r->rules->ladder.remind_before);
}

static bool
take_reminder(struct reading *r, const struct law_ini_entry *e)
{
	return take_number(r, e, 0, RULES_LIMIT_MAX,
	    &r->rules->ladder.reminder);
}

static bool
take_supervise(struct reading *r, const struct law_ini_entry *e)
{
	return take_number(r, e, 0, RULES_LIMIT_MAX,
	    &r->rules->ladder.supervise);
}

static bool
take_list(struct reading *r, const struct law_ini_entry *e)
{
	return take_number(r, e, 0, RULES_LIMIT_MAX, &r->rules->ladder.list);
}

static bool
take_ladder_unit(struct reading *r, const struct law_ini_entry *e)
{
	return take_unit_of(r, e, &r->rules->ladder.unit);
}

static bool
take_suggestion(struct reading *r, const struct law_ini_entry *e)
{
	return take_number(r, e, 0, RULES_LIMIT_MAX,
	    &r->rules->ladder.suggestion_days);
}

static const struct key ladder_keys[] = {
	{ "remind_before", take_remind_before },
	{ "CB", take_reminder },
	{ "DB", take_supervise },
	{ "GP", take_list },
	{ "unit", take_ladder_unit },
	{ "suggestion_days", take_suggestion },
};

enum { LADDER_KEYS = sizeof(ladder_keys) / sizeof(ladder_keys[0]) };

/* -- the whole -- */

static bool
take(void *context, const struct law_ini_entry *e, struct law_fault *fault)
{
	struct reading *r = context;
	bool is_limit = strncmp(e->section, "limit.", 6) == 0;

	r->fault = fault;
	if (e->is_first) {
		if (!finish_limit(r))
			return false;
		r->limit = NULL;
		r->section_line = e->line;
		r->seen = 0;
		if (is_limit && !open_limit(r, e, e->section + 6))
			return false;
	}
	if (is_limit)
		return dispatch(r, e, limit_keys, LIMIT_KEYS);
	if (strcmp(e->section, "ladder") == 0)
		return dispatch(r, e, ladder_keys, LADDER_KEYS);
	if (strcmp(e->section, "rules") == 0) {
		bool is_good = dispatch(r, e, head_keys, HEAD_KEYS);

		r->head_seen = r->seen;
		return is_good;
	}
	return law_fault_at(fault, e->line,
	    "there is no section [%s]; there are [rules], [limit.NAME] and "
	    "[ladder]",
	    e->section);
}

static bool
ladder_climbs(const struct rules_ladder *l)
{
	const unsigned rungs[] = { l->reminder, l->supervise, l->list };
	unsigned reached = 0;

	for (size_t i = 0; i < 3; i++) {
		if (rungs[i] != 0 && rungs[i] < reached)
			return false;
		if (rungs[i] != 0)
			reached = rungs[i];
	}
	return true;
}

static bool
finish(struct reading *r, struct law_fault *fault)
{
	struct rules *rules = r->rules;

	r->fault = fault;
	if (!finish_limit(r))
		return false;
	for (unsigned i = 0; i < HEAD_KEYS; i++) {
		if ((r->head_seen >> i & 1) == 0) {
			return law_fault_at(fault, 0, "[rules] needs %s",
			    head_keys[i].word);
		}
	}
	if (rules->count == 0)
		return law_fault_at(fault, 0, "there is no [limit.NAME]");
	if (!ladder_climbs(&rules->ladder)) {
		return law_fault_at(fault, 0,
		    "[ladder]: DB is not before CB, nor GP before DB");
	}
	if (text_format(rules->version, sizeof(rules->version), "%s %s",
		rules->name, rules->number) != RC_OK) {
		return law_fault_at(fault, 0,
		    "name and version together are longer than %d bytes",
		    RULES_VERSION_MAX);
	}
	return true;
}

enum rc
rules_parse(struct span text, struct rules **out, struct law_fault *fault)
{
	struct rules *rules = memory_new(1, sizeof(*rules));
	struct reading r = { .rules = rules };
	enum rc rc = law_ini_read(text, RULES_BYTES_MAX, take, &r, fault);

	*out = NULL;
	if (rc == RC_OK && !finish(&r, fault))
		rc = RC_MALFORMED;
	if (rc != RC_OK) {
		rules_free(rules);
		return rc;
	}
	*out = rules;
	return RC_OK;
}
