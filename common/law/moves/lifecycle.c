/*
 * The way of an item.  Left out: note and recuse (anywhere), rate and
 * call-back (once answered), interim, withdraw and merge (while open).
 *
 *	 register
 *	    |
 *	    v      forward, assign          object
 *	 .-REG<----------------->FWD, ASG<--------->OBJ
 *	 |  |   take, agree         |       insist
 *	 |  | accept, work          | accept, work, reply:
 *	 |  v                       v the addressee takes it over
 *	 | ACC --work--> WRK --extend--> EXT       (forward, assign: from
 *	 |  |             |               |         these three as well)
 *	 |  +------+------+---------------'
 *	 |         v reply (a simple question: at once)
 *	 |        RPL --review--> RVW --reviewed--> RVD
 *	 |                                           | final
 *	 |                                           v
 *	 |                         FIN <--finished-- CHK <-+
 *	 |                                            '----' hearing
 *	 +--> DEC  decline, not-accepted-again
 *
 *	 ACC WRK EXT RPL RVD FIN DEC --close--> CLS
 *	 CLS DEC WDR --reopen--> WRK
 *	 CLS --review, final--> when closed at RPL, at RVD
 *
 * Who answers.  The office that registered an item holds it.  Forwarding
 * names an addressee and changes nothing else: the sender answers until the
 * addressee takes the item over, by whatever it does with it except to
 * object.  Taken over, it is as if registered there.  As long as nobody took
 * it over the sender may send it elsewhere or handle it after all.
 *
 * What the fold cannot know: the tree.  A review is refused to the office
 * that answered and accepted from every other one; that the other one stands
 * above is for the desk that records it (is_above).  "Any office" likewise
 * means one that holds the item; the timeline names it.
 */
#include "law/moves/lifecycle.h"

#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "mech/states.h"

/* -- the table of moves; short names of sets, for it alone -- */

#define REG       BIT(LIFE_REG)
#define SENT      (BIT(LIFE_FWD) | BIT(LIFE_ASG))
#define OBJ       BIT(LIFE_OBJ)
#define ACC       BIT(LIFE_ACC)
#define WRK       BIT(LIFE_WRK)
#define EXT       BIT(LIFE_EXT)
#define HANDLED   (ACC | WRK | EXT)
#define RPL       BIT(LIFE_RPL)
#define RVW       BIT(LIFE_RVW)
#define RVD       BIT(LIFE_RVD)
#define CHK       BIT(LIFE_CHK)
#define FIN       BIT(LIFE_FIN)
#define DEC       BIT(LIFE_DEC)
#define WDR       BIT(LIFE_WDR)
#define MRG       BIT(LIFE_MRG)
#define CLS       BIT(LIFE_CLS)
#define IN_HAND   (REG | SENT | OBJ | HANDLED)
#define OPEN      (IN_HAND | RVW | CHK)
#define ANYWHERE  (BIT(LIFE_STATES) - 1)
#define STAFF     (BIT(ROLE_CLERK) | BIT(ROLE_SUPERVISOR) | BIT(ROLE_HEAD))
#define LEADERS   (BIT(ROLE_SUPERVISOR) | BIT(ROLE_HEAD))
#define TO        LIFE_NEEDS_TO
#define DUE       LIFE_NEEDS_DUE
#define TEXT      LIFE_NEEDS_TEXT
#define DAYS      LIFE_NEEDS_DAYS
#define APPROVER  LIFE_NEEDS_APPROVER
#define OPINION   LIFE_NEEDS_OPINION
#define OUTCOME   LIFE_NEEDS_OUTCOME
#define RATING    LIFE_NEEDS_RATING
#define OTHER     LIFE_NEEDS_OTHER
#define PERSON    LIFE_NEEDS_PERSON
#define HOLDER    LIFE_BY_HOLDER
#define ADDRESSEE LIFE_BY_ADDRESSEE
#define TAKER     LIFE_BY_TAKER
#define SENDER    LIFE_BY_SENDER
#define ABOVE     LIFE_BY_ABOVE
#define ANY       LIFE_BY_ANY

/* clang-format off */
static const struct life_rule rules[] = {
	{ MOVE_FORWARD, REG | SENT | HANDLED, LIFE_FWD, TAKER,
	    TO, STAFF, "R22 Art 22" },
	{ MOVE_ASSIGN, REG | SENT | HANDLED, LIFE_ASG, TAKER,
	    TO | DUE, LEADERS, "R22 Art 22" },
	{ MOVE_TAKE, SENT, LIFE_REG, ADDRESSEE,
	    0, STAFF, "R22 Art 23" },
	{ MOVE_OBJECT, SENT, LIFE_OBJ, ADDRESSEE,
	    TEXT, LEADERS, "R22 Art 23" },
	{ MOVE_AGREE, OBJ, LIFE_BACK, SENDER,
	    0, LEADERS, "R22 Art 23" },
	{ MOVE_INSIST, OBJ, LIFE_BACK, SENDER,
	    TEXT, LEADERS, "R22 Art 23" },
	{ MOVE_ACCEPT, REG | SENT | WRK, LIFE_ACC, TAKER,
	    0, STAFF, "R22 Art 23" },
	{ MOVE_WORK, REG | SENT | ACC, LIFE_WRK, TAKER,
	    0, STAFF, "R22 Art 31" },
	{ MOVE_EXTEND, ACC | WRK, LIFE_EXT, HOLDER,
	    TEXT | DAYS | APPROVER, LEADERS, "R22 Art 34" },
	{ MOVE_INTERIM, REG | HANDLED, LIFE_STAYS, HOLDER,
	    TEXT, STAFF, "custom" },
	{ MOVE_REPLY, REG | SENT | HANDLED, LIFE_RPL, TAKER,
	    TEXT | OPINION, LEADERS, "R22 Art 32, 34" },
	{ MOVE_REVIEW, RPL | CLS, LIFE_RVW, ANY,
	    0, STAFF, "R22 Art 35" },
	{ MOVE_REVIEWED, RVW, LIFE_RVD, ABOVE,
	    TEXT | OPINION, LEADERS, "R22 Art 35" },
	{ MOVE_FINAL, RVD | CLS, LIFE_CHK, ANY,
	    0, STAFF, "R22 Art 36" },
	{ MOVE_HEARING, CHK, LIFE_STAYS, ABOVE,
	    DAYS, LEADERS, "R22 Art 36" },
	{ MOVE_FINISHED, CHK, LIFE_FIN, ABOVE,
	    TEXT | OPINION, LEADERS, "R22 Art 36" },
	{ MOVE_DECLINE, REG | SENT, LIFE_DEC, TAKER,
	    TEXT, LEADERS, "R22 Art 23" },
	{ MOVE_REFUSE, REG, LIFE_DEC, HOLDER,
	    TEXT | OTHER, LEADERS, "R22 Art 36" },
	{ MOVE_WITHDRAW, OPEN, LIFE_WDR, TAKER,
	    TEXT, STAFF, "custom" },
	{ MOVE_MERGE, IN_HAND, LIFE_MRG, HOLDER,
	    OTHER, STAFF, "R22 Art 19" },
	{ MOVE_UNMERGE, MRG, LIFE_BACK, HOLDER,
	    TEXT, STAFF, "custom" },
	{ MOVE_CLOSE, HANDLED | RPL | RVD | FIN | DEC, LIFE_CLS, HOLDER,
	    OUTCOME, LEADERS, "custom" },
	{ MOVE_REOPEN, CLS | DEC | WDR, LIFE_WRK, HOLDER,
	    TEXT, LEADERS, "custom" },
	{ MOVE_RATE, RPL | RVD | FIN | CLS, LIFE_STAYS, ANY,
	    RATING, STAFF, "custom" },
	{ MOVE_CALL_BACK, RPL | RVD | FIN | CLS, LIFE_STAYS, ANY,
	    TEXT, STAFF, "custom" },
	{ MOVE_RECUSE, ANYWHERE, LIFE_STAYS, ANY,
	    PERSON, STAFF, "R22 Art 28" },
	{ MOVE_NOTE, ANYWHERE, LIFE_STAYS, ANY,
	    TEXT, STAFF, "custom" },
};
/* clang-format on */

static const struct {
	const char *word, *code;
} moves[MOVE_COUNT] = {
#define X(name, word, code) [name] = { word, code },
	MOVE_LIST(X)
#undef X
};

static const char *const names[MOVE_COUNT][LANGUAGE_COUNT] = {
	[MOVE_REGISTER] = { "登记", "register" },
	[MOVE_FORWARD] = { "转送", "forward" },
	[MOVE_ASSIGN] = { "交办", "assign" },
	[MOVE_TAKE] = { "接收", "take over" },
	[MOVE_OBJECT] = { "提出异议", "object" },
	[MOVE_AGREE] = { "同意异议", "agree to the objection" },
	[MOVE_INSIST] = { "不同意异议", "refuse the objection" },
	[MOVE_ACCEPT] = { "受理告知", "acceptance notice" },
	[MOVE_WORK] = { "办理", "handle" },
	[MOVE_EXTEND] = { "延期", "extend the term" },
	[MOVE_INTERIM] = { "阶段性答复", "interim reply" },
	[MOVE_REPLY] = { "答复", "written reply" },
	[MOVE_REVIEW] = { "申请复查", "review asked for" },
	[MOVE_REVIEWED] = { "复查意见", "review opinion" },
	[MOVE_FINAL] = { "申请复核", "final review asked for" },
	[MOVE_HEARING] = { "听证", "hearing" },
	[MOVE_FINISHED] = { "复核意见", "final review opinion" },
	[MOVE_DECLINE] = { "不予受理", "decline" },
	[MOVE_REFUSE] = { "不再受理", "not accepted again" },
	[MOVE_WITHDRAW] = { "撤回", "withdraw" },
	[MOVE_MERGE] = { "合并", "merge" },
	[MOVE_UNMERGE] = { "取消合并", "undo the merging" },
	[MOVE_CLOSE] = { "办结", "close" },
	[MOVE_REOPEN] = { "重新办理", "reopen" },
	[MOVE_RATE] = { "评价", "rating" },
	[MOVE_CALL_BACK] = { "回访", "call back" },
	[MOVE_RECUSE] = { "回避", "recuse" },
	[MOVE_NOTE] = { "备注", "note" },
};

static const char *const states[LIFE_STATES] = {
	[LIFE_REG] = LIFE_REG_CODE,
	[LIFE_FWD] = "FWD",
	[LIFE_ASG] = "ASG",
	[LIFE_OBJ] = "OBJ",
	[LIFE_ACC] = "ACC",
	[LIFE_WRK] = "WRK",
	[LIFE_EXT] = "EXT",
	[LIFE_RPL] = "RPL",
	[LIFE_RVW] = "RVW",
	[LIFE_RVD] = "RVD",
	[LIFE_CHK] = "CHK",
	[LIFE_FIN] = "FIN",
	[LIFE_DEC] = "DEC",
	[LIFE_WDR] = "WDR",
	[LIFE_MRG] = LIFE_MRG_CODE,
	[LIFE_CLS] = "CLS",
};

static const char *const role_words[ROLE_COUNT] = {
	[ROLE_CLERK] = "clerk",
	[ROLE_SUPERVISOR] = "supervisor",
	[ROLE_HEAD] = "head",
	[ROLE_AUDITOR] = "auditor",
	[ROLE_ADMINISTRATOR] = "administrator",
};

const struct life_rule *
life_rule_of(enum life_move move)
{
	CHECK(move > MOVE_REGISTER);
	CHECK(move < MOVE_COUNT);
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (rules[i].move == move)
			return &rules[i];
	}
	CHECK(!"every move has a rule");
	return NULL;
}

const char *
life_move_word(enum life_move move)
{
	CHECK((unsigned)move < MOVE_COUNT);
	return moves[move].word;
}

const char *
life_move_code(enum life_move move)
{
	CHECK((unsigned)move < MOVE_COUNT);
	return moves[move].code;
}

const char *
life_move_name(enum life_move move, enum language language)
{
	CHECK((unsigned)move < MOVE_COUNT);
	return names[move][language];
}

enum life_move
life_move_of_word(const char *word)
{
	enum life_move move = MOVE_REGISTER;

	while (move < MOVE_COUNT && strcmp(moves[move].word, word) != 0 &&
	       strcmp(names[move][LANGUAGE_ZH], word) != 0)
		move++;
	return move;
}

enum life_move
life_move_of_code(const char *code)
{
	enum life_move move = MOVE_REGISTER;

	while (move < MOVE_COUNT && strcmp(moves[move].code, code) != 0)
		move++;
	return move;
}

const char *
life_state_code(enum life_state state)
{
	CHECK((unsigned)state < LIFE_STATES);
	return states[state];
}

enum life_role
life_role_of_word(const char *word)
{
	enum life_role role = ROLE_CLERK;

	while (role < ROLE_COUNT && strcmp(role_words[role], word) != 0)
		role++;
	return role;
}

bool
life_is_open(enum life_state state)
{
	CHECK((unsigned)state < LIFE_STATES);
	return (OPEN & BIT(state)) != 0;
}

/* -- what is open to whom -- */

static bool
is_office(const char *office, const char *part)
{
	return part[0] != '\0' && strcmp(office, part) == 0;
}

static bool
is_on_side(const struct life *life, enum life_side side, const char *office,
    bool is_above)
{
	switch (side) {
	case LIFE_BY_HOLDER:
		return is_office(office, life->holder);
	case LIFE_BY_ADDRESSEE:
		return is_office(office, life->pending);
	case LIFE_BY_TAKER:
		return is_office(office, life->holder) ||
		       is_office(office, life->pending);
	case LIFE_BY_SENDER:
		return is_office(office, life->sender);
	case LIFE_BY_ABOVE:
		return is_above && !is_office(office, life->replier);
	case LIFE_BY_ANY:
		return true;
	}
	return false;
}

/* What the set of states cannot say. */
static bool
is_due_course(const struct life *life, enum life_move move)
{
	if (move == MOVE_EXTEND)
		return !life->is_extended;
	if (move == MOVE_REVIEW && life->state == LIFE_CLS)
		return life->paused == LIFE_RPL;
	if (move == MOVE_FINAL && life->state == LIFE_CLS)
		return life->paused == LIFE_RVD;
	return true;
}

bool
life_allows(const struct life *life, enum life_move move, const char *office,
    bool is_above)
{
	const struct life_rule *rule;

	if ((unsigned)move >= MOVE_COUNT || move == MOVE_REGISTER)
		return false;
	rule = life_rule_of(move);
	return (rule->from & BIT(life->state)) != 0 &&
	       is_on_side(life, rule->side, office, is_above) &&
	       is_due_course(life, move);
}

/* "forward 转送"; English only where the name says more than the word. */
static void
write_move(enum life_move move, enum language language, bool is_first,
    char *out, size_t size)
{
	const char *word = life_move_word(move);
	const char *name = life_move_name(move, language);
	const char *comma = is_first ? "" : ", ";
	enum rc rc;

	if (strcmp(word, name) == 0) {
		rc = text_format(out, size, "%s%s", comma, word);
	} else if (language == LANGUAGE_EN) {
		rc = text_format(out, size, "%s%s (%s)", comma, word, name);
	} else {
		rc = text_format(out, size, "%s%s %s", comma, word, name);
	}
	/* A test tries every state and every part. */
	CHECK(rc == RC_OK);
}

void
life_moves_open(const struct life *life, const char *office, bool is_above,
    enum language language, char out[static LIFE_MOVES_TEXT_MAX])
{
	size_t used = 0;

	out[0] = '\0';
	for (enum life_move m = MOVE_FORWARD; m < MOVE_COUNT; m++) {
		if (!life_allows(life, m, office, is_above))
			continue;
		write_move(m, language, used == 0, out + used,
		    LIFE_MOVES_TEXT_MAX - used);
		used += strlen(out + used);
	}
}
