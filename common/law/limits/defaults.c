/*
 * The shipped rules and calendar inside the program, byte for byte, so that
 * an office works without a file and a damaged installation cannot change
 * the law.
 */
#include "law/limits/defaults.h"

/*
 * The assembler copies the files in; CMakeLists.txt says where they are and
 * that this object is old when they are newer.  The section is put back, so
 * the compiler's own output around this is not disturbed.
 */
#define EMBED(name, path)                                                      \
	__asm__(".pushsection .rodata\n"                                       \
		".balign 8\n" #name "_size:\n"                                 \
		".quad " #name "_end - " #name "\n" #name ":\n"                \
		".incbin \"" path "\"\n" #name "_end:\n"                       \
		".popsection\n");                                              \
	extern const uint64_t name##_size                                      \
	    __attribute__((visibility("hidden")));                             \
	extern const uint8_t name[] __attribute__((visibility("hidden")))

EMBED(law_calendar_bytes, LAW_DATA_DIR "/calendars/cn-2022-2026.ini");
EMBED(law_rules_bytes, LAW_DATA_DIR "/rules/cn.ini");

struct span
defaults_calendar(void)
{
	return span_of(law_calendar_bytes, (size_t)law_calendar_bytes_size);
}

struct span
defaults_rules(void)
{
	return span_of(law_rules_bytes, (size_t)law_rules_bytes_size);
}
