/*
 * likeness_names - names of places and bodies, by how they end.
 *
 * Chinese has no blanks and no capitals: a name is what stands before an
 * ending such as 小区 or 路, as long as it is not itself a word that ends so
 * (道路) or begins with one that makes no name (我们村).  Short lists beat a
 * segmenter here: those cut administrative names wrongly, and none is in the
 * distribution.
 */
#include <uchar.h>

#include "match/likeness_internal.h"

enum { NAME_SEED = 0x5e3d, SUFFIX_MAX = 3 };

/*
 * What ends the name of a place or of a body; longer ones first where one
 * ends the other.
 */
static const char16_t *const suffixes[] = { u"幼儿园", u"派出所", u"步行街",
	u"小区", u"社区", u"街道", u"花园", u"家园", u"花苑", u"公寓", u"公馆",
	u"新村", u"新城", u"山庄", u"大厦", u"广场", u"市场", u"商城", u"公园",
	u"学校", u"中学", u"小学", u"大学", u"学院", u"医院", u"公司", u"大道",
	u"工地", u"楼盘", u"项目", u"村", u"镇", u"乡", u"县", u"市", u"区",
	u"苑", u"城", u"湾", u"郡", u"路", u"街", u"巷", u"桥", u"站", u"河",
	u"湖", u"厂", u"园", u"府", u"庭", u"墅" };

/* Words that end like a name and are none. */
static const char16_t *const words[] = { u"山区", u"地区", u"园区", u"校区",
	u"景区", u"片区", u"新区", u"城区", u"市区", u"辖区", u"郊区", u"学区",
	u"库区", u"矿区", u"城市", u"超市", u"门市", u"上市", u"农村", u"乡村",
	u"村村", u"城镇", u"乡镇", u"城乡", u"故乡", u"家乡", u"马路", u"公路",
	u"道路", u"铁路", u"线路", u"电路", u"网站", u"车站", u"政府", u"家庭",
	u"法庭", u"校园", u"各县", u"工厂", u"逛街", u"走路", u"修路", u"问路",
	u"让路", u"出路", u"思路", u"网路", u"进城", u"天桥" };

/* Before a suffix these make no name: "our village", "which road". */
static const char16_t not_names[] =
    u"我们本该这那个条各某几整住居附周的是了到和与及有为从每全走修在把对向"
    u"要去等说叫给让将被没无于很不进离沿过出来回";

static bool
is_in(uint32_t unit, const char16_t *set)
{
	for (; *set != 0; set++) {
		if (*set == unit)
			return true;
	}
	return false;
}

static bool
is_word(uint32_t before, uint32_t suffix)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (words[i][0] == before && words[i][1] == suffix)
			return true;
	}
	return false;
}

/* One bit per low six bits of a suffix's last character. */
static uint64_t
last_characters(void)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		const char16_t *s = suffixes[i];

		while (s[1] != 0)
			s++;
		bits |= UINT64_C(1) << (*s & 63);
	}
	return bits;
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

	if (is_in(last, not_names) || is_word(last, suffix))
		return 0;
	/* a3 + 区: the word alone is the name. */
	if ((last & LIKENESS_WORD_BIT) != 0 || is_in(first, not_names))
		first = 0;
	return likeness_hash(likeness_mix(NAME_SEED, suffix), first, last);
}

/* The pair that a name is known by wherever it is mentioned. */
static uint32_t
stem_before(const uint32_t *units, size_t start)
{
	uint32_t last = units[start - 1];
	uint32_t first = start >= 2 ? units[start - 2] : 0;

	if (first == 0 || (last & LIKENESS_WORD_BIT) != 0 ||
	    is_in(first, not_names))
		return likeness_hash(LIKENESS_PAIR_SEED, last, units[start]);
	return likeness_hash(LIKENESS_PAIR_SEED, first, last);
}

static void
add_hash(struct likeness_hashes *h, size_t max, uint32_t hash)
{
	for (size_t i = 0; i < h->count; i++) {
		if (h->at[i] == hash)
			return;
	}
	if (h->count < max)
		h->at[h->count++] = hash;
}

/* 区 or 县: one of them is elsewhere when it is another. */
static bool
is_region(const uint32_t *units, size_t start, size_t length)
{
	return length == 1 && (units[start] == u'区' || units[start] == u'县');
}

static void
add_name(const struct likeness_units *units, size_t start, size_t length,
    bool is_title, struct likeness_names *names)
{
	uint32_t last = units->at[start + length - 1];
	uint32_t name = name_before(units->at, start, last);

	if (name == 0)
		return;
	add_hash(&names->all, LIKENESS_NAMES_MAX, name);
	if (is_title) {
		add_hash(&names->stems, LIKENESS_STEMS_MAX,
		    stem_before(units->at, start));
	}
	if (is_region(units->at, start, length) &&
	    (is_title || names->regions.count == 0)) {
		add_hash(&names->regions, LIKENESS_REGIONS_MAX,
		    likeness_hash(LIKENESS_PAIR_SEED, units->at[start - 1],
			last));
	}
}

void
likeness_names(const struct likeness_units *units, bool is_title,
    struct likeness_names *names)
{
	uint64_t lasts = last_characters();

	for (size_t end = 2; end <= units->count; end++) {
		size_t length = 0;

		if ((lasts >> (units->at[end - 1] & 63) & 1) != 0)
			length = suffix_before(units->at, end);
		if (length > 0)
			add_name(units, end - length, length, is_title, names);
	}
}
