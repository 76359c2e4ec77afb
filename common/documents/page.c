/*
 * page - the rows of a list up to its limit.
 *
 * SQL is asked for one row more than is wanted: then it need not sort or read
 * what nobody will see, and whether there is more is known without counting.
 */
#include "documents/page.h"

#include "mech/db.h"
#include "mech/query.h"

void
page_limit(struct query *q, int64_t limit)
{
	query_number(q, " LIMIT ?", limit > 0 ? limit + 1 : 0);
}

bool
page_takes(struct page *p)
{
	p->is_more = p->limit > 0 && p->given == p->limit;
	p->given += !p->is_more;
	return !p->is_more;
}

bool
page_next(struct page *p, struct stmt *s)
{
	return db_next(s) && page_takes(p);
}
