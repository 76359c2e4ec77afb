/*
 * control - the one door for writing, seen from both sides.
 *
 * Outside: a command line opens a door and asks.  The directory's lock
 * decides who answers: when nobody holds it, the door opens the office and
 * runs the turn in its own process; when a daemon holds it, the command goes
 * over DIR/control.sock.  Between two questions the daemon may come or go;
 * the door notices and finds out anew.
 *
 * Inside: the daemon's part in the turn (turn.h).  Commands are taken like
 * any other frame, replies leave after the commit.
 *
 * A line to the daemon carries one question at a time; a late answer is
 * never taken for another's, because the line is closed after a timeout.
 *
 * Belongs to one thread.
 */
#ifndef SERVICE_CONTROL_H
#define SERVICE_CONTROL_H

#include "base/memory.h"
#include "base/rc.h"
#include "contract/command.h"
#include "mech/bus.h"
#include "office/office.h"
#include "service/turn.h"

enum {
	DOOR_TIMEOUT_MS = 30000,   /* for the daemon's answer */
	DOOR_RETRY_MS = 100,       /* between two looks at the lock */
	DOOR_RETRIES_MAX = 30,     /* while a daemon starts or stops */
	CONTROL_PER_TURN_MAX = 64, /* commands taken in one turn */
};

/* -- outside -- */

struct door;

/*
 * A door to the office in `dir` (copied).  Opens nothing yet, so it cannot
 * fail.  `options->is_daemon` must be false.
 */
struct door *door_new(const char *dir, const struct office_trade *trade,
    const struct office_options *options);

/*
 * Ask.  There is always an answer: if nobody could be asked, it is a refusal
 * with a sentence (75: nobody answered in time, or somebody else works in
 * the directory; else as office_open).  What `out` points to lives until the
 * next question.
 * After exit 75 a command may have been carried out or not.
 */
void door_ask(struct door *d, const struct command *c, struct reply *out);

/* Closes the office if it was opened here.  NULL is fine. */
void door_free(struct door *d);

/* One question: door_new, door_ask, door_free.  `storage` keeps the answer. */
void door_ask_once(const char *dir, const struct office_trade *trade,
    const struct office_options *options, const struct command *c,
    struct buffer *storage, struct reply *out);

/* -- inside -- */

struct control;

/* RC_DENIED, RC_TOO_BIG as bus_listen_control. */
MUST_USE enum rc control_open(struct bus *bus, struct office *o,
    struct control **out);
void control_close(struct control *c); /* NULL is fine */
/* What the turn needs of it. */
struct turn_part control_part(struct control *c);

#endif
