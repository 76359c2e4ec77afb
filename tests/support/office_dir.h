/* office_dir - a folder of its own for each test that makes offices. */
#ifndef TESTS_OFFICE_DIR_H
#define TESTS_OFFICE_DIR_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "office/office.h"

#include "support/unit.h"

/*
 * For TEST_WITH: `state` is the path of a new folder below TMPDIR.  What is
 * refused on purpose is logged on purpose: the log is silent until the folder
 * is removed, with all that stands in it.
 */
int office_dir_make(void **state);
int office_dir_remove(void **state);
/* That silence, for log_set_sink. */
void office_dir_sink(enum log_level level, const char *line);

/*
 * Make the office `code` in DIR/`code` if it is not there, and open it.
 * `listen`: NULL or "" for an office with nobody below.  office_close it.
 */
struct office *office_dir_office(const char *dir,
    const struct office_trade *trade, const char *code, const char *listen);

#endif
