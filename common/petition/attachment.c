/*
 * How a file is cut into parts: every part but the last is full, so a part
 * can be judged by itself.
 */
#include "petition/attachment.h"

uint32_t
attachment_parts(uint64_t size)
{
	return (uint32_t)((size + ATTACHMENT_PART_BYTES - 1) /
			  ATTACHMENT_PART_BYTES);
}

bool
attachment_part_fits(const struct attached *a)
{
	uint64_t before = (uint64_t)(a->part - 1) * ATTACHMENT_PART_BYTES;
	uint64_t left;

	if (a->size == 0 || a->parts != attachment_parts(a->size) ||
	    a->part < 1 || a->part > a->parts || a->name[0] == '\0')
		return false;
	left = a->size - before;
	return a->data.size ==
	       (left < ATTACHMENT_PART_BYTES ? left : ATTACHMENT_PART_BYTES);
}
