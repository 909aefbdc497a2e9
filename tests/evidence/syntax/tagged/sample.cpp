// helper Store
#define LIMIT 3
namespace shop::core {
template <typename T> class Store : public Base {
 public:
  static const int KEY = 1;
  Store(int a);
  ~Store() {}
  int read(int k) const { return k; }
  virtual int *raw(int) = 0;
  bool operator==(const Store &other) const;
  template <typename U> U get(U u) { return u; }
  struct Inner { int z; };
};
Store::Store(int a) : Base(a) {}
int Store::read(int k) { return helper("helper"); }
}
class Later;
union Bits { int a; };
enum class Color { Red, Blue };
using Alias = Later *;
typedef int (*Callback)(int);
const int TOP = 4;
static int helper(int a) { auto f = [](int b) { return b; }; Store s; s.read(LIMIT); return shop::core::ref(a); }
template <typename T> T *pointer(T t) { return t; }
int helper(int a, int b);
