/*
 * slip - the receipt that a petitioner takes home.
 *
 * It says what was asked, who holds it, which dates are due, how to follow
 * it, what can be done about an unsatisfactory reply, and the fingerprint of
 * the record, so that the petitioner can prove later what was handed in.
 *
 * Source: Regulations on petition work (2022), Articles 35 and 36 (review
 * and final review, 30 days each), and Article 20 (of a visit of five or more
 * at most five representatives).
 *
 * UTF-8 text in a box, at most SLIP_COLUMNS wide.  Pure; any thread.
 */
#ifndef PETITION_SLIP_H
#define PETITION_SLIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/rc.h"
#include "base/span.h"
#include "words/catalogue.h"

enum { SLIP_COLUMNS = 76 };

/* One date that is due, in the words of the rules. */
struct slip_due {
	const char *what;    /* "告知是否受理" */
	const char *date;    /* "2026-03-16" */
	const char *article; /* where the rule stands; NULL: not said */
};

/* Everything is borrowed.  NULL or empty members leave out their line. */
struct slip {
	enum language language;
	bool is_bilingual;      /* title in both languages */
	const char *office;     /* name of the office that recorded */
	const char *item;       /* item number as printed */
	const char *query_code; /* grouped; NULL: none was made */
	const char *channel;    /* code: LX ... */
	uint32_t heads;         /* people who came; 0: not said */
	struct span subject;
	const char *responsible;         /* name, or code, of the office */
	int64_t claimed_ms, recorded_ms; /* 0: leave out */
	const struct slip_due *due;
	size_t due_count;
	const uint8_t *fingerprint; /* leaf hash, HASH_BYTES; NULL: none */
};

/* Append the slip to `out`.  RC_TOO_BIG: over out->limit. */
MUST_USE enum rc slip_print(const struct slip *slip, struct buffer *out);

#endif
