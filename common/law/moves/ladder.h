/*
 * ladder - which rung of supervision a missed limit has reached.
 *
 * By the rule file: a reminder some days before the end, and CB, DB, GP when
 * the n-th day (working day, hour) after the end has come; with "CB = 1" and
 * working days a limit that ends on a Friday gets its CB on Monday.  Each
 * rung is due from then on until it is covered: by a directive of this rung
 * or a higher one about this item, and this limit or none, that anybody issued
 * since the limit began.  A reminder before the end is of kind CB, too, and
 * does not cover the CB after it.
 *
 * Source: R22 Art 40; the numbers are the rule file's.  Pure; any thread.
 */
#ifndef LAW_MOVES_LADDER_H
#define LAW_MOVES_LADDER_H

#include "law/limits/clocks.h"

enum rung { RUNG_NONE, RUNG_REMIND, RUNG_CB, RUNG_DB, RUNG_GP };

/* The rung that a clock has reached at `now_ms`; RUNG_NONE when met, stopped
 * or nobody's. */
enum rung ladder_rung(const struct rules *r, const struct calendar *c,
    const struct clock_row *clock, int64_t now_ms);
/* A directive as far as it tells whether something was supervised. */
struct ladder_issued {
	const char *kind, *item, *matter, *clock; /* "": about none */
	int64_t recorded_ms;
	bool is_draft; /* not issued yet: covers nothing */
};

/* Does this directive about the item of a limit cover a rung of the limit? */
bool ladder_covers(const struct ladder_issued *d, enum rung rung,
    const char *clock, int64_t start_ms, int64_t due_ms);

/* "" for RUNG_NONE; RUNG_REMIND and RUNG_CB are both kind CB. */
const char *ladder_kind(enum rung rung);
/* RUNG_NONE for kinds that are on no ladder. */
enum rung ladder_of_kind(const char *kind);

#endif
