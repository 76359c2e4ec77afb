/* rules_internal - what reading a rule file and asking it share. */
#ifndef LAW_RULES_INTERNAL_H
#define LAW_RULES_INTERNAL_H

#include "law/law_ini.h"
#include "law/rules.h"

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

#endif
