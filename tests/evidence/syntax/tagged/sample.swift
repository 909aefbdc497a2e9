import Foundation
// helper
let limit = 3
typealias Names = [String]
protocol Read: Base {
  associatedtype Out
  func read(_ key: String) -> Int
  var size: Int { get }
}
enum Color: String { case red, blue }
struct Point { var x: Int }
final class Store: Base, Read {
  private let url: String
  init(url: String) { self.url = url }
  func read(_ key: String) -> Int {
    func local() {}
    helper("helper \(limit)")
    return self.read("read")
  }
  subscript(i: Int) -> Int { return i }
  class Inner { func deep() {} }
  var computed: Int { let hidden = 1; return hidden }
}
extension Store { func more() { call(helper: 1) } }
func helper<T>(_ a: T) -> T where T: Read { Store(url: "x"); return a }
