/* Arrivals from any JSON: read, tidied, masked, judged, and said why not. */
#include <stddef.h>
#include <stdint.h>

#include "base/check.h"
#include "base/memory.h"
#include "petition/intake.h"
#include "petition/intake_json.h"
#include "petition/mask.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const int64_t now_ms = 1767225600000; /* 2026-01-01 */

/* What was masked once has nothing left to mask. */
static void
mask_again(struct span text)
{
	struct buffer again = { 0 };
	uint32_t masked = 0;

	CHECK(mask_text(text, &again, &masked) == RC_OK);
	CHECK(masked == 0);
	CHECK(span_equal(text, buffer_span(&again)));
	buffer_clear(&again);
}

static void
judge(const struct intake *typed)
{
	struct buffer memory = { 0 };
	struct intake_problem problem;
	struct intake intake = *typed;
	char sentence[SAY_TEXT_MAX];
	uint32_t masked = 0;

	intake_tidy(&intake, &memory, &masked);
	if (intake_check(&intake, now_ms, &problem) != RC_OK) {
		intake_problem_say(sentence, sizeof(sentence), LANGUAGE_ZH,
		    &problem);
	} else {
		mask_again(intake.text);
	}
	buffer_clear(&memory);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct intake_list list = { 0 };
	struct intake_problem problem;

	if (intake_json_read(span_of(data, size), &list, &problem) == RC_OK) {
		for (size_t i = 0; i < list.count; i++)
			judge(&list.items[i]);
	}
	intake_list_clear(&list);
	return 0;
}
