/*
 * lifecycle - the life of one item: which moves there are, and where they led.
 *
 * An item's events come from several offices, in any order.  life_fold puts
 * them into one order that all offices agree on (when recorded, then origin,
 * incarnation, sequence) and applies them one by one; a move that the table
 * does not allow where it comes stays in the timeline, marked as not applied.
 * So every office that holds the same events sees the same life.
 *
 * The drawing and the table of moves are at the head of lifecycle.c, applying
 * them is in lifecycle_fold.c;
 * docs/lifecycle.md repeats them and a test compares the two.
 *
 * Source: Regulations on petition work (信访工作条例, 2022), Art. 20-36.
 *
 * Pure; any thread.
 */
#ifndef LAW_MOVES_LIFECYCLE_H
#define LAW_MOVES_LIFECYCLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "contract/limits.h"
#include "words/catalogue.h"

enum {
	LIFE_EVENTS_MAX = 512, /* of one item that are folded; the rest wait */
	LIFE_MOVES_TEXT_MAX = 600,
	LIFE_EXTEND_DAYS_MAX = 30, /* Art. 34 */
	LIFE_HEARING_DAYS_MAX = 365,
	LIFE_RATING_MAX = 3,
};

/* In the order of codes.h's CODES_STATE; life_state_code gives the code. */
enum life_state {
	LIFE_REG, /* registered */
	LIFE_FWD, /* forwarded; not yet taken over */
	LIFE_ASG, /* assigned: the result must come back by a date */
	LIFE_OBJ, /* the addressee objects */
	LIFE_ACC, /* acceptance notice given */
	LIFE_WRK, /* being handled */
	LIFE_EXT, /* being handled, term extended */
	LIFE_RPL, /* answered in writing */
	LIFE_RVW, /* 复查 asked for */
	LIFE_RVD, /* 复查 opinion given */
	LIFE_CHK, /* 复核 asked for */
	LIFE_FIN, /* 复核 opinion given: final */
	LIFE_DEC, /* not accepted */
	LIFE_WDR, /* withdrawn */
	LIFE_MRG, /* merged into another item */
	LIFE_CLS, /* closed */
	LIFE_STATES
};

/* Codes of states and of moves that SQL repeats. */
#define LIFE_REG_CODE      "REG"
#define LIFE_MRG_CODE      "MRG"
#define MOVE_FORWARD_CODE  "FWD"
#define MOVE_ASSIGN_CODE   "ASG"
#define MOVE_REPLY_CODE    "RPL"
#define MOVE_REVIEWED_CODE "RVD"
#define MOVE_FINISHED_CODE "FIN"
#define MOVE_DECLINE_CODE  "DEC"
#define MOVE_REFUSE_CODE   "NAA"
#define MOVE_RECUSE_CODE   "RCS"

/*
 * The moves.  The word is what a person types (`act ITEM forward`), the code
 * what a record carries.  MOVE_REGISTER is the arrival itself, never typed.
 */
#define MOVE_LIST(X)                                                           \
	X(MOVE_REGISTER, "register", "REG")                                    \
	X(MOVE_FORWARD, "forward", MOVE_FORWARD_CODE)                          \
	X(MOVE_ASSIGN, "assign", MOVE_ASSIGN_CODE)                             \
	X(MOVE_TAKE, "take", "TAK") /* takes it over, no notice yet */         \
	X(MOVE_OBJECT, "object", "OBJ")                                        \
	X(MOVE_AGREE, "agree", "OBA")   /* to the objection */                 \
	X(MOVE_INSIST, "insist", "OBR") /* the objection is refused */         \
	X(MOVE_ACCEPT, "accept", "ACC") /* acceptance notice */                \
	X(MOVE_WORK, "work", "WRK")                                            \
	X(MOVE_EXTEND, "extend", "EXT")                                        \
	X(MOVE_INTERIM, "interim", "INT") /* an interim reply */               \
	X(MOVE_REPLY, "reply", MOVE_REPLY_CODE)                                \
	X(MOVE_REVIEW, "review", "RVW") /* 复查 asked for */                 \
	X(MOVE_REVIEWED, "reviewed", MOVE_REVIEWED_CODE) /* 复查 opinion */  \
	X(MOVE_FINAL, "final", "CHK")     /* 复核 asked for */               \
	X(MOVE_HEARING, "hearing", "HRG") /* days that do not count */         \
	X(MOVE_FINISHED, "finished", MOVE_FINISHED_CODE) /* 复核 opinion */  \
	X(MOVE_DECLINE, "decline", MOVE_DECLINE_CODE)                          \
	X(MOVE_REFUSE, "not-accepted-again", MOVE_REFUSE_CODE)                 \
	X(MOVE_WITHDRAW, "withdraw", "WDR")                                    \
	X(MOVE_MERGE, "merge", "MRG")                                          \
	X(MOVE_UNMERGE, "unmerge", "UMG")                                      \
	X(MOVE_CLOSE, "close", "CLS")                                          \
	X(MOVE_REOPEN, "reopen", "REO")                                        \
	X(MOVE_RATE, "rate", "RAT")                                            \
	X(MOVE_CALL_BACK, "call-back", "CLB")                                  \
	X(MOVE_RECUSE, "recuse",                                               \
	    MOVE_RECUSE_CODE) /* a member of staff withdraws */                \
	X(MOVE_NOTE, "note", "NOT")

#define X(name, word, code) name,
enum life_move { MOVE_LIST(X) MOVE_COUNT };
#undef X

/* Who may make a move, seen from the item. */
enum life_side {
	LIFE_BY_HOLDER,    /* the office that answers for it now */
	LIFE_BY_ADDRESSEE, /* the office it was forwarded to, before it took it */
	LIFE_BY_TAKER,     /* holder or addressee: whoever will handle it */
	LIFE_BY_SENDER,    /* the office that forwarded it */
	LIFE_BY_ABOVE,     /* an office above the one that answered (review) */
	LIFE_BY_ANY,       /* any office that holds the item */
};

/* What a move must bring with it. */
enum life_needs {
	LIFE_NEEDS_TO = 1 << 0,
	LIFE_NEEDS_DUE = 1 << 1,
	LIFE_NEEDS_TEXT = 1 << 2, /* a reason or an opinion in words */
	LIFE_NEEDS_DAYS = 1 << 3,
	LIFE_NEEDS_APPROVER = 1 << 4, /* the head, by user id */
	LIFE_NEEDS_OPINION = 1 << 5,
	LIFE_NEEDS_OUTCOME = 1 << 6,
	LIFE_NEEDS_RATING = 1 << 7,
	LIFE_NEEDS_OTHER = 1 << 8, /* the other item */
	LIFE_NEEDS_PERSON = 1 << 9,
	LIFE_NEEDS_DOCUMENT = 1 << 10,
};

/* Roles of an office's people; a bit each in life_rule.roles. */
enum life_role {
	ROLE_CLERK,
	ROLE_SUPERVISOR,
	ROLE_HEAD,
	ROLE_AUDITOR,
	ROLE_ADMINISTRATOR,
	ROLE_COUNT
};

/* Where a move leads that names no state. */
enum {
	LIFE_STAYS = -1,
	LIFE_BACK = -2, /* before the forward, the objection or the merging */
};

struct tree;

struct life_rule {
	enum life_move move;
	uint32_t from; /* BIT of each state it may be made in */
	int to;        /* enum life_state, LIFE_STAYS or LIFE_BACK */
	enum life_side side;
	unsigned needs; /* enum life_needs */
	unsigned roles; /* BIT of each role that may make it */
	const char *article;
};

/* One event of an item: filled by the caller but for the last part. */
struct life_event {
	enum life_move move;
	int64_t claimed_ms, recorded_ms, received_ms;
	char office[OFFICE_CODE_MAX + 1]; /* who recorded it */
	uint32_t incarnation;
	uint64_t sequence;
	char to[OFFICE_CODE_MAX + 1];
	int64_t due_ms;
	unsigned days;
	char opinion[CODE_MAX + 1], outcome[CODE_MAX + 1];
	int rating; /* -1: none */
	char other[ITEM_NUMBER_MAX + 1];
	bool is_refused; /* whatever the table says: never applied */
	/* Filled by life_fold. */
	bool is_applied;
	enum life_state before, after;
	char holder[OFFICE_CODE_MAX + 1]; /* who answers for it afterwards */
};

/* Where an item stands. */
struct life {
	enum life_state state;
	/* What it was before MRG, OBJ, CLS or WDR; else the state itself. */
	enum life_state paused;
	char holder[OFFICE_CODE_MAX + 1];  /* answers for it now */
	char pending[OFFICE_CODE_MAX + 1]; /* forwarded to, not taken: or "" */
	char sender[OFFICE_CODE_MAX + 1];  /* who forwarded it last, or "" */
	char replier[OFFICE_CODE_MAX + 1]; /* who answered last, or "" */
	int64_t since_ms;                  /* of the state, as claimed */
	bool is_extended;
	int rating; /* -1: not rated */
	char opinion[CODE_MAX + 1], outcome[CODE_MAX + 1];
	char merged_into[ITEM_NUMBER_MAX + 1];
	unsigned crossed; /* moves that were not applied */
};

const struct life_rule *life_rule_of(enum life_move move); /* not REGISTER */
const char *life_move_word(enum life_move move);
const char *life_move_code(enum life_move move);
const char *life_move_name(enum life_move move, enum language language);
/* MOVE_COUNT: no such move.  By word (or Chinese name), or by code. */
enum life_move life_move_of_word(const char *word);
enum life_move life_move_of_code(const char *code);
const char *life_state_code(enum life_state state);
enum life_role life_role_of_word(const char *word); /* ROLE_COUNT: none */
bool life_is_open(enum life_state state); /* somebody still owes a step */

/*
 * Put `events` into their order and apply them.  The first must be a
 * MOVE_REGISTER (CHECKed to be there); of several (a number given twice) the
 * earliest counts.  `count` <= LIFE_EVENTS_MAX.
 */
void life_fold(struct life *out, struct life_event *events, size_t count);

/* The same; a review counts only from an office that stands above the one that
 * answered.  NULL: from every other one. */
void life_fold_in(struct life *out, struct life_event *events, size_t count,
    const struct tree *tree);

/* May a move be made by `office` in this state?  `is_above`: the office is
 * above the one that answered. */
bool life_allows(const struct life *life, enum life_move move,
    const char *office, bool is_above);
/* "forward 转送, accept 受理告知": the moves open to `office` now. */
void life_moves_open(const struct life *life, const char *office, bool is_above,
    enum language language, char out[static LIFE_MOVES_TEXT_MAX]);

#endif
