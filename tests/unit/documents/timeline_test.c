#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "documents/timeline.h"
#include "words/doc.h"

#include "support/unit.h"

static const char story[] =
    "{\"item\": \"A\", \"office\": \"420106\", \"channel\": \"LF\","
    " \"heads\": 3, \"claimed_at\": \"2026-03-02T09:00:00+08:00\","
    " \"recorded_at\": \"2026-03-02T09:00:00+08:00\","
    " \"matter_items\": [{\"item\": \"A\"}, {\"item\": \"B\","
    "  \"office\": \"420100\", \"channel\": \"LX\", \"heads\": 1,"
    "  \"state\": \"REG\", \"claimed_at\": \"2026-03-01T09:00:00+08:00\","
    "  \"recorded_at\": \"2026-03-04T09:00:00+08:00\"}],"
    " \"moves\": [{\"code\": \"ACC\", \"office\": \"420106\", \"to\": \"\","
    "  \"role\": \"clerk\", \"user\": \"li\", \"counted\": false,"
    "  \"claimed_at\": \"2026-03-03T08:00:00+08:00\","
    "  \"recorded_at\": \"2026-03-04T08:00:00+08:00\"},"
    "  {\"code\": \"ZZZ\", \"office\": \"420106\", \"counted\": false,"
    "  \"claimed_at\": \"2026-03-03T07:00:00+08:00\","
    "  \"recorded_at\": \"2026-03-03T07:00:00+08:00\"}],"
    " \"escalations\": [{\"id\": \"E420100-2026-0001-7QK\","
    "  \"office\": \"420106\", \"to_level\": \"C\","
    "  \"recorded_at\": \"2026-03-05T09:00:00+08:00\", \"versions\":"
    "  [{\"revision\": 1, \"lower_state\": \"NOP\", \"lawfulness\": \"UP1\","
    "   \"recorded_at\": \"2026-03-05T09:00:01+08:00\"},"
    "   {\"revision\": 2, \"lower_state\": \"OVD\", \"lawfulness\": \"UP1\","
    "   \"recorded_at\": \"2026-03-06T09:00:00+08:00\"}],"
    "  \"steps\": [{\"status\": \"DLV\", \"office\": \"420106\","
    "   \"recorded_at\": \"2026-03-05T09:00:05+08:00\"}]}],"
    " \"directives\": [{\"id\": \"D420100-2026-0001-7QK\", \"kind\": \"CB\","
    "  \"issuer\": \"420100\", \"addressee\": \"420106\", \"text\": \"%s\","
    "  \"due_at\": null, \"issued_at\": \"2026-03-07T09:00:00+08:00\","
    "  \"steps\": [{\"status\": \"ANS\", \"text\": \"done\", \"office\": "
    "\"420106\","
    "   \"claimed_at\": \"2026-03-08T09:00:00+08:00\","
    "   \"recorded_at\": \"2026-03-08T09:00:00+08:00\"},"
    "   {\"status\": \"RTN\", \"text\": \"not so\", \"office\": \"420100\","
    "   \"claimed_at\": \"2026-03-09T09:00:00+08:00\","
    "   \"recorded_at\": \"2026-03-09T09:00:00+08:00\"}]}]}";

static json_t *
timeline_of(const char *directive_text)
{
	static char text[8192];
	json_t *document, *timeline;
	int size = snprintf(text, sizeof(text), story, directive_text);

	assert_true(size > 0 && (size_t)size < sizeof(text));
	document = json_loads(text, 0, NULL);
	assert_non_null(document);
	timeline = documents_timeline(document, LANGUAGE_EN);
	json_decref(document);
	return timeline;
}

TEST(test_it_is_in_the_order_of_what_is_claimed)
{
	static const char *const kinds[] = { "item", "registered", "move",
		"move", "escalation", "notice", "escalation", "directive",
		"step", "step" };
	static const char *const offices[] = { "420100", "420106", "420106",
		"420106", "420100", "420106", "420100", "420100", "420106",
		"420100" };
	json_t *timeline = timeline_of("hurry");

	(void)state;
	assert_int_equal(json_array_size(timeline), 10);
	for (size_t i = 0; i < 10; i++) {
		const json_t *line = json_array_get(timeline, i);

		assert_string_equal(doc_member(line, "kind"), kinds[i]);
		assert_string_equal(doc_member(line, "office"), offices[i]);
	}
	json_decref(timeline);
}

TEST(test_only_more_than_a_day_is_late)
{
	json_t *timeline = timeline_of("hurry");

	(void)state;
	for (size_t i = 0; i < 10; i++) {
		/* The other item by three days; the move by one, exactly. */
		assert_int_equal(json_is_true(
				     json_object_get(json_array_get(timeline,
							 i),
					 "late")),
		    i == 0);
	}
	json_decref(timeline);
}

TEST(test_a_move_that_did_not_count_says_so)
{
	json_t *timeline = timeline_of("hurry");
	const json_t *later = json_array_get(timeline, 2);
	const json_t *move = json_array_get(timeline, 3);

	(void)state;
	assert_true(json_is_false(json_object_get(move, "counted")));
	assert_non_null(strstr(doc_member(move, "what"), "did not count"));
	assert_string_equal(doc_member(move, "by"), "clerk li");
	assert_non_null(strstr(doc_member(later, "what"), "ZZZ"));
	json_decref(timeline);
}

TEST(test_a_long_text_is_cut_between_characters)
{
	static char text[400 * 3 + 1];
	json_t *timeline;
	const char *what;

	(void)state;
	for (size_t i = 0; i + 3 < sizeof(text); i += 3)
		memcpy(text + i, (const char[]){ "信" }, 3);
	timeline = timeline_of(text);
	what = doc_member(json_array_get(timeline, 7), "what");
	assert_true(strlen(what) < 400);
	assert_string_equal(what + strlen(what) - 6, "信…");
	json_decref(timeline);
}
