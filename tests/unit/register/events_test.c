/* Goal: what a row tells of follows from its record, whatever wraps it; what
 * cannot be read, or nobody acts on, tells of nothing. */
#include "base/check.h"
#include "contract/wire.h"
#include "register/ask/events.h"

#include "support/unit.h"

enum { DEEP = 40 }; /* more wrappings than the register opens */

/* Pack a record of that kind over what `out` holds now, which is its payload. */
static void
pack_record(uint32_t kind, struct buffer *out)
{
	struct record record = { .key = { .origin = "420106",
				     .incarnation = 7 },
		.sequence = 1,
		.claimed_ms = 1,
		.recorded_ms = 1,
		.schema = RECORD_SCHEMA,
		.kind = kind,
		.payload = buffer_span(out) };
	struct buffer bytes = { 0 };

	wire_record_pack(&bytes, &record);
	buffer_clear(out);
	*out = bytes;
}

static void
wrap(uint32_t kind, struct buffer *record)
{
	struct buffer payload = { 0 };

	if (kind == RECORD_CARRIED)
		wire_carried_pack(&payload, buffer_span(record));
	else
		wire_handed_pack(&payload, buffer_span(record));
	pack_record(kind, &payload);
	buffer_clear(record);
	*record = payload;
}

/* What a record of `kind` is in these wrappings, the innermost first. */
static enum event_kind
kind_in(uint32_t kind, const uint32_t *wrappings, size_t count)
{
	struct buffer record = { 0 };
	enum event_kind found;

	pack_record(kind, &record);
	for (size_t i = 0; i < count; i++)
		wrap(wrappings[i], &record);
	found = event_kind_of(count > 0 ? wrappings[count - 1] : kind,
	    buffer_span(&record));
	buffer_clear(&record);
	return found;
}

static const struct {
	uint32_t record;
	enum event_kind event;
} kinds[] = {
	{ RECORD_PETITION_REGISTERED, EVENT_ARRIVAL },
	{ RECORD_PETITION_MOVED, EVENT_MOVE },
	{ RECORD_MATTER_LINKED, EVENT_LINK },
	{ RECORD_ESCALATED, EVENT_ESCALATION },
	{ RECORD_DIRECTIVE_ISSUED, EVENT_DIRECTIVE },
	{ RECORD_DIRECTIVE_STEP, EVENT_STEP },
	{ RECORD_CHILD_ENROLLED, EVENT_OFFICE },
	{ RECORD_ATTACHED, EVENT_NONE },
	{ RECORD_PUBLISHED, EVENT_NONE },
	{ RECORD_UNREADABLE, EVENT_NONE },
	{ 9999, EVENT_NONE },
};

static void
each_kind_is_its_event_in_any_wrapping(void **state)
{
	static const uint32_t wrappings[] = { RECORD_CARRIED, RECORD_HANDED,
		RECORD_CARRIED, RECORD_CARRIED };

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		for (size_t n = 0; n <= 4; n++) {
			assert_int_equal(kind_in(kinds[i].record, wrappings, n),
			    kinds[i].event);
		}
	}
}

static void
offices_are_looked_at_again_with_a_settled_history(void **state)
{
	static const uint32_t carried = RECORD_CARRIED;

	(void)state;
	assert_int_equal(kind_in(RECORD_CHILD_REVOKED, NULL, 0), EVENT_NONE);
	assert_int_equal(kind_in(RECORD_OFFICE_OPENED, NULL, 0), EVENT_NONE);
	assert_int_equal(kind_in(RECORD_CHILD_REVOKED, &carried, 1),
	    EVENT_OFFICE);
	assert_int_equal(kind_in(RECORD_OFFICE_OPENED, &carried, 1),
	    EVENT_OFFICE);
}

static void
many_wrappings_come_to_an_end(void **state)
{
	uint32_t wrappings[DEEP];

	(void)state;
	for (size_t i = 0; i < DEEP; i++)
		wrappings[i] = i % 2 == 0 ? RECORD_HANDED : RECORD_CARRIED;
	assert_int_equal(kind_in(RECORD_ESCALATED, wrappings, DEEP),
	    EVENT_ESCALATION);
}

static void
what_cannot_be_read_tells_of_nothing(void **state)
{
	struct buffer record = { 0 };

	(void)state;
	assert_int_equal(event_kind_of(RECORD_CARRIED, span_of_text("?")),
	    EVENT_NONE);
	/* Its payload is no wrapping. */
	CHECK(buffer_append(&record, span_of_text("?")) == RC_OK);
	pack_record(RECORD_HANDED, &record);
	assert_int_equal(event_kind_of(RECORD_HANDED, buffer_span(&record)),
	    EVENT_NONE);
	/* What lies in the wrapping is no record. */
	buffer_clear(&record);
	CHECK(buffer_append(&record, span_of_text("?")) == RC_OK);
	wrap(RECORD_HANDED, &record);
	assert_int_equal(event_kind_of(RECORD_HANDED, buffer_span(&record)),
	    EVENT_NONE);
	buffer_clear(&record);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_is_its_event_in_any_wrapping),
		cmocka_unit_test(
		    offices_are_looked_at_again_with_a_settled_history),
		cmocka_unit_test(many_wrappings_come_to_an_end),
		cmocka_unit_test(what_cannot_be_read_tells_of_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
