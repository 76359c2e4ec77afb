/*
 * The dates of one item as people are told them.
 *
 * The clocks are law's and the register has run them; here only those still
 * running are put in order and given their titles, as the rules called them
 * when the clock began: a slip keeps saying what it said.
 */
#include "desk/dates.h"

#include <stdlib.h>

#include "base/check.h"
#include "base/memory.h"
#include "desk/reply.h"
#include "register/lawbook.h"
#include "register/views.h"
#include "words/doc.h"

static int
by_due(const void *left, const void *right)
{
	const struct clock_row *a = left, *b = right;

	return a->due_ms < b->due_ms ? -1 : a->due_ms > b->due_ms;
}

static json_t *
date_json(struct views *v, const struct clock_row *c, const char *office)
{
	const struct rules *rules =
	    lawbook_rules(views_lawbook(v), office, c->start_ms);
	const struct rules_limit *limit = rules_limit_named(rules, c->name);
	const char *zh = limit != NULL ? limit->title[LANGUAGE_ZH] : c->name;
	const char *en = limit != NULL ? limit->title[LANGUAGE_EN] : c->name;

	return json_pack("{s:s, s:s, s:s, s:o, s:s, s:s, s:b}", "clock",
	    c->name, "title_zh", zh, "title_en", en, "due", doc_time(c->due_ms),
	    "article", c->article, "holder", c->holder, "provisional",
	    c->is_provisional);
}

json_t *
dates_of(struct views *v, const char *item)
{
	struct views_case *c = memory_new(1, sizeof(*c));
	json_t *list = json_array();

	if (views_read_case(v, item, c)) {
		qsort(c->clocks, c->clocks_count, sizeof(c->clocks[0]), by_due);
		for (size_t i = 0; i < c->clocks_count; i++) {
			const struct clock_row *row = &c->clocks[i];

			if (row->met_ms != 0 || row->stopped_ms != 0)
				continue;
			doc_add(list, date_json(v, row, c->life.holder));
		}
	}
	free(c);
	return list;
}
