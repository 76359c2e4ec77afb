/*
 * escalation_core - a matter appears at a higher level: what had the level
 * below done by then, and was going up lawful?
 *
 * Computed from facts, never typed in.  The facts are those that were so at
 * the moment of the arrival (`at_ms`), judged by what is known now: a record
 * of an offline office that comes later may show that it had registered.
 *
 *	NOP never heard of it	UNR heard of it, not registered
 *	TRM in hand, in time	OVD a limit was missed before an answer
 *	RPD answered		RVD reviewed
 *	FIN finally closed	DEC not accepted
 *
 * Of several items the one that had come furthest decides, of two alike the
 * one registered first.  An office above the one below, known by its code,
 * does not count: not its limits, and not an item that only lies with it.
 *
 * UNR, OVD and DEC are failures of the office below.  Only visits have a rule
 * of levels (R22 Art 20): to the competent level or one up.
 *
 * Pure; any thread.
 */
#ifndef LAW_MOVES_ESCALATION_CORE_H
#define LAW_MOVES_ESCALATION_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "law/limits/clocks.h"

enum lower_state {
	LOWER_NOP,
	LOWER_UNR,
	LOWER_TRM,
	LOWER_OVD,
	LOWER_RPD,
	LOWER_RVD,
	LOWER_FIN,
	LOWER_DEC,
	LOWER_STATES
};

enum lawfulness { LAWFUL_OWN, LAWFUL_UP1, LAWFUL_SKP, LAWFUL_NA, LAWFULS };

/* One item of the matter; events_count <= LIFE_EVENTS_MAX. */
struct lower_item {
	/* As folded and computed from all that is known now. */
	const struct life_event *events;
	size_t events_count;
	const struct clock_row *clocks;
	size_t clocks_count;
};

struct escalation_facts {
	int64_t at_ms;      /* the arrival above, as recorded there */
	const char *office; /* the office below */
	/* N P C D T V; from: the level competent for the matter. */
	char from_level, to_level;
	const char *channel;
	const struct lower_item *items;
	size_t items_count;
	/* Something about the matter had reached the office before (a notice,
	 * a directive, an item handed down): 0, or when. */
	int64_t told_ms;
};

struct escalation_verdict {
	enum lower_state lower;
	enum lawfulness lawfulness;
	bool knew_before; /* had registered or taken it over by then */
	/* Index of the item that decided; items_count: none did. */
	size_t decisive;
};

void escalation_judge(const struct escalation_facts *facts,
    struct escalation_verdict *out);

/* The codes of those that are, for a list. */
#define LOWER_FAILURES "UNR OVD DEC"
bool lower_is_failure(enum lower_state s);
const char *lower_code(enum lower_state s);
/* LOWER_STATES: no such code. */
enum lower_state lower_of_code(const char *code);
const char *lawfulness_code(enum lawfulness l);
/* V=0 T=1 D=2 C=3 P=4 N=5; -1: no level. */
int level_rank(char level);

#endif
