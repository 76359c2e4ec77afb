/*
 * matcher_internal - what the matcher's files share: matcher.c opens, adds
 * and keeps count; matcher_index.c says where to look; matcher_find.c judges.
 */
#ifndef MATCH_MATCHER_INTERNAL_H
#define MATCH_MATCHER_INTERNAL_H

#include "match/likeness.h"
#include "match/matcher.h"

struct db;
struct stmt;

enum {
	MATCHER_NAMES_FILED = 4, /* of an item, the rarest */
	MATCHER_NAMES_ASKED = 8,
	MATCHER_ENTRIES_MAX = LIKENESS_SAMPLES_MAX +
			      LIKENESS_TITLE_SAMPLES_MAX + MATCHER_NAMES_ASKED +
			      4,   /* text, person, two numbers */
	MATCHER_COMPARED_MAX = 48, /* sketches per find */
	MATCHER_SLOTS = 1 << 15,   /* of items hit in one find */
};

/* What an entry is found by; the kind is part of the hash. */
enum matcher_entry_kind {
	ENTRY_SAMPLE,
	ENTRY_TEXT, /* all of it */
	ENTRY_NAME,
	ENTRY_PERSON,
	ENTRY_NUMBER,
	ENTRY_KINDS
};

struct matcher_entry {
	enum matcher_entry_kind kind;
	uint32_t hash;
};

/* An item that shares entries with the one that is looked for. */
struct matcher_hit {
	uint32_t n; /* of the item; 0: the slot is free */
	uint32_t weight;
};

struct matcher {
	struct db *db;
	bool is_writer;
	uint64_t applied;
	uint64_t items;     /* on file; the highest n */
	uint64_t uncounted; /* added since the counts were saved */
	struct stmt *put_item, *put_entry, *put_state, *put_counts;
	struct stmt *entries, *item;
	struct likeness_counts *counts;
	struct matcher_hit *slots; /* MATCHER_SLOTS, free between finds */
	struct matcher_hit *hits;  /* MATCHER_SLOTS */
	/* What a call works on; too big for the stack. */
	struct likeness_sketch *given, *filed;
};

extern const char matcher_index_schema[];

void matcher_index_prepare(struct matcher *m);

/* The sketch of `item` in m->given. */
void matcher_sketch(struct matcher *m, const struct matcher_item *item);

/*
 * The entries of m->given and what comes with it; the count.  With `asking`
 * the ones to look for, otherwise the ones to file.
 */
size_t matcher_entries(const struct matcher *m, const struct matcher_item *item,
    bool asking, struct matcher_entry out[static MATCHER_ENTRIES_MAX]);

void matcher_file(struct matcher *m, uint64_t n,
    const struct matcher_entry *entries, size_t count);

/*
 * The items that share entries, the most promising MATCHER_COMPARED_MAX
 * first in m->hits; the count.
 */
size_t matcher_look(struct matcher *m, const struct matcher_entry *entries,
    size_t count);

#endif
