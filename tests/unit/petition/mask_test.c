/* mask - numbers of persons go, the story stays.  All numbers are made up. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "petition/item_number.h"
#include "petition/mask.h"
#include "petition/person_number.h"

#include "support/unit.h"

static uint64_t seed = 20260302;

static uint32_t
pick(uint32_t below)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407U;
	return (uint32_t)(seed >> 33) % below;
}

static uint32_t
mask(const char *text, struct buffer *out)
{
	uint32_t masked = 0;

	buffer_reset(out);
	assert_int_equal(mask_text(span_of_text(text), out, &masked), RC_OK);
	assert_int_equal(buffer_append(out, span_of("", 1)), RC_OK);
	return masked;
}

static void
expect(const char *text, const char *wanted, uint32_t numbers)
{
	struct buffer out = { 0 }, twice = { 0 };
	uint32_t masked = mask(text, &out);

	assert_string_equal((char *)out.at, wanted);
	assert_int_equal(masked, numbers);
	assert_int_equal(mask((char *)out.at, &twice), 0);
	assert_string_equal((char *)twice.at, wanted);
	buffer_clear(&out);
	buffer_clear(&twice);
}

static void
expect_same(const char *text)
{
	expect(text, text, 0);
}

TEST(test_resident_numbers_are_masked)
{
	(void)state;
	expect("身份证42019919800101006X，", "身份证****************6X，", 1);
	expect("身份证42019919800101006x号", "身份证****************6x号", 1);
	expect("id 420199198001010060", "id ****************60", 1);
	expect("420199800101006", "*************06", 1);
	expect("420199 19800101 006X", "****** ******** **6X", 1);
	expect("420199-1980-0101-006X", "******-****-****-**6X", 1);
	expect("４２０１９９１９８００１０１００６Ｘ", "****************６Ｘ",
	    1);
	expect("420199198001010060x", "****************60x", 1);
	expect("四二〇一九九一九八〇〇一〇一〇〇六〇", "****************六〇",
	    1);
}

TEST(test_telephone_numbers_are_masked)
{
	(void)state;
	expect("电话13912345678。", "电话*********78。", 1);
	expect("13912345678一直打不通", "*********78一直打不通", 1);
	expect("+8613912345678", "+***********78", 1);
	expect("+86 139 1234 5678", "+86 *** **** **78", 1);
	expect("0086-139-1234-5678", "****-***-****-**78", 1);
	expect("013912345678", "**********78", 1);
	expect("１３９１２３４５６７８", "*********７８", 1);
	expect("139\xc2\xa0"
	       "1234\xc2\xa0"
	       "5678",
	    "***\xc2\xa0****\xc2\xa0**78", 1);
	expect("139－1234－5678", "***－****－**78", 1);
	expect("139.1234.5678", "***.****.**78", 1);
	expect("1 3 9 1 2 3 4 5 6 7 8", "* * * * * * * * * * 8", 1);
	expect("一三九一二三四五六七八", "*********七八", 1);
	expect("幺三九幺二三四五六七八", "*********七八", 1);
	expect("027-87654321", "***-******21", 1);
	expect("（027）8765 4321", "（***）**** **21", 1);
	expect("02787654321", "*********21", 1);
	expect("0717-6543210转801", "****-*****10转801", 1);
	expect("+86 27 8765 4321", "+** ** **** **21", 1);
	expect("*13912345678", "**********78", 1);
	expect("3栋13912345678、13800001234", "3栋*********78、*********34", 2);
	expect("1391234567813800001234", "********************34", 1);
	expect("301 139 1234 5678", "301 *** **** **78", 1);
}

TEST(test_bank_cards_are_masked)
{
	(void)state;
	expect("卡号6222020000000000018。", "卡号*****************18。", 1);
	expect("4111111111111111", "**************11", 1);
	expect("4111 1111 1111 1111", "**** **** **** **11", 1);
	expect("４１１１－１１１１－１１１１－１１１１",
	    "****－****－****－**１１", 1);
	/* Groups of four, and what is left. */
	expect("4111 1111 1111 1111 110", "**** **** **** **** *10", 1);
	expect("4111 1111 1111 9", "**** **** **** 9", 1);
	expect_same("4111111111111112");
	expect_same("41111 111111 11111");
}

TEST(test_permits_are_masked_when_announced)
{
	(void)state;
	expect("护照号码：E12345678", "护照号码：E******78", 1);
	expect("护照 EA1234567", "护照 EA*****67", 1);
	expect("港澳居民来往内地通行证H1234567800",
	    "港澳居民来往内地通行证H********00", 1);
	expect("Passport No. E12345678", "Passport No. E******78", 1);
	expect("护照12345；护照E12345678", "护照12345；护照E******78", 1);
	expect_same("订单E12345678");
	expect_same("护照在20190214办理");
	expect_same("护照2018年办理，发票12345678");
}

TEST(test_what_only_looks_like_a_number_stays)
{
	(void)state;
	expect_same("2019-02-14 20:00:00");
	expect_same("2019-02-14 2000-02-14 138");
	expect_same("1998-2003 123");
	expect_same("1990-01-01 138");
	expect_same("19900101 138");
	expect_same("20190214200000");
	expect_same("补偿80000元、1500000000元、3.14万元");
	expect_same("国信办发〔2022〕17号");
	expect_same("（2022）鄂01民终12345号");
	expect_same("邮编430060，代码420106，代码420106003007");
	expect_same("12栋3单元1502室 12-3-1502");
	expect_same("12345 12315 400-800-1234 96333");
	expect_same("坐标114.30539512345678,30.59276");
	expect_same("-74.013185974365 -73.8617592867004 40.0278765432");
	expect("1.13912345678 2.13800001234", "1.*********78 2.*********34", 2);
	expect_same("二〇一九年二月十四日，一二三四五六七");
	expect_same("统一社会信用代码91420100MA4KXXXXXX");
	expect_same("");
	expect_same("没有数字");
}

TEST(test_our_own_item_numbers_stay)
{
	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct item_number n = {
			.kind = pick(2) == 0 ? NUMBER_ITEM : NUMBER_DIRECTIVE,
			.year = 2020 + (int)pick(20),
			.serial = 1 + pick(999999),
		};
		char number[ITEM_NUMBER_MAX + 1], text[100];

		(void)snprintf(n.office, sizeof(n.office), "%s",
		    pick(2) == 0 ? "420106" : "420106003007");
		item_number_format(&n, pick(UINT32_MAX), number);
		(void)snprintf(text, sizeof(text), "见%s，", number);
		expect_same(text);
	}
}

enum { SPELLED_MAX = 400 };

static void
add(char out[static SPELLED_MAX], const char *piece)
{
	size_t used = strlen(out);

	(void)snprintf(out + used, SPELLED_MAX - used, "%s", piece);
}

/* Write `digits` the way somebody may spell it. */
static void
spell(const char *digits, char out[static SPELLED_MAX])
{
	static const char *const separators[] = { " ", "-", "－", "　",
		"\xc2\xa0", " - " };
	static const char *const wide[] = { "０", "１", "２", "３", "４", "５",
		"６", "７", "８", "９" };
	const char *separator = separators[pick(6)];
	bool is_wide = pick(3) == 0;
	uint32_t style = pick(3);
	size_t since = 0;

	for (*out = '\0'; *digits != '\0'; digits++) {
		if (style == 1 && since >= 3 && strlen(digits) >= 3 &&
		    pick(2) == 0) {
			add(out, separator);
			since = 0;
		}
		since++;
		if (is_wide && *digits != 'X') {
			add(out, wide[*digits - '0']);
		} else {
			add(out, (const char[]){ *digits, '\0' });
		}
	}
}

static void
some_number(char digits[static 32])
{
	size_t size = 11;

	digits[0] = '1';
	digits[1] = (char)('3' + pick(6)); /* 19xx 20xx would be years */
	if (pick(2) == 0) {
		(void)snprintf(digits, 32, "42%04u%04u%02u%02u%03u", pick(9999),
		    1940 + pick(70), 1 + pick(12), 1 + pick(28), pick(999));
		digits[17] = resident_check(digits);
		digits[18] = '\0';
		return;
	}
	for (size_t i = 2; i < size; i++)
		digits[i] = (char)('0' + pick(10));
	digits[size] = '\0';
}

/* No run of digits that is a resident or a mobile number. */
static void
expect_no_leak(const char *text)
{
	for (const char *c = text; *c != '\0';) {
		size_t size = strspn(c, "0123456789");

		if (size == MOBILE_SIZE)
			assert_false(mobile_is_likely(c));
		if (size == RESIDENT_ID_SIZE)
			assert_false(resident_id_is_likely(c));
		if (size == RESIDENT_ID_SIZE - 1 && (c[size] | 32) == 'x')
			assert_false(resident_check_fits(c));
		c += size > 0 ? size : 1;
	}
}

TEST(test_no_spelling_lets_a_number_through)
{
	static const char *const around[] = { "电话", "：", "，", "号", "tel",
		"我住3栋", "2019年", "\n", "*", "(", "x", "" };
	struct buffer out = { 0 }, twice = { 0 };

	(void)state;
	for (int i = 0; i < 50000; i++) {
		char digits[32], spelled[SPELLED_MAX], text[500];

		some_number(digits);
		spell(digits, spelled);
		(void)snprintf(text, sizeof(text), "%s%s%s", around[pick(12)],
		    spelled, around[2 + pick(2)]);
		if (mask(text, &out) == 0)
			print_error("not masked: %s\n", text);
		assert_true(mask(text, &out) > 0);
		assert_int_equal(mask((char *)out.at, &twice), 0);
	}
	buffer_clear(&out);
	buffer_clear(&twice);
}

/* Random digits and what stands between them: the hard cases by the dozen. */
TEST(test_masking_twice_changes_nothing_and_nothing_survives)
{
	static const char *const pieces[] = { " ", "-", "*", ".", "x", "号",
		"，", "九", "(", ")", "139", "0", "86", "2019", "42",
		"13912345678", "027", "护照E1234567", "\n", "420199" };
	struct buffer once = { 0 }, twice = { 0 };

	(void)state;
	for (int i = 0; i < 200000; i++) {
		char text[SPELLED_MAX] = "";

		for (uint32_t n = 3 + pick(25); n > 0; n--) {
			char digit[2] = { (char)('0' + pick(10)), '\0' };

			add(text, pick(2) == 0 ? digit : pieces[pick(20)]);
		}
		(void)mask(text, &once);
		expect_no_leak((char *)once.at);
		assert_true(once.size <= strlen(text) + 1);
		assert_int_equal(mask((char *)once.at, &twice), 0);
		assert_string_equal((char *)once.at, (char *)twice.at);
	}
	buffer_clear(&once);
	buffer_clear(&twice);
}

TEST(test_bytes_that_are_no_text_do_no_harm)
{
	struct buffer out = { 0 };

	(void)state;
	for (int i = 0; i < 100000; i++) {
		uint8_t bytes[40];
		uint32_t masked = 0;

		for (size_t at = 0; at < sizeof(bytes); at++) {
			bytes[at] = (uint8_t)(pick(3) == 0 ? pick(256)
							   : '0' + pick(10));
		}
		buffer_reset(&out);
		assert_int_equal(mask_text(span_of(bytes, pick(41)), &out,
				     &masked),
		    RC_OK);
	}
	buffer_clear(&out);
}

TEST(test_a_full_buffer_is_left_as_it_was)
{
	struct buffer out = { .limit = 5 };
	uint32_t masked = 0;

	(void)state;
	assert_int_equal(buffer_append(&out, span_of_text("ab")), RC_OK);
	assert_int_equal(mask_text(span_of_text("13912345678"), &out, &masked),
	    RC_TOO_BIG);
	assert_int_equal(out.size, 2);
	assert_int_equal(masked, 0);
	buffer_clear(&out);
}
