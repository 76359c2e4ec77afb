/*
 * What the register's files share: the core (views.c), and what a family is.
 *
 * A family is one kind of fact with the tables it is kept in: petitions,
 * moves, directives ...  Its file has the tables' text, the statements, the
 * folds of the records that say such facts, and one `struct family` that
 * tells the core of them.  The core knows no table of any family; the list in
 * families.c is all that a new one is added to.
 *
 * What another family must know it asks by a function declared here; nobody
 * writes another's tables.  The order in which they may ask, so that no ring
 * closes:
 *
 *	cases -> involved -> moves, escalations -> stale
 *	petitions -> matters -> offices
 *	published -> stale
 *	wrapped -> the core, which folds what was inside
 *
 * Where the answer is a join by nature, the file says at its top whose tables
 * it reads.
 */
#ifndef REGISTER_VIEWS_INTERNAL_H
#define REGISTER_VIEWS_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"
#include "contract/petition.h"
#include "mech/db.h"
#include "register/ask/internal.h"
#include "register/views.h"

/*
 * The rows of one stream, and those that came by its hand: what the two lists
 * of a family's DELETEs end with.  Both take origin, incarnation, audience.
 */
#define OF_STREAM " WHERE origin = ? AND incarnation = ? AND audience = ?"
#define IN_HAND                                                                \
	" IN (SELECT position FROM handed WHERE giver = ? AND given = ?"       \
	" AND audience = ?)"
#define OF_HAND " WHERE position" IN_HAND

/* What a family does with the records of one kind. */
struct fold_rule {
	uint32_t kind; /* enum record_kind; 0 ends a list */
	/*
	 * Fold one record, which came at `entry` (its own record may be
	 * another one: a carried record is folded at the place of what
	 * carries it).  NULL, or the reason why it cannot be applied.
	 */
	const char *(*fold)(struct views *v, const struct relay_entry *entry,
	    const struct record *record);
};

/* Every member may be left out. */
struct family {
	const char *schema; /* makes its tables, indexes and views */
	const char *drop;   /* drops them, if they are there */
	const struct fold_rule *folds;
	/*
	 * A stream is put aside.  DELETEs, NULL behind the last: of what came
	 * by its hand (OF_HAND; run first, of all families), and of what it
	 * says itself (OF_STREAM).  What is worked out from several rows is
	 * made again by `again`, when all the rows are gone.
	 */
	const char *const *by_hand;
	const char *const *removals;
	void (*again)(struct views *v);
	/* Make the statements and the family's own memory (views_keep). */
	void (*prepare)(struct views *v);
	/* Forget, or read anew, what is in memory of the tables: a rollback. */
	void (*reload)(struct views *v);
	/* The office above us is another one (views_set_above). */
	void (*on_above)(struct views *v);
	/* An office entered the tree (`is_new`), or moved in it. */
	void (*on_office)(struct views *v, const char *office, bool is_new);
	/* Write the rows that wait to be written together (v->waiting). */
	void (*flush)(struct views *v);
	/* Free what its memory points to; the memory itself is the core's. */
	void (*close)(struct views *v);
};

/* All of them, in the order in which they are made and called; NULL ends. */
extern const struct family *const views_families[];

enum { FAMILIES_MAX = 16 };

struct views {
	struct db *db;
	bool is_writer;
	uint64_t applied;                /* last position folded */
	char own[OFFICE_CODE_MAX + 1];   /* this office; "": no row yet */
	char above[OFFICE_CODE_MAX + 1]; /* "": nobody; "?": never said */
	struct tree *tree;               /* of the offices; views_tree */
	bool has_tree;                   /* it has what the table has */
	uint8_t *streams;       /* by stream id: 1 when it is in `stream` */
	uint32_t streams_count; /* room in `streams` */
	uint32_t waiting;       /* rows that a family has not written yet */

	/* Of the record that is being folded. */
	bool is_handed; /* it came by another's hand */
	int wrappings;  /* records around it */

	struct stmt *quarantine, *unknown, *stream, *applied_put;
	struct stmt *asked[ASK_COUNT]; /* NULL: not asked yet */

	/* Each family's own memory, known to its file alone. */
	struct wrapped *wrapped;
	struct stale *stale;
	struct offices *offices;
	struct publications *publications;
	struct petitions *petitions;
	struct attachments *attachments;
	struct identities *identities;
	struct moves *moves;
	struct matters *matters;
	struct escalations *escalations;
	struct involved_facts *involved;
	struct cases *cases;
	struct directives *directives;
	struct lawbook *lawbook; /* of publications; lawbook.h */

	void *kept[FAMILIES_MAX];
	size_t kept_count;
};

/* -- the core, for the families -- */

/* Zeroed memory that lives as long as the register. */
void *views_keep(struct views *v, size_t size);
/* Fold a record by the rule of its kind; see struct fold_rule. */
const char *views_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record);
/* Write all rows that wait. */
void views_flush(struct views *v);
/* Tell every family of an office in the tree; see on_office. */
void views_on_office(struct views *v, const char *office, bool is_new);

/* Bind origin, incarnation, audience. */
void views_bind_key(struct stmt *s, const struct stream_key *key);
/* Position, key, sequence; and the three times, role and actor. */
void views_bind_place(struct stmt *s, const struct relay_entry *entry);
void views_bind_times(struct stmt *s, const struct relay_entry *entry,
    const struct record *record);
/*
 * Incarnation and sequence under which a record was first said, whatever
 * carries it now.  The same record may come by two hands and in two wrappings;
 * with its time this tells, and tells it from another one that took its place
 * after its office's disk was replaced.
 */
void views_bind_said(struct stmt *s, const struct record *record);
/* "420106-2026-..." is a number of office 420106. */
bool views_is_number_of(const char *item, const char *office);

/* -- what one family asks another -- */

/* stale: fold this item anew, later or when it is asked for. */
void views_mark_stale(struct views *v, const char *item);
/* stale: every item, from the first petition on. */
void views_follow_anew(struct views *v);
/* stale: this item is folded now. */
void views_unmark_stale(struct views *v, const char *item);
/*
 * stale: the next item to fold: one that was marked, else the next petition
 * in the order of their positions.  False: all were followed.
 */
bool views_next_stale(struct views *v, char item[static ITEM_NUMBER_MAX + 1]);
/* stale: keep how far the petitions were followed. */
void views_keep_followed(struct views *v);

/* offices: has it offices below? */
bool views_has_below(struct views *v, const char *office);
/* moves: was the item ever moved? */
bool views_has_moves(struct views *v, const char *item);
/* matters: has the matter at least so many items besides its first? */
bool views_matter_has(struct views *v, const char *matter, uint64_t items);

#endif
