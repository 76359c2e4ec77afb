/*
 * views_journal - a made-up journal of several offices: what each of them
 * said, in its own order, to be folded in any order between them.
 *
 * What a function writes into the journal (or, *_pack, into a payload) is one
 * record of the stream `s`; it returns the record's place among the rows.
 * Whatever does not fit fails the test.
 */
#ifndef TESTS_VIEWS_JOURNAL_H
#define TESTS_VIEWS_JOURNAL_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "contract/wire.h"
#include "contract/wire_payload.h"
#include "mech/merkle.h"
#include "petition/item_number.h"

#include "support/unit.h"
#include "support/views_dump.h"

enum { VJ_ROWS_MAX = 400, VJ_STREAMS_MAX = 16 };

#define VJ_START_MS INT64_C(1767225600000) /* 2026-01-01, UTC */

/* One record; rows of one stream stand in their order. */
struct vj_row {
	struct stream *stream;
	struct buffer bytes;
	uint8_t leaf[HASH_BYTES];
	bool is_folded;
};

struct vj {
	struct stream streams[VJ_STREAMS_MAX];
	uint32_t streams_count;
	struct vj_row rows[VJ_ROWS_MAX];
	size_t rows_count;
	int64_t recorded_ms; /* of the next record */
};

/* Frees it with its records and lets the log speak again. */
void vj_free(struct vj *j);
/* An empty one; only fatal lines are logged while it lives. */
struct vj *vj_new(void);
/* Copy a text that must fit. */
void vj_text(char *to, size_t size, const char *from);
/* The journal's stream of this origin and audience, begun when it is new. */
struct stream *vj_stream(struct vj *j, const char *origin,
    const char *audience);
/*
 * The bytes of a record of `s`, which need not stand in the journal.
 * `payload` is cleared.
 */
void vj_pack(const struct vj *j, struct stream *s, uint32_t kind,
    struct buffer *payload, struct buffer *out);
/* Write a record down behind the others; its place.  `payload` is cleared. */
size_t vj_put(struct vj *j, struct stream *s, uint32_t kind,
    struct buffer *payload);

/* -- what may be said -- */

/* A number with its check characters; good for the next seven calls. */
const char *vj_number(enum number_kind kind, const char *office,
    uint32_t serial);
/* The number of an item, of the same life. */
const char *vj_item(const char *office, uint32_t serial);
/* `office` says that it exists. */
void vj_opened(struct vj *j, const char *office);
/* `by` says that `office` is its child. */
void vj_enrolled(struct vj *j, const char *by, const char *office);
/* `accused` "": nobody is. */
void vj_petition_pack(struct buffer *payload, const char *office,
    uint32_t serial, const char *accused);
size_t vj_petition(struct vj *j, struct stream *s, const char *office,
    uint32_t serial, const char *accused);
/* With every field that any move needs; an assignment is due after 40 days. */
void vj_move_pack(struct buffer *payload, const char *item, const char *move,
    const char *to);
size_t vj_move(struct vj *j, struct stream *s, const char *item,
    const char *move, const char *to);
/* `item` belongs (or not: `verdict`) to `matter`. */
size_t vj_link(struct vj *j, struct stream *s, const char *item,
    const char *matter, const char *verdict);
/* From a district to a city; `lower`: where the item stood below. */
void vj_escalated_pack(struct buffer *payload, const char *id,
    uint32_t revision, const char *item, const char *office, const char *lower);
size_t vj_escalated(struct vj *j, struct stream *s, const char *id,
    uint32_t revision, const char *item, const char *office, const char *lower);
/* A rule file as it stands; its version is "t 1" and so on. */
size_t vj_rules_text(struct vj *j, struct stream *s, unsigned version,
    const char *text, int64_t effective_ms);
/* One of one limit, of so many days. */
size_t vj_rules(struct vj *j, struct stream *s, unsigned version, unsigned days,
    const char *effective, int64_t effective_ms);
/* `inner` inside a record of `s`. */
size_t vj_handed(struct vj *j, struct stream *s, struct span inner);
size_t vj_carried(struct vj *j, struct stream *s, struct span inner);

/* -- folding -- */

/* Fold the record at this place; inside views_begin and views_commit. */
void vj_fold(struct vj *j, struct views *v, size_t index);
/* Let the slow views follow to the end. */
void vj_follow(struct views *v);
/* All that is not folded yet, in the order in which it was said. */
void vj_fold_all(struct vj *j, struct views *v);
/* As if nothing had been folded: for another register. */
void vj_unfold(struct vj *j);
/* Below `below`; the same numbers for the same seed. */
unsigned vj_roll(unsigned *seed, unsigned below);
/*
 * All of it, the first `fixed` rows as they stand, the others in some order
 * that keeps each stream's own.
 */
void vj_fold_shuffled(struct vj *j, struct views *v, size_t fixed,
    unsigned seed);

/* -- reading back -- */

/* The first column of the first row, which must be there. */
int64_t vj_number_of(struct views *v, const char *sql);
/* The same, as a text that must be this one. */
void vj_assert_text(struct views *v, const char *sql, const char *expected);
/* One table, with its name before it. */
void vj_dump_table(struct views *v, const char *table, int columns,
    struct buffer *out);

#endif
