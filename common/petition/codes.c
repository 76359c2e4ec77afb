/*
 * codes - the lists themselves.
 *
 * Each list ends with an empty entry, and its order is the order in which it is
 * shown.  Codes go into records and are never reused for anything else; names
 * may be corrected.  Sources stand beside the lists.
 */
#include "petition/codes.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/check.h"

static const struct code channel[] = {
	{ "LX", "来信", "letter" },
	{ CHANNEL_VISIT, "来访", "visit" },
	{ "WX", "网信", "web" },
	{ "LD", "来电", "phone" },
	{ "CZ", "传真", "fax" },
	{ 0 },
};

static const struct code purpose[] = {
	{ "SS", "申诉", "appeal" },
	{ "QJ", "求决", "ask to solve" },
	{ "JK", "检举控告", "report wrongdoing" },
	{ "JY", "意见建议", "suggestion" },
	{ "ZX", "咨询", "question" },
	{ "QT", "其他", "other" },
	{ 0 },
};

/* Articles 29 (A), 30 (B) and 31 (C1 to C6). */
static const struct code legal_class[] = {
	{ "A", "建议意见", "suggestion, opinion" },
	{ "B", "检举控告", "report of wrongdoing" },
	{ "C1", "诉讼复议", "court or administrative review" },
	{ "C2", "仲裁", "arbitration" },
	{ "C3", "党员申诉", "appeal of a party member" },
	{ "C4", "行政程序", "administrative procedure" },
	{ "C5", "履职查处", "request to perform a duty" },
	{ "C6", "信访程序", "petition procedure" },
	{ 0 },
};

static const struct code category[] = {
	{ "01", "农村农业", "villages and farming" },
	{ "02", "国土资源", "land and resources" },
	{ "03", "城乡建设", "construction" },
	{ "04", "劳动和社会保障", "labour and social security" },
	{ "05", "卫生计生", "health and family planning" },
	{ "06", "教育文体", "education, culture and sports" },
	{ "07", "民政", "civil affairs" },
	{ "08", "政法", "police, courts and law" },
	{ "09", "经济管理", "economic administration" },
	{ "10", "交通运输", "transport" },
	{ "11", "商贸旅游", "trade and tourism" },
	{ "12", "科技与信息产业", "technology and information" },
	{ "13", "环境保护", "environment" },
	{ "14", "党务政务", "party and government affairs" },
	{ "15", "组织人事", "personnel" },
	{ "16", "纪检监察", "discipline and inspection" },
	{ "99", "其他", "other" },
	{ 0 },
};

static const struct code level[] = {
	{ "N", "国家", "national" },
	{ "P", "省", "province" },
	{ "C", "市", "city" },
	{ "D", "区县", "district" },
	{ "T", "乡镇街道", "township" },
	{ "V", "村社区", "village" },
	{ 0 },
};

static const struct code cause[] = {
	{ "P1", "政策制定不完善", "policy incomplete" },
	{ "P2", "政策落实不到位", "policy not carried out" },
	{ "D1", "决策不周全", "decision not thought through" },
	{ "D2", "决策不民主", "decision without those concerned" },
	{ "W1", "职责履行不够", "duty not performed" },
	{ "W2", "工作不深入", "work superficial" },
	{ "W3", "疏导与作风", "manner and communication" },
	{ "H1", "信息处理不到位", "information not handled" },
	{ "H2", "追责不到位", "nobody held to account" },
	{ "X1", "突发事件", "sudden event" },
	{ 0 },
};

static const struct code state[] = {
	{ "REG", "已登记", "registered" },
	{ "FWD", "已转送", "forwarded" },
	{ "ASG", "已交办", "assigned" },
	{ "OBJ", "异议中", "objected to" },
	{ "ACC", "已受理告知", "accepted" },
	{ "WRK", "办理中", "in work" },
	{ "EXT", "已延期", "extended" },
	{ "RPL", "已答复", "replied" },
	{ "RVW", "复查中", "under review" },
	{ "RVD", "已复查", "reviewed" },
	{ "CHK", "复核中", "under final review" },
	{ "FIN", "复核终结", "finally closed" },
	{ "DEC", "不予受理", "declined" },
	{ "WDR", "撤回", "withdrawn" },
	{ "MRG", "已合并", "merged" },
	{ "CLS", "办结", "closed" },
	{ 0 },
};

static const struct code opinion[] = {
	{ "SUP", "支持", "supported" },
	{ "EXP", "解释说明", "explained" },
	{ "DEN", "不支持", "not supported" },
	{ 0 },
};

static const struct code outcome[] = {
	{ "RES", "化解", "resolved" },
	{ "UNR", "未化解", "not resolved" },
	{ "OPN", "未办结", "open" },
	{ 0 },
};

/* 0 is silence, and silence never counts as satisfaction. */
static const struct code rating[] = {
	{ "3", "满意", "satisfied" },
	{ "2", "基本满意", "mostly satisfied" },
	{ "1", "不满意", "dissatisfied" },
	{ "0", "未评价", "not rated" },
	{ 0 },
};

static const struct code lower_state[] = {
	{ "NOP", "下级未接到", "never reached the level below" },
	{ "UNR", "接到未登记", "heard but not registered" },
	{ "TRM", "期限内办理", "in hand, inside its term" },
	{ "OVD", "逾期未办结", "overdue" },
	{ "RPD", "已答复不服", "answered, disputed" },
	{ "RVD", "已复查不服", "reviewed, disputed" },
	{ "FIN", "复核终结", "finally closed" },
	{ "DEC", "不予受理", "declined" },
	{ 0 },
};

/* Article 20: visits go to the competent level or one level up. */
static const struct code lawfulness[] = {
	{ "OWN", "本级", "the right level" },
	{ "UP1", "上一级", "one level up" },
	{ "SKP", "越级", "skipped a level" },
	{ "NA", "不适用", "not a visit" },
	{ 0 },
};

static const struct code directive_kind[] = {
	{ "JB", "交办", "assignment" },
	{ "CB", "催办", "reminder" },
	{ "DB", "督办", "supervision" },
	{ "GP", "挂牌督办", "listed supervision" },
	{ "YT", "约谈", "talk" },
	{ "TB", "通报", "circular" },
	/* Article 40: the three suggestions go the same way. */
	{ "IMP", "改进工作", "improve the work" },
	{ "POL", "完善政策", "improve the policy" },
	{ "ACC", "追究责任", "hold to account" },
	{ 0 },
};

static const struct code directive_status[] = {
	{ "DRF", "草稿", "draft" },
	{ "SNT", "已发出", "sent" },
	{ "DLV", "已送达", "delivered" },
	{ "SGN", "已签收", "signed for" },
	{ "WRK", "办理中", "in work" },
	{ "EXQ", "申请延期", "more time asked for" },
	{ "EXG", "同意延期", "more time granted" },
	{ "EXR", "不同意延期", "more time refused" },
	{ "ANS", "已反馈", "answered" },
	{ "CLS", "已办结", "closed" },
	{ "RTN", "退回重办", "returned" },
	{ "CXL", "已撤销", "cancelled" },
	{ "SPD", "已被替代", "superseded" },
	{ "LPS", "已失效", "lapsed" },
	{ 0 },
};

/* Article 40; Regulations of 2005, article 36. */
static const struct code ground[] = {
	{ "G1", "逾期未办结", "past the limit" },
	{ "G2", "未按规定反馈结果", "result not fed back" },
	{ "G3", "未按程序办理", "procedure broken" },
	{ "G4", "推诿敷衍拖延", "shirked or delayed" },
	{ "G5", "不执行处理意见", "opinion not carried out" },
	{ "G6", "弄虚作假", "falsified" },
	{ "G9", "其他", "other" },
	{ 0 },
};

/* Article 40. */
static const struct code suggestion[] = {
	{ "IMP", "改进工作", "improve the work" },
	{ "POL", "完善政策", "improve the policy" },
	{ "ACC", "追究责任", "hold to account" },
	{ 0 },
};

/* Is what the petitioner says true? */
static const struct code verdict[] = {
	{ "YES", "属实", "true" },
	{ "PART", "部分属实", "true in part" },
	{ "NO", "不属实", "not true" },
	{ 0 },
};

static const struct code suggestion_answer[] = {
	{ "FULL", "采纳", "adopted" },
	{ "PART", "部分采纳", "adopted in part" },
	{ "NO", "未采纳", "not adopted" },
	{ 0 },
};

/* Urgent and major: article 25. */
static const struct code procedure[] = {
	{ "S", "简易程序", "simple procedure" },
	{ PROCEDURE_URGENT, "重大紧急", "urgent and major" },
	{ 0 },
};

static const struct {
	const struct code *entries; /* closed by an empty one */
	const char *all;
} lists[CODES_LISTS] = {
	[CODES_CHANNEL] = { channel, "LX LF WX LD CZ" },
	[CODES_PURPOSE] = { purpose, "SS QJ JK JY ZX QT" },
	[CODES_LEGAL_CLASS] = { legal_class, "A B C1 C2 C3 C4 C5 C6" },
	[CODES_CATEGORY] = { category, "01 02 03 04 05 06 07 08 09 10 11 12 "
				       "13 14 15 16 99" },
	[CODES_LEVEL] = { level, "N P C D T V" },
	[CODES_CAUSE] = { cause, "P1 P2 D1 D2 W1 W2 W3 H1 H2 X1" },
	[CODES_STATE] = { state, "REG FWD ASG OBJ ACC WRK EXT RPL RVW RVD CHK "
				 "FIN DEC WDR MRG CLS" },
	[CODES_OPINION] = { opinion, "SUP EXP DEN" },
	[CODES_OUTCOME] = { outcome, "RES UNR OPN" },
	[CODES_RATING] = { rating, "3 2 1 0" },
	[CODES_LOWER_STATE] = { lower_state,
	    "NOP UNR TRM OVD RPD RVD FIN DEC" },
	[CODES_LAWFULNESS] = { lawfulness, "OWN UP1 SKP NA" },
	[CODES_DIRECTIVE_KIND] = { directive_kind,
	    "JB CB DB GP YT TB IMP POL ACC" },
	[CODES_DIRECTIVE_STATUS] = { directive_status,
	    "DRF SNT DLV SGN WRK EXQ EXG EXR ANS CLS RTN CXL SPD LPS" },
	[CODES_GROUND] = { ground, "G1 G2 G3 G4 G5 G6 G9" },
	[CODES_SUGGESTION] = { suggestion, "IMP POL ACC" },
	[CODES_VERDICT] = { verdict, "YES PART NO" },
	[CODES_SUGGESTION_ANSWER] = { suggestion_answer, "FULL PART NO" },
	[CODES_PROCEDURE] = { procedure, "S U" },
};

const struct code *
codes_at(enum codes_list list, size_t index)
{
	CHECK((unsigned)list < CODES_LISTS);
	for (size_t i = 0; lists[list].entries[i].code != NULL; i++) {
		if (i == index)
			return &lists[list].entries[i];
	}
	return NULL;
}

static const struct code *
entry_of(enum codes_list list, const char *code)
{
	const struct code *c;

	for (size_t i = 0; (c = codes_at(list, i)) != NULL; i++) {
		if (strcmp(c->code, code) == 0)
			return c;
	}
	return NULL;
}

bool
codes_known(enum codes_list list, const char *code)
{
	return entry_of(list, code) != NULL;
}

const char *
codes_name(enum codes_list list, const char *code, enum language language)
{
	const struct code *c = entry_of(list, code);

	if (c == NULL)
		return code;
	return language == LANGUAGE_EN ? c->en : c->zh;
}

/* The same text but for case; `text` has `size` bytes. */
static bool
is_called(const char *name, const char *text, size_t size)
{
	return strlen(name) == size && strncasecmp(name, text, size) == 0;
}

const char *
codes_find(enum codes_list list, const char *text)
{
	static const char blanks[] = " \t\r\n";
	const struct code *c;
	size_t size;

	text += strspn(text, blanks);
	for (size = strlen(text); size > 0; size--) {
		if (strchr(blanks, text[size - 1]) == NULL)
			break;
	}
	for (size_t i = 0; (c = codes_at(list, i)) != NULL; i++) {
		if (is_called(c->code, text, size) ||
		    is_called(c->zh, text, size) ||
		    is_called(c->en, text, size))
			return c->code;
	}
	return NULL;
}

const char *
codes_all(enum codes_list list)
{
	CHECK((unsigned)list < CODES_LISTS);
	return lists[list].all;
}
