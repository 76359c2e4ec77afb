/*
 * office - everything that one directory holds, opened under its lock.
 *
 *	DIR/office.ini    who this office is and how it is reached
 *	DIR/lock          held by the one process that writes
 *	DIR/keys/         identity and secrets (identity.h, seal.h)
 *	DIR/ledger.db     the journal (store_sqlite.h)
 *	DIR/register.db   the views (views.h)
 *	DIR/running       there while a writer has it open; found at the next
 *	                  opening it means that the last one did not end well
 *	DIR/control.sock  the daemon's door (control.h)
 *
 * An opened office is whole: the views stand where the journal stands, the
 * clock is behind no record of ours, the ledger was checked if the last
 * writer did not end well.  Both programs, and both ways of running a command
 * (inside the daemon, or in a process of its own), open it in the same way.
 *
 * What only one of the two programs does stands in its trade.
 *
 * Belongs to one thread.
 */
#ifndef OFFICE_OFFICE_H
#define OFFICE_OFFICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/check.h"
#include "base/file.h"
#include "base/rc.h"
#include "contract/command.h"
#include "mech/bus.h"
#include "relay/relay.h"
#include "words/catalogue.h"

struct desk_command;
struct identity;
struct journal;
struct office;
struct reply_writer;
struct seal;
struct store_sqlite;
struct views;

enum {
	OFFICE_CLOCK_BACK_MS_MAX = 10 * 60 * 1000,
	OFFICE_KEY_HEX = 2 * KEY_BYTES,
	OFFICE_CATCH_UP_ROWS = 1000, /* rows folded per transaction */
};

#define OFFICE_LEDGER_FILE  "ledger.db"
#define OFFICE_CONTROL_FILE "control.sock"

/*
 * DIR/office.ini, and what join wrote to DIR/conf.d/50-parent.conf
 * (settings.c).
 */
struct office_settings {
	char program[16]; /* whose office this is */
	char office[OFFICE_CODE_MAX + 1];
	char name[OFFICE_NAME_MAX + 1];
	char level[2];                    /* N P C D T V, or "" */
	char parent[OFFICE_CODE_MAX + 1]; /* "": nobody above */
	/* Written by join; "" until then. */
	char parent_name[OFFICE_NAME_MAX + 1];
	char parent_address[BUS_ENDPOINT_MAX + 1];
	char parent_key[OFFICE_KEY_HEX + 1]; /* Ed25519 */
	/* Of an office with others below it. */
	char listen[BUS_ENDPOINT_MAX + 1];  /* where the daemon listens */
	char address[BUS_ENDPOINT_MAX + 1]; /* what invitations say */
	char supervise_policy[8];           /* none, remind, CB, DB */
	int64_t disk_reserve_bytes;         /* below this nothing is recorded */
	int64_t attach_max_bytes;           /* of one file of an answer */
	/* The link (link_core.h). */
	int64_t dial_ms;
	int64_t greeting_ms;
	int64_t silence_ms;
	int64_t ack_ms;
	int64_t backoff_first_ms;
	int64_t backoff_max_ms;
	int64_t window_bytes;
};

/* Why something could not be done: for the exit status and for the person. */
struct office_fault {
	enum exit_status exit;
	char sentence[SAY_TEXT_MAX];
};

/*
 * What only a district or only a hub does.  Functions may be NULL.
 * `state` is what `open` returned.
 */
struct office_trade {
	const char *program; /* "district-node", "city-hub" */
	bool has_children;   /* listens for offices below it */
	void *(*open)(struct office *o);
	void (*close)(void *state);
	/* As in relay_hooks; without it an office has nobody below. */
	bool (*is_below)(void *state, const char *office, const char *child);
	/* A name for people; NULL: unknown.  Lives until the next record. */
	const char *(*name_of)(void *state, const char *office);
	/*
	 * Inside the transaction of every turn: what time demands, and what
	 * is to be done once because of new records, until this steady time.
	 * True: more is left.
	 */
	bool (*tick)(void *state, int64_t until_ms);
	/* Inside the transaction, after the views have it. */
	void (*on_record)(void *state, const struct relay_entry *entry);
	/* Commands that not every office takes (desk/commands.h), or NULL. */
	const struct desk_command *commands;
	/* After each commit and at the opening, before the relay answers:
	 * who is linked to whom may change only then. */
	void (*settle)(void *state);
};

struct office {
	char dir[FILE_PATH_MAX];
	enum language language; /* for sentences that no command asked for */
	struct office_settings settings;
	const struct office_trade *trade;
	void *trade_state;
	int lock_fd;
	struct identity *identity; /* office/office_keys.h */
	struct store_sqlite *store;
	struct journal *journal;
	struct views *views;
	struct relay *relay;
	struct seal *seal;
	struct relay_now now; /* the turn's time; set when it begins */
	bool is_daemon;
	bool is_full;   /* the disk is below its reserve */
	bool was_clean; /* the last writer stopped in order */
	bool is_marked; /* DIR/running is ours */
	bool is_open;   /* the opening went through */
};

struct office_options {
	enum language language;
	bool is_daemon;
	bool accept_clock; /* go on although the clock was set back */
};

/* What `init` is told; texts as typed, "" when not said. */
struct office_make {
	const char *office;
	const char *name;
	const char *parent;  /* for codes outside the standard */
	const char *listen;  /* "tcp://..."; hubs */
	const char *address; /* hubs, when it differs from `listen` */
	enum language language;
};

/*
 * Make a new office in `dir`: the directory (0700), office.ini, keys,
 * databases, and its first record.  RC_OK; else `fault` says why.
 * A directory that holds an office is left as it is; one whose making was
 * cut short is made again.
 */
MUST_USE enum rc office_make(const char *dir, const struct office_trade *trade,
    const struct office_make *wish, struct office_fault *fault);

/*
 * RC_OK, or a fault with one sentence and its exit status:
 * RC_BUSY (another process has the lock; 75), RC_NONE (no office here),
 * RC_DENIED, RC_DAMAGED, RC_TOO_NEW, RC_MALFORMED (office.ini), RC_REFUSED
 * (the clock; keys open to others), RC_FULL.
 */
MUST_USE enum rc office_open(const char *dir, const struct office_trade *trade,
    const struct office_options *options, struct office **out,
    struct office_fault *fault);
void office_close(struct office *o); /* NULL is fine */

/* Read both clocks: the turn does so when it begins. */
void office_tick(struct office *o);

/* The disk: sets o->is_full and tells the relay.  For each turn. */
void office_check_space(struct office *o);

/*
 * Record something of ours inside the turn's transaction, now, claimed now.
 * As relay_record; `actor_role` and `actor` may be "".
 */
MUST_USE enum rc office_record(struct office *o, const char *audience,
    uint32_t kind, struct span payload, const char *actor_role,
    const char *actor);

/*
 * The record of an entry, taken out of its wrapping when it was carried over
 * from a branch (relay_settle.c).  NULL: unreadable.  `storage` may be used;
 * what is returned lives until the next record is unpacked.
 */
const struct record *office_unwrap(const struct relay_entry *entry,
    struct record *storage);

/* -- settings (settings.c) -- */

/* Defaults, then what `wish` says.  RC_MALFORMED: `fault` says why. */
MUST_USE enum rc office_settings_from(const struct office_make *wish,
    const struct office_trade *trade, struct office_settings *out,
    struct office_fault *fault);
/* Write office.ini.  RC_DUPLICATE, RC_DENIED, RC_FULL, RC_MALFORMED. */
MUST_USE enum rc office_settings_write(const char *dir,
    const struct office_settings *s);
/* RC_NONE: no office here.  RC_MALFORMED, RC_DENIED.  `fault` says why. */
MUST_USE enum rc office_settings_load(const char *dir, enum language language,
    struct office_settings *out, struct office_fault *fault);
/* What join learned: parent, its name, address and key.  RC_DENIED, RC_FULL. */
MUST_USE enum rc office_settings_write_parent(const char *dir,
    const struct office_settings *s);

/* -- for whoever has a fault to report -- */

void office_fault_say(struct office_fault *fault, enum exit_status exit,
    enum language language, enum say id, const char *const args[]);

#endif
