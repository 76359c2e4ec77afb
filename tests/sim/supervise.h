/*
 * supervise - the work of supervision in the simulated offices.
 *
 * In some histories every node is a whole office: a register that follows
 * its journal, and, where others are below it, the hub's real reactor with
 * grouping, escalations and handing.  People at random do what they may at
 * the real desk, and sometimes an office records what its desk would refuse.
 *
 * One real second of the world is a day and a half for its offices, and each
 * office's clock is a little wrong.
 *
 *	supervise.c	  an office around a node's journal and relay
 *	acts.c		  what people there do
 *	agree.c		  what all registers must say in the end
 *	naive.[ch]	  the time limits, worked out once more
 */
#ifndef SIM_SUPERVISE_H
#define SIM_SUPERVISE_H

#include "line/roster_internal.h"
#include "office/office.h"

#include "world.h"

struct grouping;
struct reactor;

struct bureau {
	struct office office;
	struct tree *tree;
	struct roster_child children[WORLD_NODES];
	struct roster roster;
	struct grouping *grouping; /* of hubs; NULL: powered off */
	struct reactor *reactor;
	bool is_in_turn;
	bool forgets;   /* folds from scratch each time it starts */
	bool has_index; /* of likenesses: in a folder of its own */
	bool has_published;
};

struct bureau *supervise_new(struct node *n);
void supervise_free(struct bureau *b);

/* The node's journal and relay are there; before its first turn. */
void supervise_power_on(struct node *n);
/* Before they are closed; in the middle of a turn as well. */
void supervise_power_off(struct node *n);

/* Another disk in a machine that is off: what lay beside the ledger is gone. */
void supervise_new_disk(struct node *n);

/* The steps of a turn, in their order. */
void supervise_begin(struct node *n, struct relay_now now);
void supervise_react(struct node *n);
void supervise_commit(struct node *n);

/* Has its reactor seen all that there is? */
bool supervise_is_idle(const struct node *n);

/* Hooks of the relay. */
void supervise_on_record(struct node *n, const struct relay_entry *entry);
void supervise_on_incarnation(struct node *n, const struct stream *previous);

/* acts.c: somebody at this office does something; inside a turn. */
void supervise_act(struct node *n);

/* agree.c: all has healed and all streams agree. */
void check_supervision(struct world *w);

/* Fold all of a journal into a register.  Outside a transaction. */
void supervise_fold(struct node *n, struct views *v);

#endif
