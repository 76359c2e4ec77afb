/*
 * views - the register: what people look at, computed from the journal.
 *
 * Every table is a fold of the journal's rows in the order of their
 * positions, and of who is above us: the same journal gives the same
 * register, byte for byte, whenever it is built.  So register.db may be lost, damaged
 * or thrown away; rebuild makes it again.  What depends on the time of day
 * (overdue, days left) is not in here: it is computed when somebody asks.
 *
 * Records of different offices arrive in any order between them.  Petitions
 * stand alone.  Of directives the events are kept as they come, and a step
 * may come before its directive; where it stands is folded from them anew
 * with each (law/moves/directive_fold.h), so the order cannot matter.
 *
 * What a record may say is checked here once more, since it may come from
 * another office: its own key, that a petition's number is of its office,
 * that a step is taken by the office whose step it is.  What cannot be
 * applied goes to the table `quarantine` with a reason, and the stream moves
 * on.  Kinds that this version does not know are counted in `unknown_kind`.
 *
 * Tables for readers (views_db; all times are UTC milliseconds):
 *	petition	one row per arrival, all offices
 *	source_seen	(source, source_ref) -> item; own records only
 *	held_back	items kept here alone (accused.h)
 *	directive_now	one row per directive and addressee: where it stands
 *	directive_step	every step with its times
 *	directive_file	the files that a step names
 *	attachment	files, part by part (petition/attachment.h)
 *	office		the roster: code, name, key, parent, state
 *	move		every move of an item, as its office recorded it
 *	item_now	where each item stands (cases.c: follows behind)
 *	clock		every limit of each item; the state is asked for with
 *			the time of day
 *	petition_accused  item -> offices that it reports
 *	matter_link	every word about two items; item_matter: the grouping
 *	escalation	every revision; escalation_now: the newest of each
 *	published	rule files, calendars, categories, templates
 *	identity_step	who asked for an identity, agreed, looked
 *	key_destroyed	which years' identities are gone for good
 *	quarantine	what could not be applied, and why
 *	unknown_kind	how many records of which kinds were skipped
 *
 * One connection writes, in the turn's thread; each reader opens its own.
 */
#ifndef REGISTER_VIEWS_H
#define REGISTER_VIEWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "law/limits/clocks.h"
#include "law/moves/lifecycle.h"
#include "petition/codes.h"
#include "petition/intake.h"
#include "relay/relay.h"

struct db;
struct views;

/* The register's file in an office's folder. */
#define VIEWS_FILE "register.db"

/*
 * Open DIR/register.db; a writer makes it when it is missing.
 * Results of db_open: RC_NONE (a reader, and no writer has been there yet),
 * RC_DENIED, RC_DAMAGED, RC_TOO_NEW, RC_FULL, RC_BUSY.  A register whose
 * tables another version of the program made is RC_DAMAGED to a writer, who
 * makes it again from the journal, and RC_BUSY to a reader.
 */
MUST_USE enum rc views_open(const char *dir, bool writer, struct views **out);
/* The same for any file, and for ":memory:" in tests. */
MUST_USE enum rc views_open_file(const char *path, bool writer,
    struct views **out);
void views_close(struct views *v);

/*
 * The office above this one ("": nobody), whom nobody may claim to be above.
 * It is kept; the roster is worked out again when it changed.  For a writer,
 * outside a transaction, before anything is applied.
 */
void views_set_above(struct views *v, const char *office);

/* The writer's transaction; its commit follows the journal's. */
void views_begin(struct views *v);
void views_commit(struct views *v);
void views_rollback(struct views *v);

/*
 * Fold one row of the journal; rows come in the order of their positions,
 * and one that was folded before is passed over.  Never fails.
 * A carried record is unpacked by contract/wire.h: entry->record's payload is
 * gone afterwards.
 */
void views_apply(struct views *v, const struct relay_entry *entry);

/*
 * Of the table petition: urgent and major (R22 Art 25), and no office has
 * done anything about it yet.  Goes by an index.
 */
#define VIEWS_URGENT_WAITING                                                   \
	"procedure = '" PROCEDURE_URGENT                                       \
	"' AND NOT EXISTS (SELECT 1 FROM item_now n"                           \
	" WHERE n.item = petition.item AND n.state <> '" LIFE_REG_CODE "')"

/*
 * Of the table petition, known as `p` ("" or "p."): a collective visit, as
 * intake_is_collective says it.  Goes by an index.
 */
#define VIEWS_COLLECTIVE(p)                                                    \
	p "heads >= " VIEWS_DIGITS(                                            \
	    INTAKE_COLLECTIVE_HEADS) " AND " p "channel = '" CHANNEL_VISIT "'"
#define VIEWS_DIGITS(number)  VIEWS_DIGITS_(number)
#define VIEWS_DIGITS_(number) #number

/* The last position folded; 0: none. */
uint64_t views_applied(const struct views *v);

/*
 * A stream was put aside (journal_set_aside): take its rows out.  The views
 * also notice by themselves when the first row of the new stream comes.
 */
void views_set_aside(struct views *v, const struct stream_key *key);

/* Has this step of this addressee been folded? */
bool views_has_step(struct views *v, const char *id, const char *addressee,
    const char *status);

/* -- items and matters; for the writer -- */

/* One item as folded from all that is known: its events and its limits. */
struct views_case {
	char channel[CODE_MAX + 1], purpose[CODE_MAX + 1];
	char legal_class[CODE_MAX + 1], procedure[CODE_MAX + 1];
	struct life_event events[LIFE_EVENTS_MAX];
	size_t events_count;
	struct life life;
	struct clock_row clocks[CLOCKS_MAX];
	size_t clocks_count;
};

/* False: no such item here.  Large: keep it on the heap. */
bool views_read_case(struct views *v, const char *item, struct views_case *out);

/* The offices that an item involves, by all that is known of it. */
struct involved;
void views_involved(struct views *v, const char *item, struct involved *out);

/*
 * Bring items up to date until this steady time, inside the transaction.
 * True: more are left.
 */
bool views_follow(struct views *v, int64_t until_steady_ms);
/* The last petition (by position) that was followed. */
uint64_t views_followed(const struct views *v);

/* The matter of an item: itself when it is alone. */
void views_matter_of(struct views *v, const char *item,
    char matter[static ITEM_NUMBER_MAX + 1]);

/*
 * May `origin` say that the two belong together?  One of them is its own or
 * of an office below it; the other may have been handed to it.
 */
bool views_may_group(struct views *v, const char *origin, const char *item,
    const char *matter);

/* Does this item, or another one of its matter, report this office? */
bool views_is_accused(struct views *v, const char *item, const char *office);

/* The roster: who stands above whom (law/offices/tree.h).  Lives, and stays as
 * it is, until something is applied; a reader's is that of its first asking. */
struct tree;
const struct tree *views_tree(struct views *v);

/* Which rules hold for whom. */
struct lawbook;
struct lawbook *views_lawbook(struct views *v);

/*
 * For reading: the tables above.  Everything that was applied is in them.
 * Prepared statements of others must be finished before views_close.
 */
struct db *views_db(struct views *v);

#endif
