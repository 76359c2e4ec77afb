/*
 * Goal of this test: what an office says of itself is complete.
 */
#include "base/text.h"
#include "contract/wire_payload.h"
#include "desk/reply.h"
#include "register/views.h"
#include "relay/journal.h"
#include "service/control.h"
#include "service/status.h"

#include "hub.h"
#include "support/office_dir.h"
#include "support/turn.h"

static void
enrol(struct office *o, const char *code, const char *name)
{
	struct child child = { .parent = "420100" };
	struct buffer payload = { 0 };

	assert_int_equal(text_copy(child.office, sizeof(child.office), code),
	    RC_OK);
	assert_int_equal(text_copy(child.name, sizeof(child.name), name),
	    RC_OK);
	wire_child_pack(&payload, &child);
	office_says(o, RECORD_CHILD_ENROLLED, &payload);
}

static json_t *
ask(struct office *o, const struct command *c)
{
	struct reply_writer w;
	json_t *result;

	reply_init(&w, "en");
	status_handle(o, c, &w);
	result = json_incref(w.result);
	reply_clear(&w);
	return result;
}

static json_t *
status_of(struct office *o)
{
	return ask(o, &(struct command){ .kind = COMMAND_STATUS });
}

static void
assert_link(const json_t *status, size_t index, const char *office,
    const char *name)
{
	const json_t *link =
	    json_array_get(json_object_get(status, "links"), index);

	assert_string_equal(json_string_value(json_object_get(link, "office")),
	    office);
	assert_string_equal(json_string_value(json_object_get(link, "name")),
	    name);
}

TEST_WITH(test_links_carry_the_names_of_their_offices, office_dir_make,
    office_dir_remove)
{
	struct office *o =
	    office_dir_office(*state, &hub_trade, "420100", "tcp://10.0.0.1:7");
	json_t *status;

	(void)strcpy(o->settings.parent_name, "湖北省信访局");
	(void)relay_set_parent(o->relay, o->settings.parent, o->now);
	enrol(o, "420106", "武昌区信访局");
	status = status_of(o);
	assert_link(status, 0, "420000", "湖北省信访局");
	assert_link(status, 1, "420106", "武昌区信访局");
	json_decref(status);
	office_close(o);
}

/* What the parent is said to hold of the record with this number. */
static json_t *
held(struct office *o, const char *origin, uint64_t sequence)
{
	struct command c = { .kind = COMMAND_STATUS,
		.status = { .incarnation = relay_incarnation(o->relay),
		    .sequence = sequence } };
	json_t *answer, *out;

	assert_int_equal(text_copy(c.status.origin, sizeof(c.status.origin),
			     origin),
	    RC_OK);
	answer = ask(o, &c);
	assert_int_equal(json_object_size(answer), 1);
	out = json_incref(json_object_get(answer, "held_by_parent"));
	json_decref(answer);
	return out;
}

TEST_WITH(test_a_record_is_held_as_far_as_the_parent_acknowledged,
    office_dir_make, office_dir_remove)
{
	struct office *o =
	    office_dir_office(*state, &hub_trade, "420100", "tcp://10.0.0.1:7");
	struct stream_key key = { .origin = "420100",
		.incarnation = relay_incarnation(o->relay) };

	assert_true(json_is_null(held(o, "420100", 1)));
	(void)relay_set_parent(o->relay, o->settings.parent, o->now);
	enrol(o, "420106", "武昌区信访局");
	assert_true(json_is_false(held(o, "420100", 1)));
	journal_find(o->journal, &key)->acked = 1;
	assert_true(json_is_true(held(o, "420100", 1)));
	assert_true(json_is_false(held(o, "420100", 2)));
	/* It came from above: from no office of ours. */
	assert_true(json_is_true(held(o, "430102", 1)));
	office_close(o);
}
