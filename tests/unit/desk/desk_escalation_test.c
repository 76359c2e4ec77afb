/* Goal: a notice is signed for and answered by the office that it is about,
 * and by no other; nobody closes it. */
#include "base/text.h"
#include "contract/wire_payload.h"
#include "office/office.h"
#include "petition/item_number.h"
#include "register/views.h"

#include "support/desk.h"
#include "support/turn.h"
#include "support/unit.h"

#define OWN   "420100"
#define OTHER "420106"

static const struct office_trade trade = {
	.program = "city-hub",
	.has_children = true,
};

static int
start(void **state)
{
	*state = desk_office_new(&trade, OWN);
	return 0;
}

static int
finish(void **state)
{
	desk_office_free(*state);
	return 0;
}

/* An escalation of our own numbering, about `office`; its number in `id`. */
static void
escalate(struct desk_office *f, const char *office, uint32_t serial,
    char id[static ITEM_NUMBER_MAX + 1])
{
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
	struct buffer payload = { 0 };

	item_number_format(&n, 1, id);
	n.kind = NUMBER_ITEM;
	item_number_format(&n, 1, e.item);
	memcpy(e.matter, e.item, sizeof(e.matter));
	memcpy(e.id, id, sizeof(e.id));
	assert_int_equal(text_copy(e.office, sizeof(e.office), office), RC_OK);
	wire_escalated_pack(&payload, &e);
	office_says(f->office, RECORD_ESCALATED, &payload);
}

static int
move(struct desk_office *f, const char *id, const char *status,
    const char *text)
{
	struct command c = { .kind = COMMAND_DIRECTIVE_MOVE };

	assert_int_equal(text_copy(c.step.id, sizeof(c.step.id), id), RC_OK);
	assert_int_equal(text_copy(c.step.status, sizeof(c.step.status),
			     status),
	    RC_OK);
	c.step.text = span_of_text(text);
	return ask(f, &c);
}

TEST_WITH(test_a_notice_is_signed_for_then_answered, start, finish)
{
	struct desk_office *f = *state;
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
	struct desk_office *f = *state;
	char id[ITEM_NUMBER_MAX + 1];

	escalate(f, OWN, 1, id);
	assert_int_equal(move(f, id, "SGN", ""), EXIT_DONE);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_int_equal(move(f, id, others[i], "x"), EXIT_REFUSED);
}

TEST_WITH(test_only_the_office_it_is_about_moves_it, start, finish)
{
	struct desk_office *f = *state;
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
	struct desk_office *f = *state;
	char id[ITEM_NUMBER_MAX + 1];

	item_number_format(&n, 1, id);
	assert_int_equal(move(f, id, "SGN", ""), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "escalations"));
}

TEST_WITH(test_an_answer_is_masked, start, finish)
{
	struct desk_office *f = *state;
	char id[ITEM_NUMBER_MAX + 1];

	escalate(f, OWN, 1, id);
	assert_int_equal(move(f, id, "SGN", ""), EXIT_DONE);
	assert_int_equal(move(f, id, "ANS", "他的电话13800138000"), EXIT_DONE);
	assert_false(ledger_holds(f, "13800138000"));
}
