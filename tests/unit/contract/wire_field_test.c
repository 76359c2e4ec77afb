/*
 * Goal of this test: that every field of every record, payload and command
 * has the limit that proto/fields.md says, and is judged at it and one beyond
 * it.  The file is the contract; the tables of contract/wire* are walked, so
 * that a new field is tested as soon as it has a row.  SAY_FIELDS=1 in the
 * environment prints what the file should say.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "contract/wire_fields.h"

#include "command.pb-c.h"
#include "support/unit.h"
#include "wire_messages.h"

/* A message that may be read with one raw field more. */
struct subject {
	const char *name;
	const struct message *message; /* of a record; NULL: a command */
	const struct wire_table *table;
	uint32_t path[2]; /* the fields around a command's message */
	size_t depth;
};

static int
tear_down(void **state)
{
	(void)state;
	wire_release();
	return 0;
}

/* -- all messages -- */

static const struct wire_table *
table_in(const struct wire_table *const *tables, const char *name)
{
	for (; *tables != NULL; tables++) {
		if (strcmp((*tables)->type->short_name, name) == 0)
			return *tables;
	}
	return NULL;
}

static const struct message carried = { make_carried, again_carried };
static const struct message handed = { make_handed, again_handed };
static const struct message secret = { make_secret, again_secret };

static const struct {
	const char *name;
	const struct message *message;
} carriers[] = {
	{ "Record", &record },
	{ "Carried", &carried },
	{ "Handed", &handed },
	{ "OfficeOpened", &opened },
	{ "Child", &child },
	{ "SecretHanded", &secret },
	{ "Petition", &accusing },
	{ "Moved", &moved },
	{ "Identity", &identity },
	{ "DirectiveIssued", &replacing },
	{ "DirectiveStep", &answer },
	{ "Attached", &attached },
	{ "MatterLinked", &linked },
	{ "Escalated", &escalated },
	{ "Published", &published },
	{ "IdentityStep", &opening },
	{ "KeyDestroyed", &destroyed },
	{ "Command", &status },
	{ "Reply", &reply },
};
enum { CARRIERS = sizeof(carriers) / sizeof(carriers[0]) };

static void
visit_carriers(void (*visit)(const struct subject *))
{
	for (size_t i = 0; i < CARRIERS; i++) {
		struct subject s = { .name = carriers[i].name,
			.message = carriers[i].message };

		s.table = table_in(wire_record_tables, s.name);
		if (s.table == NULL)
			s.table = table_in(wire_payload_tables, s.name);
		if (s.table == NULL)
			s.table = table_in(wire_command_tables, s.name);
		assert_non_null(s.table);
		visit(&s);
	}
}

/* A command's message, and those inside it. */
static void
visit_command(struct subject s, void (*visit)(const struct subject *))
{
	const ProtobufCMessageDescriptor *type = s.table->type;

	visit(&s);
	for (unsigned i = 0; i < type->n_fields; i++) {
		const struct wire_field *f =
		    wire_field_of(s.table, &type->fields[i]);

		if (f->sort == WIRE_MESSAGE) {
			struct subject inner = s;

			inner.path[inner.depth++] = type->fields[i].id;
			inner.table = f->of;
			inner.name = f->of->type->short_name;
			visit_command(inner, visit);
		}
	}
}

static void
visit_commands(void (*visit)(const struct subject *))
{
	const ProtobufCMessageDescriptor *type =
	    &petition_relay__command__descriptor;

	for (unsigned i = 0; i < type->n_fields; i++) {
		const ProtobufCMessageDescriptor *inner =
		    type->fields[i].descriptor;
		struct subject s = { .path = { type->fields[i].id },
			.depth = 1 };

		if (inner == NULL ||
		    type->fields[i].type != PROTOBUF_C_TYPE_MESSAGE)
			continue;
		s.name = inner->short_name;
		s.table = table_in(wire_command_tables, s.name);
		assert_non_null(s.table);
		visit_command(s, visit);
	}
}

/* -- one field at a time -- */

/* What must be there whatever else is: hashes of files. */
static void
put_exact(struct buffer *out, const struct wire_table *table)
{
	for (unsigned i = 0; i < table->type->n_fields; i++) {
		const struct wire_field *f =
		    wire_field_of(table, &table->type->fields[i]);

		if (f->sort == WIRE_EXACT && f->list == WIRE_ONE) {
			raw_bytes(out, table->type->fields[i].id,
			    letters('h', f->size));
		}
	}
}

static enum rc
read_with(const struct subject *s, const struct buffer *raw)
{
	struct buffer bytes = { 0 };
	enum rc rc;

	if (s->message != NULL)
		s->message->make(&bytes);
	else
		put_exact(&bytes, s->table);
	assert_int_equal(buffer_append(&bytes, buffer_span(raw)), RC_OK);
	for (size_t i = s->depth; i-- > 0;) {
		struct buffer outer = { 0 };

		raw_bytes(&outer, s->path[i], buffer_span(&bytes));
		buffer_clear(&bytes);
		bytes = outer;
	}
	rc = again_try(s->message != NULL ? s->message->again : again_command,
	    buffer_span(&bytes));
	buffer_clear(&bytes);
	return rc;
}

static void
expect_bytes(const struct subject *s, uint32_t field, struct span value,
    bool is_fine)
{
	struct buffer raw = { 0 };
	enum rc rc;

	raw_bytes(&raw, field, value);
	rc = read_with(s, &raw);
	if ((rc == RC_OK) != is_fine)
		fail_msg("%s: field %u of %zu bytes is %s", s->name, field,
		    value.size, is_fine ? "refused" : "let in");
	buffer_clear(&raw);
}

static void
expect_number(const struct subject *s, uint32_t field, uint64_t value,
    bool is_fine)
{
	struct buffer raw = { 0 };
	enum rc rc;

	raw_number(&raw, field, value);
	rc = read_with(s, &raw);
	if ((rc == RC_OK) != is_fine)
		fail_msg("%s: field %u at %" PRIu64 " is %s", s->name, field,
		    value, is_fine ? "refused" : "let in");
	buffer_clear(&raw);
}

static void
try_utf8(const struct subject *s, uint32_t field)
{
	static const char *const wrong[] = { "\xff", "\xc0\xaf", "\xed\xa0\x80",
		"\xe6\xad", "ab\xe6\xad", "\xf4\x90\x80\x80", "\xe0\x80\x80",
		"\xe6\xad\xa6\x80" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		expect_bytes(s, field, span_of_text(wrong[i]), false);
	expect_bytes(s, field, span_of("7\0007", 3), false);
	expect_bytes(s, field, span_of("", 1), false);
}

static void
try_office(const struct subject *s, uint32_t field)
{
	static const char *const wrong[] = { "42010a", "all", "42-106",
		" 420106", "420106\n", "武昌" };
	bool is_mild = s->table->family == WIRE_COMMAND;

	expect_bytes(s, field, span_of_text("420106KF"), true);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		expect_bytes(s, field, span_of_text(wrong[i]), is_mild);
}

static void
try_known(const struct subject *s, uint32_t field, const struct wire_field *f)
{
	bool is_needed = f->sort == WIRE_NEEDED || f->sort == WIRE_OFFICE;

	expect_bytes(s, field, letters('7', f->size - 1U), true);
	expect_bytes(s, field, letters('7', f->size), false);
	expect_bytes(s, field, span_of(NULL, 0),
	    !is_needed || s->table->family == WIRE_COMMAND);
	try_utf8(s, field);
	if (f->sort == WIRE_OFFICE || f->sort == WIRE_OFFICE_OR_NONE)
		try_office(s, field);
}

static void
try_text(const struct subject *s, uint32_t field, const struct wire_field *f)
{
	bool is_mild = s->table->family == WIRE_COMMAND;
	size_t most = (size_t)f->max;

	try_utf8(s, field);
	if (s->table->family == WIRE_REPLY)
		return; /* the whole message: wire_test.c */
	expect_bytes(s, field, letters('7', most), true);
	expect_bytes(s, field, letters('7', most + 1), is_mild);
}

static void
try_byte_string(const struct subject *s, uint32_t field,
    const struct wire_field *f)
{
	size_t exact = f->size;

	if (f->sort == WIRE_BYTES) {
		expect_bytes(s, field, letters('7', (size_t)f->min), true);
		if (f->min > 0)
			expect_bytes(s, field, span_of(NULL, 0), false);
		if (f->max < RECORD_BYTES_MAX) {
			expect_bytes(s, field, letters('7', (size_t)f->max),
			    true);
			expect_bytes(s, field, letters('7', (size_t)f->max + 1),
			    false);
		}
		return;
	}
	for (size_t size = 0; size < 3 * exact; size++) {
		expect_bytes(s, field, letters('7', size),
		    size == exact || (size == 0 && f->sort != WIRE_EXACT));
	}
}

/* Of a part and the parts, either may be beyond the other. */
static bool
is_related(const struct wire_field *f, const struct subject *s)
{
	return f->sort == WIRE_U32 && s->table->holds != NULL;
}

static void
try_number(const struct subject *s, uint32_t field, const struct wire_field *f)
{
	uint64_t top = f->sort == WIRE_U32 ? UINT32_MAX : UINT64_MAX;
	bool is_mild = s->table->family == WIRE_COMMAND;

	if (!is_related(f, s)) {
		expect_number(s, field, f->min, true);
		expect_number(s, field, f->max, true);
	}
	if (f->min > 0)
		expect_number(s, field, f->min - 1, is_mild);
	if (f->max < top)
		expect_number(s, field, f->max + 1, is_mild);
}

static void
try_time(const struct subject *s, uint32_t field)
{
	uint64_t most = (uint64_t)WIRE_TIME_MS_MAX;

	expect_number(s, field, most, true);
	expect_number(s, field, most + 1, false);
	expect_number(s, field, -most, true);
	expect_number(s, field, -most - 1, false);
	expect_number(s, field, (uint64_t)INT64_MIN, false);
}

/* Besides those of the sample, at most so many. */
static void
try_list(const struct subject *s, uint32_t field, const struct wire_field *f)
{
	struct buffer raw = { 0 };

	if (f->sort == WIRE_MESSAGE)
		return; /* wire_test.c */
	for (size_t i = 0; i < f->max; i++) {
		raw_bytes(&raw, field,
		    letters('7', f->sort == WIRE_EXACT ? f->size : 6U));
	}
	if (s->message == NULL)
		assert_int_equal(read_with(s, &raw), RC_OK);
	raw_bytes(&raw, field,
	    letters('7', f->sort == WIRE_EXACT ? f->size : 6U));
	assert_int_equal(read_with(s, &raw), RC_MALFORMED);
	buffer_clear(&raw);
}

static void
try_field(const struct subject *s, uint32_t field, const struct wire_field *f)
{
	if (f->list != WIRE_ONE)
		try_list(s, field, f);
	switch ((enum wire_sort)f->sort) {
	case WIRE_KNOWN:
	case WIRE_NEEDED:
	case WIRE_OFFICE:
	case WIRE_OFFICE_OR_NONE:
		try_known(s, field, f);
		break;
	case WIRE_TEXT:
		try_text(s, field, f);
		break;
	case WIRE_BYTES:
	case WIRE_HASH:
	case WIRE_EXACT:
	case WIRE_EXACT_OR_NONE:
		try_byte_string(s, field, f);
		break;
	case WIRE_U32:
	case WIRE_U64:
		try_number(s, field, f);
		break;
	case WIRE_TIME:
		try_time(s, field);
		break;
	case WIRE_CODE: /* of a reply: below */
	case WIRE_FLAG:
	case WIRE_PART:
	case WIRE_MESSAGE:
	case WIRE_MESSAGE_OR_NONE:
	case WIRE_NO_BYTES:
	case WIRE_RESERVED:
		break;
	}
}

static void
try_subject(const struct subject *s)
{
	const ProtobufCMessageDescriptor *type = s->table->type;

	for (unsigned i = 0; i < type->n_fields; i++) {
		const struct wire_field *f =
		    wire_field_of(s->table, &type->fields[i]);

		if (f != NULL)
			try_field(s, type->fields[i].id, f);
	}
}

TEST_WITH(test_every_field_of_a_record_keeps_its_limit, NULL, tear_down)
{
	visit_carriers(try_subject);
}

TEST_WITH(test_every_field_of_a_command_is_judged_mildly, NULL, tear_down)
{
	visit_commands(try_subject);
}

TEST_WITH(test_a_part_is_not_behind_the_last, NULL, tear_down)
{
	struct subject s = { .name = "Attached", .message = &attached };

	expect_number(&s, 4, 1, true);
	expect_number(&s, 4, 3, true);
	expect_number(&s, 4, 4, false);
	expect_number(&s, 5, 1, false);
	expect_number(&s, 5, 2, true);
	expect_number(&s, 5, ATTACHMENT_PARTS_MAX, true);
}

TEST_WITH(test_a_reply_has_an_exit_status, NULL, tear_down)
{
	struct subject s = { .name = "Reply", .message = &reply };

	expect_number(&s, 1, 0, true);
	expect_number(&s, 1, UINT8_MAX, true);
	expect_number(&s, 1, UINT8_MAX + 1, false);
	expect_number(&s, 1, UINT64_MAX, false);
}

TEST_WITH(test_a_text_may_use_all_of_unicode, NULL, tear_down)
{
	static const char *const right[] = { "ñ", "武", "，", "𠮷", "a武ñ𠮷",
		"\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf" };
	struct subject text = { .name = "Petition", .message = &petition };
	struct subject actor = { .name = "Record", .message = &record };

	for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++) {
		expect_bytes(&text, 9, span_of_text(right[i]), true);
		expect_bytes(&actor, 11, span_of_text(right[i]), true);
	}
}

/* -- the contract in words -- */

static const char *const sorts[] = {
	[WIRE_KNOWN] = "text",
	[WIRE_NEEDED] = "text",
	[WIRE_OFFICE] = "office",
	[WIRE_OFFICE_OR_NONE] = "office or empty",
	[WIRE_TEXT] = "text",
	[WIRE_BYTES] = "bytes",
	[WIRE_HASH] = "hash or empty",
	[WIRE_EXACT] = "exactly",
	[WIRE_EXACT_OR_NONE] = "exactly, or empty",
	[WIRE_NO_BYTES] = "always empty",
	[WIRE_U32] = "number",
	[WIRE_U64] = "number",
	[WIRE_CODE] = "code",
	[WIRE_TIME] = "time",
	[WIRE_FLAG] = "flag",
	[WIRE_PART] = "",
	[WIRE_MESSAGE] = "message",
	[WIRE_MESSAGE_OR_NONE] = "message or none",
	[WIRE_RESERVED] = "reserved",
};

static void
say_limit(const struct wire_field *f, char *out, size_t size)
{
	bool has_array = f->sort <= WIRE_OFFICE_OR_NONE;
	bool is_needed = f->sort == WIRE_NEEDED || f->sort == WIRE_OFFICE;
	uint64_t most = has_array ? f->size - 1U : f->max;

	out[0] = '\0';
	if (f->sort == WIRE_EXACT || f->sort == WIRE_EXACT_OR_NONE)
		(void)snprintf(out, size, "%u", f->size);
	else if (f->sort <= WIRE_BYTES || f->sort == WIRE_U32 ||
		 f->sort == WIRE_U64)
		(void)snprintf(out, size, "%" PRIu64 "..%" PRIu64,
		    is_needed ? 1 : f->min, most);
}

static struct buffer said;

static void
say_subject(const struct subject *s)
{
	const ProtobufCMessageDescriptor *type = s->table->type;

	for (unsigned i = 0; i < type->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &type->fields[i];
		const struct wire_field *f = wire_field_of(s->table, field);
		char line[200], limit[64], many[32] = "";

		if (f == NULL)
			continue;
		say_limit(f, limit, sizeof(limit));
		if (f->list != WIRE_ONE)
			(void)snprintf(many, sizeof(many), "%" PRIu64, f->max);
		(void)snprintf(line, sizeof(line),
		    "| %s.%s | %" PRIu32 " | %s | %s | %s |\n", s->name,
		    field->name, field->id, sorts[f->sort], limit, many);
		assert_int_equal(buffer_append(&said, span_of_text(line)),
		    RC_OK);
	}
}

static void
say_heads(void)
{
	for (size_t i = 0; wire_head_tables[i] != NULL; i++) {
		struct subject s = { .table = wire_head_tables[i] };

		s.name = s.table->type->short_name;
		say_subject(&s);
	}
}

TEST_WITH(test_the_contract_says_every_field, NULL, tear_down)
{
	struct buffer file = { .limit = 1 << 20 };
	char path[4096];
	const char *at;

	assert_non_null(getenv("SRC"));
	(void)snprintf(path, sizeof(path), "%s/proto/fields.md", getenv("SRC"));
	assert_int_equal(file_read(path, &file), RC_OK);
	assert_int_equal(buffer_append(&file, span_of("", 1)), RC_OK);
	visit_carriers(say_subject);
	visit_commands(say_subject);
	say_heads();
	assert_int_equal(buffer_append(&said, span_of("", 1)), RC_OK);
	at = strstr((const char *)file.at, "| Record.origin ");
	if (getenv("SAY_FIELDS") != NULL)
		(void)fputs((const char *)said.at, stdout);
	assert_non_null(at);
	assert_string_equal(at, (const char *)said.at);
	buffer_clear(&file);
	buffer_clear(&said);
}
