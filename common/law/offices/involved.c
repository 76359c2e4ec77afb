/*
 * Whose word about an item counts: the table in involved.h, as a table.
 *
 * The order of the questions matters only where an office is two things at
 * once; then the part that lets it do more stands first.
 */
#include "law/offices/involved.h"

#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "law/offices/tree.h"

static const struct {
	bool counts, may_send;
} parts[INVOLVED_PARTS] = {
	[INVOLVED_HOME] = { true, true },
	[INVOLVED_SENT] = { true, true },
	[INVOLVED_ABOVE] = { true, true },
	[INVOLVED_NOTIFIED] = { true, false },
	[INVOLVED_ABOVE_NOTIFIED] = { true, false },
	[INVOLVED_NOT_OURS] = { true, true },
	[INVOLVED_NOT] = { false, false },
};

/* `count`: it is not on the list. */
static size_t
index_of(const struct involved *in, const char *office)
{
	size_t i = 0;

	while (i < in->count && strcmp(in->offices[i], office) != 0)
		i++;
	return i;
}

static void
add(struct involved *in, const char *office)
{
	if (in->count == INVOLVED_MAX || index_of(in, office) < in->count)
		return;
	CHECK(text_copy(in->offices[in->count++], OFFICE_CODE_MAX + 1,
		  office) == RC_OK);
}

/* "420106-2026-000123-7QK" -> "420106" */
void
involved_begin(struct involved *in, const char *item)
{
	const char *end = strchr(item, '-');
	size_t size = end != NULL ? (size_t)(end - item) : 0;

	in->has_home =
	    size > 0 && text_copy_span(in->offices[0], OFFICE_CODE_MAX + 1,
			    span_of(item, size)) == RC_OK;
	in->count = in->has_home ? 1 : 0;
	in->sent_count = in->count;
}

void
involved_add_sent(struct involved *in, const char *office)
{
	CHECK(in->count == in->sent_count);
	add(in, office);
	in->sent_count = in->count;
}

void
involved_add_notified(struct involved *in, const char *office)
{
	add(in, office);
}

/* Is it above one of the offices from..to - 1 on the list? */
static bool
is_above_one(const struct involved *in, size_t from, size_t to,
    const struct tree *t, const char *office)
{
	for (size_t i = from; i < to; i++) {
		if (tree_is_below(t, in->offices[i], office))
			return true;
	}
	return false;
}

enum involved_part
involved_as(const struct involved *in, const struct tree *t, const char *office)
{
	size_t i = index_of(in, office);

	if (i == 0 && in->has_home)
		return INVOLVED_HOME;
	if (i < in->sent_count)
		return INVOLVED_SENT;
	if (!tree_is_below(t, office, tree_own(t)))
		return INVOLVED_NOT_OURS;
	if (is_above_one(in, 0, in->sent_count, t, office))
		return INVOLVED_ABOVE;
	if (i < in->count)
		return INVOLVED_NOTIFIED;
	if (is_above_one(in, in->sent_count, in->count, t, office))
		return INVOLVED_ABOVE_NOTIFIED;
	return INVOLVED_NOT;
}

bool
involved_counts(const struct involved *in, const struct tree *t,
    const char *office)
{
	return parts[involved_as(in, t, office)].counts;
}

bool
involved_may_send(const struct involved *in, const struct tree *t,
    const char *office)
{
	return parts[involved_as(in, t, office)].may_send;
}
