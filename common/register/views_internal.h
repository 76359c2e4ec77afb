/*
 * views_internal - what the files of the register share.
 *
 * Each family of tables (petitions, directives, offices) has a file of its
 * own with its schema, its fold and its statements.
 */
#ifndef REGISTER_VIEWS_INTERNAL_H
#define REGISTER_VIEWS_INTERNAL_H

#include "base/memory.h"
#include "contract/petition.h"
#include "mech/db.h"
#include "register/ask_internal.h"
#include "register/views.h"

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

	struct buffer handed_bytes; /* a carried record out of a hand */
	bool is_handed;    /* what is being folded came by another's hand */
	uint64_t followed; /* last petition with its clocks */
	struct views_case *scratch; /* of the item that is being folded */
	struct lawbook *lawbook;
	struct stmt *accused, *petition_same;
	struct stmt *is_accused, *is_accused_large, *is_large;
	struct stmt *move, *handed, *link, *publish, *escalate;
	struct stmt *dirty, *clean, *next_dirty, *next_petition, *followed_put;
	struct stmt *hear_origin, *hear_sent, *hear_told, *moves_of_one,
	    *words_of_one;
	struct stmt *unheard_put, *unheard_drop, *dirty_of;
	struct stmt *arrivals, *moves, *item_now, *clocks_drop, *clock_put;
	struct stmt *link_last, *link_put, *link_drop, *link_target;
	struct stmt *link_sources, *matter_put, *matter_drop, *matter_get;
	struct stmt *escalation_now;

	struct stmt *published_count, *has_below;
	struct stmt *directive_to, *directive_put;
	struct stmt *issue, *target, *step, *step_file, *has_step;
	struct stmt *attachment;
	struct stmt *office_event, *office_find, *office;
	struct stmt *identity_step, *key_destroyed;
	struct stmt *quarantine, *unknown, *stream, *applied_put;
	struct stmt *asked[ASK_COUNT]; /* NULL: not asked yet */
};

extern const char views_petition_schema[];
extern const char views_directive_schema[];
extern const char views_directive_now_schema[];
extern const char views_attachment_schema[];
extern const char views_office_schema[];
extern const char views_move_schema[];
extern const char views_case_schema[];
extern const char views_published_schema[];
extern const char views_matter_schema[];
extern const char views_escalation_schema[];
extern const char views_identity_schema[];

/* Prepare the writer's statements. */
void views_petition_prepare(struct views *v);
void views_directive_prepare(struct views *v);
void views_attachment_prepare(struct views *v);
void views_office_prepare(struct views *v);
void views_move_prepare(struct views *v);
void views_case_prepare(struct views *v);
void views_hear_prepare(struct views *v);
void views_published_prepare(struct views *v);
void views_matter_prepare(struct views *v);
void views_escalation_prepare(struct views *v);
void views_identity_prepare(struct views *v);

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
const char *views_attached_fold(struct views *v,
    const struct relay_entry *entry, const struct record *record);
const char *views_opened_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record);
const char *views_child_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record);
const char *views_move_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record);
const char *views_published_fold(struct views *v,
    const struct relay_entry *entry, const struct record *record);
const char *views_link_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record);
const char *views_escalation_fold(struct views *v,
    const struct relay_entry *entry, const struct record *record);
/*
 * A record of another stream.  `as_if->record` is NULL when it is not for us
 * to fold; else `as_if` (with `inner` and `stream` as its storage) is the
 * entry to fold instead.
 */
const char *views_handed_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record, struct record *inner,
    struct relay_entry *as_if, struct stream *stream);

bool views_has_moves(struct views *v, const char *item);
/* An office entered the tree, or moved in it: who is heard may change. */
void views_case_on_office(struct views *v, const char *office, bool is_new);
/* Fold this item anew, later or when it is asked for. */
void views_mark_dirty(struct views *v, const char *item);
/* Begin following the petitions from the first one. */
void views_follow_anew(struct views *v);
/* Rows of a stream are gone: work the rest out again. */
void views_matter_again(struct views *v);
void views_escalation_again(struct views *v);
void views_directive_again(struct views *v);
void views_case_again(struct views *v);
const char *views_identity_fold(struct views *v,
    const struct relay_entry *entry, const struct record *record);
const char *views_destroyed_fold(struct views *v,
    const struct relay_entry *entry, const struct record *record);

/* Write the petitions that wait. */
void views_petition_flush(struct views *v);
/* Drop them (rollback). */
void views_petition_drop(struct views *v);
/* Work the roster out again from the events that are kept. */
void views_office_refresh(struct views *v);

/* Keep what could not be applied. */
void views_quarantine(struct views *v, uint64_t position,
    const struct stream_key *key, uint64_t sequence, const char *reason);

/*
 * Incarnation and sequence under which a record was first said, whatever
 * carries it now.  The same record may come by two hands and in two wrappings;
 * with its time this tells, and tells it from another one that took its place
 * after its office's disk was replaced.
 */
void views_bind_said(struct stmt *s, const struct record *record);
/* Bind origin, incarnation, audience. */
void views_bind_key(struct stmt *s, const struct stream_key *key);
/* Position, key, sequence; and the three times, role and actor. */
void views_bind_place(struct stmt *s, const struct relay_entry *entry);
void views_bind_times(struct stmt *s, const struct relay_entry *entry,
    const struct record *record);

#endif
