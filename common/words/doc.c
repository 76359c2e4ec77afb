/* doc - JSON documents; the header says in which style. */
#include "words/doc.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"

void
doc_set(json_t *object, const char *key, json_t *value)
{
	CHECK(json_object_set_new(object, key, value) == 0);
}

void
doc_add(json_t *array, json_t *value)
{
	CHECK(json_array_append_new(array, value) == 0);
}

json_t *
doc_time(int64_t wall_ms)
{
	char text[CLOCK_TEXT_MAX + 1];

	if (wall_ms == 0)
		return json_null();
	clock_format(wall_ms, text);
	return json_string(text);
}

json_t *
doc_hex(const uint8_t *bytes, size_t size)
{
	char *text = memory_new(2 * size + 1, 1);
	json_t *json;

	text_hex(span_of(bytes, size), text);
	json = json_string(text);
	free(text);
	return json;
}

json_t *
doc_text(const char *text)
{
	json_t *json = json_string(text);

	return json != NULL ? json : json_null();
}

json_t *
doc_number(uint64_t number)
{
	CHECK(number <= INT64_MAX);
	return json_integer((json_int_t)number);
}

const char *
doc_member(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text != NULL ? text : "";
}

const char *
doc_minute(const json_t *time, char out[static DOC_MINUTE_MAX + 1])
{
	const char *text = json_string_value(time);

	if (text == NULL || strlen(text) < DOC_MINUTE_MAX) {
		memcpy(out, "-", 2);
		return out;
	}
	memcpy(out, text, DOC_MINUTE_MAX);
	out[DOC_MINUTE_MAX] = '\0';
	out[strlen("2026-03-01")] = ' ';
	return out;
}

const char *
doc_digits(const json_t *object, const char *key,
    char out[static DOC_DIGITS_MAX + 1])
{
	const json_t *number = json_object_get(object, key);

	if (!json_is_integer(number) ||
	    text_format(out, DOC_DIGITS_MAX + 1, "%lld",
		(long long)json_integer_value(number)) != RC_OK)
		memcpy(out, "-", 2);
	return out;
}
