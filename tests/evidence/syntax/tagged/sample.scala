package shop.core
import shop.other.{helper => h, _}
// helper
object Single extends Read[Int] { val LIMIT = 3; def apply(x: Int): Int = helper(x) }
trait Read[T] { def read(key: String): T; val size: Int; type Out }
case class Store(url: String) extends Base(url) with Read[Int] {
  override def read(key: String): Int = {
    def local = 1
    this.read("read")
    List(1).map(helper)
    s"helper ${size}"
  }
  class Inner { def deep = 1 }
  var a, b = 1
}
type Names = List[String]
enum Color { case Red; case Blue, Green }
def helper(x: Int): Int = new Store("helper").read("x")
given ord: Ordering[Int] with { def compare(a: Int, b: Int) = 0 }
