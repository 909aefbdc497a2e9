using Shop.Other;
// Helper Store Read
namespace Shop.Core {
  public class Store<T> : Base<T>, IRead {
    public const int Key = 1;
    private int size;
    public Store(int a) : base(a) { }
    public int Count { get; set; } = 1;
    public event Action Changed;
    public delegate void Done(int a);
    public int Read(int k) {
      int Local() => 1;
      Helper("Helper");
      this.Read(Key);
      other?.Read(Count: 2);
      return new Store<int>(1).Count;
    }
    class Inner { void Deep() { } }
    static int Helper(string text) => Log($"Read {Helper(text)}");
  }
  interface IRead { int Read(int k); }
  struct Point { }
  record Pair(int A, int B);
  enum Color { Red, Blue }
}
