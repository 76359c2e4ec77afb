/* The phrases of rc.h's one list, for the log. */
#include "base/rc.h"

#define RC_TEXT(name, text) [name] = (text),
static const char *const texts[RC_COUNT] = { RC_LIST(RC_TEXT) };
#undef RC_TEXT

const char *
rc_text(enum rc rc)
{
	return (unsigned)rc < RC_COUNT ? texts[rc] : "unknown outcome";
}
