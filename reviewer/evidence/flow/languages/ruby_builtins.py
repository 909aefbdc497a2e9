"""Names that Ruby itself provides."""

from reviewer.evidence.syntax.grammars.row import named

CLASSES = named(
    "Object BasicObject Kernel Module Class Comparable Enumerable Enumerator Array Hash String Symbol Integer "
    "Float Numeric Rational Complex Range Regexp MatchData Proc Method UnboundMethod NilClass TrueClass "
    "FalseClass Struct Data Set Time Date DateTime Random Math File Dir IO Process Signal Thread Mutex Queue "
    "ConditionVariable Fiber Ractor GC ObjectSpace Marshal Encoding Binding TracePoint ENV ARGV STDIN STDOUT "
    "STDERR RUBY_VERSION Warning Exception StandardError RuntimeError ArgumentError TypeError NameError "
    "NoMethodError IndexError KeyError RangeError IOError EOFError NotImplementedError ZeroDivisionError "
    "StopIteration FrozenError ScriptError LoadError SystemExit Interrupt SecurityError FloatDomainError "
    "LocalJumpError FiberError ThreadError NoMatchingPatternError NoMatchingPatternKeyError Errno "
    "SystemStackError UncaughtThrowError"
)
LIBRARY_CLASSES = named(
    "Abbrev Base64 Benchmark BigDecimal CGI CSV Coverage Delegator DelegateClass Digest ERB Etc FileUtils Find "
    "Forwardable GetoptLong IPAddr JSON Logger Matrix Monitor MonitorMixin Net Observable Observer Open3 OpenSSL "
    "OpenStruct OptionParser PP PStore Pathname PrettyPrint Prime Psych RbConfig Readline Reline Resolv Ripper "
    "SecureRandom Shellwords SimpleDelegator Singleton Socket StringIO StringScanner Syslog TCPServer TCPSocket "
    "Tempfile Timeout Tsort URI Vector WeakRef YAML Zlib"
)
"""What its standard library provides once it is required."""
OBJECT = named(
    "puts print p pp warn raise fail require require_relative load loop catch throw rand srand sleep format "
    "sprintf printf gets abort exit at_exit binding block_given? caller eval exec system spawn fork open putc "
    "readline select trap Integer Float String Array Hash Rational class send public_send __send__ method "
    "public_method singleton_method respond_to? instance_variable_get instance_variable_set "
    "instance_variable_defined? instance_variables instance_of? is_a? kind_of? nil? tap then yield_self freeze "
    "frozen? dup clone itself object_id hash inspect to_s display extend methods singleton_class "
    "define_singleton_method instance_eval instance_exec to_enum enum_for proc lambda == eql? equal? === =~ ! "
    "instance_variable_names singleton_methods remove_instance_variable __method__ autoload"
)
RAISES = named("raise fail")
CLASS = named(
    "name to_s instance_method instance_methods const_get const_set const_defined? constants class_eval "
    "module_eval class_exec module_exec include prepend extend include? included_modules ancestors superclass "
    "allocate define_method alias_method attr_accessor attr_reader attr_writer private public protected "
    "module_function method_defined? instance_methods public_instance_methods remove_method undef_method "
    "remove_const class_variable_get class_variable_set private_constant private_class_method "
    "public_class_method subclasses < <= > >= hash freeze method_added private_method_defined? "
    "public_method_defined? new"
)
RUNS_ITSELF = named("call () yield [] ===")
PROC = named(
    "to_proc curry arity lambda? parameters source_location owner receiver unbind bind >> << name bind_call"
)
COMPARABLE = named("< <= > >= == between? clamp")
ENUMERABLE = named(
    "map collect flat_map collect_concat select filter reject find detect find_all find_index first "
    "each_with_index each_with_object each_entry each_slice each_cons reduce inject sum count min max min_by "
    "max_by minmax sort sort_by group_by partition chunk_while slice_when zip to_a entries to_set to_h "
    "include? member? any? all? none? one? take take_while drop drop_while tally uniq cycle lazy reverse_each "
    "filter_map each_entry zip chunk"
)
_ARRAY = ENUMERABLE | named(
    "each push append << unshift prepend pop shift insert concat last at fetch dig [] []= length size empty? "
    "join reverse rotate compact flatten shuffle sample values_at delete delete_at delete_if keep_if map! "
    "collect! select! reject! filter! sort! sort_by! uniq! compact! flatten! fill clear replace index rindex "
    "product combination permutation transpose assoc + - * & | <=> == each_index slice slice! pack bsearch sum "
    "none? freeze to_ary difference union intersection intersect? step with_index with_object"
)
_HASH = ENUMERABLE | named(
    "each each_pair each_key each_value [] []= store fetch dig key? has_key? value? has_value? keys values "
    "length size empty? merge merge! update delete delete_if keep_if transform_values transform_keys "
    "transform_values! transform_keys! slice except invert key values_at fetch_values default default= "
    "compare_by_identity clear replace to_h to_a any? compact compact! select! reject! filter! sort_by "
    "group_by with_indifferent_access symbolize_keys stringify_keys deep_merge reverse_merge"
)
_STRING = named(
    "+ * % == =~ <=> << [] []= length size bytesize upcase downcase capitalize swapcase upcase! downcase! "
    "strip lstrip rstrip strip! chomp chop chars bytes lines each_char each_line each_byte split sub gsub sub! "
    "gsub! tr delete squeeze reverse include? start_with? end_with? index rindex match match? scan to_i to_f "
    "to_s to_sym to_str to_r to_c intern center ljust rjust prepend insert replace concat slice slice! encode "
    "force_encoding encoding valid_encoding? unpack unpack1 hex oct ord succ next upto empty? count format "
    "freeze dup unicode_normalize partition rpartition casecmp casecmp? delete_prefix delete_suffix "
    "each_with_index to_proc sum tr_s crypt"
)
_INTEGER = named(
    "+ - * / % ** == < > <= >= <=> & | ^ ~ << >> -@ +@ times upto downto step to_s to_i to_f to_r abs succ "
    "pred next chr ord even? odd? zero? positive? negative? divmod div modulo fdiv gcd lcm digits round floor "
    "ceil truncate between? clamp coerce pow bit_length integer? finite? nonzero?"
)
MEMBERS = {
    "Array": _ARRAY,
    "Hash": _HASH,
    "String": _STRING,
    "Integer": _INTEGER,
    "Range": ENUMERABLE | named("each step begin end first last min max size cover? to_a reverse_each sum %"),
    "Proc": PROC,
}
"""By core class."""
NAMES = {"list": "Array", "dict": "Hash", "str": "String", "range": "Range"}
"""Core classes by kind of object."""
