/*
 * wire_fields - messages as tables of their fields.
 *
 * A table ties each member of a plain struct to the member of the generated
 * struct that carries it, and says what may stand in it.  One walk over the
 * table packs, another one unpacks and judges; nothing else does.  A field is
 * added in its .proto, in its plain struct and in its table.
 *
 * A table is written below `#define PLAIN struct moved` and `#define MESSAGE
 * PetitionRelay__Moved`; its rows are the FIELD_ macros with the member's
 * name, which is that of the .proto as well.  A row whose member is of the
 * wrong type, on either side, does not compile; a table that forgets a field
 * of its message stops the program at the first message (wire_tables_check).
 *
 * Commands are judged mildly (wire_command.h): of a row's rules only sizes of
 * arrays and hashes, counts, times and UTF-8 hold for them.
 */
#ifndef CONTRACT_WIRE_FIELDS_H
#define CONTRACT_WIRE_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "contract/wire_internal.h"

/* 9999-12-31T23:59:59.999Z; as far back before 1970. */
#define WIRE_TIME_MS_MAX INT64_C(253402300799999)
/* What a double still counts exactly; far beyond any office. */
#define WIRE_SIZE_MAX (UINT64_C(1) << 53)

enum wire_sort {
	WIRE_KNOWN,           /* short text, in an array */
	WIRE_NEEDED,          /* the same, and it must say something */
	WIRE_OFFICE,          /* a code of [0-9A-Z] */
	WIRE_OFFICE_OR_NONE,  /* the same, or empty */
	WIRE_TEXT,            /* a span of UTF-8 without NUL, at most `max` */
	WIRE_BYTES,           /* a span of `min` to `max` bytes */
	WIRE_HASH,            /* a span of HASH_BYTES, or empty */
	WIRE_EXACT,           /* bytes that fill their array */
	WIRE_EXACT_OR_NONE,   /* the same, or none: then zeroes */
	WIRE_NO_BYTES,        /* never there; the array is zeroes */
	WIRE_U32,             /* `min` to `max` */
	WIRE_U64,             /* the same */
	WIRE_CODE,            /* of an enum; a rule of its table says which */
	WIRE_TIME,            /* milliseconds, within ten thousand years */
	WIRE_FLAG,            /* a bool */
	WIRE_PART,            /* a struct whose table is of the same message */
	WIRE_MESSAGE,         /* a struct, and a message of its own */
	WIRE_MESSAGE_OR_NONE, /* the same, and it may be missing */
	WIRE_RESERVED,        /* of the message; not ours */
};

/* How often: a list has `max` elements at most, and a count beside it. */
enum wire_list {
	WIRE_ONE,
	WIRE_LIST_INSIDE,   /* an array in the plain struct */
	WIRE_LIST_BORROWED, /* an array elsewhere; read: in the arena */
};

struct wire_table;

struct wire_field {
	uint8_t sort;        /* enum wire_sort; of a list: of each element */
	uint8_t list;        /* enum wire_list */
	uint16_t at;         /* in the plain struct */
	uint16_t size;       /* of an array, or of a list's element */
	uint16_t message_at; /* in the generated struct */
	uint16_t count_at;   /* of a list, in the plain struct */
	uint16_t message_count_at;   /* and in the generated one */
	uint16_t when_at, when_size; /* packed only when not all zero here */
	uint64_t min, max;
	const struct wire_table *of; /* of a part or message */
};

struct wire_table {
	const ProtobufCMessageDescriptor *type;
	enum wire_family family;
	const struct wire_field *fields;
	size_t count;
	size_t plain_bytes;
	/* What must be true of fields together; NULL: nothing. */
	bool (*holds)(const void *plain);
};

/* -- rows -- */

#define WIRE_ARRAY(element, member)                                            \
	.at = _Generic(((PLAIN *)0)->member, element *                         \
		       : offsetof(PLAIN, member)),                             \
	.size = sizeof(((PLAIN *)0)->member)
#define WIRE_VALUE(type, member)                                               \
	.at = _Generic(&((PLAIN *)0)->member, type * : offsetof(PLAIN, member))
#define WIRE_FROM(type, member)                                                \
	.message_at = _Generic(&((MESSAGE *)0)->member, type *                 \
			       : offsetof(MESSAGE, member))
#define WIRE_COUNTED(member, most)                                             \
	.count_at = _Generic(&((PLAIN *)0)->member##_count, uint32_t *         \
			     : offsetof(PLAIN, member##_count)),               \
	.message_count_at = offsetof(MESSAGE, n_##member), .max = (most)
#define WIRE_WHEN(member)                                                      \
	.when_at = offsetof(PLAIN, member),                                    \
	.when_size = sizeof(((PLAIN *)0)->member)

/* Texts in arrays; the second form where the .proto has another name. */
#define FIELD_KNOWN(member) FIELD_KNOWN_AS(member, member)
#define FIELD_KNOWN_AS(name, member)                                           \
	{                                                                      \
		.sort = WIRE_KNOWN, WIRE_ARRAY(char, member),                  \
		WIRE_FROM(char *, name)                                        \
	}
#define FIELD_NEEDED(member)                                                   \
	{                                                                      \
		.sort = WIRE_NEEDED, WIRE_ARRAY(char, member),                 \
		WIRE_FROM(char *, member)                                      \
	}
#define FIELD_OFFICE(member)                                                   \
	{                                                                      \
		.sort = WIRE_OFFICE, WIRE_ARRAY(char, member),                 \
		WIRE_FROM(char *, member)                                      \
	}
#define FIELD_OFFICE_OR_NONE(member)                                           \
	{                                                                      \
		.sort = WIRE_OFFICE_OR_NONE, WIRE_ARRAY(char, member),         \
		WIRE_FROM(char *, member)                                      \
	}

/* Spans. */
#define FIELD_TEXT(member, most)                                               \
	{                                                                      \
		.sort = WIRE_TEXT, WIRE_VALUE(struct span, member),            \
		WIRE_FROM(char *, member), .max = (most)                       \
	}
#define FIELD_BYTES(member, least, most)                                       \
	{                                                                      \
		.sort = WIRE_BYTES, WIRE_VALUE(struct span, member),           \
		WIRE_FROM(ProtobufCBinaryData, member), .min = (least),        \
		.max = (most)                                                  \
	}
#define FIELD_HASH(member)                                                     \
	{                                                                      \
		.sort = WIRE_HASH, WIRE_VALUE(struct span, member),            \
		WIRE_FROM(ProtobufCBinaryData, member), .size = HASH_BYTES     \
	}

/* Bytes in arrays. */
#define FIELD_EXACT(member)                                                    \
	{                                                                      \
		.sort = WIRE_EXACT, WIRE_ARRAY(uint8_t, member),               \
		WIRE_FROM(ProtobufCBinaryData, member)                         \
	}
#define FIELD_EXACT_WHEN(member, is_set)                                       \
	{                                                                      \
		.sort = WIRE_EXACT_OR_NONE, WIRE_ARRAY(uint8_t, member),       \
		WIRE_FROM(ProtobufCBinaryData, member), WIRE_WHEN(is_set)      \
	}
#define FIELD_NO_BYTES(member)                                                 \
	{                                                                      \
		.sort = WIRE_NO_BYTES, WIRE_ARRAY(uint8_t, member),            \
		WIRE_FROM(ProtobufCBinaryData, member)                         \
	}

/* Numbers. */
#define FIELD_U32(member, least, most)                                         \
	{                                                                      \
		.sort = WIRE_U32, WIRE_VALUE(uint32_t, member),                \
		WIRE_FROM(uint32_t, member), .min = (least), .max = (most)     \
	}
#define FIELD_U64(member, least, most)                                         \
	{                                                                      \
		.sort = WIRE_U64, WIRE_VALUE(uint64_t, member),                \
		WIRE_FROM(uint64_t, member), .min = (least), .max = (most)     \
	}
#define FIELD_U64_WHEN(member, most, is_set)                                   \
	{                                                                      \
		.sort = WIRE_U64, WIRE_VALUE(uint64_t, member),                \
		WIRE_FROM(uint64_t, member), .max = (most), WIRE_WHEN(is_set)  \
	}
#define FIELD_CODE(member, plain_enum, message_enum)                           \
	{                                                                      \
		.sort = WIRE_CODE, WIRE_VALUE(plain_enum, member),             \
		WIRE_FROM(message_enum, member)                                \
	}
#define FIELD_TIME(member) FIELD_TIME_AS(member, member)
#define FIELD_TIME_AS(name, member)                                            \
	{                                                                      \
		.sort = WIRE_TIME, WIRE_VALUE(int64_t, member),                \
		WIRE_FROM(int64_t, name)                                       \
	}
#define FIELD_FLAG(member) FIELD_FLAG_AS(member, member)
#define FIELD_FLAG_AS(name, member)                                            \
	{                                                                      \
		.sort = WIRE_FLAG, WIRE_VALUE(bool, member),                   \
		WIRE_FROM(protobuf_c_boolean, name)                            \
	}

/* Structs, by the tables of theirs. */
#define FIELD_PART(member, table)                                              \
	{                                                                      \
		.sort = WIRE_PART, .at = offsetof(PLAIN, member),              \
		.of = &(table)                                                 \
	}
#define FIELD_MESSAGE(member, table)                                           \
	{                                                                      \
		.sort = WIRE_MESSAGE, .at = offsetof(PLAIN, member),           \
		.message_at = offsetof(MESSAGE, member), .of = &(table)        \
	}
#define FIELD_MESSAGE_WHEN(member, table, is_set)                              \
	{                                                                      \
		.sort = WIRE_MESSAGE_OR_NONE, .at = offsetof(PLAIN, member),   \
		.message_at = offsetof(MESSAGE, member), .of = &(table),       \
		WIRE_WHEN(is_set)                                              \
	}
#define FIELD_RESERVED(member)                                                 \
	{                                                                      \
		.sort = WIRE_RESERVED, .message_at = offsetof(MESSAGE, member) \
	}

/* Lists, at most `most`; beside `member` stands `member`_count. */
#define FIELD_OFFICES(member, most)                                            \
	{                                                                      \
		.sort = WIRE_OFFICE, .list = WIRE_LIST_INSIDE,                 \
		WIRE_ARRAY(char, member[0]), WIRE_FROM(char **, member),       \
		WIRE_COUNTED(member, most)                                     \
	}
#define FIELD_OFFICES_BORROWED(member, most)                                   \
	{                                                                      \
		.sort = WIRE_OFFICE, .list = WIRE_LIST_BORROWED,               \
		.at = offsetof(PLAIN, member),                                 \
		.size = sizeof(((PLAIN *)0)->member[0]),                       \
		WIRE_FROM(char **, member), WIRE_COUNTED(member, most)         \
	}
#define FIELD_EXACTS(member, most)                                             \
	{                                                                      \
		.sort = WIRE_EXACT, .list = WIRE_LIST_INSIDE,                  \
		WIRE_ARRAY(uint8_t, member[0]),                                \
		WIRE_FROM(ProtobufCBinaryData *, member),                      \
		WIRE_COUNTED(member, most)                                     \
	}
#define FIELD_MESSAGES(member, table, most)                                    \
	{                                                                      \
		.sort = WIRE_MESSAGE, .list = WIRE_LIST_INSIDE,                \
		.at = offsetof(PLAIN, member),                                 \
		.size = sizeof(((PLAIN *)0)->member[0]),                       \
		.message_at = offsetof(MESSAGE, member), .of = &(table),       \
		WIRE_COUNTED(member, most)                                     \
	}
#define FIELD_MESSAGES_BORROWED(member, table, most)                           \
	{                                                                      \
		.sort = WIRE_MESSAGE, .list = WIRE_LIST_BORROWED,              \
		.at = offsetof(PLAIN, member),                                 \
		.size = sizeof(((PLAIN *)0)->member[0]),                       \
		.message_at = offsetof(MESSAGE, member), .of = &(table),       \
		WIRE_COUNTED(member, most)                                     \
	}

/* The table of `list` about PLAIN; `name` as generated code spells it. */
#define WIRE_TABLE(name, of_family, list)                                      \
	.type = &petition_relay__##name##__descriptor, .family = (of_family),  \
	.fields = (list), .count = sizeof(list) / sizeof((list)[0]),           \
	.plain_bytes = sizeof(PLAIN)

/* -- walks -- */

/*
 * Append the message of `table` with what `plain` says.  CHECKs everything
 * that unpacking will ask for, but not of a command.
 */
void wire_pack(struct buffer *out, const struct wire_table *table,
    const void *plain);
/* Fill `plain` (zeroed first).  RC_MALFORMED: a rule is broken. */
MUST_USE enum rc wire_unpack(struct span bytes, const struct wire_table *table,
    void *plain);

/*
 * In steps, for a message with a choice in it.  wire_fields_out puts a
 * message together in the arena that wire_out_start empties; wire_fields_in
 * reads one that wire_in_open has unpacked (NULL: malformed), and remembers
 * the first broken rule, which wire_in_close tells.
 */
struct wire_in {
	struct wire_arena *arena;
	bool is_mild;
	bool is_malformed;
};

void wire_out_start(void);
ProtobufCMessage *wire_fields_out(const struct wire_table *table,
    const void *plain);
const void *wire_in_open(struct wire_in *in, const struct wire_table *table,
    struct span bytes);
void wire_fields_in(struct wire_in *in, const struct wire_table *table,
    const void *message, void *plain);
MUST_USE enum rc wire_in_close(const struct wire_in *in);

/* -- all tables -- */

/* Each ends with NULL. */
extern const struct wire_table *const wire_record_tables[];
extern const struct wire_table *const wire_payload_tables[];
extern const struct wire_table *const wire_command_tables[];
extern const struct wire_table *const wire_head_tables[];

/* The row of `table` (or of a part of it) for a field of its message. */
const struct wire_field *wire_field_of(const struct wire_table *table,
    const ProtobufCFieldDescriptor *field);
/* CHECKs that each field of each message has a row. */
void wire_tables_check(void);

#endif
