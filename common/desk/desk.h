/*
 * desk - what a person asks for becomes records here, or a refusal.
 *
 * Each command is handled in three steps: read and judge it against the
 * register, seal and number what is new, record.  A refusal is one sentence
 * with a way out; nothing is recorded by a command that is refused, but in a
 * batch of arrivals each one is judged by itself.
 *
 * Here: REGISTER, ACT, DIRECTIVE_ISSUE, DIRECTIVE_MOVE, ATTACH, IDENTITY,
 * QUERY, DESTROY_KEY.  Who may ask for what stands beside them (commands.h).  Every
 * other kind is the program's (office_trade), or not known here.
 *
 * What the desk promises:
 *   1. a petitioner's identity is sealed before anything is recorded, and
 *      document, telephone and card numbers in texts are masked;
 *   2. numbers are dense per office, year and incarnation: the counter moves
 *      in the same transaction as the record that uses it;
 *   3. an arrival with a source and a number there is recorded once; asked
 *      again, the answer is its item number;
 *   4. a directive moves only as law/directive_core.c draws it, and an answer
 *      names only files that are here whole.
 *
 * Belongs to one thread.
 */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include <stdbool.h>

struct command;
struct office;
struct reply_writer;

/*
 * Handle `c` inside the turn's transaction.  The records that come of it
 * have been folded into the views when this returns.
 *
 * Results (JSON):
 *	REGISTER	{"items": [{"outcome": "recorded"|"already"|"refused",
 *			"item", "query_code", "position", "leaf",
 *			"recorded_at", "has_identity", "sentence", "field"},
 *			...]}, one for each arrival, in order; exit
 *			is "refused" only when the whole command is
 *	DIRECTIVE_ISSUE	{"id", "addressees": [...], "status", "position",
 *			"leaf"}
 *	DIRECTIVE_MOVE	{"id", "addressees": [...], "step", "status", "due",
 *			"position"}; SNT answers as DIRECTIVE_ISSUE does
 *	ATTACH		{"outcome": "recorded"|"already", "part", "parts"}
 *	IDENTITY	{"item", "step", "requester", "position"}, and for
 *			SHOW {"identities": [{"name", "document", "phone",
 *			"address"}]} besides
 *	QUERY		what the petitioner may see (identities/query.c)
 *	DESTROY_KEY	{"year", "position"}
 */
void desk_handle(struct office *o, const struct command *c,
    struct reply_writer *reply);

/* DIRECTIVE_ISSUE by the office itself: nobody has to be known for it. */
void desk_issue_by_itself(struct office *o, const struct command *c,
    struct reply_writer *reply);

#endif
