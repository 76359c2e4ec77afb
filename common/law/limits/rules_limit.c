/*
 * One limit of a rule file: [limit.NAME].
 *
 * Keys come in any order; whether they belong together is judged when the
 * section is over.
 */
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "law/limits/rules_internal.h"

static bool
take_text(struct rules_reading *r, const struct law_ini_entry *e, char *to,
    size_t size)
{
	if (e->value[0] == '\0' || text_copy(to, size, e->value) != RC_OK) {
		return law_fault_at(r->fault, e->line,
		    "%s takes 1 to %zu bytes of text", e->key, size - 1);
	}
	return true;
}

static bool
take_title_zh(struct rules_reading *r, const struct law_ini_entry *e)
{
	return take_text(r, e, r->limit->title[LANGUAGE_ZH],
	    sizeof(r->limit->title[LANGUAGE_ZH]));
}

static bool
take_title_en(struct rules_reading *r, const struct law_ini_entry *e)
{
	return take_text(r, e, r->limit->title[LANGUAGE_EN],
	    sizeof(r->limit->title[LANGUAGE_EN]));
}

static bool
take_article(struct rules_reading *r, const struct law_ini_entry *e)
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
take_moves(struct rules_reading *r, const struct law_ini_entry *e,
    uint64_t *out)
{
	const char *at = e->value + strspn(e->value, " \t");

	while (*at != '\0') {
		size_t size = strcspn(at, " \t");
		enum life_move move = move_of(at, size);

		if (move == MOVE_COUNT) {
			return law_fault_at(r->fault, e->line,
			    "%s: %.*s is not a move", e->key,
			    (int)(size < 40 ? size : 40), at);
		}
		*out |= UINT64_C(1) << move;
		at += size;
		at += strspn(at, " \t");
	}
	return *out != 0 || rules_complain(r, e, "words of moves");
}

static bool
take_start(struct rules_reading *r, const struct law_ini_entry *e)
{
	return take_moves(r, e, &r->limit->start);
}

static bool
take_stop(struct rules_reading *r, const struct law_ini_entry *e)
{
	return take_moves(r, e, &r->limit->stop);
}

static bool
take_ends(struct rules_reading *r, const struct law_ini_entry *e)
{
	static const char word[] = "taken-over";
	struct law_ini_entry moves = *e;
	size_t size = sizeof(word) - 1;

	r->limit->ends_taken_over = strncmp(e->value, word, size) == 0 &&
				    strchr(" \t", e->value[size]) != NULL;
	if (!r->limit->ends_taken_over)
		return take_moves(r, e, &r->limit->ends);
	moves.value += size + strspn(e->value + size, " \t");
	return *moves.value == '\0' || take_moves(r, &moves, &r->limit->ends);
}

static bool
take_limit(struct rules_reading *r, const struct law_ini_entry *e)
{
	return rules_take_number(r, e, 0, RULES_LIMIT_MAX, &r->limit->amount);
}

static bool
take_unit(struct rules_reading *r, const struct law_ini_entry *e)
{
	return rules_take_unit(r, e, &r->limit->unit);
}

static bool
take_holder(struct rules_reading *r, const struct law_ini_entry *e)
{
	static const char *const words[RULES_HOLDERS] = { "recorder", "taker",
		"above", "petitioner", "nobody" };
	size_t choice = 0;

	if (!rules_take_choice(r, e, words, RULES_HOLDERS,
		"recorder, taker, above, petitioner or nobody", &choice))
		return false;
	r->limit->holder = (enum rules_holder)choice;
	return true;
}

/* Only one move can do this; the word stands there for the reader. */
static bool
take_one_word(struct rules_reading *r, const struct law_ini_entry *e,
    const char *word, bool *out)
{
	*out = strcmp(e->value, word) == 0;
	return *out || rules_complain(r, e, word);
}

static bool
take_set_by_move(struct rules_reading *r, const struct law_ini_entry *e)
{
	return take_one_word(r, e, "yes", &r->limit->is_set);
}

static bool
take_extended_by(struct rules_reading *r, const struct law_ini_entry *e)
{
	return take_one_word(r, e, "extend", &r->limit->is_extendable);
}

static bool
take_extension(struct rules_reading *r, const struct law_ini_entry *e)
{
	return rules_take_number(r, e, 1, RULES_EXTENSION_MAX,
	    &r->limit->extension);
}

static bool
take_skips(struct rules_reading *r, const struct law_ini_entry *e)
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
take_when(struct rules_reading *r, const struct law_ini_entry *e)
{
	size_t index = r->rules->count - 1;
	size_t *count = &r->rules->condition_counts[index];
	const char *at = e->value + strspn(e->value, " \t");
	bool is_good = *at != '\0';

	while (is_good && *at != '\0') {
		size_t size = strcspn(at, " \t");

		is_good = *count < CONDITIONS_MAX &&
			  read_condition(at, size,
			      &r->rules->conditions[index][*count]);
		++*count;
		at += size;
		at += strspn(at, " \t");
	}
	return is_good || rules_complain(r, e,
			      "up to 8 of FIELD:CODE or FIELD:!CODE|CODE");
}

static const struct rules_key limit_keys[] = {
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

bool
rules_limit_finish(struct rules_reading *r)
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
	if (!l->is_set && (r->seen >> KEY_LIMIT & 1) == 0) {
		return law_fault_at(r->fault, line,
		    "[limit.%s] needs limit and unit, or set_by_move", l->name);
	}
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

bool
rules_limit_open(struct rules_reading *r, const struct law_ini_entry *e,
    const char *name)
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

bool
rules_limit_take(struct rules_reading *r, const struct law_ini_entry *e)
{
	return rules_dispatch(r, e, limit_keys, LIMIT_KEYS);
}
