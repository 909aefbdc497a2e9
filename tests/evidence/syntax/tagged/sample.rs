use crate::other::{helper as h, Thing};
// helper Store read LIMIT
/* helper in a block comment */
const LIMIT: u32 = 3;
static TOP: &str = "helper";
pub struct Store<T> { size: u32, t: T }
enum Color { Red, Blue(u32) }
union Bits { a: u32 }
type Names = Vec<String>;
pub trait Read {
    const KEY: u32;
    type Out;
    fn read(&self, k: u32) -> u32;
}
impl<T> Read for Store<T> {
    fn read(&self, k: u32) -> u32 { k }
}
impl<T> Store<T> {
    pub fn new() -> Self { fn local() {} Store { size: LIMIT } }
}
mod inner {
    pub fn deep() {}
}
fn helper(a: u32) -> u32 {
    println!("helper {}", helper(a));
    let f = helper;
    inner::deep();
    Store::<u32>::new().read(LIMIT)
}
macro_rules! twice { ($x:expr) => { helper($x) } }
