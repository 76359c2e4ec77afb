/*
 * office_internal - shared by the office's own files and by nobody else.
 *
 *	office.c	opening, closing, time, space
 *	make.c		a new one
 *	follow.c	the register, brought up to the journal
 *	relay_hooks.c	what the relay asks of its owner
 *	settings.c	office.ini
 */
#ifndef OFFICE_OFFICE_INTERNAL_H
#define OFFICE_OFFICE_INTERNAL_H

#include "office/office.h"

/* Faults; each returns `rc`. */
enum rc office_fail(struct office_fault *fault, enum rc rc,
    enum exit_status exit, enum language language, enum say id,
    const char *what);
/* A database or a folder could not be opened. */
enum rc office_fail_file(struct office_fault *fault, enum rc rc,
    enum language language, const char *path);
enum rc office_fail_keys(struct office_fault *fault, enum rc rc,
    enum language language, const char *dir);

/* Rungs of the ladder, in this order. */
struct office *office_new(const char *dir, const struct office_trade *trade,
    const struct office_options *options);
enum rc office_take_lock(struct office *o, struct office_fault *fault);
enum rc office_set_mark(struct office *o, struct office_fault *fault);
enum rc office_open_ledger(struct office *o, struct office_fault *fault);
enum rc office_open_views(struct office *o, struct office_fault *fault);
void office_open_relay(struct office *o);

/* What a row of the journal changes in the register; inside its transaction. */
void office_fold_row(struct views *v, struct journal *j,
    const struct store_row *row);

#endif
