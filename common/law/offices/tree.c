/*
 * Who stands above whom: a list of offices, each with its parent's code, a
 * sorted one of where in it they are, and walks over it.  To put an office in
 * moves four bytes of each behind it, so that the largest tree takes no time
 * worth speaking of in whatever order it comes.
 *
 * A parent is kept by its code and looked up at each step, since a parent may
 * become known after its child.  Walks count their steps: the rules keep a
 * circle out, but a list read from a file is only believed to have none.
 */
#include "law/offices/tree.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "petition/office_code.h"

enum { ROOM_MIN = 16 };

struct place {
	char office[OFFICE_CODE_MAX + 1];
	char parent[OFFICE_CODE_MAX + 1]; /* "": it only opened */
	bool is_revoked;
};

struct tree {
	char own[OFFICE_CODE_MAX + 1];
	char above[OFFICE_CODE_MAX + 1]; /* of our own; "": nobody */
	bool knows_above;
	struct place *places; /* as they came */
	uint32_t *sorted;     /* indices of `places`, by office */
	size_t count, room;   /* of both */
};

static void
copy_code(char to[static OFFICE_CODE_MAX + 1], const char *code)
{
	CHECK(text_copy(to, OFFICE_CODE_MAX + 1, code) == RC_OK);
}

/* -- the list -- */

static struct place *
place_at(const struct tree *t, size_t rank)
{
	return &t->places[t->sorted[rank]];
}

/* Where in `sorted` the office is, or would have to be put in. */
static size_t
rank_of(const struct tree *t, const char *office, bool *is_there)
{
	size_t low = 0, high = t->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(place_at(t, middle)->office, office) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	*is_there =
	    low < t->count && strcmp(place_at(t, low)->office, office) == 0;
	return low;
}

/* NULL: not known. */
static struct place *
find_place(const struct tree *t, const char *office)
{
	bool is_there;
	size_t rank = rank_of(t, office, &is_there);

	return is_there ? place_at(t, rank) : NULL;
}

/* NULL: no room. */
static struct place *
find_or_add(struct tree *t, const char *office)
{
	bool is_there;
	size_t rank = rank_of(t, office, &is_there);

	if (is_there)
		return place_at(t, rank);
	if (t->count == TREE_OFFICES_MAX)
		return NULL;
	if (t->count == t->room) {
		t->room = t->room > 0 ? 2 * t->room : ROOM_MIN;
		t->places = memory_grow(t->places, t->room, sizeof(*t->places));
		t->sorted = memory_grow(t->sorted, t->room, sizeof(*t->sorted));
	}
	memmove(&t->sorted[rank + 1], &t->sorted[rank],
	    (t->count - rank) * sizeof(*t->sorted));
	t->sorted[rank] = (uint32_t)t->count;
	t->places[t->count] = (struct place){ .is_revoked = false };
	copy_code(t->places[t->count++].office, office);
	return place_at(t, rank);
}

struct tree *
tree_new(void)
{
	return memory_new(1, sizeof(struct tree));
}

void
tree_free(struct tree *t)
{
	if (t == NULL)
		return;
	free(t->places);
	free(t->sorted);
	free(t);
}

void
tree_begin(struct tree *t, const char *own, const char *above)
{
	copy_code(t->own, own);
	copy_code(t->above, above != NULL ? above : "");
	t->knows_above = above != NULL;
	t->count = 0;
}

/* -- what happens -- */

enum rc
tree_open(struct tree *t, const char *office)
{
	if (tree_knows(t, office))
		return RC_DUPLICATE;
	return find_or_add(t, office) != NULL ? RC_OK : RC_FULL;
}

/* Is it already somebody else's, and not for us to take? */
static bool
is_anothers(const struct tree *t, const char *office, const char *by)
{
	const struct place *p = find_place(t, office);

	return p != NULL && p->parent[0] != '\0' && !p->is_revoked &&
	       strcmp(p->parent, by) != 0 && strcmp(by, t->own) != 0;
}

static bool
is_absurd(const struct tree *t, const char *office, const char *by)
{
	return strcmp(office, t->own) == 0 || strcmp(office, t->above) == 0 ||
	       tree_is_below(t, by, office);
}

enum rc
tree_enrol(struct tree *t, const char *office, const char *by)
{
	if (is_anothers(t, office, by))
		return RC_DENIED;
	if (is_absurd(t, office, by))
		return RC_REFUSED;
	return tree_put(t, office, by, false);
}

enum rc
tree_revoke(struct tree *t, const char *office, const char *by)
{
	struct place *p = find_place(t, office);

	if (p == NULL || strcmp(p->parent, by) != 0)
		return RC_NONE;
	p->is_revoked = true;
	return RC_OK;
}

enum rc
tree_put(struct tree *t, const char *office, const char *parent,
    bool is_revoked)
{
	struct place *p = find_or_add(t, office);

	if (p == NULL)
		return RC_FULL;
	copy_code(p->parent, parent);
	p->is_revoked = is_revoked;
	return RC_OK;
}

/* -- asking -- */

const char *
tree_own(const struct tree *t)
{
	return t->own;
}

bool
tree_knows(const struct tree *t, const char *office)
{
	return find_place(t, office) != NULL;
}

const char *
tree_parent_of(const struct tree *t, const char *office)
{
	const struct place *p;

	if (strcmp(office, t->own) == 0)
		return t->above;
	p = find_place(t, office);
	return p != NULL ? p->parent : "";
}

bool
tree_is_below(const struct tree *t, const char *office, const char *above)
{
	for (int depth = 0; depth <= TREE_DEPTH_MAX; depth++) {
		const struct place *p;

		if (strcmp(office, above) == 0)
			return true;
		p = find_place(t, office);
		if (p == NULL || p->parent[0] == '\0')
			return false;
		office = p->parent;
	}
	return false;
}

static bool
is_above_us(const struct tree *t, const char *office)
{
	struct tree_way way;

	if (t->knows_above && t->above[0] == '\0')
		return false;
	tree_climb(t->own, t->above, &way);
	return !way.is_whole || tree_way_find(&way, office) < way.count;
}

bool
tree_stands_above(const struct tree *t, const char *office, const char *below)
{
	if (strcmp(office, below) == 0)
		return false;
	if (tree_is_below(t, office, t->own)) {
		/* NOLINTNEXTLINE(readability-suspicious-call-argument) */
		return tree_is_below(t, below, office);
	}
	if (tree_is_below(t, below, t->own))
		return is_above_us(t, office);
	return tree_may_be_higher(office, below);
}

/* -- ways -- */

void
tree_way_to(const struct tree *t, const char *office, const char *above,
    struct tree_way *out)
{
	out->count = 0;
	out->is_whole = true;
	while (out->count <= TREE_DEPTH_MAX) {
		const struct place *p;

		if (strcmp(office, above) == 0)
			return;
		copy_code(out->offices[out->count++], office);
		p = find_place(t, office);
		if (p == NULL || p->parent[0] == '\0')
			break;
		office = p->parent;
	}
	out->is_whole = false;
}

void
tree_climb(const char *office, const char *parent, struct tree_way *out)
{
	enum rc rc = RC_OK;

	out->count = 0;
	while (rc == RC_OK && out->count <= TREE_DEPTH_MAX) {
		char *above = out->offices[out->count];

		rc = office_code_parent(office, parent, above);
		out->count += rc == RC_OK;
		office = above;
		parent = NULL;
	}
	out->is_whole = rc == RC_NONE;
}

size_t
tree_way_find(const struct tree_way *way, const char *office)
{
	size_t i = 0;

	while (i < way->count && strcmp(way->offices[i], office) != 0)
		i++;
	return i;
}

bool
tree_may_be_higher(const char *office, const char *below)
{
	enum office_level a = office_code_level(office, NULL);
	enum office_level b = office_code_level(below, NULL);

	return a == OFFICE_LEVEL_UNKNOWN || b == OFFICE_LEVEL_UNKNOWN ||
	       office_level_steps(b, a) > 0;
}
