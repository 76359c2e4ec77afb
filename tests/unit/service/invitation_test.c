#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/invitation.h"

#include "support/unit.h"

enum { EXPIRES_MS_HALF = 895000000 };

struct fixture {
	struct invitation made, back;
	struct invitation_fault fault;
	struct buffer text;
};

static int
start(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct invitation *made;

	assert_non_null(f);
	made = &f->made;
	invitation_new_keys(made);
	assert_int_equal(text_copy(made->office, sizeof(made->office),
			     "990101"),
	    RC_OK);
	assert_int_equal(text_copy(made->parent, sizeof(made->parent),
			     "990100"),
	    RC_OK);
	assert_int_equal(text_copy(made->parent_name, sizeof(made->parent_name),
			     "江州市信访局"),
	    RC_OK);
	assert_int_equal(text_copy(made->address, sizeof(made->address),
			     "tcp://hub.example:7101"),
	    RC_OK);
	/* Any point of the curve serves as the parent's key: here, the base. */
	memset(made->parent_key, 0x66, KEY_BYTES);
	made->parent_key[0] = 0x58;
	made->expires_ms = 2LL * EXPIRES_MS_HALF * 1000;
	assert_int_equal(invitation_write(made, &f->text), RC_OK);
	*state = f;
	return 0;
}

static int
finish(void **state)
{
	struct fixture *f = *state;

	buffer_clear(&f->text);
	free(f);
	return 0;
}

static enum rc
read_text(struct fixture *f, struct span text)
{
	return invitation_read(text, &f->back, &f->fault);
}

/* Replace the first `from` in the text; sizes may differ. */
static void
replace(struct fixture *f, const char *from, const char *to)
{
	struct buffer changed = { 0 };
	const uint8_t *found =
	    memmem(f->text.at, f->text.size, from, strlen(from));
	size_t before;

	assert_non_null(found);
	before = (size_t)(found - f->text.at);
	assert_int_equal(buffer_append(&changed, span_of(f->text.at, before)),
	    RC_OK);
	assert_int_equal(buffer_append(&changed, span_of_text(to)), RC_OK);
	assert_int_equal(buffer_append(&changed,
			     span_of(found + strlen(from),
				 f->text.size - before - strlen(from))),
	    RC_OK);
	buffer_clear(&f->text);
	f->text = changed;
}

TEST_WITH(test_an_invitation_comes_back_as_it_was_written, start, finish)
{
	struct fixture *f = *state;

	assert_int_equal(read_text(f, buffer_span(&f->text)), RC_OK);
	assert_memory_equal(&f->back, &f->made, sizeof(f->made));
	assert_int_equal(f->fault.problem, INVITATION_FINE);
}

TEST_WITH(test_every_changed_byte_of_a_field_is_noticed, start, finish)
{
	struct fixture *f = *state;
	const uint8_t *fields =
	    memmem(f->text.at, f->text.size, "petition-relay-invitation", 25);
	size_t first = (size_t)(fields - f->text.at);

	for (size_t i = first; i < f->text.size; i++) {
		enum rc rc;

		f->text.at[i] ^= 2;
		rc = read_text(f, buffer_span(&f->text));
		/* But for blanks around a line or its "=". */
		assert_true(rc != RC_OK || i + 1 == f->text.size ||
			    f->text.at[i] == (' ' ^ 2));
		f->text.at[i] ^= 2;
	}
}

TEST_WITH(test_every_cut_text_is_noticed, start, finish)
{
	struct fixture *f = *state;

	for (size_t size = 0; size + 1 < f->text.size; size++) {
		assert_int_not_equal(read_text(f, span_of(f->text.at, size)),
		    RC_OK);
		assert_true(f->fault.problem == INVITATION_NOT_ONE ||
			    f->fault.problem == INVITATION_CHANGED);
	}
}

TEST_WITH(test_line_ends_and_indents_of_a_mail_do_no_harm, start, finish)
{
	struct fixture *f = *state;
	struct buffer mail = { 0 };

	assert_int_equal(buffer_append(&mail, span_of_text("\xef\xbb\xbf\r\n")),
	    RC_OK);
	for (size_t i = 0; i < f->text.size; i++) {
		bool ends = f->text.at[i] == '\n';
		struct span bytes = ends ? span_of_text(" \r\n\r\n  ")
					 : span_of(&f->text.at[i], 1);

		assert_int_equal(buffer_append(&mail, bytes), RC_OK);
	}
	assert_int_equal(read_text(f, buffer_span(&mail)), RC_OK);
	assert_memory_equal(&f->back, &f->made, sizeof(f->made));
	buffer_clear(&mail);
}

TEST_WITH(test_another_file_is_not_an_invitation, start, finish)
{
	struct fixture *f = *state;
	uint8_t large[INVITATION_BYTES_MAX + 1] = { 0 };

	assert_int_equal(read_text(f, span_of_text("[office]\nname = x\n")),
	    RC_MALFORMED);
	assert_int_equal(f->fault.problem, INVITATION_NOT_ONE);
	assert_int_equal(read_text(f, span_of(large, sizeof(large))),
	    RC_MALFORMED);
	assert_int_equal(f->fault.problem, INVITATION_NOT_ONE);
}

TEST_WITH(test_a_newer_version_is_named_so, start, finish)
{
	struct fixture *f = *state;

	replace(f, "invitation = 1", "invitation = 2");
	assert_int_equal(read_text(f, buffer_span(&f->text)), RC_TOO_NEW);
	assert_int_equal(f->fault.problem, INVITATION_TOO_NEW);
}

/* What a text with these fields only would be found to lack. */
static void
expect_field(struct fixture *f, const char *text,
    enum invitation_problem problem, const char *field)
{
	char sentence[INVITATION_SENTENCE_MAX + 1];

	assert_int_equal(read_text(f, span_of_text(text)), RC_MALFORMED);
	assert_int_equal(f->fault.problem, problem);
	assert_string_equal(f->fault.field, field);
	invitation_sentence(&f->fault, LANGUAGE_EN, sentence);
	assert_non_null(strstr(sentence, field));
	invitation_sentence(&f->fault, LANGUAGE_ZH, sentence);
	assert_non_null(strstr(sentence, field));
}

TEST_WITH(test_a_missing_and_a_wrong_field_are_named, start, finish)
{
	struct fixture *f = *state;

	expect_field(f, "petition-relay-invitation = 1\ncheck = 8f9d7300\n",
	    INVITATION_FIELD_MISSING, "id");
	expect_field(f,
	    "petition-relay-invitation = 1\nid = xyz\ncheck = f91875f2\n",
	    INVITATION_FIELD_WRONG, "id");
}

TEST_WITH(test_a_failed_reading_leaves_no_key_behind, start, finish)
{
	struct fixture *f = *state;
	struct invitation zero = { 0 };

	f->text.at[f->text.size - 2] ^= 1;
	assert_int_equal(read_text(f, buffer_span(&f->text)), RC_DAMAGED);
	assert_memory_equal(&f->back, &zero, sizeof(zero));
}

TEST(test_the_text_that_is_signed_is_fixed)
{
	struct buffer text = { 0 };
	uint8_t own[KEY_BYTES], parent[KEY_BYTES];

	(void)state;
	memset(own, 0x11, sizeof(own));
	memset(parent, 0xab, sizeof(parent));
	assert_int_equal(enrol_text(&text, "0123456789abcdef", "990101", own,
			     parent),
	    RC_OK);
	assert_true(span_equal(buffer_span(&text),
	    span_of_text("invitation 0123456789abcdef\n"
			 "office 990101\n"
			 "key 11111111111111111111111111111111"
			 "11111111111111111111111111111111\n"
			 "parent-key abababababababababababababababab"
			 "abababababababababababababababab\n")));
	buffer_clear(&text);
}
