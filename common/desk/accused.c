/*
 * Who is reported, and how far up that reaches.
 *
 * An office may be run by another than the one its code names, so both ways up
 * count.  What must stay here is decided once, at the counter; from then on
 * the register remembers it (held_back).
 */
#include "desk/accused.h"

#include <string.h>

#include "base/check.h"
#include "base/mutants.h"
#include "base/text.h"
#include "law/offices/tree.h"
#include "register/ask/items.h"

enum { ABOVE_TEXT_MAX = OFFICE_NAME_MAX + OFFICE_CODE_MAX + 2 };

bool
accused_has(const struct intake *intake, const char *office)
{
	for (uint32_t i = 0; i < intake->accused_count; i++) {
		if (strcmp(intake->accused[i], office) == 0)
			return true;
	}
	return false;
}

/* An office may be run by another than the one its code names. */
static bool
is_above(const struct office_settings *own, const char *office)
{
	struct tree_way named, by_code;

	tree_climb(own->office, own->parent, &named);
	tree_climb(own->office, NULL, &by_code);
	return tree_way_find(&named, office) < named.count ||
	       tree_way_find(&by_code, office) < by_code.count;
}

bool
accused_holds_back(const struct office_settings *own,
    const struct intake *intake)
{
	for (uint32_t i = 0; i < intake->accused_count; i++) {
		if (is_above(own, intake->accused[i]))
			return true;
	}
	return false;
}

enum rc
accused_hand_to(const struct office_settings *own, const struct intake *intake,
    char out[static OFFICE_CODE_MAX + 1])
{
	struct tree_way above;
	size_t next = 0;

	out[0] = '\0';
	tree_climb(own->office, own->parent, &above);
	for (uint32_t i = 0; i < intake->accused_count; i++) {
		size_t at = tree_way_find(&above, intake->accused[i]);

		if (at < above.count && at + 1 > next)
			next = at + 1;
	}
	if (next == 0 || next >= above.count)
		return RC_NONE;
	return text_copy(out, OFFICE_CODE_MAX + 1, above.offices[next]);
}

void
accused_say_us(const struct office_settings *own, enum language language,
    char out[static SAY_TEXT_MAX])
{
	char above[ABOVE_TEXT_MAX];

	if (own->parent[0] == '\0') {
		say_to(out, SAY_TEXT_MAX, language, SAY_DESK_ACCUSED_IS_US,
		    SAY_ARGS(say(language, SAY_DESK_NEXT_ABOVE)));
		return;
	}
	CHECK(
	    text_format(above, sizeof(above), "%s%s%s", own->parent_name,
		own->parent_name[0] != '\0' ? " " : "", own->parent) == RC_OK);
	say_to(out, SAY_TEXT_MAX, language, SAY_DESK_ACCUSED_IS_US,
	    SAY_ARGS(above));
}

bool
accused_keeps_here(struct office *o, const char *item)
{
	return ask_is_held_back(o->views, item);
}

const char *
accused_audience(struct office *o, const char *item)
{
	if (mutant_is(MUTANT_SECRET_CLIMBS))
		return "";
	return accused_keeps_here(o, item) ? o->settings.office : "";
}
