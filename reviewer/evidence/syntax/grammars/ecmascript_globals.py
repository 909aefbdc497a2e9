"""Names that JavaScript code can read though no file binds them."""

from reviewer.evidence.syntax.grammars.row import named

JAVASCRIPT_GLOBALS = named(
    "Array ArrayBuffer BigInt Boolean Buffer DataView Date Error EvalError Event EventTarget "
    "File FileReader FormData Function Headers Infinity Intl JSON Map Math NaN Number Object "
    "Promise Proxy RangeError ReferenceError Reflect RegExp Request Response Set String "
    "Symbol SyntaxError TypeError URIError URL URLSearchParams WeakMap WeakRef WeakSet "
    "WebSocket XMLHttpRequest Blob AbortController AbortSignal TextDecoder TextEncoder "
    "Element HTMLElement Node Document Window Worker Image Option Notification atob btoa "
    "fetch alert confirm prompt name status length console crypto document window global "
    "globalThis self navigator location history performance process require module exports "
    "__dirname __filename setTimeout setInterval setImmediate clearTimeout clearInterval "
    "clearImmediate queueMicrotask structuredClone requestAnimationFrame cancelAnimationFrame "
    "isNaN isFinite parseInt parseFloat encodeURI encodeURIComponent decodeURI "
    "decodeURIComponent escape unescape eval undefined arguments describe it test expect "
    "before after beforeEach afterEach beforeAll afterAll suite context specify jest vi cy "
    "chai assert sinon $ jQuery open close print stop find top parent event origin screen"
)
TYPE_GLOBALS = named(
    "Partial Required Readonly Record Pick Omit Exclude Extract NonNullable Parameters "
    "ReturnType InstanceType Awaited Uppercase Lowercase Capitalize Uncapitalize PropertyKey "
    "PropertyDescriptor ThisType NodeJS JSX React Iterable Iterator AsyncIterable "
    "AsyncIterator Generator AsyncGenerator PromiseLike ArrayLike TemplateStringsArray "
    "ReadonlyArray ReadonlyMap ReadonlySet Timer MouseEvent KeyboardEvent RequestInit "
    "ResponseInit BufferSource"
)
