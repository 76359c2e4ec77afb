/*
 * An office with a desk.  Time goes on by the hook of base/clock.c, so that
 * the office sees it in each turn as it would see a clock that was set.
 */
#include "support/desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "contract/wire.h"
#include "contract/wire_command.h"
#include "relay/journal.h"
#include "service/turn.h"

#include "support/office_dir.h"
#include "support/turn.h"

#define SHIFT "PETITION_TEST_CLOCK_SHIFT_S"

void
desk_office_close(struct desk_office *d)
{
	office_close(d->office);
	d->office = NULL;
}

void
desk_office_open(struct desk_office *d, const struct office_trade *trade,
    const char *code)
{
	desk_office_close(d);
	d->trade = trade;
	d->office = office_dir_office(d->dir, trade, code,
	    trade->has_children ? "tcp://127.0.0.1:17999" : NULL);
}

struct desk_office *
desk_office_new(const struct office_trade *trade, const char *code)
{
	struct desk_office *d = memory_new(1, sizeof(*d));

	assert_int_equal(office_dir_make(&d->dir), 0);
	desk_office_open(d, trade, code);
	d->user = "wang";
	d->role = "clerk";
	return d;
}

void
desk_office_free(struct desk_office *d)
{
	json_decref(d->result);
	buffer_clear(&d->packed);
	office_close(d->office);
	assert_int_equal(office_dir_remove(&d->dir), 0);
	free(d);
	wire_release();
	assert_int_equal(unsetenv(SHIFT), 0);
}

void
desk_office_shift(int64_t seconds)
{
	char text[24];

	assert_int_equal(text_format(text, sizeof(text), "%lld",
			     (long long)seconds),
	    RC_OK);
	assert_int_equal(setenv(SHIFT, text, 1), 0);
}

int
ask(struct desk_office *d, struct command *c)
{
	struct reply reply;

	assert_int_equal(text_copy(c->language, sizeof(c->language), "en"),
	    RC_OK);
	assert_int_equal(text_copy(c->actor, sizeof(c->actor), d->user), RC_OK);
	assert_int_equal(text_copy(c->actor_role, sizeof(c->actor_role),
			     d->role),
	    RC_OK);
	json_decref(d->result);
	d->result = NULL;
	buffer_reset(&d->packed);
	office_do(d->office, c, &d->packed);
	turns_until_idle(d->office);
	assert_int_equal(wire_reply_unpack(buffer_span(&d->packed), &reply),
	    RC_OK);
	assert_int_equal(text_copy_span(d->sentence, sizeof(d->sentence),
			     reply.sentence),
	    RC_OK);
	if (reply.json.size > 0) {
		d->result = json_loadb((const char *)reply.json.at,
		    reply.json.size, 0, NULL);
		assert_non_null(d->result);
	}
	return (int)reply.exit;
}

void
refused_with(const struct desk_office *d, int status, const char *said)
{
	assert_int_equal(status, EXIT_REFUSED);
	if (strstr(d->sentence, said) == NULL)
		fail_msg("'%s' came, '%s' was expected", d->sentence, said);
	assert_null(d->result);
}

const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text != NULL ? text : "";
}

struct intake
letter(const char *text)
{
	return (struct intake){ .channel = "LX",
		.purpose = "QJ",
		.subject = span_of_text("楼道堆物"),
		.text = span_of_text(text) };
}

uint64_t
ledger_size(const struct desk_office *d)
{
	return journal_end(d->office->journal);
}

bool
ledger_holds(const struct desk_office *d, const char *text)
{
	struct store_row row;
	bool found = false;

	journal_walk(d->office->journal, 1);
	while (journal_next(d->office->journal, &row)) {
		found = found || memmem(row.bytes.at, row.bytes.size, text,
				     strlen(text)) != NULL;
	}
	return found;
}

void
last_record(const struct desk_office *d, struct record *record)
{
	struct store_row row;

	journal_walk(d->office->journal, ledger_size(d));
	assert_true(journal_next(d->office->journal, &row));
	assert_int_equal(wire_record_unpack(row.bytes, record), RC_OK);
	journal_stop(d->office->journal);
}
