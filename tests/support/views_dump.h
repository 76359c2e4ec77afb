/* views_dump - every table of a register as bytes, to compare two of them. */
#ifndef TESTS_VIEWS_DUMP_H
#define TESTS_VIEWS_DUMP_H

#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/text.h"
#include "mech/db.h"
#include "register/views.h"

#include "support/unit.h"

/* Appends the rows of one table in a fixed order, this many columns of it. */
void dump_rows(struct db *db, const char *table, int columns,
    struct buffer *out);
/* All tables, all rows, all columns; appended, each behind its name. */
void dump(struct views *v, struct buffer *out);

#endif
