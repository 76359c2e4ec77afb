/*
 * Reading a rule file: [rules], [ladder], and what goes to rules_limit.c.
 *
 * The file may come from another office: each key is known, each value is in
 * its range, and each section complete, or the first fault is told with its
 * line and there are no rules.  Half a rule set would leave limits out.
 */
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "law/limits/rules_internal.h"

enum { OFFSET_MAX_MIN = 14 * 60 };

bool
rules_complain(struct rules_reading *r, const struct law_ini_entry *e,
    const char *wanted)
{
	return law_fault_at(r->fault, e->line, "%.30s takes %s, not %.80s",
	    e->key, wanted, e->value);
}

bool
rules_dispatch(struct rules_reading *r, const struct law_ini_entry *e,
    const struct rules_key *keys, size_t count)
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

bool
rules_take_number(struct rules_reading *r, const struct law_ini_entry *e,
    int64_t min, int64_t max, unsigned *out)
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

bool
rules_take_choice(struct rules_reading *r, const struct law_ini_entry *e,
    const char *const words[], size_t count, const char *wanted, size_t *out)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(words[i], e->value) == 0) {
			*out = i;
			return true;
		}
	}
	return rules_complain(r, e, wanted);
}

bool
rules_take_unit(struct rules_reading *r, const struct law_ini_entry *e,
    enum rules_unit *out)
{
	static const char *const words[] = { "day", "working-day", "hour" };
	size_t choice = 0;

	if (!rules_take_choice(r, e, words, 3, "day, working-day or hour",
		&choice))
		return false;
	*out = (enum rules_unit)choice;
	return true;
}

/* -- [rules] -- */

static bool
take_word(struct rules_reading *r, const struct law_ini_entry *e,
    char to[static LAW_WORD_MAX + 1])
{
	if (!law_word_is_good(e->value, LAW_WORD_MAX))
		return rules_complain(r, e, "letters, digits, dots and dashes");
	return text_copy(to, LAW_WORD_MAX + 1, e->value) == RC_OK;
}

static bool
take_name(struct rules_reading *r, const struct law_ini_entry *e)
{
	return take_word(r, e, r->rules->name);
}

static bool
take_version(struct rules_reading *r, const struct law_ini_entry *e)
{
	return take_word(r, e, r->rules->number);
}

static bool
take_effective(struct rules_reading *r, const struct law_ini_entry *e)
{
	return law_day_read(e->value, &r->rules->effective_day) ||
	       rules_complain(r, e, "a day like 2022-05-01");
}

/* "+08:00": a sign, two digits, a colon, two digits. */
static bool
take_offset(struct rules_reading *r, const struct law_ini_entry *e)
{
	const char *v = e->value;
	int minutes;

	if (strlen(v) != 6 || strspn(v + 1, "0123456789") != 2 ||
	    strspn(v + 4, "0123456789") != 2 || v[3] != ':' ||
	    (v[0] != '+' && v[0] != '-') || v[4] > '5')
		return rules_complain(r, e, "a zone like +08:00");
	minutes = ((v[1] - '0') * 10 + (v[2] - '0')) * 60 + (v[4] - '0') * 10 +
		  (v[5] - '0');
	if (minutes > OFFSET_MAX_MIN)
		return rules_complain(r, e, "a zone of at most 14 hours");
	r->rules->offset_min = v[0] == '-' ? -minutes : minutes;
	return true;
}

static bool
take_rest_day_end(struct rules_reading *r, const struct law_ini_entry *e)
{
	static const char *const words[] = { "keep", "next-working-day" };
	size_t choice = 0;

	if (!rules_take_choice(r, e, words, 2, "next-working-day or keep",
		&choice))
		return false;
	r->rules->ends_move = choice == 1;
	return true;
}

static const struct rules_key head_keys[] = {
	{ "name", take_name },
	{ "version", take_version },
	{ "effective", take_effective },
	{ "utc_offset", take_offset },
	{ "rest_day_end", take_rest_day_end },
};

enum { HEAD_KEYS = sizeof(head_keys) / sizeof(head_keys[0]) };

/* -- [ladder] -- */

static bool
take_remind_before(struct rules_reading *r, const struct law_ini_entry *e)
{
	return rules_take_number(r, e, 0, RULES_LIMIT_MAX,
	    &r->rules->ladder.remind_before);
}

static bool
take_reminder(struct rules_reading *r, const struct law_ini_entry *e)
{
	return rules_take_number(r, e, 0, RULES_LIMIT_MAX,
	    &r->rules->ladder.reminder);
}

static bool
take_supervise(struct rules_reading *r, const struct law_ini_entry *e)
{
	return rules_take_number(r, e, 0, RULES_LIMIT_MAX,
	    &r->rules->ladder.supervise);
}

static bool
take_list(struct rules_reading *r, const struct law_ini_entry *e)
{
	return rules_take_number(r, e, 0, RULES_LIMIT_MAX,
	    &r->rules->ladder.list);
}

static bool
take_ladder_unit(struct rules_reading *r, const struct law_ini_entry *e)
{
	return rules_take_unit(r, e, &r->rules->ladder.unit);
}

static bool
take_suggestion(struct rules_reading *r, const struct law_ini_entry *e)
{
	return rules_take_number(r, e, 0, RULES_LIMIT_MAX,
	    &r->rules->ladder.suggestion_days);
}

static const struct rules_key ladder_keys[] = {
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
	struct rules_reading *r = context;
	bool is_limit = strncmp(e->section, "limit.", 6) == 0;

	r->fault = fault;
	if (e->is_first) {
		if (!rules_limit_finish(r))
			return false;
		r->limit = NULL;
		r->section_line = e->line;
		r->seen = 0;
		if (is_limit && !rules_limit_open(r, e, e->section + 6))
			return false;
	}
	if (is_limit)
		return rules_limit_take(r, e);
	if (strcmp(e->section, "ladder") == 0)
		return rules_dispatch(r, e, ladder_keys, LADDER_KEYS);
	if (strcmp(e->section, "rules") == 0) {
		bool is_good = rules_dispatch(r, e, head_keys, HEAD_KEYS);

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
finish(struct rules_reading *r, struct law_fault *fault)
{
	struct rules *rules = r->rules;

	r->fault = fault;
	if (!rules_limit_finish(r))
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
	struct rules_reading r = { .rules = rules };
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
