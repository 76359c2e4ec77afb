#include <uchar.h>

#include "law/likeness_internal.h"

enum { NAME_SEED = 0x5e3d, SUFFIX_MAX = 3 };

/*
 * What ends the name of a place or of a body; longer ones first where one
 * ends the other.
 */
static const char16_t *const suffixes[] = {
	u"幼儿园",
	u"派出所",
	u"步行街",
	u"小区",
	u"社区",
	u"街道",
	u"花园",
	u"家园",
	u"花苑",
	u"公寓",
	u"公馆",
	u"新村",
	u"新城",
	u"山庄",
	u"大厦",
	u"广场",
	u"市场",
	u"商城",
	u"公园",
	u"学校",
	u"中学",
	u"小学",
	u"大学",
	u"学院",
	u"医院",
	u"公司",
	u"大道",
	u"工地",
	u"楼盘",
	u"项目",
	u"村",
	u"镇",
	u"乡",
	u"县",
	u"市",
	u"区",
	u"苑",
	u"城",
	u"湾",
	u"郡",
	u"路",
	u"街",
	u"巷",
	u"桥",
	u"站",
	u"河",
	u"湖",
	u"厂",
	u"园",
	u"府",
	u"庭",
	u"墅",
};

/* Before a suffix these make no name: "our village", "the road". */
static const char16_t not_names[] =
    u"我们本该这那个条各某几整住居附周老的是了到和与及有一为从每全上下走修"
    u"马道公铁线出来回农城街乡在小大社市区县村镇路园政学医商工业新景校片辖"
    u"郊山地库同两双内外中边旁过沿进离很不没无被把对向要去等说叫给让将之";

static bool
is_in(uint32_t unit, const char16_t *set)
{
	for (; *set != 0; set++)
		if (*set == unit)
			return true;
	return false;
}

/* The suffix that ends behind units[end - 1]; its length, or 0. */
static size_t
suffix_before(const uint32_t *units, size_t end)
{
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		const char16_t *s = suffixes[i];
		size_t length = s[1] == 0 ? 1 : s[2] == 0 ? 2 : SUFFIX_MAX;
		size_t k = 0;

		if (length >= end || units[end - 1] != s[length - 1])
			continue;
		while (k < length && units[end - length + k] == s[k])
			k++;
		if (k == length)
			return length;
	}
	return 0;
}

/* Two units before the suffix and its last one; 0: not a name. */
static uint32_t
name_before(const uint32_t *units, size_t start, uint32_t suffix)
{
	uint32_t last = units[start - 1];
	uint32_t first = start >= 2 ? units[start - 2] : 0;

	if (is_in(last, not_names))
		return 0;
	/* a3 + 区: the word alone is the name. */
	if ((last & LIKENESS_WORD_BIT) != 0 || is_in(first, not_names))
		first = 0;
	return likeness_hash(likeness_mix(NAME_SEED, suffix), first, last);
}

static void
add_name(struct likeness_hashes *names, uint32_t name)
{
	for (size_t i = 0; i < names->count; i++)
		if (names->at[i] == name)
			return;
	if (names->count < LIKENESS_NAMES_MAX)
		names->at[names->count++] = name;
}

void
likeness_names(const struct likeness_units *units,
    struct likeness_hashes *names)
{
	for (size_t end = 2; end <= units->count; end++) {
		size_t length = suffix_before(units->at, end);
		uint32_t name;

		if (length == 0)
			continue;
		name = name_before(units->at, end - length, units->at[end - 1]);
		if (name != 0)
			add_name(names, name);
	}
}
