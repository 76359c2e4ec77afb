/*
 * desk - an office in a folder of its own, and somebody who asks at its desk.
 *
 *	struct desk_office *d = desk_office_new(&trade, "420100");
 *
 *	assert_int_equal(ask(d, &command), EXIT_DONE);
 *	... d->result ...
 *	desk_office_free(d);
 *
 * Commands take the product's own way (office_do): recorded, committed, the
 * reply packed and read again.
 */
#ifndef SUPPORT_DESK_H
#define SUPPORT_DESK_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"
#include "contract/command.h"
#include "contract/record.h"
#include "words/catalogue.h"

struct office;
struct office_trade;

struct desk_office {
	void *dir; /* the offices of this test stand in it */
	const struct office_trade *trade;
	struct office *office;
	const char *user, *role; /* who asks; "wang", "clerk" unless set */
	/* Of the last reply; the result is NULL when it had none. */
	json_t *result;
	char sentence[SAY_TEXT_MAX];
	struct buffer packed; /* the last reply, as bytes */
};

/* Makes and opens the office `code`; `trade` outlives it. */
struct desk_office *desk_office_new(const struct office_trade *trade,
    const char *code);
/* Closes it, takes its folder away, sets the clock right again. */
void desk_office_free(struct desk_office *d);
/* Only closes it: its files may be spoilt until the next opening. */
void desk_office_close(struct desk_office *d);
/* The same folder: closes the open office and opens (or makes) this one. */
void desk_office_open(struct desk_office *d, const struct office_trade *trade,
    const char *code);

/* From now on the office's clock is this much beside the real time. */
void desk_office_shift(int64_t seconds);

/*
 * Ask, in English, as d->user, and let the slow views follow.  The command's
 * language and actor are filled in.  Returns the exit status.
 */
int ask(struct desk_office *d, struct command *c);

/* That status was EXIT_REFUSED, without a result, and this was said. */
void refused_with(const struct desk_office *d, int status, const char *said);

/* This text of an object; "" when it has none. */
const char *text_of(const json_t *object, const char *key);

/* A letter that may be registered as it is; `text` outlives it. */
struct intake letter(const char *text);

/* How many records the ledger has. */
uint64_t ledger_size(const struct desk_office *d);
/* Do these bytes stand anywhere in the ledger? */
bool ledger_holds(const struct desk_office *d, const char *text);
/* The last record, unpacked; lives until the next is unpacked. */
void last_record(const struct desk_office *d, struct record *record);

#endif
