/*
 * page - the rows of a list up to its limit, and whether there are more.
 *
 *	page_limit(&q, f->limit);
 *	s = query_open(r->db, &q);
 *	while (page_next(&page, s))
 *		row(context, ...);
 *	db_finish(s);
 *	return page.is_more;
 *
 * A plain value: `struct page page = { .limit = f->limit };`.  Belongs to one
 * thread.
 */
#ifndef DOCUMENTS_PAGE_H
#define DOCUMENTS_PAGE_H

#include <stdbool.h>
#include <stdint.h>

struct query;
struct stmt;

struct page {
	int64_t limit; /* rows that are wanted; 0: all */
	int64_t given; /* so far */
	bool is_more;  /* a row beyond the limit was seen */
};

/* " LIMIT ?" at the end of the question: one row more than is wanted. */
void page_limit(struct query *q, int64_t limit);

/* Step to the next row that is wanted.  False: that was all. */
bool page_next(struct page *p, struct stmt *s);
/* The same where rows are found by other means: may one more be given? */
bool page_takes(struct page *p);

#endif
