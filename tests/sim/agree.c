/* agree - what all registers must say once everybody has heard everything. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/mutants.h"
#include "base/text.h"
#include "contract/limits.h"
#include "mech/db.h"
#include "register/views.h"
#include "supervise/escalation.h"
#include "supervise/handing.h"

#include "naive.h"
#include "supervise.h"

enum { TOP, CITY, KEY_MAX = 80 };

static struct views *
views_of(const struct node *n)
{
	return n->bureau->office.views;
}

/* -- lists of facts: key and text, in the order of the keys -- */

struct fact {
	char key[KEY_MAX + 1];
	char *text;
};

struct facts {
	struct fact *list;
	size_t count;
};

static void
facts_free(struct facts *f)
{
	for (size_t i = 0; i < f->count; i++)
		free(f->list[i].text);
	free(f->list);
	*f = (struct facts){ .count = 0 };
}

/* `sql` gives rows of key and text, ordered by the key, each once. */
static struct facts
ask(const struct node *n, const char *sql)
{
	struct stmt *s = db_prepare(views_db(views_of(n)), sql);
	struct facts f = { .count = 0 };
	size_t room = 0;

	while (db_next(s)) {
		if (f.count == room) {
			room = room * 2 + 64;
			f.list = memory_grow(f.list, room, sizeof(*f.list));
		}
		CHECK(text_copy(f.list[f.count].key, KEY_MAX + 1,
			  db_column_text(s, 0)) == RC_OK);
		f.list[f.count++].text = memory_text(db_column_text(s, 1));
	}
	db_finish(s);
	return f;
}

static const char *
find(const struct facts *f, const char *key)
{
	size_t low = 0, high = f->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(f->list[middle].key, key);

		if (order == 0)
			return f->list[middle].text;
		if (order < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return NULL;
}

static bool
is_same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* -- 1. folded bit by bit is folded at once -- */

static void
dump_table(struct db *db, const char *table, int columns, struct buffer *out)
{
	char sql[200];
	struct stmt *s;

	CHECK(text_format(sql, sizeof(sql),
		  "SELECT *, 0 FROM \"%s\" ORDER BY 1, 2%s", table,
		  columns > 2 ? ", 3" : "") == RC_OK);
	s = db_prepare(db, sql);
	while (db_next(s)) {
		for (int i = 0; i < columns; i++) {
			CHECK(
			    buffer_append(out, db_column_span(s, i)) == RC_OK);
			CHECK(buffer_append(out, span_of("|", 1)) == RC_OK);
		}
		CHECK(buffer_append(out, span_of("\n", 1)) == RC_OK);
	}
	db_finish(s);
}

static void
compare_table(struct node *n, struct views *again, const char *table,
    int columns)
{
	struct buffer a = { 0 }, b = { 0 };

	dump_table(views_db(views_of(n)), table, columns, &a);
	dump_table(views_db(again), table, columns, &b);
	if (!span_equal(buffer_span(&a), buffer_span(&b))) {
		world_broken(n->world,
		    "%s: table %s differs from the one folded at once",
		    n->office, table);
		if (n->world->is_verbose) {
			(void)printf("--- as it came\n%.*s--- at once\n%.*s",
			    (int)a.size, (const char *)a.at, (int)b.size,
			    (const char *)b.at);
		}
	}
	buffer_clear(&a);
	buffer_clear(&b);
}

static void
follow_all(struct views *v)
{
	views_begin(v);
	while (views_follow(v, 0))
		;
	views_commit(v);
}

static void
check_fold(struct node *n)
{
	struct views *again;
	struct stmt *s;

	follow_all(views_of(n));
	CHECK(views_open_file(":memory:", true, &again) == RC_OK);
	supervise_fold(n, again);
	follow_all(again);
	s = db_prepare(views_db(again),
	    "SELECT t.name, (SELECT count(*) FROM pragma_table_info(t.name))"
	    " FROM sqlite_schema t WHERE type = 'table'");
	while (db_next(s)) {
		compare_table(n, again, db_column_text(s, 0),
		    (int)db_column_i64(s, 1));
	}
	db_finish(s);
	views_close(again);
}

/* -- 2. whoever knows the same of an item says the same of it -- */

/*
 * A record is what was said and when: after a lost disk the same one stands
 * in another place, and another one in its place.
 */
static const char item_evidence[] =
    "SELECT item, group_concat(e, ' ') FROM ("
    " SELECT DISTINCT item, 'P' || office || '/' || recorded_ms AS e"
    "  FROM petition UNION SELECT item, 'M' || origin || '/' || recorded_ms"
    "  || move || to_office || due_ms FROM move ORDER BY 1, 2)"
    " GROUP BY item ORDER BY 1";

static const char item_result[] =
    "SELECT item, state || ' ' || holder || ' ' || pending || ' ' || sender"
    " || ' ' || replier || ' ' || since_ms || ' ' || is_extended || ' ' ||"
    " rating || ' ' || opinion || ' ' || outcome || ' ' || merged_into ||"
    " ' ' || crossed FROM item_now ORDER BY item";

static const char clock_result[] =
    "SELECT item, group_concat(e, ' ') FROM (SELECT item, name || round ||"
    " ':' || start_move || start_ms || '-' || due_ms || ' met ' || met_ms ||"
    " ' stopped ' || stopped_ms || '+' || extra_days || ' ' || holder AS e"
    " FROM clock ORDER BY item, name, round) GROUP BY item ORDER BY item";

/*
 * Reports of wrongdoing go by other rules, and so does what stays at home and
 * whatever was ever named together with either.
 */
static const char not_for_all[] =
    "WITH RECURSIVE h (item) AS (SELECT item FROM petition_accused"
    " UNION SELECT item FROM held_back"
    " UNION SELECT l.matter FROM h JOIN matter_link l USING (item)"
    " UNION SELECT l.item FROM h JOIN matter_link l ON l.matter = h.item"
    " UNION SELECT m.item FROM h JOIN move m ON m.other = h.item"
    " UNION SELECT p.item FROM h JOIN petition p ON p.earlier_item = h.item)"
    " SELECT item, '' FROM h ORDER BY 1";

static const char rules_there[] =
    "SELECT 'rules', group_concat(e, ' ') FROM (SELECT origin || position AS e"
    " FROM (SELECT origin, version AS position FROM published) ORDER BY 1)";

struct known {
	struct facts evidence, item, clock, hidden, rules;
};

static void
learn(const struct node *n, struct known *out)
{
	out->evidence = ask(n, item_evidence);
	out->item = ask(n, item_result);
	out->clock = ask(n, clock_result);
	out->hidden = ask(n, not_for_all);
	out->rules = ask(n, rules_there);
}

static void
forget(struct known *k)
{
	facts_free(&k->evidence);
	facts_free(&k->item);
	facts_free(&k->clock);
	facts_free(&k->hidden);
	facts_free(&k->rules);
}

/* For --verbose: what an office holds of an item. */
static void
tell_item(const struct node *n, const char *item)
{
	static const struct {
		const char *sql;
		int columns;
	} asked[] = {
		{ "SELECT * FROM petition WHERE item = ?", 14 },
		{ "SELECT * FROM move WHERE item = ? ORDER BY recorded_ms",
		    14 },
		{ "SELECT * FROM ignored WHERE item = ?", 4 },
		{ "SELECT * FROM item_now WHERE item = ?", 13 },
		{ "SELECT * FROM matter_link WHERE item = ?", 8 },
		{ "SELECT * FROM escalation_said WHERE item = ?", 12 },
		{ "SELECT code, parent, state FROM office WHERE ? <> ''", 3 },
	};

	if (!n->world->is_verbose)
		return;
	(void)printf("  %s:\n", n->office);
	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++) {
		struct stmt *s =
		    db_prepare(views_db(views_of(n)), asked[i].sql);

		db_bind_text(s, item);
		while (db_next(s)) {
			(void)printf("    ");
			for (int k = 0; k < asked[i].columns; k++)
				(void)printf("%s|", db_column_text(s, k));
			(void)printf("\n");
		}
		db_finish(s);
	}
}

static void
differ(const struct node *a, const struct node *b, const char *what,
    const char *key, const char *in_a, const char *in_b)
{
	world_broken(a->world, "%s of %s: at %s and %s", what, key, a->office,
	    b->office);
	if (a->world->is_verbose) {
		(void)printf("    %s\n    %s\n", in_a != NULL ? in_a : "none",
		    in_b != NULL ? in_b : "none");
	}
	tell_item(a, key);
	tell_item(b, key);
}

/* Must `lower` know all that `upper` knows of it, and the other way round? */
static bool
must_agree(const struct node *upper, const struct node *lower, const char *item)
{
	if (upper->world->was_restored)
		return false;
	return upper->index == TOP
		   ? strncmp(item, "9901", 4) == 0
		   : strncmp(item, lower->office, strlen(lower->office)) == 0;
}

static void
compare_items(const struct node *a, const struct node *b,
    const struct known *ka, const struct known *kb)
{
	bool same_rules =
	    is_same(find(&ka->rules, "rules"), find(&kb->rules, "rules"));

	for (size_t i = 0; i < ka->evidence.count; i++) {
		const char *item = ka->evidence.list[i].key;
		const char *ea = ka->evidence.list[i].text;
		const char *eb = find(&kb->evidence, item);

		if (!is_same(ea, eb)) {
			if (must_agree(a, b, item) &&
			    find(&ka->hidden, item) == NULL &&
			    find(&kb->hidden, item) == NULL)
				differ(a, b, "records", item, ea, eb);
			continue;
		}
		if (!is_same(find(&ka->item, item), find(&kb->item, item)) &&
		    find(&ka->item, item) != find(&kb->item, item)) {
			differ(a, b, "state", item, find(&ka->item, item),
			    find(&kb->item, item));
		}
		if (same_rules &&
		    !is_same(find(&ka->clock, item), find(&kb->clock, item)) &&
		    find(&ka->clock, item) != find(&kb->clock, item)) {
			differ(a, b, "clocks", item, find(&ka->clock, item),
			    find(&kb->clock, item));
		}
	}
}

static void
check_items(struct world *w)
{
	struct known known[WORLD_NODES];

	for (unsigned i = 0; i < WORLD_NODES; i++)
		learn(&w->nodes[i], &known[i]);
	for (unsigned a = 0; a < WORLD_NODES; a++) {
		for (unsigned b = a + 1; b < WORLD_NODES; b++) {
			if ((unsigned)w->nodes[b].parent == a) {
				compare_items(&w->nodes[a], &w->nodes[b],
				    &known[a], &known[b]);
			}
		}
	}
	check_clocks(&w->nodes[TOP], w);
	for (unsigned i = 0; i < WORLD_NODES; i++)
		forget(&known[i]);
}

/* -- 3. matters -- */

static const char link_rows[] =
    "SELECT origin || '/' || incarnation || '/' || sequence, item || ' ' ||"
    " matter FROM matter_link WHERE verdict IN ('LINK', 'SPLIT') ORDER BY 1";
static const char linked_items[] =
    "SELECT item, coalesce((SELECT matter FROM item_matter m"
    " WHERE m.item = i.item), item) FROM (SELECT item FROM matter_link"
    " UNION SELECT matter FROM matter_link) i ORDER BY 1";

/* All words about the items that hang together with `item`. */
static void
gather_words(const struct facts *links, const char *item, struct buffer *out)
{
	bool *is_in = memory_new(links->count + 1, sizeof(*is_in));
	struct buffer items = { 0 };
	bool grows = true;

	CHECK(buffer_append(&items, span_of_text(item)) == RC_OK);
	CHECK(buffer_append(&items, span_of("\0", 1)) == RC_OK);
	while (grows) {
		grows = false;
		for (size_t i = 0; i < links->count; i++) {
			const char *pair = links->list[i].text;
			const char *second = strchr(pair, ' ') + 1;
			size_t first = (size_t)(second - pair) - 1;

			items.at[items.size - 1] = '\0';
			if (is_in[i] ||
			    (strstr((char *)items.at, second) == NULL &&
				memmem(items.at, items.size, pair, first) ==
				    NULL))
				continue;
			is_in[i] = grows = true;
			items.at[items.size - 1] = ' ';
			CHECK(
			    buffer_append(&items, span_of_text(pair)) == RC_OK);
			CHECK(buffer_append(&items, span_of("\0", 1)) == RC_OK);
		}
	}
	for (size_t i = 0; i < links->count; i++) {
		if (!is_in[i])
			continue;
		CHECK(buffer_append(out, span_of_text(links->list[i].key)) ==
		      RC_OK);
		CHECK(buffer_append(out, span_of(" ", 1)) == RC_OK);
	}
	buffer_clear(&items);
	free(is_in);
}

static void
compare_matters(const struct node *a, const struct node *b)
{
	struct facts la = ask(a, link_rows), lb = ask(b, link_rows);
	struct facts ma = ask(a, linked_items), mb = ask(b, linked_items);

	for (size_t i = 0; i < ma.count; i++) {
		const char *item = ma.list[i].key;
		const char *other = find(&mb, item);
		struct buffer wa = { 0 }, wb = { 0 };

		if (other != NULL && strcmp(other, ma.list[i].text) != 0) {
			gather_words(&la, item, &wa);
			gather_words(&lb, item, &wb);
			if (span_equal(buffer_span(&wa), buffer_span(&wb))) {
				differ(a, b, "matter", item, ma.list[i].text,
				    other);
			}
		}
		buffer_clear(&wa);
		buffer_clear(&wb);
	}
	facts_free(&la);
	facts_free(&lb);
	facts_free(&ma);
	facts_free(&mb);
}

/* -- 4. escalations and directives -- */

static const char escalation_evidence[] =
    "SELECT id || ' ' || item, group_concat(e, ' ') FROM (SELECT DISTINCT"
    " id, item, revision || ' ' || matter || office || lower_state ||"
    " lawfulness || knew_before || lower_item AS e FROM escalation"
    " ORDER BY 1, 2, revision) GROUP BY id, item ORDER BY 1";
static const char escalation_result[] =
    "SELECT id || ' ' || item, revision || ' ' || at_ms || ' ' || office"
    " FROM escalation_now ORDER BY 1";

static const char directive_rows[] =
    "SELECT id || ' ' || addressee, count(*) FROM directive_now GROUP BY 1"
    " ORDER BY 1";
static const char directive_evidence[] =
    "SELECT id || ' ' || addressee, group_concat(e, ' ') FROM ("
    " SELECT DISTINCT id, addressee, origin || status || recorded_ms || '/' ||"
    " due_ms AS e FROM directive_step ORDER BY 1, 2, 3)"
    " GROUP BY id, addressee ORDER BY 1";
static const char directive_result[] =
    "SELECT id || ' ' || addressee, status || ' ' || due_ms || ' ' ||"
    " asked_ms FROM directive_now ORDER BY 1";

/* What one parent and its child know of both, and what they make of it. */
static void
compare_results(const struct node *a, const struct node *b, const char *what,
    const char *evidence, const char *result)
{
	struct facts ea = ask(a, evidence), eb = ask(b, evidence);
	struct facts ra = ask(a, result), rb = ask(b, result);

	for (size_t i = 0; i < rb.count; i++) {
		const char *key = rb.list[i].key;
		const char *in_a = find(&ra, key);
		const char *wa = find(&ea, key), *wb = find(&eb, key);

		if (in_a == NULL)
			continue;
		if (wa != wb && !is_same(wa, wb)) {
			/* A notice need not be restated to whom it is
			 * barred by now. */
			if (!a->world->was_restored &&
			    strncmp(key, "D", 1) == 0)
				differ(a, b, "steps", key, wa, wb);
			continue;
		}
		if (!is_same(in_a, rb.list[i].text))
			differ(a, b, what, key, in_a, rb.list[i].text);
	}
	facts_free(&ea);
	facts_free(&eb);
	facts_free(&ra);
	facts_free(&rb);
}

static void
check_directives_once(const struct node *n)
{
	struct facts rows = ask(n, directive_rows);

	for (size_t i = 0; i < rows.count; i++) {
		if (strcmp(rows.list[i].text, "1") != 0) {
			world_broken(n->world,
			    "%s: directive %s stands in %s "
			    "places",
			    n->office, rows.list[i].key, rows.list[i].text);
		}
	}
	facts_free(&rows);
}

/* -- 5. nothing is quarantined, as everybody is honest -- */

static void
check_quarantine(const struct node *n)
{
	struct stmt *s = db_prepare(views_db(views_of(n)),
	    "SELECT position, reason FROM quarantine LIMIT 1");

	if (db_next(s)) {
		world_broken(n->world, "%s: position %llu: %s", n->office,
		    (unsigned long long)db_column_u64(s, 0),
		    db_column_text(s, 1));
	}
	db_finish(s);
}

/* -- 6. nothing is left to do -- */

/* For --verbose: what should have been recorded before. */
static void
tell_new(const struct node *n, uint64_t before)
{
	struct store_row row;

	journal_walk(n->journal, before + 1);
	while (n->world->is_verbose && journal_next(n->journal, &row)) {
		for (size_t i = 0; i < row.bytes.size; i++) {
			(void)putchar(
			    row.bytes.at[i] >= ' ' && row.bytes.at[i] < 127
				? row.bytes.at[i]
				: '.');
		}
		(void)putchar('\n');
	}
	journal_stop(n->journal);
}

/* Nothing more may come of an item: what was recorded is told, once. */
static void
check_idle(struct node *n, uint64_t before, const char *forgot,
    const char *item)
{
	if (journal_end(n->journal) == before || n->world->why[0] != '\0')
		return;
	tell_new(n, before);
	tell_item(n, item);
	world_broken(n->world, "%s forgot to %s %s", n->office, forgot, item);
}

/* Whoever checks that all was judged again does judge again. */
static void
judge_again(struct office *o, const struct roster *r, const char *item)
{
#ifdef PETITION_MUTANTS
	enum mutant active = mutant_active;

	if (active == MUTANT_NEVER_RESTATED)
		mutant_active = MUTANT_NONE;
	escalation_again(o, r, item);
	mutant_active = active;
#else
	escalation_again(o, r, item);
#endif
}

static void
check_done(struct node *n)
{
	struct office *o = &n->bureau->office;
	const struct roster *r = &n->bureau->roster;
	uint64_t before = journal_end(o->journal);
	struct facts items = ask(n, item_evidence);
	struct facts hidden = ask(n, not_for_all);

	journal_begin(o->journal);
	views_begin(o->views);
	for (size_t i = 0; i < items.count; i++) {
		const char *item = items.list[i].key;

		/* What was kept back because of a report may be late. */
		if (find(&hidden, item) != NULL)
			continue;
		handing_item(o, r, item);
		check_idle(n, before, "hand down", item);
		escalation_of_item(o, r, item);
		check_idle(n, before, "escalate", item);
		/* New rules move the limits; nobody is judged by them. */
		if (!n->world->has_published)
			judge_again(o, r, item);
		check_idle(n, before, "judge again", item);
	}
	journal_commit(o->journal);
	views_commit(o->views);
	facts_free(&hidden);
	facts_free(&items);
}

/* -- 7. nobody who is reported ever sees it, in whatever form -- */

struct report {
	char item[ITEM_NUMBER_MAX + 1];
	char accused[OFFICE_CODE_MAX + 1];
};

static void
check_bytes(const struct node *n, const char *item, const char *accused)
{
	for (size_t i = 0; i < store_ram_rows(n->store); i++) {
		const struct store_row *row = store_ram_row(n->store, i);

		if (memmem(row->bytes.at, row->bytes.size, item,
			strlen(item)) == NULL)
			continue;
		for (size_t k = 0; n->world->is_verbose && k < row->bytes.size;
		     k++) {
			(void)putchar(
			    row->bytes.at[k] >= ' ' && row->bytes.at[k] < 127
				? row->bytes.at[k]
				: '.');
		}
		world_broken(n->world,
		    "%s holds something of %s, which reports %s (position "
		    "%zu, kind %u)",
		    n->office, item, accused, i + 1, row->kind);
		return;
	}
}

/* A number that was given twice may stand for something else. */
static void
check_secrecy(struct world *w)
{
	for (unsigned i = 0; i < WORLD_NODES; i++) {
		struct facts reports = ask(&w->nodes[i],
		    "SELECT DISTINCT a.office || ' ' || a.item, a.item"
		    " FROM petition_accused a WHERE (SELECT count(*)"
		    "  FROM petition p WHERE p.item = a.item) = 1 ORDER BY 1");

		for (size_t k = 0; !w->was_restored && k < reports.count; k++) {
			char accused[OFFICE_CODE_MAX + 1];
			const char *item = reports.list[k].text;

			CHECK(text_copy_span(accused, sizeof(accused),
				  span_of(reports.list[k].key,
				      strcspn(reports.list[k].key, " "))) ==
			      RC_OK);
			for (unsigned m = 0; m < WORLD_NODES; m++) {
				const char *office = w->nodes[m].office;

				if (node_is_below(office, accused) &&
				    strncmp(item, office, strlen(office)) !=
					0) {
					check_bytes(&w->nodes[m], item,
					    accused);
				}
			}
		}
		facts_free(&reports);
	}
}

/* -- all of it -- */

void
check_supervision(struct world *w)
{
	for (unsigned i = 0; i < WORLD_NODES; i++) {
		check_fold(&w->nodes[i]);
		if (!w->was_restored)
			check_quarantine(&w->nodes[i]);
		check_directives_once(&w->nodes[i]);
	}
	check_items(w);
	for (unsigned i = 1; i < WORLD_NODES; i++) {
		struct node *child = &w->nodes[i];
		struct node *parent = &w->nodes[child->parent];

		compare_matters(parent, child);
		compare_results(parent, child, "escalation",
		    escalation_evidence, escalation_result);
		compare_results(parent, child, "directive", directive_evidence,
		    directive_result);
	}
	check_secrecy(w);
	check_done(&w->nodes[TOP]);
	check_done(&w->nodes[CITY]);
}
