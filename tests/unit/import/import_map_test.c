#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "import/import_map.h"

#include "support/unit.h"

#define LEAST "[import]\nsource = s\n[fields]\nchannel = LD\nsubject = {t}\n"

static struct import_map *
parse(const char *text)
{
	struct import_map *map;
	struct import_fault fault;
	enum rc rc = import_map_parse(span_of_text(text), "m", LANGUAGE_EN,
	    &map, &fault);

	if (rc != RC_OK)
		fail_msg("%s", fault.sentence);
	return map;
}

/* The map is refused with a sentence that holds `words`. */
static void
expect_fault(const char *text, const char *words)
{
	struct import_map *map;
	struct import_fault fault;

	assert_int_equal(import_map_parse(span_of_text(text), "m", LANGUAGE_EN,
			     &map, &fault),
	    RC_MALFORMED);
	assert_null(map);
	if (strstr(fault.sentence, words) == NULL)
		fail_msg("'%s' is not in: %s", words, fault.sentence);
}

/* The field, filled in from one cell for every column. */
static void
expect_filled(const struct import_map *map, enum import_field field,
    const char *cell, const char *wanted)
{
	struct span cells[8];
	struct buffer out = { 0 };

	for (size_t i = 0; i < 8; i++)
		cells[i] = span_of_text(cell);
	import_map_fill(map, field, cells, &out);
	assert_int_equal(out.size, strlen(wanted));
	if (out.size > 0)
		assert_memory_equal(out.at, wanted, out.size);
	buffer_clear(&out);
}

TEST(test_a_least_map_is_enough)
{
	struct import_map *map = parse(LEAST);

	(void)state;
	assert_string_equal(import_map_source(map), "s");
	assert_true(import_map_has_header(map));
	assert_int_equal(import_map_format(map)->delimiter, ',');
	assert_int_equal(import_map_columns(map), 1);
	assert_string_equal(import_map_column(map, 0), "t");
	assert_false(import_map_has(map, IMPORT_PLACE));
	import_map_free(map);
}

TEST(test_templates_mix_columns_text_and_defaults)
{
	struct import_map *map =
	    parse(LEAST "text = {{{t}}} at {place|no place}\\n\\\\end\n"
			"  second line {t|-}\n");

	(void)state;
	expect_filled(map, IMPORT_TEXT, "x", "{x} at x\n\\end\nsecond line x");
	expect_filled(map, IMPORT_TEXT, " ",
	    "{} at no place\n\\end\nsecond line -");
	expect_filled(map, IMPORT_PLACE, "x", "");
	import_map_free(map);
}

TEST(test_cells_lose_blanks_of_every_width)
{
	struct import_map *map = parse(LEAST);

	(void)state;
	expect_filled(map, IMPORT_SUBJECT, "　 \t标 题\xc2\xa0\r\n", "标 题");
	expect_filled(map, IMPORT_SUBJECT, "\xef\xbb\xbf　", "");
	expect_filled(map, IMPORT_SUBJECT,
	    "a\r\nb\rc\td\x01"
	    "e",
	    "a\nb\nc de");
	import_map_free(map);
}

static void
expect_mapped(const struct import_map *map, const char *text,
    const char *wanted)
{
	struct span value;

	assert_int_equal(import_map_value(map, IMPORT_CHANNEL,
			     span_of_text(text), &value),
	    RC_OK);
	assert_true(span_equal(value, span_of_text(wanted)));
}

TEST(test_the_closest_value_wins)
{
	struct import_map *map =
	    parse(LEAST "[values channel]\n* = CZ\n"
			"Ph* = LX\nPhone* = LD\nPhone = WX\nnone =\n");

	(void)state;
	expect_mapped(map, "Phone", "WX");
	expect_mapped(map, "Phone call", "LD");
	expect_mapped(map, "Photo", "LX");
	expect_mapped(map, "other", "CZ");
	expect_mapped(map, "none", "");
	import_map_free(map);
}

TEST(test_a_value_without_an_entry_is_none)
{
	struct import_map *map = parse(LEAST "[values channel]\nPhone = LD\n");
	struct span value;

	(void)state;
	assert_int_equal(import_map_value(map, IMPORT_CHANNEL,
			     span_of_text("pigeon"), &value),
	    RC_NONE);
	assert_int_equal(import_map_value(map, IMPORT_SUBJECT,
			     span_of_text("pigeon"), &value),
	    RC_OK);
	assert_true(span_equal(value, span_of_text("pigeon")));
	import_map_free(map);
}

TEST(test_rows_are_skipped_on_purpose)
{
	struct import_map *map =
	    parse(LEAST "[skip]\nstate = Closed*\n  Test\nstate = x\n");
	struct span cells[2] = { { 0 } };

	(void)state;
	cells[0] = span_of_text("t");
	cells[1] = span_of_text(" Closed (again) ");
	assert_true(import_map_skips(map, cells));
	cells[1] = span_of_text("Test");
	assert_true(import_map_skips(map, cells));
	cells[1] = span_of_text("x");
	assert_true(import_map_skips(map, cells));
	cells[1] = span_of_text("Open");
	assert_false(import_map_skips(map, cells));
	import_map_free(map);
}

static void
expect_time(const struct import_map *map, const char *text, int64_t wanted_s)
{
	int64_t wall_ms;

	assert_int_equal(import_map_time(map, span_of_text(text), &wall_ms),
	    RC_OK);
	assert_int_equal(wall_ms, wanted_s * 1000);
}

static void
expect_no_time(const struct import_map *map, const char *text, enum rc rc)
{
	int64_t wall_ms;

	assert_int_equal(import_map_time(map, span_of_text(text), &wall_ms),
	    rc);
}

TEST(test_times_follow_the_formats_in_their_order)
{
	struct import_map *map =
	    parse(LEAST "[time]\n"
			"formats = %d.%m.%Y %H:%M | %m/%d/%Y %I:%M:%S %p\n"
			"  %Y年%m月%d日\n[import]\ntime-zone = +08:00\n");

	(void)state;
	expect_time(map, "01.03.2026 08:30", 1772325000);
	expect_time(map, "03/01/2026 08:30:00 PM", 1772368200);
	expect_time(map, "2026年3月1日", 1772294400);
	expect_time(map, "2026-03-01T08:30:00+08:00", 1772325000);
	expect_no_time(map, "2026-03-01 08:30", RC_MALFORMED);
	expect_no_time(map, "29.02.2026 08:30", RC_MALFORMED);
	expect_no_time(map, "31.04.2026 08:30", RC_MALFORMED);
	expect_no_time(map, "01.03.0026 08:30", RC_MALFORMED);
	expect_no_time(map, "01.03.2026 08:30 or so", RC_MALFORMED);
	expect_no_time(map, " 　", RC_NONE);
	import_map_free(map);
}

TEST(test_usual_formats_need_no_section)
{
	struct import_map *map =
	    parse(LEAST "[import]\ntime-zone = +08:00\n[time]\nempty = now\n");

	(void)state;
	expect_time(map, "2026-03-01 08:30:00", 1772325000);
	expect_time(map, "2026/3/1 8:30", 1772325000);
	expect_time(map, "2026年3月1日8时30分", 1772325000);
	expect_time(map, "2026-03-01 08:30:00.000", 1772325000);
	expect_time(map, "", 0);
	import_map_free(map);
}

TEST(test_moves_have_names_fields_and_conditions)
{
	struct import_map *map = parse(
	    LEAST "[move.reply]\nwhen = {answered}\ntext = {a}\n\tto {t}\n"
		  "[only close.twice]\nstate = shut\n\tgone*\n"
		  "[values close.twice.outcome]\nshut = RES\n* = UNR\n"
		  "[move.close.twice]\nwhen = {answered}\noutcome = {state}\n");
	size_t outcome = import_move_slot(1, IMPORT_MOVE_OUTCOME);
	char word[MOVE_WORD_MAX + 1], name[IMPORT_SLOT_NAME_MAX + 1];
	struct span cells[8], value;

	(void)state;
	assert_int_equal(import_map_moves(map), 2);
	import_map_move_word(map, 1, word);
	assert_string_equal(word, "close");
	import_map_slot_name(map, outcome, name);
	assert_string_equal(name, "close.twice.outcome");
	assert_int_equal(import_map_value(map, outcome, span_of_text("gone"),
			     &value),
	    RC_OK);
	assert_memory_equal(value.at, "UNR", 3);
	expect_filled(map, import_move_slot(0, IMPORT_MOVE_TEXT), "x",
	    "x\nto x");
	for (size_t i = 0; i < 8; i++)
		cells[i] = span_of_text("gone away");
	assert_true(import_map_moves_row(map, 0, cells));
	assert_true(import_map_moves_row(map, 1, cells));
	assert_false(import_map_skips(map, cells));
	for (size_t i = 0; i < 8; i++)
		cells[i] = span_of_text("open");
	assert_true(import_map_moves_row(map, 0, cells));
	assert_false(import_map_moves_row(map, 1, cells));
	import_map_free(map);
}

TEST(test_what_a_move_must_have)
{
	(void)state;
	expect_fault(LEAST "[move.reply]\ntext = x\n", "[move.reply]");
	expect_fault(LEAST "[only reply]\nt = x\n", "[move.reply]");
	expect_fault(LEAST "[move.]\nwhen = x\n", "m:7:");
	expect_fault(LEAST "[move.reply]\nwhom = x\n", "m:7:");
	expect_fault(LEAST "[move.reply]\nwhen = x\nwhen = y\n", "m:8:");
	expect_fault(LEAST "[values reply.whom]\na = b\n", "m:7:");
	expect_fault(LEAST "[move.reply]\nwhen = {t}\n"
			   "[values reply.text]\na = b\n",
	    "reply.text");
	expect_fault(LEAST "[move.a]\nwhen = 1\n[move.b]\nwhen = 1\n"
			   "[move.c]\nwhen = 1\n[move.d]\nwhen = 1\n"
			   "[move.e]\nwhen = 1\n[move.f]\nwhen = 1\n"
			   "[move.g]\nwhen = 1\n[move.h]\nwhen = 1\n"
			   "[move.i]\nwhen = 1\n",
	    "8 moves");
}

TEST(test_a_fault_names_its_line)
{
	(void)state;
	expect_fault("[import]\nsource = s\ncolour = red\n", "m:3:");
	expect_fault(LEAST "subjct = x\n", "m:6:");
	expect_fault(LEAST "subject = again\n", "second time");
	expect_fault(LEAST "text = {open\n", "m:6:");
	expect_fault(LEAST "text = close}\n", "m:6:");
	expect_fault(LEAST "text = {}\n", "m:6:");
	expect_fault(LEAST "place =\n", "m:6:");
	expect_fault(LEAST "[values colour]\na = b\n", "m:7:");
	expect_fault(LEAST "[colours]\na = b\n", "m:7:");
	expect_fault(LEAST "[time]\nformats = soon\n", "m:7:");
	expect_fault(LEAST "no sign of equality\n", "m:6:");
	expect_fault("[import]\ndelimiter = x\n", "m:2:");
	expect_fault("[import]\ncharset = latin1\n", "m:2:");
	expect_fault("[import]\nheader = maybe\n", "m:2:");
	expect_fault("[import]\ntime-zone = Mars\n", "m:2:");
	expect_fault("[import]\nsource = s\n  more\n", "m:3:");
}

TEST(test_a_long_line_is_never_cut)
{
	char text[1024];

	(void)state;
	assert_int_equal(text_format(text, sizeof(text), "%s%s%0300d\n", LEAST,
			     "text = ", 1),
	    RC_OK);
	expect_fault(text, "m:6:");
	expect_fault(text, "198 bytes");
}

TEST(test_what_a_map_must_have)
{
	(void)state;
	expect_fault("", "source");
	expect_fault("[import]\nsource = s\n", "channel");
	expect_fault("[import]\nsource = s\n[fields]\nchannel = LD\n",
	    "subject");
	expect_fault(LEAST "[values place]\na = b\n", "[values place]");
	expect_fault("[import]\nheader = no\nsource = s\n[fields]\n"
		     "channel = LD\nsubject = {title}\n",
	    "'title'");
	expect_fault("[import]\nsource = \xff\n", "UTF-8");
}

TEST(test_a_fault_is_said_in_either_language)
{
	struct import_map *map;
	struct import_fault fault;

	(void)state;
	assert_int_equal(import_map_parse(span_of_text(
					      LEAST "subject = again\n"),
			     "m", LANGUAGE_ZH, &map, &fault),
	    RC_MALFORMED);
	assert_string_equal(fault.sentence, "m:6: “subject”重复");
	assert_int_equal(import_map_parse(span_of_text(LEAST "text = {x\n"),
			     "m", LANGUAGE_EN, &map, &fault),
	    RC_MALFORMED);
	assert_string_equal(fault.sentence,
	    "m:6: a { in a template has no }; "
	    "write {{ for the character itself");
}
