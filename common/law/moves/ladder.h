/*
 * ladder - which rung of supervision a missed limit has reached.
 *
 * By the rule file: a reminder some days before the end, and CB, DB, GP when
 * the n-th day (working day, hour) after the end has come; with "CB = 1" and
 * working days a limit that ends on a Friday gets its CB on Monday.  Each
 * rung is proposed once it has come and no directive of this rung or a higher
 * one has been sent; that is the caller's to know.
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
/* "" for RUNG_NONE; RUNG_REMIND and RUNG_CB are both kind CB. */
const char *ladder_kind(enum rung rung);
/* RUNG_NONE for kinds that are on no ladder. */
enum rung ladder_of_kind(const char *kind);

#endif
