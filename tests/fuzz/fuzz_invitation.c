/* What an invitation says when anybody may have written it. */
#include <stddef.h>
#include <stdint.h>

#include "base/check.h"
#include "service/invitation.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is read can be written, and reads as the same again. */
static void
write_and_read(const struct invitation *first)
{
	struct invitation again;
	struct invitation_fault fault;
	struct buffer text = { 0 }, text_again = { 0 };

	CHECK(invitation_write(first, &text) == RC_OK);
	CHECK(invitation_read(buffer_span(&text), &again, &fault) == RC_OK);
	CHECK(invitation_write(&again, &text_again) == RC_OK);
	CHECK(span_equal(buffer_span(&text), buffer_span(&text_again)));
	buffer_clear(&text_again);
	buffer_clear(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct invitation invitation;
	struct invitation_fault fault;
	char sentence[INVITATION_SENTENCE_MAX + 1];
	enum rc rc = invitation_read(span_of(data, size), &invitation, &fault);

	CHECK((rc == RC_OK) == (fault.problem == INVITATION_FINE));
	invitation_sentence(&fault, LANGUAGE_ZH, sentence);
	if (rc == RC_OK)
		write_and_read(&invitation);
	return 0;
}
