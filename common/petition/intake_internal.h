/*
 * intake_internal - between the files of intake: problems, and the offices
 * that a report is about.
 */
#ifndef PETITION_INTAKE_INTERNAL_H
#define PETITION_INTAKE_INTERNAL_H

#include "petition/intake.h"

/* As intake_problem_set, of texts that may be anything. */
void intake_problem_about(struct intake_problem *problem,
    const struct intake_field *field, enum say what, struct span second,
    struct span third);
/* {2} a count, {3} its limit. */
void intake_problem_limit(struct intake_problem *problem,
    const struct intake_field *field, enum say what, uint64_t count,
    uint64_t limit);

/* What intake_set, intake_tidy and intake_check do about the accused. */
MUST_USE enum rc intake_accused_set(struct intake *intake,
    const struct intake_field *field, struct span value,
    struct intake_problem *problem);
void intake_accused_tidy(struct intake *intake);
bool intake_accused_check(const struct intake *intake,
    struct intake_problem *problem);

#endif
