/*
 * wire_again - unpack, and pack what came out: the one property that holds
 * for every message and any bytes.
 *
 * Whatever unpacking lets in, packing accepts (its CHECKs would abort), and
 * what it writes reads as the same again.
 */
#ifndef TESTS_WIRE_AGAIN_H
#define TESTS_WIRE_AGAIN_H

#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "contract/wire.h"
#include "contract/wire_command.h"
#include "contract/wire_payload.h"

/* RC_OK: `out` has got the packed message. */
typedef enum rc again_function(struct span bytes, struct buffer *out);

#define AGAIN(name, type)                                                      \
	static inline enum rc again_##name(struct span bytes,                  \
	    struct buffer *out)                                                \
	{                                                                      \
		struct type value;                                             \
		enum rc rc;                                                    \
                                                                               \
		/* What was there before must not shine through. */            \
		memset(&value, 0x5a, sizeof(value));                           \
		rc = wire_##name##_unpack(bytes, &value);                      \
		if (rc == RC_OK)                                               \
			wire_##name##_pack(out, &value);                       \
		return rc;                                                     \
	}

AGAIN(frame, frame)
AGAIN(record, record)
AGAIN(office_opened, office_opened)
AGAIN(petition, petition)
AGAIN(directive, directive)
AGAIN(directive_step, directive_step)
AGAIN(child, child)
AGAIN(moved, moved)
AGAIN(attached, attached)
AGAIN(matter_linked, matter_linked)
AGAIN(escalated, escalated)
AGAIN(published, published)
AGAIN(identity_step, identity_step)
AGAIN(key_destroyed, key_destroyed)
AGAIN(identity, identity_fields)
AGAIN(command, command)
AGAIN(reply, reply)
#undef AGAIN

static inline enum rc
again_carried(struct span bytes, struct buffer *out)
{
	struct span record;
	enum rc rc = wire_carried_unpack(bytes, &record);

	if (rc == RC_OK)
		wire_carried_pack(out, record);
	return rc;
}

static inline enum rc
again_handed(struct span bytes, struct buffer *out)
{
	struct span record;
	enum rc rc = wire_handed_unpack(bytes, &record);

	if (rc == RC_OK)
		wire_handed_pack(out, record);
	return rc;
}

static inline enum rc
again_secret(struct span bytes, struct buffer *out)
{
	struct sealed_secret secret;
	enum rc rc = wire_secret_unpack(bytes, &secret);

	if (rc == RC_OK)
		wire_secret_pack(out, &secret);
	return rc;
}

/*
 * Put any bytes to the test.  They are copied to a place that ends with
 * them, so that the address sanitizer sees a step too far.
 */
static inline enum rc
again_try(again_function *again, struct span bytes)
{
	struct buffer exact = { 0 }, once = { 0 }, twice = { 0 };
	enum rc rc;

	exact.at = memory_new(bytes.size, 1);
	exact.size = bytes.size;
	if (bytes.size > 0)
		memcpy(exact.at, bytes.at, bytes.size);
	rc = again(buffer_span(&exact), &once);
	CHECK(rc == RC_OK || rc == RC_MALFORMED);
	if (rc == RC_OK) {
		CHECK(again(buffer_span(&once), &twice) == RC_OK);
		CHECK(span_equal(buffer_span(&once), buffer_span(&twice)));
	}
	buffer_clear(&exact);
	buffer_clear(&once);
	buffer_clear(&twice);
	return rc;
}

#endif
