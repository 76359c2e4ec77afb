/*
 * supervise - what the ladder asks for, as a list.
 *
 * The register is read page by page, as the hub's own policy reads it, so
 * that list and policy can never differ.
 */
#include "documents/supervise.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "documents/page.h"
#include "register/ask/supervise.h"
#include "words/doc.h"

/* -- reading all of it -- */

void
supervise_all(const struct reading *r, int64_t at_ms, enum rung most,
    supervise_each *each, void *context)
{
	struct supervise_row *rows = memory_new(SUPERVISE_PAGE, sizeof(*rows));
	struct supervise_cursor cursor = { 0 };
	bool goes_on = true;

	while (goes_on && !cursor.is_end) {
		size_t count = supervise_page(r->views, r->office, at_ms, most,
		    &cursor, rows);

		for (size_t i = 0; goes_on && i < count; i++)
			goes_on = each(context, &rows[i]);
	}
	free(rows);
}

static int64_t
moment_of(const struct reading *r, const struct supervise_filter *f)
{
	return f->as_of_ms != 0 ? f->as_of_ms : r->now_ms;
}

static bool
fits(const char *wanted, const char *found)
{
	return wanted == NULL || strcmp(wanted, found) == 0;
}

static bool
is_wanted(const struct supervise_filter *f, const struct supervise_row *row)
{
	return !row->is_covered && fits(f->kind, ladder_kind(row->rung)) &&
	       fits(f->clock, row->clock) && fits(f->office, row->holder) &&
	       fits(f->item, row->item);
}

/* -- the list -- */

struct list {
	const struct supervise_filter *filter;
	struct page page;
	uint64_t count;
	documents_row *row;
	void *context;
};

static json_t *
present_row(const struct supervise_row *row)
{
	json_t *out = json_object();

	doc_set(out, "item", doc_text(row->item));
	doc_set(out, "clock", doc_text(row->clock));
	doc_set(out, "round", json_integer(row->round));
	doc_set(out, "holder", doc_text(row->holder));
	doc_set(out, "to", doc_text(row->to));
	doc_set(out, "due", doc_time(row->due_ms));
	doc_set(out, "days_over", json_integer(row->days_over));
	doc_set(out, "kind", doc_text(ladder_kind(row->rung)));
	doc_set(out, "is_reminder", json_boolean(row->rung == RUNG_REMIND));
	doc_set(out, "accused", json_boolean(row->is_barred));
	return out;
}

static bool
give_wanted(void *context, const struct supervise_row *row)
{
	struct list *list = context;

	if (!is_wanted(list->filter, row))
		return true;
	if (!page_takes(&list->page))
		return false;
	list->row(list->context, present_row(row));
	return true;
}

bool
documents_supervise(const struct reading *r, const struct supervise_filter *f,
    documents_row *row, void *context)
{
	struct list list = { .filter = f,
		.page = { .limit = f->limit },
		.row = row,
		.context = context };

	supervise_all(r, moment_of(r, f), RUNG_GP, give_wanted, &list);
	return list.page.is_more;
}

static bool
count_wanted(void *context, const struct supervise_row *row)
{
	struct list *list = context;

	list->count += is_wanted(list->filter, row);
	return true;
}

uint64_t
documents_supervise_count(const struct reading *r,
    const struct supervise_filter *f)
{
	struct list list = { .filter = f };

	supervise_all(r, moment_of(r, f), RUNG_GP, count_wanted, &list);
	return list.count;
}
