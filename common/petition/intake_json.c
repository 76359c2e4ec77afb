/*
 * intake_json - members of a JSON object as fields of an arrival.
 *
 * A member goes through intake_set() like a typed option, so that JSON knows no
 * rules of its own: an unknown name, a wrong type and a bad value are refused
 * with the same sentences as at the counter.
 */
#include "petition/intake_json.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"

enum { NUMBER_TEXT_MAX = 32 };

static enum rc
refuse(struct intake_problem *problem, const struct intake_field *field,
    enum say what)
{
	intake_problem_set(problem, field, what, NULL, NULL);
	return RC_MALFORMED;
}

static enum rc
set_number(struct intake *intake, const struct intake_field *f,
    json_int_t value, struct intake_problem *problem)
{
	char text[NUMBER_TEXT_MAX];

	(void)snprintf(text, sizeof(text), "%" JSON_INTEGER_FORMAT, value);
	return intake_set(intake, f->name, span_of_text(text), problem);
}

/* ["420106", "420107"] as "420106,420107". */
static enum rc
set_offices(struct intake *intake, const struct intake_field *f,
    const json_t *list, struct intake_problem *problem)
{
	struct buffer text = { 0 };
	const json_t *value;
	enum rc rc = RC_OK;

	for (size_t i = 0; (value = json_array_get(list, i)) != NULL; i++) {
		if (!json_is_string(value)) {
			rc = refuse(problem, f, SAY_INTAKE_NEEDS_TEXT);
			break;
		}
		CHECK(buffer_append(&text, span_of_text(",")) == RC_OK);
		CHECK(buffer_append(&text, span_of(json_string_value(value),
					       json_string_length(value))) ==
		      RC_OK);
	}
	if (rc == RC_OK)
		rc = intake_set(intake, f->name, buffer_span(&text), problem);
	buffer_clear(&text);
	return rc;
}

static enum rc
set_member(struct intake *intake, const char *key, json_t *value,
    struct intake_problem *problem)
{
	const struct intake_field *f = intake_field_named(key);
	bool is_number;

	if (f == NULL)
		return intake_set(intake, key, span_of("", 0), problem);
	if (json_is_null(value))
		return RC_OK;
	is_number = f->kind == INTAKE_NUMBER || f->kind == INTAKE_TIME_MS;
	if (is_number && json_is_integer(value)) {
		return set_number(intake, f, json_integer_value(value),
		    problem);
	}
	if (is_number)
		return refuse(problem, f, SAY_INTAKE_NEEDS_NUMBER);
	if (f->kind == INTAKE_OFFICES && json_is_array(value))
		return set_offices(intake, f, value, problem);
	if (!json_is_string(value))
		return refuse(problem, f, SAY_INTAKE_NEEDS_TEXT);
	return intake_set(intake, key,
	    span_of(json_string_value(value), json_string_length(value)),
	    problem);
}

static bool
has(json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	return value != NULL && !json_is_null(value);
}

static enum rc
read_item(json_t *object, struct intake *intake, struct intake_problem *problem)
{
	if (!json_is_object(object))
		return refuse(problem, NULL, SAY_INTAKE_JSON_SHAPE);
	if (has(object, "claimed_at") && has(object, "claimed_ms")) {
		return refuse(problem, intake_field_named("claimed_ms"),
		    SAY_INTAKE_TWO_TIMES);
	}
	for (void *i = json_object_iter(object); i != NULL;
	     i = json_object_iter_next(object, i)) {
		enum rc rc = set_member(intake, json_object_iter_key(i),
		    json_object_iter_value(i), problem);

		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc
read_items(json_t *root, struct intake_list *list,
    struct intake_problem *problem)
{
	bool is_list = json_is_array(root);
	size_t count = is_list ? json_array_size(root) : 1;

	if (count > INTAKE_JSON_ITEMS_MAX)
		return RC_TOO_BIG;
	list->items = memory_new(count, sizeof(*list->items));
	for (; list->count < count; list->count++) {
		enum rc rc =
		    read_item(is_list ? json_array_get(root, list->count)
				      : root,
			&list->items[list->count], problem);

		if (rc == RC_OK)
			continue;
		problem->item = is_list ? list->count + 1 : 0;
		return rc;
	}
	return RC_OK;
}

static json_t *
parse(struct span json, struct intake_problem *problem)
{
	static const char mark[] = { (char)0xef, (char)0xbb, (char)0xbf };
	char line[NUMBER_TEXT_MAX], column[NUMBER_TEXT_MAX];
	json_error_t error;
	json_t *root;

	/* Some editors put a byte order mark in front of UTF-8. */
	if (json.size >= sizeof(mark) &&
	    memcmp(json.at, mark, sizeof(mark)) == 0) {
		json =
		    span_of(json.at + sizeof(mark), json.size - sizeof(mark));
	}
	root = json_loadb(json.size > 0 ? (const char *)json.at : "", json.size,
	    JSON_REJECT_DUPLICATES, &error);
	if (root != NULL)
		return root;
	(void)snprintf(line, sizeof(line), "%d", error.line);
	(void)snprintf(column, sizeof(column), "%d", error.column);
	intake_problem_set(problem, NULL, SAY_INTAKE_JSON_BROKEN, line, column);
	return NULL;
}

static enum rc
too_big(struct intake_problem *problem)
{
	char items[NUMBER_TEXT_MAX], bytes[NUMBER_TEXT_MAX];

	(void)snprintf(items, sizeof(items), "%d", INTAKE_JSON_ITEMS_MAX);
	(void)snprintf(bytes, sizeof(bytes), "%d", INTAKE_JSON_BYTES_MAX);
	intake_problem_set(problem, NULL, SAY_INTAKE_JSON_TOO_MANY, items,
	    bytes);
	return RC_TOO_BIG;
}

enum rc
intake_json_read(struct span json, struct intake_list *list,
    struct intake_problem *problem)
{
	json_t *root;
	enum rc rc;

	CHECK(list->items == NULL && list->memory == NULL);
	if (json.size > INTAKE_JSON_BYTES_MAX)
		return too_big(problem);
	root = parse(json, problem);
	if (root == NULL)
		return RC_MALFORMED;
	list->memory = root;
	rc = read_items(root, list, problem);
	if (rc == RC_TOO_BIG && list->items == NULL)
		rc = too_big(problem);
	if (rc != RC_OK)
		intake_list_clear(list);
	return rc;
}

void
intake_list_clear(struct intake_list *list)
{
	json_decref(list->memory);
	free(list->items);
	*list = (struct intake_list){ 0 };
}
