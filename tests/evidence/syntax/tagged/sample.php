helper before
<?php
namespace Shop\Core;
use function Shop\helper;
// helper
# read
const LIMIT = 3;
interface Read { public function read(int $k): int; }
trait Log { function log() { } }
enum Color: string { case Red = 'r'; }
abstract class Store extends Base implements Read {
    const KEY = 1;
    private int $size = 1;
    public static $made;
    public function __construct(int $size) { $this->size = $size; }
    public function read(int $k): int { $helper = "helper {$this->size}"; self::$made = helper($k); return $this->read(LIMIT); }
    public static function make() { return new Store(static::KEY); }
}
function helper($a) { function inner() { } return $a; }
$f = \Shop\helper(...);
$store?->read(1);
?>
helper after
