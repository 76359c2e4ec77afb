#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/text.h"
#include "keys/identity.h"

#include "support/office_dir.h"
#include "support/unit.h"

TEST_WITH(test_an_identity_is_the_same_after_loading, office_dir_make,
    office_dir_remove)
{
	struct identity made, loaded;

	assert_int_equal(identity_make(*state, &made), RC_OK);
	assert_int_equal(identity_load(*state, &loaded), RC_OK);
	assert_memory_equal(&made, &loaded, sizeof(made));
}

TEST_WITH(test_an_identity_is_made_once, office_dir_make, office_dir_remove)
{
	struct identity first, second;

	assert_int_equal(identity_make(*state, &first), RC_OK);
	assert_int_equal(identity_make(*state, &second), RC_DUPLICATE);
	assert_true(
	    sodium_is_zero(second.secret_key, sizeof(second.secret_key)));
	assert_int_equal(identity_load(*state, &second), RC_OK);
	assert_memory_equal(&first, &second, sizeof(first));
}

TEST_WITH(test_an_empty_folder_has_no_identity, office_dir_make,
    office_dir_remove)
{
	struct identity id;

	assert_int_equal(identity_load(*state, &id), RC_NONE);
}

TEST_WITH(test_an_identity_that_others_can_read_is_refused, office_dir_make,
    office_dir_remove)
{
	struct identity id;
	char path[FILE_PATH_MAX];

	assert_int_equal(identity_make(*state, &id), RC_OK);
	file_join(path, *state, "keys/identity.key");
	assert_int_equal(chmod(path, 0604), 0);
	assert_int_equal(identity_load(*state, &id), RC_REFUSED);
	assert_true(sodium_is_zero(id.secret_key, sizeof(id.secret_key)));
}

TEST_WITH(test_clearing_leaves_nothing, office_dir_make, office_dir_remove)
{
	struct identity id;

	assert_int_equal(identity_make(*state, &id), RC_OK);
	identity_clear(&id);
	assert_true(sodium_is_zero((const uint8_t *)&id, sizeof(id)));
}

TEST_WITH(test_the_curve_key_follows_from_the_public_key, office_dir_make,
    office_dir_remove)
{
	struct identity id;
	uint8_t curve[KEY_BYTES], again[KEY_BYTES];

	assert_int_equal(identity_make(*state, &id), RC_OK);
	assert_int_equal(identity_curve_of(id.public_key, curve), RC_OK);
	assert_memory_equal(curve, id.curve_public, KEY_BYTES);
	assert_int_equal(crypto_scalarmult_base(again, id.curve_secret), 0);
	assert_memory_equal(again, id.curve_public, KEY_BYTES);
}

TEST(test_a_point_of_small_order_is_no_key)
{
	uint8_t zero[KEY_BYTES] = { 0 }, curve[KEY_BYTES];

	(void)state;
	assert_int_equal(identity_curve_of(zero, curve), RC_MALFORMED);
}

TEST_WITH(test_a_signature_serves_one_purpose_and_one_message, office_dir_make,
    office_dir_remove)
{
	struct identity id;
	uint8_t signature[IDENTITY_SIGNATURE_BYTES];
	struct span message = span_of_text("hello");

	assert_int_equal(identity_make(*state, &id), RC_OK);
	identity_sign(&id, "test/1", message, signature);
	assert_true(
	    identity_verify(id.public_key, "test/1", message, signature));
	assert_false(
	    identity_verify(id.public_key, "test/2", message, signature));
	assert_false(identity_verify(id.public_key, "test/1",
	    span_of_text("hullo"), signature));
	/* The border between domain and message cannot be moved. */
	assert_false(identity_verify(id.public_key, "test/1hello",
	    span_of_text(""), signature));
	signature[0] ^= 1;
	assert_false(
	    identity_verify(id.public_key, "test/1", message, signature));
}

TEST_WITH(test_what_is_sealed_to_an_office_opens_there_only, office_dir_make,
    office_dir_remove)
{
	struct identity id, other;
	struct buffer sealed = { 0 }, plain = { 0 };
	uint8_t secret[KEY_BYTES] = { 1, 2, 3 };

	assert_int_equal(identity_make(*state, &id), RC_OK);
	other = id;
	other.curve_secret[5] ^= 1;
	assert_int_equal(identity_seal_to(id.curve_public,
			     span_of(secret, sizeof(secret)), &sealed),
	    RC_OK);
	assert_int_equal(sealed.size, sizeof(secret) + IDENTITY_SEALED_EXTRA);
	assert_int_equal(identity_open_sealed(&other, buffer_span(&sealed),
			     &plain),
	    RC_DAMAGED);
	assert_int_equal(plain.size, 0);
	assert_int_equal(identity_open_sealed(&id, buffer_span(&sealed),
			     &plain),
	    RC_OK);
	assert_true(
	    span_equal(buffer_span(&plain), span_of(secret, sizeof(secret))));
	sealed.at[sealed.size - 1] ^= 1;
	assert_int_equal(identity_open_sealed(&id, buffer_span(&sealed),
			     &plain),
	    RC_DAMAGED);
	assert_int_equal(identity_open_sealed(&id, span_of(sealed.at, 3),
			     &plain),
	    RC_DAMAGED);
	buffer_clear(&sealed);
	buffer_clear(&plain);
}

TEST_WITH(test_the_query_key_is_made_with_the_identity, office_dir_make,
    office_dir_remove)
{
	struct identity id;
	uint8_t first[QUERY_KEY_BYTES], second[QUERY_KEY_BYTES];

	assert_int_equal(identity_load_query_key(*state, first), RC_NONE);
	assert_int_equal(identity_make(*state, &id), RC_OK);
	assert_int_equal(identity_load_query_key(*state, first), RC_OK);
	assert_false(sodium_is_zero(first, sizeof(first)));
	assert_int_equal(identity_make(*state, &id), RC_DUPLICATE);
	assert_int_equal(identity_load_query_key(*state, second), RC_OK);
	assert_memory_equal(first, second, sizeof(first));
}

TEST_WITH(test_the_newest_matching_secret_is_found, office_dir_make,
    office_dir_remove)
{
	struct matching_secret one, two, found;
	uint32_t versions[MATCHING_SECRETS_MAX];
	size_t count;

	assert_int_equal(matching_load_newest(*state, &found), RC_NONE);
	matching_make(10, &two);
	matching_make(9, &one);
	assert_int_equal(matching_save(*state, &two), RC_OK);
	assert_int_equal(matching_save(*state, &one), RC_OK);
	assert_int_equal(matching_load_newest(*state, &found), RC_OK);
	assert_memory_equal(&found, &two, sizeof(two));
	assert_int_equal(matching_load(*state, 9, &found), RC_OK);
	assert_memory_equal(&found, &one, sizeof(one));
	assert_int_equal(matching_load(*state, 8, &found), RC_NONE);
	assert_int_equal(matching_versions(*state, versions, &count), RC_OK);
	assert_int_equal(count, 2);
	assert_int_equal(versions[0], 9);
	assert_int_equal(versions[1], 10);
}

TEST_WITH(test_a_matching_secret_may_arrive_twice_but_not_change,
    office_dir_make, office_dir_remove)
{
	struct matching_secret one, changed;

	matching_make(1, &one);
	assert_int_equal(matching_save(*state, &one), RC_OK);
	assert_int_equal(matching_save(*state, &one), RC_OK);
	changed = one;
	changed.key[0] ^= 1;
	assert_int_equal(matching_save(*state, &changed), RC_DUPLICATE);
	changed.version = 0;
	assert_int_equal(matching_save(*state, &changed), RC_MALFORMED);
}
