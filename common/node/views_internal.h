/*
 * views_internal - what the files of the register share.
 *
 * Each family of tables (petitions, directives, offices) has a file of its
 * own with its schema, its fold and its statements.
 */
#ifndef NODE_VIEWS_INTERNAL_H
#define NODE_VIEWS_INTERNAL_H

#include "base/memory.h"
#include "mech/db.h"
#include "node/views.h"

enum {
	VIEWS_ROWS_MAX = 8, /* petitions written by one statement */
};

/* A petition that waits for its neighbours; `bytes` holds its spans. */
struct petition_row {
	struct petition petition;
	uint64_t position;
	struct stream_key key;
	uint64_t sequence;
	int64_t claimed_ms, recorded_ms, received_ms;
	uint8_t leaf[HASH_BYTES];
	struct buffer bytes;
};

struct views {
	struct db *db;
	bool is_writer;
	uint64_t applied;                /* last position folded */
	char own[OFFICE_CODE_MAX + 1];   /* this office; "": no row yet */
	char above[OFFICE_CODE_MAX + 1]; /* "": nobody; "?": never said */
	uint8_t *streams;       /* by stream id: 1 when it is in `stream` */
	uint32_t streams_count; /* room in `streams` */

	struct petition_row rows[VIEWS_ROWS_MAX];
	uint32_t rows_count;
	struct stmt *petition_one, *petition_many;
	struct stmt *source;

	struct stmt *issue, *target, *step, *has_step;
	struct stmt *office_event, *office_find, *office;
	struct stmt *quarantine, *unknown, *stream, *applied_put;
};

extern const char views_petition_schema[];
extern const char views_directive_schema[];
extern const char views_office_schema[];

/* Prepare the writer's statements. */
void views_petition_prepare(struct views *v);
void views_directive_prepare(struct views *v);
void views_office_prepare(struct views *v);

/*
 * Fold one record, which came at `entry` (its own record may be another one:
 * a carried record is folded at the place of what carries it).  NULL, or the
 * reason why it cannot be applied.
 */
const char *views_petition_fold(struct views *v,
    const struct relay_entry *entry, const struct record *record);
const char *views_issue_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record);
const char *views_step_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record);
const char *views_opened_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record);
const char *views_child_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record);

/* Write the petitions that wait. */
void views_petition_flush(struct views *v);
/* Drop them (rollback). */
void views_petition_drop(struct views *v);
/* Work the roster out again from the events that are kept. */
void views_office_refresh(struct views *v);

/* Keep what could not be applied. */
void views_quarantine(struct views *v, uint64_t position,
    const struct stream_key *key, uint64_t sequence, const char *reason);

/* Bind origin, incarnation, audience. */
void views_bind_key(struct stmt *s, const struct stream_key *key);

#endif
