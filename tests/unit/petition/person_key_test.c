/* person_key - one person, one key; no person, no key. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "petition/person_key.h"
#include "petition/person_number.h"

#include "support/unit.h"

/* Made up: a division that never was an issuing one, and a right check. */
static const char resident[] = "42019919800101006X";
static const char resident_old[] = "420199800101006";

static const uint8_t secret[PERSON_SECRET_BYTES] = { 7 };

static void
expect_document(const char *typed, const char *wanted)
{
	char out[PERSON_NUMBER_MAX + 1];
	enum rc rc = person_document_normalise(span_of_text(typed), out);

	assert_int_equal(rc, *wanted != '\0' ? RC_OK : RC_NONE);
	assert_string_equal(out, wanted);
}

static void
expect_phone(const char *typed, const char *wanted)
{
	char out[PERSON_NUMBER_MAX + 1];
	enum rc rc = person_phone_normalise(span_of_text(typed), out);

	assert_string_equal(out, wanted);
	assert_int_equal(rc, *wanted != '\0' ? RC_OK : RC_NONE);
}

TEST(test_the_made_up_number_has_a_right_check)
{
	char id[RESIDENT_ID_SIZE + 1];

	(void)state;
	resident_upgrade(resident_old, id);
	assert_string_equal(id, resident);
	assert_true(resident_check_fits(resident));
	assert_true(resident_id_is_likely(resident));
	/* The example in GB 11643-1999. */
	assert_true(resident_check_fits("11010519491231002X"));
	assert_false(resident_check_fits("110105194912310021"));
}

TEST(test_a_resident_number_has_one_form)
{
	(void)state;
	expect_document(resident, resident);
	expect_document("42019919800101006x", resident);
	expect_document(" 420199 19800101 006x", resident);
	expect_document("420199-1980-0101-006X", resident);
	expect_document("４２０１９９１９８００１０１００６Ｘ", resident);
	expect_document(resident_old, resident);
}

TEST(test_a_wrong_check_makes_it_another_document)
{
	(void)state;
	expect_document("420199198001010021", "420199198001010021");
	expect_document("E12345678", "E12345678");
	expect_document("e 1234 5678", "E12345678");
	expect_document("H1234567(8)", "H12345678");
	expect_document("军字第1023456号", "军字第1023456号");
}

TEST(test_what_names_nobody_gives_no_key)
{
	static const char *const empty[] = { "", "无", "不详", "none", "/",
		"000000000000000000", "11111", "123", "身份证",
		"4201**********002X", "\xff\xfeG12345678" };
	uint8_t key[HASH_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof(empty) / sizeof(*empty); i++) {
		expect_document(empty[i], "");
		assert_int_equal(person_key(span_of_text(empty[i]),
				     span_of_text("88888888"), secret, key),
		    RC_NONE);
	}
}

TEST(test_a_telephone_has_one_form)
{
	(void)state;
	expect_phone("13912345678", "13912345678");
	expect_phone("+86 139 1234 5678", "13912345678");
	expect_phone("0086-139-1234-5678", "13912345678");
	expect_phone("8613912345678", "13912345678");
	expect_phone("013912345678", "13912345678");
	expect_phone("１３９１２３４５６７８", "13912345678");
	expect_phone("电话：139 1234 5678", "13912345678");
	expect_phone("13912345678、13900001234", "13912345678");
	expect_phone("无/13912345678", "13912345678");
	expect_phone("027-87654321", "02787654321");
	expect_phone("(027)87654321", "02787654321");
	expect_phone("（０２７）8765 4321", "02787654321");
	expect_phone("+86 27 87654321", "02787654321");
	expect_phone("0717-6543210转801", "07176543210");
}

TEST(test_what_is_no_telephone_gives_no_key)
{
	(void)state;
	expect_phone("", "");
	expect_phone("87654321", "");
	expect_phone("12345678901", "");
	expect_phone("139****5678", "");
	expect_phone("1391234567", "");
	expect_phone("400-800-1234", "");
	expect_phone("026-87654321", "");
	expect_phone("11111111111", "");
}

TEST(test_the_document_comes_before_the_telephone)
{
	struct span id = span_of_text(resident), empty = span_of_text("");
	struct span tel = span_of_text("13912345678");
	uint8_t both[HASH_BYTES], document[HASH_BYTES], phone[HASH_BYTES];

	(void)state;
	assert_int_equal(person_key(id, tel, secret, both), RC_OK);
	assert_int_equal(person_key(id, empty, secret, document), RC_OK);
	assert_int_equal(person_key(empty, tel, secret, phone), RC_OK);
	assert_memory_equal(both, document, HASH_BYTES);
	assert_memory_not_equal(both, phone, HASH_BYTES);
	assert_int_equal(person_key(empty, empty, secret, both), RC_NONE);
}

TEST(test_document_and_telephone_of_the_same_digits_differ)
{
	struct span digits = span_of_text("13912345678");
	uint8_t document[HASH_BYTES], phone[HASH_BYTES];

	(void)state;
	assert_int_equal(person_key(digits, span_of_text(""), secret, document),
	    RC_OK);
	assert_int_equal(person_key(span_of_text(""), digits, secret, phone),
	    RC_OK);
	assert_memory_not_equal(document, phone, HASH_BYTES);
}

TEST(test_another_secret_gives_another_key)
{
	static const uint8_t other[PERSON_SECRET_BYTES] = { 8 };
	uint8_t a[HASH_BYTES], b[HASH_BYTES];

	(void)state;
	assert_int_equal(person_key(span_of_text(resident), span_of_text(""),
			     secret, a),
	    RC_OK);
	assert_int_equal(person_key(span_of_text(resident), span_of_text(""),
			     other, b),
	    RC_OK);
	assert_memory_not_equal(a, b, HASH_BYTES);
}
