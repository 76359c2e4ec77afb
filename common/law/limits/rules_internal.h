/* rules_internal - what reading a rule file and asking it share. */
#ifndef LAW_LIMITS_RULES_INTERNAL_H
#define LAW_LIMITS_RULES_INTERNAL_H

#include "law/limits/law_ini.h"
#include "law/limits/rules.h"

enum { CONDITIONS_MAX = 8, CODES_MAX = 12 };

enum subject_field {
	SUBJECT_CHANNEL,
	SUBJECT_PURPOSE,
	SUBJECT_CLASS,
	SUBJECT_PROCEDURE,
	SUBJECT_FIELDS
};

/* One of (or none of) these codes. */
struct condition {
	enum subject_field field;
	bool is_negated;
	char codes[CODES_MAX][CODE_MAX + 1];
	size_t count;
};

struct rules {
	char name[LAW_WORD_MAX + 1];
	char number[LAW_WORD_MAX + 1];       /* "2022.1" */
	char version[RULES_VERSION_MAX + 1]; /* name and number */
	int64_t effective_day;
	int offset_min;
	bool ends_move;
	struct rules_limit limits[RULES_LIMITS_MAX];
	struct condition conditions[RULES_LIMITS_MAX][CONDITIONS_MAX];
	size_t condition_counts[RULES_LIMITS_MAX];
	size_t count;
	struct rules_ladder ladder;
};

/* The section being read: which of its keys have come. */
struct rules_reading {
	struct rules *rules;
	struct rules_limit *limit; /* of the section [limit.NAME] */
	unsigned section_line;
	uint32_t seen; /* bit of each key, by its place in the table */
	uint32_t head_seen;
	struct law_fault *fault;
};

typedef bool (
    *rules_take)(struct rules_reading *r, const struct law_ini_entry *e);

struct rules_key {
	const char *word;
	rules_take take;
};

/* -- for the takers of each key; all fill the fault and return false -- */

bool rules_complain(struct rules_reading *r, const struct law_ini_entry *e,
    const char *wanted);
/* Find the key's taker, note that it came, and let it take. */
bool rules_dispatch(struct rules_reading *r, const struct law_ini_entry *e,
    const struct rules_key *keys, size_t count);
bool rules_take_number(struct rules_reading *r, const struct law_ini_entry *e,
    int64_t min, int64_t max, unsigned *out);
/* One of `words`; its place goes to `out`. */
bool rules_take_choice(struct rules_reading *r, const struct law_ini_entry *e,
    const char *const words[], size_t count, const char *wanted, size_t *out);
bool rules_take_unit(struct rules_reading *r, const struct law_ini_entry *e,
    enum rules_unit *out);

/* -- [limit.NAME], in rules_limit.c -- */

bool rules_limit_open(struct rules_reading *r, const struct law_ini_entry *e,
    const char *name);
bool rules_limit_take(struct rules_reading *r, const struct law_ini_entry *e);
/* The limit is read, if there is one: does it hold together? */
bool rules_limit_finish(struct rules_reading *r);

#endif
