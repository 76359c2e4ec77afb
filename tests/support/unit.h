/*
 * unit - one file of tests, as a program.
 *
 *	TEST(test_a_full_disk_is_told)
 *	{
 *		...
 *	}
 *
 * defines a test and registers it; tests run in the order in which they
 * stand in their file.  support/unit.c has main().  A test gets `state`:
 * what its setup left there, or NULL.
 *
 * One file of tests is one program; nothing here is thread safe.
 */
#ifndef SUPPORT_UNIT_H
#define SUPPORT_UNIT_H

/* cmocka wants these four before itself. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
/* clang-format on */

/* For the macros below: `setup` and `teardown` may be NULL. */
void unit_add(const char *name, CMUnitTestFunction test,
    CMFixtureFunction setup, CMFixtureFunction teardown);
void unit_group(CMFixtureFunction setup, CMFixtureFunction teardown);
void unit_first(void (*act)(void));
void unit_last(void (*act)(void));

#define UNIT_AT_LOAD(name, call)                                               \
	__attribute__((constructor)) static void name##_at_load(void)          \
	{                                                                      \
		call;                                                          \
	}

#define TEST(name) TEST_WITH(name, NULL, NULL)

/* With what stands before it and is taken down behind it. */
#define TEST_WITH(name, setup, teardown)                                       \
	static void name(void **state);                                        \
	UNIT_AT_LOAD(name, unit_add(#name, name, setup, teardown))             \
	static void name(__attribute__((unused)) void **state)

/* Around all tests of the file, given to each as `state`. */
#define TEST_GROUP(setup, teardown)                                            \
	UNIT_AT_LOAD(group, unit_group(setup, teardown))

/* Once per process: before the first test, behind the last. */
#define TEST_FIRST()                                                           \
	static void first_of_all(void);                                        \
	UNIT_AT_LOAD(first_of_all, unit_first(first_of_all))                   \
	static void first_of_all(void)
#define TEST_LAST()                                                            \
	static void last_of_all(void);                                         \
	UNIT_AT_LOAD(last_of_all, unit_last(last_of_all))                      \
	static void last_of_all(void)

#endif
