/*
 * fuzz_record - any bytes as a record, and as each thing that a record may
 * carry; a payload is read as its kind says, too, as the views do.
 */
#include <stddef.h>
#include <stdint.h>

#include "../support/wire_again.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static again_function *const carried[] = { again_office_opened, again_petition,
	again_directive, again_directive_step, again_child, again_carried,
	again_secret, again_moved, again_attached, again_handed,
	again_matter_linked, again_escalated, again_published,
	again_identity_step, again_key_destroyed, again_identity };
enum { CARRIED_COUNT = sizeof(carried) / sizeof(carried[0]) };

static void
try_all(struct span bytes)
{
	for (size_t i = 0; i < CARRIED_COUNT; i++)
		(void)again_try(carried[i], bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span bytes = span_of(data, size);
	struct record record;

	try_all(bytes);
	if (again_try(again_record, bytes) != RC_OK)
		return 0;
	CHECK(wire_record_unpack(bytes, &record) == RC_OK);
	try_all(record.payload);
	return 0;
}
