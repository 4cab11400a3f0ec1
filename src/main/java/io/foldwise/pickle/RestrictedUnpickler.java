package io.foldwise.pickle;

import io.foldwise.pickle.AllowedGlobals.Constructor;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Razorvine's unpickler without what it should not do. It replaces the opcodes that name or call a
 * global (razorvine has a JVM-wide registry, and builds a stand-in for any class), set the state of
 * an object (it reflects), believe a declared length, or take more than linear time. Objects of
 * other classes, sets, extensions, persistent ids and buffers outside of the file become an {@link
 * Unread}, so that what stands beside them can be read.
 *
 * <p>A tuple is an {@code Object[]}, a list a {@code List}, a dict a {@code Map} in its order with
 * keys of text, whole numbers or bytes, bytes a {@link Payload}.
 */
final class RestrictedUnpickler extends Unpickler {

  /**
   * The most opcodes: each leaves at most some 70 bytes on the heap, of which half may go there.
   */
  private static final long MOST_OPCODES = Heap.bytes() / 128;

  private static final int LONGEST_INTEGER = 255;
  private static final Unread NAMELESS =
      new Unread(
          "the value of a key that is neither text nor a whole number",
          "a dict has a key that is neither text nor a whole number: name its arrays");

  private final PickleInput pickle;
  private final AllowedGlobals globals;
  private long opcodes;
  private long opcodeOffset;

  RestrictedUnpickler(PickleInput pickle, AllowedGlobals globals) {
    this.pickle = pickle;
    this.globals = globals;
  }

  /** The offset of the opcode that was begun last. */
  long opcodeOffset() {
    return opcodeOffset;
  }

  /** The next object of the file, which refers to none of those before it. */
  Object next() throws IOException {
    memo.clear();
    return load(pickle);
  }

  @Override
  protected Object dispatch(short opcode) throws IOException {
    opcodeOffset = pickle.position() - 1;
    if (++opcodes > MOST_OPCODES) {
      throw new Refusal(
          "more than "
              + MOST_OPCODES
              + " Python objects are too many for this heap: "
              + "save NumPy arrays (numpy.asarray), or give the JVM more memory");
    }
    if (collections(opcode) || blocks(opcode) || objects(opcode)) {
      return NO_RETURN_VALUE;
    }
    return super.dispatch(opcode);
  }

  private boolean collections(short opcode) {
    switch (opcode) {
      case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
      case Opcodes.DICT -> stack.add(putAll(new LinkedHashMap<>(), stack.pop_all_since_marker()));
      case Opcodes.SETITEMS -> {
        List<Object> items = stack.pop_all_since_marker();
        dict().ifPresent(dict -> putAll(dict, items));
      }
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        Object key = stack.pop();
        dict().ifPresent(dict -> put(dict, key, value));
      }
      case Opcodes.APPENDS -> {
        List<Object> items = stack.pop_all_since_marker();
        list().ifPresent(list -> list.addAll(items));
      }
      case Opcodes.APPEND -> {
        Object item = stack.pop();
        list().ifPresent(list -> list.add(item));
      }
      case Opcodes.POP_MARK -> stack.pop_all_since_marker();
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean blocks(short opcode) throws IOException {
    switch (opcode) {
      case Opcodes.PROTO -> checkProtocol(pickle.read());
      case Opcodes.FRAME -> pickle.demand(pickle.unsigned(8));
      case Opcodes.FLOAT -> stack.add(real(PickleUtils.readline(pickle)));
      case Opcodes.LONG -> stack.add(integer(PickleUtils.readline(pickle)));
      case Opcodes.LONG4 -> stack.add(PickleUtils.decode_long(integer(pickle.unsigned(4))));
      case Opcodes.BINSTRING -> stack.add(text(4, StandardCharsets.ISO_8859_1));
      case Opcodes.BINUNICODE -> stack.add(text(4, StandardCharsets.UTF_8));
      case Opcodes.BINUNICODE8 -> stack.add(text(8, StandardCharsets.UTF_8));
      case Opcodes.SHORT_BINBYTES ->
          stack.add(new Payload.InMemory(pickle.bytes(pickle.unsigned(1))));
      case Opcodes.BINBYTES -> stack.add(block(pickle.unsigned(4)));
      case Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> stack.add(block(pickle.unsigned(8)));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean objects(short opcode) throws IOException {
    switch (opcode) {
      case Opcodes.GLOBAL ->
          stack.add(global(PickleUtils.readline(pickle), PickleUtils.readline(pickle)));
      case Opcodes.STACK_GLOBAL -> {
        String name = (String) stack.pop();
        stack.add(global((String) stack.pop(), name));
      }
      case Opcodes.REDUCE, Opcodes.NEWOBJ -> call();
      case Opcodes.BUILD -> setState(stack.pop(), stack.peek());
      default -> {
        return foreign(opcode);
      }
    }
    return true;
  }

  private boolean foreign(short opcode) throws IOException {
    switch (opcode) {
      case Opcodes.INST -> {
        String module = PickleUtils.readline(pickle);
        String name = PickleUtils.readline(pickle);
        stack.pop_all_since_marker();
        stack.add(Unread.ofGlobal(opcodeOffset, module + "." + name));
      }
      case Opcodes.OBJ -> {
        stack.pop_all_since_marker();
        unread("an instance of a class");
      }
      case Opcodes.NEWOBJ_EX -> {
        stack.pop();
        stack.pop();
        stack.pop();
        unread("an instance of a class");
      }
      case Opcodes.EXT1 -> extension(1);
      case Opcodes.EXT2 -> extension(2);
      case Opcodes.EXT4 -> extension(4);
      case Opcodes.PERSID -> {
        PickleUtils.readline(pickle);
        unread("a persistent id");
      }
      case Opcodes.BINPERSID -> {
        stack.pop();
        unread("a persistent id");
      }
      case Opcodes.EMPTY_SET -> unread("a set");
      case Opcodes.ADDITEMS -> stack.pop_all_since_marker();
      case Opcodes.FROZENSET -> {
        stack.pop_all_since_marker();
        unread("a set");
      }
      case Opcodes.NEXT_BUFFER -> unread("a buffer outside of the file");
      case Opcodes.READONLY_BUFFER -> {}
      default -> {
        return false;
      }
    }
    return true;
  }

  private void unread(String what) {
    stack.add(Unread.at(opcodeOffset, what));
  }

  private void extension(int bytes) throws IOException {
    pickle.bytes(bytes);
    unread("a copyreg extension");
  }

  private Object global(String module, String name) {
    String global = module + "." + name;
    if (AllowedGlobals.isMissing(global)) {
      return null;
    }
    return globals
        .find(global)
        .<Object>map(constructor -> constructor)
        .orElseGet(() -> Unread.ofGlobal(opcodeOffset, global));
  }

  private static void checkProtocol(int protocol) {
    if (protocol > 5) {
      throw new Refusal("pickle protocol " + protocol + " is not known, only 0 to 5 are");
    }
  }

  private void call() {
    Object[] arguments = (Object[]) stack.pop();
    Object callable = stack.pop();
    if (callable instanceof PickledObject object && object.is("partial")) {
      callable = object.argument(0);
    }
    stack.add(callable instanceof Unread ? callable : ((Constructor) callable).call(arguments));
  }

  /**
   * Sets the state of an object; a dict of a class may have one beside its items, which are the
   * data.
   */
  private void setState(Object state, Object target) {
    if (target instanceof PickledArray array) {
      array.setState((Object[]) state);
    } else if (target instanceof PickledObject object) {
      object.setState(state);
    } else if (target instanceof PickledType type) {
      type.setState((Object[]) state);
    } else if (!(target instanceof Unread || target instanceof Map)) {
      stack.pop();
      unread("an object with a state");
    }
  }

  private Payload block(long length) {
    return new Payload.InFile(pickle.step(length), length);
  }

  private String text(int lengthWidth, java.nio.charset.Charset charset) throws IOException {
    return new String(pickle.bytes(pickle.unsigned(lengthWidth)), charset);
  }

  private byte[] integer(long length) throws IOException {
    if (length > LONGEST_INTEGER) {
      throw new Refusal("a whole number of " + length + " bytes is too long to be data");
    }
    return pickle.bytes(length);
  }

  /** A number as Python writes it, with nan, inf and -inf, which Java does not read. */
  private static double real(String digits) {
    return switch (digits) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(digits);
    };
  }

  private static Number integer(String digits) {
    if (digits.length() > LONGEST_INTEGER) {
      throw new Refusal("a whole number of " + digits.length() + " digits is too long to be data");
    }
    String number = digits.endsWith("L") ? digits.substring(0, digits.length() - 1) : digits;
    return PickleUtils.optimizeBigint(new BigInteger(number));
  }

  /** The list on the stack; empty where an object that is not built takes its place. */
  @SuppressWarnings("unchecked")
  private Optional<List<Object>> list() {
    Object top = stack.peek();
    return top instanceof Unread ? Optional.empty() : Optional.of((ArrayList<Object>) top);
  }

  /** The dict on the stack; empty where an object that is not built takes its place. */
  @SuppressWarnings("unchecked")
  private Optional<Map<String, Object>> dict() {
    Object top = stack.peek();
    return top instanceof Unread
        ? Optional.empty()
        : Optional.of((LinkedHashMap<String, Object>) top);
  }

  private static Map<String, Object> putAll(Map<String, Object> dict, List<Object> items) {
    for (int i = 0; i < items.size(); i += 2) {
      put(dict, items.get(i), items.get(i + 1));
    }
    return dict;
  }

  static void put(Map<String, Object> dict, Object key, Object value) {
    if (key instanceof String text) {
      dict.put(text, value);
    } else if (key instanceof Integer || key instanceof Long) {
      dict.put(key.toString(), value);
    } else if (key instanceof Payload.InMemory bytes) {
      dict.put(bytes.text(), value);
    } else {
      dict.put("entry " + dict.size(), NAMELESS);
    }
  }
}
