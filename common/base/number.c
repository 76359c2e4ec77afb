/* strtoimax alone would take blanks and a plus in front; here they are none. */
#include "base/number.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

enum rc
number_parse(const char *text, int64_t min, int64_t max, int64_t *out)
{
	char *end;
	intmax_t value;

	if (*text != '-' && (*text < '0' || *text > '9'))
		return RC_MALFORMED;
	errno = 0;
	value = strtoimax(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || value < min ||
	    value > max)
		return RC_MALFORMED;
	*out = value;
	return RC_OK;
}
