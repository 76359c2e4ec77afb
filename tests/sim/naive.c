#include "naive.h"
void check_clocks(const struct node *top, struct world *w) { (void)top; (void)w; }
