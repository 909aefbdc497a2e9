package shop.core
import shop.other.helper as h
/* helper */
const val LIMIT = 3
typealias Names = List<String>
enum class Color(val hex: Int) {
  RED(1),
  BLUE(2);
  fun mix() = RED
}
interface Read<T> {
  fun read(key: String): T
  val size: Int
}
object Single : Read<Int> {
  override fun read(key: String) = helper(key) // helper
}
abstract class Store(private val url: String, n: Int) : Base(n), Read<Int> {
  companion object {
    const val KEY = 1
    fun make(): Store? = null
  }
  val prop: Int get() = 1
  fun `reads a key`() {
    helper("helper $LIMIT")
    this.read(KEY)
    val r = ::helper
    call(helper = 1)
  }
  inner class Inner {
    fun deep() {}
  }
}
fun String.ext(a: Int): Int {
  fun local() {}
  return a
}
fun <T> helper(x: T) = "helper ${x}"
