/*
 * fuzz_command - any bytes as a command at the control socket, and as the
 * answer to one.
 */
#include <stddef.h>
#include <stdint.h>

#include "../support/wire_again.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	(void)again_try(again_command, span_of(data, size));
	(void)again_try(again_reply, span_of(data, size));
	return 0;
}
