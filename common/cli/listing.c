/*
 * listing - one list command.
 *
 * An array is written as its rows come, so a register of any size passes
 * through in little memory; a table has to be held, and is for people, who
 * see CLI_LIMIT_FOR_PEOPLE rows unless they ask for more.
 */
#include "cli/listing.h"

#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "words/table.h"

/* What the rows of one list become. */
struct output {
	const struct cli *cli;
	const struct listing *listing;
	struct cli_array array;
	struct table *table; /* NULL: each row is printed for itself */
	uint64_t shown;
	bool is_noted; /* one of them was of that kind */
};

struct table *
listing_table(const struct cli *cli, const enum say *heads, uint32_t right)
{
	const char *words[TABLE_COLUMNS_MAX + 1] = { NULL };
	struct table *t;
	size_t count = 0;

	for (; heads[count] != SAY_COUNT; count++)
		words[count] = cli_word(cli, heads[count]);
	t = table_new(words);
	for (size_t i = 0; i < count; i++) {
		if ((right >> i & 1) != 0)
			table_right(t, i);
	}
	return t;
}

static void
add_to_array(void *context, json_t *row)
{
	struct output *out = context;

	cli_array_add(&out->array, row);
}

static void
show_row(void *context, json_t *row)
{
	struct output *out = context;
	const struct listing *l = out->listing;

	if (out->table != NULL) {
		l->cells(out->cli, out->table, row);
	} else {
		l->print(out->cli, row);
	}
	out->is_noted |= l->is_noted == NULL || l->is_noted(row);
	out->shown++;
	json_decref(row);
}

static void
print_array(const struct cli *cli, const struct listing *l,
    const struct reading *r, const void *filter)
{
	struct output out = { .cli = cli, .listing = l };

	(void)l->ask(r, filter, add_to_array, &out);
	cli_array_end(&out.array);
}

/* Takes the table. */
static void
print_rows(struct output *out)
{
	const struct listing *l = out->listing;

	if (out->shown == 0 && l->none != 0) {
		cli_say(out->cli, stdout, l->none, NULL);
		table_free(out->table);
		return;
	}
	if (out->table != NULL)
		cli_print_table(out->table);
	if (out->is_noted && l->note != 0)
		cli_say(out->cli, stdout, l->note, NULL);
}

static void
print_for_people(const struct cli *cli, const struct listing *l,
    const struct reading *r, const void *filter)
{
	struct output out = { .cli = cli, .listing = l };
	bool is_more;

	if (l->heads != NULL)
		out.table = listing_table(cli, l->heads, l->right);
	is_more = l->ask(r, filter, show_row, &out);
	print_rows(&out);
	if (is_more && l->is_long) {
		cli_print_more(cli, out.shown);
	} else if (is_more) {
		cli_print_shown(cli, out.shown, l->count(r, filter));
	}
}

int
listing_run(struct cli *cli, const struct listing *l, const void *filter)
{
	struct reading r;
	int status = cli_reading_open(cli, &r);

	if (status == EXIT_DONE) {
		if (cli_takes(cli, "count") && cli_has(cli, "count")) {
			cli_print_count(cli, l->count(&r, filter));
		} else if (cli_has(cli, "json")) {
			print_array(cli, l, &r, filter);
		} else {
			print_for_people(cli, l, &r, filter);
		}
		if (l->follows)
			cli_say_behind(cli, &r);
	}
	cli_reading_close(cli);
	return status;
}
