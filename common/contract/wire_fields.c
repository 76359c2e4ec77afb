/*
 * The two walks over tables of fields: out, which packs what we say and stops
 * the program where it could not be read again, and in, which judges what
 * others say.  Both know the sorts of fields and nothing of what they mean.
 *
 * A value is looked at where it lies: `from` and `to` point at the members,
 * of a list at one element.  Rules are the rows'; what holds between fields
 * is the table's function.
 */
#include "contract/wire_fields.h"

#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "contract/command.h"

static bool
is_mild(const struct wire_table *table)
{
	return table->family == WIRE_COMMAND;
}

static bool
is_code(struct span code)
{
	for (size_t i = 0; i < code.size; i++) {
		uint8_t c = code.at[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z'))
			return false;
	}
	return true;
}

/* A short text that fits its array already. */
static bool
is_known(struct span text, enum wire_sort sort, bool mild)
{
	if (sort == WIRE_KNOWN || mild)
		return text_is_utf8(text);
	if (sort == WIRE_NEEDED)
		return text.size > 0 && text_is_utf8(text);
	return (sort == WIRE_OFFICE_OR_NONE || text.size > 0) && is_code(text);
}

static size_t
text_max(const struct wire_field *f, bool mild)
{
	return mild ? COMMAND_BYTES_MAX : (size_t)f->max;
}

static bool
is_time(int64_t wall_ms)
{
	return wall_ms >= -WIRE_TIME_MS_MAX && wall_ms <= WIRE_TIME_MS_MAX;
}

static bool
is_within(uint64_t number, const struct wire_field *f, bool mild)
{
	return mild || (number >= f->min && number <= f->max);
}

/* May a span or array of bytes be of this size? */
static bool
is_byte_count(size_t size, const struct wire_field *f)
{
	if (f->sort == WIRE_BYTES)
		return size >= f->min && size <= f->max;
	if (f->sort == WIRE_NO_BYTES)
		return size == 0;
	return size == f->size || (size == 0 && f->sort != WIRE_EXACT);
}

/* -- out -- */

static _Thread_local struct wire_arena *packing;

static void *
take_packing(size_t size)
{
	void *piece = wire_arena_take(packing, size);

	CHECK(piece != NULL);
	return piece;
}

/* The generated structs know no const; packing only reads. */
static char *
without_const(const char *text)
{
	union {
		const char *in;
		char *out;
	} same = { .in = text };

	return same.out;
}

static char *
text_out(struct span text, size_t max)
{
	char *copy;

	if (text.size == 0)
		return without_const("");
	CHECK(text.size <= max);
	CHECK(text_is_utf8(text));
	copy = take_packing(text.size + 1);
	memcpy(copy, text.at, text.size);
	copy[text.size] = '\0';
	return copy;
}

static void
known_out(const struct wire_field *f, bool mild, const char *from, char **to)
{
	/* Most codes of most records are empty, as every message begins. */
	if (from[0] == '\0' && (f->sort == WIRE_KNOWN || mild))
		return;
	CHECK(is_known(span_of_text(from), f->sort, mild));
	*to = without_const(from);
}

static void
bytes_out(const struct wire_field *f, struct span from, ProtobufCBinaryData *to)
{
	union {
		const uint8_t *in;
		uint8_t *out;
	} same = { .in = from.at };

	CHECK(is_byte_count(from.size, f));
	*to = (ProtobufCBinaryData){ .len = from.size, .data = same.out };
}

static void
message_out(const struct wire_field *f, const void *from, void *to)
{
	const ProtobufCMessage *message = wire_fields_out(f->of, from);

	memcpy(to, &message, sizeof(message));
}

static void
value_out(const struct wire_field *f, bool mild, const void *from, void *to)
{
	switch ((enum wire_sort)f->sort) {
	case WIRE_KNOWN:
	case WIRE_NEEDED:
	case WIRE_OFFICE:
	case WIRE_OFFICE_OR_NONE:
		known_out(f, mild, from, to);
		break;
	case WIRE_TEXT:
		*(char **)to =
		    text_out(*(const struct span *)from, text_max(f, mild));
		break;
	case WIRE_BYTES:
	case WIRE_HASH:
		bytes_out(f, *(const struct span *)from, to);
		break;
	case WIRE_EXACT:
	case WIRE_EXACT_OR_NONE:
		bytes_out(f, span_of(from, f->size), to);
		break;
	case WIRE_U32:
		CHECK(is_within(*(const uint32_t *)from, f, mild));
		*(uint32_t *)to = *(const uint32_t *)from;
		break;
	case WIRE_U64:
		CHECK(is_within(*(const uint64_t *)from, f, mild));
		*(uint64_t *)to = *(const uint64_t *)from;
		break;
	case WIRE_CODE:
		memcpy(to, from, sizeof(int32_t));
		break;
	case WIRE_TIME:
		CHECK(mild || is_time(*(const int64_t *)from));
		*(int64_t *)to = *(const int64_t *)from;
		break;
	case WIRE_FLAG:
		*(protobuf_c_boolean *)to = *(const bool *)from;
		break;
	case WIRE_MESSAGE:
	case WIRE_MESSAGE_OR_NONE:
		message_out(f, from, to);
		break;
	case WIRE_PART:
	case WIRE_NO_BYTES:
	case WIRE_RESERVED:
		break;
	}
}

static void
element_out(const struct wire_field *f, bool mild, const void *from, void *to)
{
	if (f->sort == WIRE_MESSAGE) {
		message_out(f, from, to);
	} else if (f->sort == WIRE_EXACT) {
		bytes_out(f, span_of(from, f->size), to);
	} else {
		known_out(f, mild, from, to);
	}
}

static size_t
message_element_bytes(const struct wire_field *f)
{
	return f->sort == WIRE_EXACT ? sizeof(ProtobufCBinaryData)
				     : sizeof(void *);
}

static void
list_out(const struct wire_field *f, bool mild, const uint8_t *plain,
    uint8_t *message)
{
	const uint8_t *from = plain + f->at;
	uint32_t count;
	size_t step = message_element_bytes(f), many;
	uint8_t *to;

	memcpy(&count, plain + f->count_at, sizeof(count));
	CHECK(count <= f->max);
	if (f->list == WIRE_LIST_BORROWED)
		memcpy(&from, plain + f->at, sizeof(from));
	many = count;
	to = take_packing(many * step);
	memcpy(message + f->message_at, &to, sizeof(to));
	memcpy(message + f->message_count_at, &many, sizeof(many));
	for (size_t i = 0; i < many; i++)
		element_out(f, mild, from + i * f->size, to + i * step);
}

static bool
is_left_out(const struct wire_field *f, const uint8_t *plain)
{
	for (size_t i = 0; i < f->when_size; i++) {
		if (plain[f->when_at + i] != 0)
			return false;
	}
	return true;
}

static void
fields_out(const struct wire_table *table, const uint8_t *plain,
    uint8_t *message)
{
	bool mild = is_mild(table);

	for (size_t i = 0; i < table->count; i++) {
		const struct wire_field *f = &table->fields[i];

		if (f->when_size > 0 && is_left_out(f, plain))
			continue;
		if (f->sort == WIRE_PART) {
			fields_out(f->of, plain + f->at, message);
		} else if (f->list != WIRE_ONE) {
			list_out(f, mild, plain, message);
		} else {
			value_out(f, mild, plain + f->at,
			    message + f->message_at);
		}
	}
	CHECK(table->holds == NULL || table->holds(plain));
}

void
wire_out_start(void)
{
	packing = wire_arena_start(WIRE_PACKING);
}

ProtobufCMessage *
wire_fields_out(const struct wire_table *table, const void *plain)
{
	ProtobufCMessage *message = take_packing(table->type->sizeof_message);

	protobuf_c_message_init(table->type, message);
	fields_out(table, plain, (uint8_t *)message);
	return message;
}

void
wire_pack(struct buffer *out, const struct wire_table *table, const void *plain)
{
	wire_out_start();
	wire_message_pack(out, table->family, wire_fields_out(table, plain));
}

/* -- in -- */

static void
expect(struct wire_in *in, bool is_true)
{
	if (!is_true)
		in->is_malformed = true;
}

static void
known_in(struct wire_in *in, const struct wire_field *f, const char *from,
    char *to)
{
	struct span text = wire_arena_text(in->arena, from);

	if (text.size < f->size && is_known(text, f->sort, in->is_mild)) {
		memcpy(to, text.at, text.size);
		to[text.size] = '\0';
	} else {
		to[0] = '\0';
		in->is_malformed = true;
	}
}

static struct span
text_in(struct wire_in *in, const struct wire_field *f, const char *from)
{
	struct span text = wire_arena_text(in->arena, from);

	expect(in, text.size <= text_max(f, in->is_mild) && text_is_utf8(text));
	return text;
}

static void
array_in(struct wire_in *in, const struct wire_field *f,
    const ProtobufCBinaryData *from, uint8_t *to)
{
	expect(in, is_byte_count(from->len, f));
	if (from->len == f->size) {
		memcpy(to, from->data, f->size);
	} else {
		memset(to, 0, f->size);
	}
}

static void
message_in(struct wire_in *in, const struct wire_field *f, const void *from,
    void *to)
{
	const void *message;

	memcpy(&message, from, sizeof(message));
	if (message != NULL) {
		wire_fields_in(in, f->of, message, to);
	} else {
		expect(in, f->sort == WIRE_MESSAGE_OR_NONE);
	}
}

static void
value_in(struct wire_in *in, const struct wire_field *f, const void *from,
    void *to)
{
	const ProtobufCBinaryData *bytes = from;

	switch ((enum wire_sort)f->sort) {
	case WIRE_KNOWN:
	case WIRE_NEEDED:
	case WIRE_OFFICE:
	case WIRE_OFFICE_OR_NONE:
		known_in(in, f, *(char *const *)from, to);
		break;
	case WIRE_TEXT:
		*(struct span *)to = text_in(in, f, *(char *const *)from);
		break;
	case WIRE_BYTES:
	case WIRE_HASH:
		expect(in, is_byte_count(bytes->len, f));
		*(struct span *)to = span_of(bytes->data, bytes->len);
		break;
	case WIRE_EXACT:
	case WIRE_EXACT_OR_NONE:
	case WIRE_NO_BYTES:
		array_in(in, f, bytes, to);
		break;
	case WIRE_U32:
		*(uint32_t *)to = *(const uint32_t *)from;
		expect(in, is_within(*(const uint32_t *)from, f, in->is_mild));
		break;
	case WIRE_U64:
		*(uint64_t *)to = *(const uint64_t *)from;
		expect(in, is_within(*(const uint64_t *)from, f, in->is_mild));
		break;
	case WIRE_CODE:
		memcpy(to, from, sizeof(int32_t));
		break;
	case WIRE_TIME:
		*(int64_t *)to = *(const int64_t *)from;
		expect(in, is_time(*(const int64_t *)from));
		break;
	case WIRE_FLAG:
		*(bool *)to = *(const protobuf_c_boolean *)from != 0;
		break;
	case WIRE_MESSAGE:
	case WIRE_MESSAGE_OR_NONE:
		message_in(in, f, from, to);
		break;
	case WIRE_PART:
	case WIRE_RESERVED:
		break;
	}
}

static void
element_in(struct wire_in *in, const struct wire_field *f, const void *from,
    void *to)
{
	if (f->sort == WIRE_MESSAGE) {
		message_in(in, f, from, to);
	} else if (f->sort == WIRE_EXACT) {
		array_in(in, f, from, to);
	} else {
		known_in(in, f, *(char *const *)from, to);
	}
}

/* Where the elements of a list go; NULL: there are too many. */
static uint8_t *
room_for(struct wire_in *in, const struct wire_field *f, size_t count,
    uint8_t *plain)
{
	uint8_t *to = plain + f->at;

	if (count > f->max)
		return NULL;
	if (f->list == WIRE_LIST_BORROWED) {
		to = wire_arena_take(in->arena, count * f->size);
		memcpy(plain + f->at, &to, sizeof(to));
	}
	/* The arena still has what the message before it said. */
	return to == NULL ? NULL : memset(to, 0, count * f->size);
}

static void
list_in(struct wire_in *in, const struct wire_field *f, const uint8_t *message,
    uint8_t *plain)
{
	size_t step = message_element_bytes(f), many;
	const uint8_t *from;
	uint8_t *to;
	uint32_t count;

	memcpy(&many, message + f->message_count_at, sizeof(many));
	memcpy(&from, message + f->message_at, sizeof(from));
	to = room_for(in, f, many, plain);
	if (to == NULL) {
		in->is_malformed = true;
		return;
	}
	for (size_t i = 0; i < many; i++)
		element_in(in, f, from + i * step, to + i * f->size);
	count = (uint32_t)many;
	memcpy(plain + f->count_at, &count, sizeof(count));
}

void
wire_fields_in(struct wire_in *in, const struct wire_table *table,
    const void *message, void *plain)
{
	const uint8_t *from = message;
	uint8_t *to = plain;

	for (size_t i = 0; i < table->count; i++) {
		const struct wire_field *f = &table->fields[i];

		if (f->sort == WIRE_PART) {
			wire_fields_in(in, f->of, message, to + f->at);
		} else if (f->list != WIRE_ONE) {
			list_in(in, f, from, to);
		} else {
			value_in(in, f, from + f->message_at, to + f->at);
		}
	}
	if (!in->is_malformed && table->holds != NULL)
		expect(in, table->holds(plain));
}

/* How many elements the lists of a table may have together. */
static size_t
repeats_max(const struct wire_table *table)
{
	size_t sum = 0;

	for (size_t i = 0; i < table->count; i++) {
		const struct wire_field *f = &table->fields[i];

		if (f->list != WIRE_ONE)
			sum += f->max;
		else if (f->sort == WIRE_PART)
			sum += repeats_max(f->of);
	}
	return sum;
}

const void *
wire_in_open(struct wire_in *in, const struct wire_table *table,
    struct span bytes)
{
	size_t repeats = bytes.size > WIRE_SHORT_BYTES ? repeats_max(table) : 0;
	const void *message;

	*in = (struct wire_in){ .is_mild = is_mild(table) };
	message = wire_message_unpack(table->family, table->type, bytes,
	    repeats, &in->arena);
	in->is_malformed = message == NULL;
	return message;
}

enum rc
wire_in_close(const struct wire_in *in)
{
	return in->is_malformed ? RC_MALFORMED : RC_OK;
}

enum rc
wire_unpack(struct span bytes, const struct wire_table *table, void *plain)
{
	struct wire_in in;
	const void *message = wire_in_open(&in, table, bytes);

	if (message == NULL)
		return RC_MALFORMED;
	memset(plain, 0, table->plain_bytes);
	wire_fields_in(&in, table, message, plain);
	return wire_in_close(&in);
}

/* -- all tables -- */

const struct wire_field *
wire_field_of(const struct wire_table *table,
    const ProtobufCFieldDescriptor *field)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct wire_field *f = &table->fields[i];

		if (f->sort == WIRE_PART) {
			f = wire_field_of(f->of, field);
			if (f != NULL)
				return f;
		} else if (f->message_at == field->offset) {
			return f;
		}
	}
	return NULL;
}

static void
check_table(const struct wire_table *table)
{
	/* Of a choice each member has its own table. */
	for (unsigned i = 0; i < table->type->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &table->type->fields[i];

		CHECK((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 ||
		      wire_field_of(table, field) != NULL);
	}
	for (size_t i = 0; i < table->count; i++) {
		const struct wire_field *f = &table->fields[i];

		if (f->sort == WIRE_PART) {
			CHECK(f->of->type == table->type);
		} else if (f->of != NULL) {
			check_table(f->of);
		}
	}
}

void
wire_tables_check(void)
{
	static const struct wire_table *const *const lists[] = {
		wire_record_tables, wire_payload_tables, wire_command_tables,
		wire_head_tables
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		for (size_t j = 0; lists[i][j] != NULL; j++)
			check_table(lists[i][j]);
	}
}
