/* publication - each sort of file, and what is wrong with others. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "law/limits/defaults.h"
#include "law/limits/publication.h"

#include "support/unit.h"

static enum rc
read(const char *text, const char *sort, struct published *out,
    struct law_fault *fault)
{
	return publication_read(span_of_text(text), sort, out, fault);
}

static void
wrong(const char *text, unsigned line, const char *why)
{
	struct published p;
	struct law_fault fault;

	assert_int_equal(read(text, "", &p, &fault), RC_MALFORMED);
	assert_int_equal(fault.line, line);
	assert_non_null(strstr(fault.text, why));
}

TEST(test_shipped_files)
{
	struct published p;
	struct law_fault fault;

	(void)state;
	assert_int_equal(publication_read(defaults_rules(), "", &p, &fault),
	    RC_OK);
	assert_string_equal(p.sort, "RULES");
	assert_string_equal(p.version, "cn 2022.1");
	assert_int_equal(p.effective_ms, INT64_C(1651334400000));
	assert_int_equal(publication_read(defaults_calendar(), "CALENDAR", &p,
			     &fault),
	    RC_OK);
	assert_string_equal(p.version, "cn 2026.1");
	assert_int_equal(p.effective_ms, INT64_C(1640966400000));
	assert_int_equal(publication_read(defaults_calendar(), "RULES", &p,
			     &fault),
	    RC_MALFORMED);
}

#define HEAD "[categories]\nname = c\nversion = 1\n"

TEST(test_categories)
{
	struct published p;
	struct law_fault fault;

	(void)state;
	assert_int_equal(read("\xef\xbb\xbf# of ours\r\n" HEAD
			      "effective = 2026-01-01\n"
			      "0301 = 征地拆迁, land acquisition\n"
			      "030101 = 补偿, compensation\n",
			     "", &p, &fault),
	    RC_OK);
	assert_string_equal(p.sort, "CATEGORIES");
	assert_string_equal(p.version, "c 1");
	assert_int_equal(p.effective_ms, INT64_C(1767196800000));
	assert_int_equal(read(HEAD "0301 = 甲, a\n", "", &p, &fault), RC_OK);
	assert_int_equal(p.effective_ms, 0);
	wrong(HEAD "030101 = 甲, a\n", 4, "parent comes first");
	wrong(HEAD "9801 = 甲, a\n", 4, "parent comes first");
	wrong(HEAD "03 = 甲, a\n", 4, "four or six digits");
	wrong(HEAD "03011 = 甲, a\n", 4, "four or six digits");
	wrong(HEAD "0301 = 甲, a\n0301 = 乙, b\n", 5, "twice");
	wrong(HEAD "0301 = 甲\n", 4, "a comma");
	wrong(HEAD "0301 = 甲, \n", 4, "a comma");
	wrong(HEAD "effective = 2026-13-01\n", 4, "a day like");
	wrong(HEAD "name = d\n", 4, "twice");
	wrong(HEAD "0301 = 甲, a\n[more]\n0302 = 乙, b\n", 6, "[more]");
	wrong("[categories]\n0301 = 甲, a\n", 0, "needs name and version");
	wrong(HEAD, 0, "nothing in it");
}

TEST(test_templates)
{
	struct published p;
	struct law_fault fault;
	static const char head[] = "[templates]\nname = w\nversion = 2\n";

	(void)state;
	assert_int_equal(read("[templates]\nname = w\nversion = 2\n"
			      "[template.DB]\nzh = 请办理 {1}\nen = do {1}\n",
			     "", &p, &fault),
	    RC_OK);
	assert_string_equal(p.sort, "TEMPLATES");
	assert_string_equal(p.version, "w 2");
	wrong(head, 0, "nothing in it");
	wrong("[templates]\nname = w\nversion = 2\n[template.XX]\nzh = 请\n", 5,
	    "not a template");
	wrong("[templates]\nname = w\nversion = 2\n[template.DB]\nfr = x\n", 5,
	    "has no fr");
	wrong("[templates]\nname = w\nsize = 2\n", 3, "has no size");
}

TEST(test_what_is_no_file)
{
	(void)state;
	wrong("", 1, "begins with");
	wrong("hello", 1, "begins with");
	wrong("[", 1, "begins with");
	wrong("[rules", 1, "begins with");
	wrong("[else]\n", 1, "begins with");
	wrong("# only this", 1, "begins with");
	wrong("[template.DB]\nzh = x\n", 1, "begins with");
}
