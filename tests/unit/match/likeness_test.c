/*
 * Goal of this test: copies and repetitions of one matter score high, other
 * matters low, however alike they are worded.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "match/likeness.h"

#include "support/unit.h"

/* What city-hub/matcher_find.c takes for likely. */
enum { OTHER_LIKELY = 400, OWN_LIKELY = 340 };

static const char title[] = "A3区青石新苑小区夜间施工噪音扰民";
static const char text[] =
    "我是A3区青石新苑小区的业主。小区旁边的搅拌站每天夜里施工到凌晨三点，"
    "机器的声音很大，灰尘也大，老人和孩子都无法入睡。我们多次打热线投诉，"
    "每次来人看一看就走，第二天照旧。家里的窗户一年四季不敢打开，"
    "衣服也不能晾在外面。希望查处这家没有环评手续的搅拌站，还我们安宁。";

static struct likeness_sketch
sketch_of(const char *subject, const char *body)
{
	struct likeness_petition p = { .subject = span_of_text(subject),
		.text = span_of_text(body) };
	struct likeness_sketch s;

	likeness_sketch(&p, &s);
	return s;
}

static struct likeness
compare(const char *title_a, const char *a, const char *title_b, const char *b)
{
	struct likeness_sketch one = sketch_of(title_a, a);
	struct likeness_sketch two = sketch_of(title_b, b);
	struct likeness l, back;

	likeness_compare(&one, &two, NULL, &l);
	likeness_compare(&two, &one, NULL, &back);
	assert_int_equal(l.score, back.score);
	assert_int_equal(l.own_score, back.own_score);
	return l;
}

/* `text` with the first `from` replaced, for free(). */
static char *
replaced(const char *in, const char *from, const char *to)
{
	const char *at = strstr(in, from);
	char *out;

	assert_non_null(at);
	assert_true(asprintf(&out, "%.*s%s%s", (int)(at - in), in, to,
			at + strlen(from)) > 0);
	return out;
}

static char *
replaced_all(const char *in, const char *from, const char *to)
{
	char *out = strdup(in);

	while (strstr(out, from) != NULL) {
		char *next = replaced(out, from, to);

		free(out);
		out = next;
	}
	return out;
}

TEST(test_marks_width_case_and_greetings_do_not_count)
{
	struct likeness l;

	(void)state;
	l = compare("路灯", "路灯坏了三个星期，ＡＢＣ路 12 号。", "路灯",
	    "尊敬的领导：您好！\n路灯坏了三个星期 abc路１２号。谢谢！");
	assert_true(l.is_same_text);
	assert_int_equal(l.text, LIKENESS_FULL);
	assert_int_equal(l.score, LIKENESS_FULL);
}

TEST(test_an_edited_copy_is_alike)
{
	char *longer = replaced(text, "我们多次打热线投诉，",
	    "此事已经拖了半年。我们多次打热线投诉，也给社区写过信，");
	char *shorter = replaced(text,
	    "家里的窗户一年四季不敢打开，衣服也不能晾在外面。", "");
	char *words = replaced_all(text, "搅拌站", "拌和站");
	struct likeness l;

	(void)state;
	l = compare(title, text, title, longer);
	assert_true(l.score > 700);
	l = compare(title, text, "请求查处没有环评的搅拌站", shorter);
	assert_true(l.score > 700);
	l = compare(title, text, title, words);
	assert_true(l.score > 700);
	assert_false(l.is_elsewhere);
	free(longer);
	free(shorter);
	free(words);
}

TEST(test_half_of_a_text_is_contained)
{
	char *half = strndup(text, (size_t)(strstr(text, "我们多次") - text));
	struct likeness l = compare(title, text, title, half);

	(void)state;
	assert_true(l.contained > 900);
	assert_true(l.score > 700);
	free(half);
}

TEST(test_the_same_words_about_another_community_are_another_matter)
{
	char *other = replaced_all(text, "青石新苑", "金桂花园");
	char *far = replaced_all(other, "A3区", "A6区");
	struct likeness l;

	(void)state;
	l = compare(title, text, "A3区金桂花园小区夜间施工噪音扰民", other);
	assert_true(l.text > 600);
	assert_true(l.is_elsewhere);
	assert_true(l.score < OTHER_LIKELY);
	assert_true(l.own_score < OWN_LIKELY);
	l = compare(title, text, "A6区金桂花园小区夜间施工噪音扰民", far);
	assert_true(l.score < OTHER_LIKELY);
	free(other);
	free(far);
}

TEST(test_another_district_is_another_matter)
{
	char *body = replaced_all(text, "A3区", "A6区");
	char *head = replaced_all(title, "A3区", "A6区");
	struct likeness l = compare(title, text, head, body);

	(void)state;
	assert_false(l.is_same_region);
	assert_true(l.score < OTHER_LIKELY);
	free(body);
	free(head);
}

TEST(test_one_person_may_use_other_words)
{
	struct likeness l =
	    compare(title, text, "再次反映青石新苑小区搅拌站半夜施工",
		"上个月写过一次，青石新苑小区边上那个搅拌站还是天天半夜开工，"
		"吵得全家睡不着，到底归哪个部门管？");

	(void)state;
	assert_true(l.own_score >= OWN_LIKELY);
	assert_true(l.is_same_place);
	assert_true(l.score < OTHER_LIKELY);
}

TEST(test_one_person_may_have_two_matters)
{
	struct likeness l = compare(title, text, "咨询公积金贷款转移手续",
	    "请问在外地缴存的公积金如何转移到本市，需要哪些材料，"
	    "在哪个窗口办理，多长时间可以办好？");

	(void)state;
	assert_true(l.own_score < 100);
}

TEST(test_strangers_on_one_topic_are_not_alike)
{
	struct likeness l =
	    compare(title, text, "B2县锦绣家园工地夜间施工噪音扰民",
		"锦绣家园北门的工地晚上十二点还在打桩，影响孩子休息，"
		"物业说管不了，请城管部门处理一下。");

	(void)state;
	assert_true(l.score < 150);
	assert_true(l.own_score < OWN_LIKELY);
}

TEST(test_a_place_field_is_a_name)
{
	struct likeness_petition p = { .subject = span_of_text("噪音扰民"),
		.text = span_of_text("夜里施工，无法入睡，请管一管。"),
		.place = span_of_text("青石新苑小区") };
	struct likeness_sketch one, two;
	struct likeness l;

	(void)state;
	likeness_sketch(&p, &one);
	p.place = span_of_text("金桂花园小区");
	likeness_sketch(&p, &two);
	likeness_compare(&one, &two, NULL, &l);
	assert_true(l.is_elsewhere);
	p.place = span_of_text("米兰春天");
	likeness_sketch(&p, &one);
	assert_int_equal(one.names.count, 1);
}

TEST(test_english_goes_by_words)
{
	static const char body[] =
	    "The street light in front of 12 Long Road has been dark for "
	    "three weeks, children walk home in the dark every evening.";
	struct likeness l;

	(void)state;
	l = compare("Street light", body, "STREET LIGHT!",
	    "the street light in front of 12 long road has been dark for five "
	    "weeks. Children walk home in the dark every evening");
	assert_true(l.text > 650);
	l = compare("Street light", body, "Noise",
	    "The bar below us plays loud music until three in the morning.");
	assert_true(l.score < 200);
}

TEST(test_a_sketch_survives_packing)
{
	struct likeness_sketch s = sketch_of(title, text), back;
	uint8_t packed[LIKENESS_PACKED_MAX];
	size_t size = likeness_pack(&s, packed);
	struct likeness l;

	(void)state;
	assert_true(size < 700);
	assert_int_equal(likeness_unpack(span_of(packed, size), &back), RC_OK);
	likeness_compare(&s, &back, NULL, &l);
	assert_true(l.is_same_text);
	assert_int_equal(l.text, LIKENESS_FULL);
	assert_int_equal(l.title, LIKENESS_FULL);
	assert_int_equal(l.names, LIKENESS_FULL);
	for (size_t cut = 0; cut < size; cut++) {
		assert_int_equal(likeness_unpack(span_of(packed, cut), &back),
		    RC_MALFORMED);
	}
	packed[0]++;
	assert_int_equal(likeness_unpack(span_of(packed, size), &back),
	    RC_MALFORMED);
}

TEST(test_a_long_text_keeps_what_tells_it)
{
	size_t room = 3 * LIKENESS_UNITS_MAX + 4000;
	char *body = malloc(room + 1), *more;
	size_t size = 0;
	struct likeness_sketch s;
	uint8_t packed[LIKENESS_PACKED_MAX];
	struct likeness l;

	(void)state;
	for (unsigned i = 0; size + 3 <= room; i++) {
		size += (size_t)sprintf(body + size, "%c%c%c",
		    (char)(0xe4 + (i * i + i / 7) % 5),
		    (char)(0xb8 + (i * 31 + i / 3) % 7),
		    (char)(0x80 + (i * 17 + i * i / 11) % 60));
	}
	assert_true(text_is_utf8(span_of(body, size)));
	s = sketch_of("长文", body);
	assert_true(s.is_part);
	assert_int_equal(s.units, LIKENESS_UNITS_MAX);
	assert_true(likeness_pack(&s, packed) <= LIKENESS_PACKED_MAX);
	assert_true(asprintf(&more, "%s%.*s", text, (int)(size / 4), body) > 0);
	l = compare("长文", body, "另一篇", more);
	assert_true(l.contained > 500);
	free(body);
	free(more);
}

TEST(test_nothing_is_like_nothing)
{
	struct likeness l;

	(void)state;
	l = compare("", "", "", "");
	assert_int_equal(l.score, 0);
	assert_false(l.is_same_text);
	l = compare("", "\xff\xfe no text", "", text);
	assert_int_equal(l.score, 0);
	l = compare("", "水", "", "水");
	assert_true(l.is_same_text);
	/* What every second petition says is no text. */
	l = compare("", "尊敬的领导，您好！谢谢！", "", "您好，谢谢");
	assert_false(l.is_same_text);
}

TEST(test_common_pairs_weigh_less)
{
	struct likeness_counts *c = calloc(1, sizeof(*c));
	struct likeness_sketch s = sketch_of("", "请尽快处理");
	struct likeness_sketch rare = sketch_of("", "芙蓉");
	uint32_t before = likeness_weight(c, s.body.at[0]);

	(void)state;
	assert_int_equal(before, likeness_weight(NULL, rare.body.at[0]));
	for (size_t i = 0; i < 5000; i++)
		likeness_count(c, &s);
	assert_int_equal(c->petitions, 5000);
	assert_true(likeness_weight(c, s.body.at[0]) < before / 4);
	assert_true(likeness_weight(c, rare.body.at[0]) > before);
	free(c);
}

TEST(test_other_categories_make_a_repetition_less_likely)
{
	struct likeness_petition p = { .subject = span_of_text(title),
		.text = span_of_text(text),
		.category = "0302" };
	struct likeness_petition q = { .subject = span_of_text(
					   "再次反映青石新苑小区搅拌站"),
		.text = span_of_text("青石新苑小区的搅拌站还在，请管管。"),
		.category = "0301" };
	struct likeness_sketch one, two;
	struct likeness same, other;

	(void)state;
	likeness_sketch(&p, &one);
	likeness_sketch(&q, &two);
	likeness_compare(&one, &two, NULL, &same);
	assert_false(same.is_other_category);
	q.category = "13";
	likeness_sketch(&q, &two);
	likeness_compare(&one, &two, NULL, &other);
	assert_true(other.is_other_category);
	assert_true(other.own_score < same.own_score);
}
