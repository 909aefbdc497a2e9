#include "helper.h"
/* helper LIMIT */
#define LIMIT 3
#define TWICE(x) (helper(x) + LIMIT)
#define TEXT "helper"
struct store { int size; };
union bits { int a; };
enum color { RED, GREEN };
typedef struct store store_t;
typedef int (*callback)(int);
static const int table[] = { 1, 2 };
int counter = 0;
enum color pick(enum color c);
int helper(int a);
static char **names(void) { return 0; }
int helper(int a) { const char *s = "helper"; return a; } // helper
static int run(struct store *s, store_t t) {
  callback f = &helper;
  if (TWICE(1)) helper(2);
  return f(counter) + RED;
}
