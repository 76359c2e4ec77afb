/* Directives, escalations and omissions as documents: where they stand, what
 * restated them, and what covers what. */
#include "documents/directives.h"
#include "documents/escalations.h"
#include "documents/omissions.h"
#include "documents/published.h"

#include "support/asked.h"

#define CITY     "990100"
#define DISTRICT "990101"
#define DAY_MS   INT64_C(86400000)

/* The city's register; its own beginning stands first. */
static int
start(void **state)
{
	struct asked *a;
	int failed = asked_start(state);

	a = *state;
	vj_opened(a->journal, CITY);
	vj_enrolled(a->journal, CITY, DISTRICT);
	return failed;
}

static struct stream *
to_all(struct asked *a)
{
	return vj_stream(a->journal, CITY, "");
}

static const char *
directive_id(uint32_t serial)
{
	return vj_number(NUMBER_DIRECTIVE, CITY, serial);
}

static void
issue(struct asked *a, uint32_t serial, const char *item, const char *matter)
{
	static const char to[1][OFFICE_CODE_MAX + 1] = { DISTRICT };
	struct directive d = { .kind = "DB",
		.to = to,
		.to_count = 1,
		.due_ms = VJ_START_MS + DAY_MS };
	struct buffer payload = { 0 };

	vj_text(d.id, sizeof(d.id), directive_id(serial));
	vj_text(d.item, sizeof(d.item), item);
	vj_text(d.matter, sizeof(d.matter), matter);
	wire_directive_pack(&payload, &d);
	(void)vj_put(a->journal, to_all(a), RECORD_DIRECTIVE_ISSUED, &payload);
}

static void
step(struct asked *a, const char *office, uint32_t serial, const char *status)
{
	struct directive_step s = { .text = span_of_text("已阅。") };
	struct buffer payload = { 0 };

	vj_text(s.id, sizeof(s.id), directive_id(serial));
	vj_text(s.addressee, sizeof(s.addressee), DISTRICT);
	vj_text(s.status, sizeof(s.status), status);
	a->journal->recorded_ms += 1000;
	wire_directive_step_pack(&payload, &s);
	(void)vj_put(a->journal, vj_stream(a->journal, office, ""),
	    RECORD_DIRECTIVE_STEP, &payload);
}

static size_t
count_directives(struct asked *a, const struct directives_filter *f)
{
	asked_forget(a);
	(void)documents_directives(&a->r, f, documents_collect, a->rows);
	if (f->limit == 0) {
		assert_int_equal(documents_directives_count(&a->r, f),
		    json_array_size(a->rows));
	}
	return json_array_size(a->rows);
}

TEST_WITH(test_a_directive_has_its_steps, start, asked_finish)
{
	struct asked *a = *state;
	const json_t *steps, *history;

	issue(a, 1, vj_item(CITY, 1), "");
	step(a, DISTRICT, 1, "DLV");
	step(a, DISTRICT, 1, "SGN");
	asked_fold(a);
	assert_string_equal(a->r.office, CITY);
	assert_int_equal(count_directives(a, &(struct directives_filter){ 0 }),
	    1);
	assert_string_equal(asked_text(a->rows, 0, "status"), "SGN");
	assert_string_equal(asked_text(a->rows, 0, "to"), DISTRICT);
	steps = json_object_get(json_array_get(a->rows, 0), "steps");
	history = json_object_get(json_array_get(a->rows, 0), "history");
	assert_int_equal(json_array_size(steps), 2);
	assert_string_equal(asked_text(steps, 1, "status"), "SGN");
	assert_string_equal(asked_text(steps, 1, "text"), "已阅。");
	assert_int_equal(json_array_size(history), 3);
	assert_string_equal(asked_text(history, 0, "status"), "SNT");
}

TEST_WITH(test_open_and_overdue_follow_the_table_of_moves, start, asked_finish)
{
	struct asked *a = *state;
	const struct directives_filter open = { .only_open = true };
	const struct directives_filter overdue = { .only_overdue = true };

	issue(a, 1, vj_item(CITY, 1), "");
	issue(a, 2, vj_item(CITY, 2), "");
	issue(a, 3, vj_item(CITY, 3), "");
	step(a, DISTRICT, 1, "DLV");
	step(a, DISTRICT, 2, "ANS");
	step(a, CITY, 3, "CXL");
	asked_fold(a);
	assert_int_equal(count_directives(a, &open), 2);
	assert_int_equal(count_directives(a, &overdue), 0);
	a->r.now_ms = VJ_START_MS + 2 * DAY_MS;
	/* An answer that stands is in time until it is returned. */
	assert_int_equal(count_directives(a, &overdue), 1);
	assert_string_equal(asked_text(a->rows, 0, "id"), directive_id(1));
}

TEST_WITH(test_an_item_has_those_about_its_matter_once, start, asked_finish)
{
	struct asked *a = *state;
	const char *item = vj_item(CITY, 1), *first = vj_item(CITY, 2);
	json_t *about;

	issue(a, 1, item, "");
	issue(a, 2, "", first);
	issue(a, 3, item, first);
	issue(a, 4, vj_item(CITY, 3), "");
	asked_fold(a);
	about = documents_directives_about(&a->r, item, first);
	assert_int_equal(json_array_size(about), 3);
	assert_string_equal(asked_text(about, 2, "id"), directive_id(2));
	json_decref(about);
}

static void
raise(struct asked *a, uint32_t serial, uint32_t revision, const char *lower)
{
	(void)vj_escalated(a->journal, to_all(a),
	    vj_number(NUMBER_ESCALATION, CITY, serial), revision,
	    vj_item(CITY, serial), DISTRICT, lower);
}

static size_t
count_escalations(struct asked *a, const struct escalations_filter *f)
{
	asked_forget(a);
	(void)documents_escalations(&a->r, f, documents_collect, a->rows);
	assert_int_equal(documents_escalations_count(&a->r, f),
	    json_array_size(a->rows));
	return json_array_size(a->rows);
}

TEST_WITH(test_the_newest_revision_is_shown_with_those_before, start,
    asked_finish)
{
	struct asked *a = *state;
	const json_t *versions;

	raise(a, 1, 1, "NOP");
	raise(a, 1, 2, "UNR");
	raise(a, 2, 1, "TRM");
	asked_fold(a);
	assert_int_equal(count_escalations(a,
			     &(struct escalations_filter){ 0 }),
	    2);
	assert_int_equal(count_escalations(a,
			     &(struct escalations_filter){
				 .only_failures = true }),
	    1);
	assert_string_equal(asked_text(a->rows, 0, "lower_state"), "UNR");
	assert_int_equal(asked_number(a->rows, 0, "revision"), 2);
	versions = json_object_get(json_array_get(a->rows, 0), "versions");
	assert_int_equal(json_array_size(versions), 2);
	assert_string_equal(asked_text(versions, 0, "lower_state"), "NOP");
	assert_int_equal(count_escalations(a,
			     &(struct escalations_filter){
				 .only_unanswered = true }),
	    2);
}

static json_int_t
member(const json_t *document, const char *key)
{
	return json_integer_value(json_object_get(document, key));
}

TEST_WITH(test_omissions_count_what_no_directive_covers, start, asked_finish)
{
	struct asked *a = *state;
	const struct omissions_filter one = { .limit = 1 };
	json_t *all, *some, *numbers;

	raise(a, 1, 1, "UNR");
	raise(a, 2, 1, "OVD");
	raise(a, 3, 1, "DEC");
	raise(a, 4, 1, "FIN");
	a->journal->recorded_ms += 10000;
	issue(a, 1, vj_item(CITY, 3), "");
	asked_fold(a);
	a->r.now_ms = VJ_START_MS + 3 * DAY_MS;
	all = documents_omissions(&a->r, &(struct omissions_filter){ 0 });
	some = documents_omissions(&a->r, &one);
	numbers = documents_omissions(&a->r,
	    &(struct omissions_filter){ .only_numbers = true,
		.office = DISTRICT });
	assert_int_equal(member(all, "count"), 2);
	assert_int_equal(member(json_object_get(all, "coverage"), "must"), 3);
	assert_int_equal(json_array_size(json_object_get(all, "omissions")), 2);
	assert_string_equal(asked_text(json_object_get(all, "omissions"), 0,
				"ground"),
	    "G3");
	assert_int_equal(asked_number(json_object_get(all, "omissions"), 0,
			     "days"),
	    2);
	assert_int_equal(member(some, "count"), 2);
	assert_int_equal(json_array_size(json_object_get(some, "omissions")),
	    1);
	assert_int_equal(member(numbers, "count"), 2);
	assert_null(json_object_get(numbers, "omissions"));
	json_decref(all);
	json_decref(some);
	json_decref(numbers);
}

TEST_WITH(test_the_file_in_force_is_shown, start, asked_finish)
{
	struct asked *a = *state;
	json_t *file;

	asked_fold(a);
	file = documents_published(&a->r, "RULES");
	assert_string_equal(doc_member(file, "publisher"), "");
	assert_string_not_equal(doc_member(file, "text"), "");
	json_decref(file);
	assert_null(documents_published(&a->r, "CATEGORIES"));
	(void)vj_rules(a->journal, to_all(a), 7, 20, "2020-01-01",
	    INT64_C(1577808000000));
	asked_fold(a);
	file = documents_published(&a->r, "RULES");
	assert_string_equal(doc_member(file, "publisher"), CITY);
	assert_string_equal(doc_member(file, "version"), "t 7");
	json_decref(file);
}
