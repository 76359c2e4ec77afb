/*
 * published - the data files of the law that an office goes by: rules,
 * calendar, and the lists that hubs publish with them.
 *
 * The document:
 *	sort, version, publisher, effective (of one compiled in "" and null),
 *	text
 */
#ifndef DOCUMENTS_PUBLISHED_H
#define DOCUMENTS_PUBLISHED_H

#include "documents/reading.h"

/*
 * The file of this sort (law/limits/publication.h) that holds now.  Of rules
 * and calendar: what this office counts by, the one compiled in where nobody
 * published any.  Of lists: what was published last by anybody above; NULL
 * when nothing was.
 */
json_t *documents_published(const struct reading *r, const char *sort);

#endif
