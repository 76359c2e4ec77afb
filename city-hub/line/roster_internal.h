/* roster_internal - shared by the roster's own files and by nobody else. */
#ifndef LINE_ROSTER_INTERNAL_H
#define LINE_ROSTER_INTERNAL_H

#include "line/roster.h"

struct db;
struct stmt;

struct roster {
	struct office *office;
	struct db *db;                 /* the ledger's */
	struct tree *tree;             /* who stands above whom */
	struct roster_child *children; /* sorted by office */
	size_t count;
	size_t capacity;
	bool is_changed;
	struct stmt *save;
	struct stmt *admit; /* invitation by one-time key */
	struct stmt *invite;
	struct stmt *replace;    /* older invitations of an office */
	struct stmt *forget;     /* those long over */
	struct stmt *invitation; /* by id */
	struct stmt *use;
};

enum invitation_state {
	INVITATION_OPEN = 0,
	INVITATION_USED = 1,
	INVITATION_REPLACED = 2,
};

#endif
