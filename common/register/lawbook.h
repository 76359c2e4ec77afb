/*
 * lawbook - which rule file and which calendar hold for an office at a time.
 *
 * Hubs publish them (published.c), each from a date on.  An office goes
 * by what the nearest office at or above it has published that is in force
 * at the moment, the latest date first, of two with one date the one recorded
 * later; where nobody has, by the files compiled in.  So every level computes
 * the same limits for the same office.
 *
 * Belongs to the thread of its register.
 */
#ifndef REGISTER_LAWBOOK_H
#define REGISTER_LAWBOOK_H

#include "law/limits/clocks.h"

struct db;
struct lawbook;
struct views;

/* Reads through the register's connection, when asked. */
struct lawbook *lawbook_new(struct views *v);
void lawbook_free(struct lawbook *l); /* NULL is fine */

/* Something was published or the tree of offices changed. */
void lawbook_forget(struct lawbook *l);

/* Never NULL; lives until lawbook_forget. */
const struct rules *lawbook_rules(struct lawbook *l, const char *office,
    int64_t at_ms);
const struct calendar *lawbook_calendar(struct lawbook *l, const char *office,
    int64_t at_ms);
/* The rules of this version, whoever published them; NULL: not known here. */
const struct rules *lawbook_rules_named(struct lawbook *l, const char *version);
/* Which file holds, or the next one that will, and whose it is. */
struct lawbook_source {
	char publisher[OFFICE_CODE_MAX + 1]; /* "": compiled in */
	int64_t effective_ms;
	uint64_t position; /* in table published; 0: compiled in */
	const char *version;
};
void lawbook_source(struct lawbook *l, const char *office, int64_t at_ms,
    bool wants_rules, struct lawbook_source *out);
/* The first one that takes effect after `at_ms`; false: none is known. */
bool lawbook_next(struct lawbook *l, const char *office, int64_t at_ms,
    bool wants_rules, struct lawbook_source *out);

/* The same as callbacks for law/clocks.h. */
void lawbook_law(struct lawbook *l, struct clocks_law *out);

#endif
