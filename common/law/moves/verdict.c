/*
 * The words for what is said of two items.  They stand in records, so they
 * never change; a word of a later version is none of ours, and is kept and
 * shown as it stands.
 */
#include "law/moves/verdict.h"

#include <string.h>

#include "base/check.h"

#define X(name, code) [name] = (code),
static const char *const codes[VERDICTS] = { VERDICT_LIST(X) };
#undef X

const char *
verdict_code(enum verdict verdict)
{
	CHECK(verdict < VERDICTS);
	return codes[verdict];
}

enum verdict
verdict_of_code(const char *code)
{
	enum verdict verdict = 0;

	while (verdict < VERDICTS && strcmp(codes[verdict], code) != 0)
		verdict++;
	return verdict;
}

bool
verdict_regroups(enum verdict verdict)
{
	return verdict == VERDICT_LINK || verdict == VERDICT_SPLIT;
}
