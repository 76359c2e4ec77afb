#include <jansson.h>

#include "base/text.h"
#include "contract/wire.h"
#include "contract/wire_command.h"
#include "contract/wire_payload.h"
#include "desk/desk.h"
#include "desk/reply.h"
#include "petition/item_number.h"
#include "register/views.h"
#include "relay/journal.h"
#include "relay/relay_internal.h"
#include "service/turn.h"

#include "support/office_dir.h"

#define OWN   "420100"
#define OTHER "420106"

static const struct office_trade trade = {
	.program = "city-hub",
	.has_children = true,
};

struct fixture {
	void *dir;
	struct office *office;
	struct buffer storage; /* of the last reply */
	char sentence[SAY_TEXT_MAX];
};

static int
start(void **state)
{
	struct fixture *f = memory_new(1, sizeof(*f));

	assert_int_equal(office_dir_make(&f->dir), 0);
	f->office =
	    office_dir_office(f->dir, &trade, OWN, "tcp://127.0.0.1:17999");
	*state = f;
	return 0;
}

static int
finish(void **state)
{
	struct fixture *f = *state;

	buffer_clear(&f->storage);
	office_close(f->office);
	assert_int_equal(office_dir_remove(&f->dir), 0);
	free(f);
	wire_release();
	return 0;
}

/* An escalation of our own numbering, about `office`; its number in `id`. */
static void
escalate(struct fixture *f, const char *office, uint32_t serial,
    char id[static ITEM_NUMBER_MAX + 1])
{
	struct office *o = f->office;
	struct item_number n = { .kind = NUMBER_ESCALATION,
		.office = OWN,
		.year = 2026,
		.serial = serial };
	struct escalated e = { .revision = 1,
		.from_level = "D",
		.to_level = "C",
		.lower_state = "OVD",
		.lawfulness = "UP1",
		.at_ms = 1767225600000 };
	struct record draft = { .kind = RECORD_ESCALATED,
		.claimed_ms = 1767225600000 };
	struct buffer payload = { 0 };
	uint8_t leaf[HASH_BYTES];
	uint64_t position;

	item_number_format(&n, 1, id);
	n.kind = NUMBER_ITEM;
	item_number_format(&n, 1, e.item);
	memcpy(e.matter, e.item, sizeof(e.matter));
	memcpy(e.id, id, sizeof(e.id));
	assert_int_equal(text_copy(e.office, sizeof(e.office), office), RC_OK);
	wire_escalated_pack(&payload, &e);
	draft.payload = buffer_span(&payload);
	journal_begin(o->journal);
	views_begin(o->views);
	assert_int_equal(relay_record(o->relay, "", &draft, o->now, &position,
			     leaf),
	    RC_OK);
	relay_commit(o->relay, o->now);
	views_commit(o->views);
	buffer_clear(&payload);
}

static int
move(struct fixture *f, const char *id, const char *status, const char *text)
{
	struct command c = { .kind = COMMAND_DIRECTIVE_MOVE,
		.language = "en",
		.actor_role = "clerk",
		.actor = "wang" };
	struct reply reply;

	assert_int_equal(text_copy(c.step.id, sizeof(c.step.id), id), RC_OK);
	assert_int_equal(text_copy(c.step.status, sizeof(c.step.status),
			     status),
	    RC_OK);
	c.step.text = span_of_text(text);
	buffer_reset(&f->storage);
	office_do(f->office, &c, &f->storage);
	assert_int_equal(wire_reply_unpack(buffer_span(&f->storage), &reply),
	    RC_OK);
	assert_int_equal(text_copy_span(f->sentence, sizeof(f->sentence),
			     reply.sentence),
	    RC_OK);
	return (int)reply.exit;
}

TEST_WITH(test_a_notice_is_signed_for_then_answered, start, finish)
{
	struct fixture *f = *state;
	char id[ITEM_NUMBER_MAX + 1];

	escalate(f, OWN, 1, id);
	assert_int_equal(move(f, id, "ANS", "too soon"), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "escalation sign"));
	assert_int_equal(move(f, id, "SGN", ""), EXIT_DONE);
	assert_true(views_has_step(f->office->views, id, OWN, "SGN"));
	assert_int_equal(move(f, id, "SGN", ""), EXIT_REFUSED);
	assert_int_equal(move(f, id, "ANS", ""), EXIT_REFUSED);
	assert_false(views_has_step(f->office->views, id, OWN, "ANS"));
	assert_int_equal(move(f, id, "ANS", "first"), EXIT_DONE);
	assert_int_equal(move(f, id, "ANS", "an addition"), EXIT_DONE);
	assert_true(views_has_step(f->office->views, id, OWN, "ANS"));
}

TEST_WITH(test_nobody_closes_a_notice, start, finish)
{
	static const char *const others[] = { "WRK", "CLS", "RTN", "CXL", "DLV",
		"" };
	struct fixture *f = *state;
	char id[ITEM_NUMBER_MAX + 1];

	escalate(f, OWN, 1, id);
	assert_int_equal(move(f, id, "SGN", ""), EXIT_DONE);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_int_equal(move(f, id, others[i], "x"), EXIT_REFUSED);
}

TEST_WITH(test_only_the_office_it_is_about_moves_it, start, finish)
{
	struct fixture *f = *state;
	char id[ITEM_NUMBER_MAX + 1];

	escalate(f, OTHER, 1, id);
	assert_int_equal(move(f, id, "SGN", ""), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, OTHER));
}

TEST_WITH(test_what_is_not_known_is_refused, start, finish)
{
	struct item_number n = { .kind = NUMBER_ESCALATION,
		.office = OWN,
		.year = 2026,
		.serial = 9 };
	struct fixture *f = *state;
	char id[ITEM_NUMBER_MAX + 1];

	item_number_format(&n, 1, id);
	assert_int_equal(move(f, id, "SGN", ""), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "escalations"));
}

TEST_WITH(test_an_answer_is_masked, start, finish)
{
	struct fixture *f = *state;
	char id[ITEM_NUMBER_MAX + 1];
	struct store_row row;
	bool found = false;

	escalate(f, OWN, 1, id);
	assert_int_equal(move(f, id, "SGN", ""), EXIT_DONE);
	assert_int_equal(move(f, id, "ANS", "他的电话13800138000"), EXIT_DONE);
	journal_walk(f->office->journal, 1);
	while (journal_next(f->office->journal, &row)) {
		found = found || memmem(row.bytes.at, row.bytes.size,
				     "13800138000", 11) != NULL;
	}
	assert_false(found);
}
