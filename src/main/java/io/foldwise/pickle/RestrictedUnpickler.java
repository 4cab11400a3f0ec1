package io.foldwise.pickle;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Razorvine's unpickler, less what it should not do. Replaced are the opcodes that name or call a
 * global (razorvine has a JVM-wide registry, and builds a stand-in for any class), set the state of
 * an object (it reflects), believe a declared length, or take more than linear time; refused are
 * sets, instances, extensions, persistent ids and buffers outside of the file.
 *
 * <p>A tuple is an {@code Object[]}, a list a {@code List}, a dict a {@code Map} in its order with
 * keys of text, whole numbers or bytes, bytes a {@link Payload}.
 */
final class RestrictedUnpickler extends Unpickler {

  /** An opcode leaves at most some 70 bytes on the heap; half the heap may go there. */
  private static final long MOST_OPCODES = Runtime.getRuntime().maxMemory() / 128;

  private static final int LONGEST_INTEGER = 255;

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
        putAll(dict(), items);
      }
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        Object key = stack.pop();
        put(dict(), key, value);
      }
      case Opcodes.APPENDS -> {
        List<Object> items = stack.pop_all_since_marker();
        list().addAll(items);
      }
      case Opcodes.APPEND -> {
        Object item = stack.pop();
        list().add(item);
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
          stack.add(globals.find(PickleUtils.readline(pickle), PickleUtils.readline(pickle)));
      case Opcodes.STACK_GLOBAL -> {
        String name = (String) stack.pop();
        stack.add(globals.find((String) stack.pop(), name));
      }
      case Opcodes.INST ->
          throw AllowedGlobals.refused(PickleUtils.readline(pickle), PickleUtils.readline(pickle));
      case Opcodes.REDUCE, Opcodes.NEWOBJ -> call();
      case Opcodes.BUILD -> setState(stack.pop(), stack.peek());
      case Opcodes.OBJ, Opcodes.NEWOBJ_EX -> throw unread("an instance of a class");
      case Opcodes.EXT1, Opcodes.EXT2, Opcodes.EXT4 -> throw unread("a copyreg extension");
      case Opcodes.PERSID, Opcodes.BINPERSID -> throw unread("a persistent id");
      case Opcodes.EMPTY_SET, Opcodes.ADDITEMS, Opcodes.FROZENSET -> throw unread("a set");
      case Opcodes.NEXT_BUFFER, Opcodes.READONLY_BUFFER ->
          throw unread("a buffer outside of the file");
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Refusal unread(String what) {
    return new Refusal(
        what + " is not read: only NumPy arrays, numbers, lists, tuples and dicts are");
  }

  private static void checkProtocol(int protocol) {
    if (protocol > 5) {
      throw new Refusal("pickle protocol " + protocol + " is not known, only 0 to 5 are");
    }
  }

  private void call() {
    Object[] arguments = (Object[]) stack.pop();
    AllowedGlobals.Constructor constructor = (AllowedGlobals.Constructor) stack.pop();
    stack.add(constructor.call(arguments));
  }

  private static void setState(Object state, Object target) {
    if (target instanceof PickledArray array) {
      array.setState((Object[]) state);
    } else if (target instanceof PickledType type) {
      type.setState((Object[]) state);
    } else {
      throw unread("an object with a state");
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

  /** Python writes nan, inf and -inf, which Java does not read. */
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

  @SuppressWarnings("unchecked")
  private List<Object> list() {
    return (ArrayList<Object>) stack.peek();
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> dict() {
    return (LinkedHashMap<String, Object>) stack.peek();
  }

  private static Map<String, Object> putAll(Map<String, Object> dict, List<Object> items) {
    for (int i = 0; i < items.size(); i += 2) {
      put(dict, items.get(i), items.get(i + 1));
    }
    return dict;
  }

  private static void put(Map<String, Object> dict, Object key, Object value) {
    if (key instanceof String text) {
      dict.put(text, value);
    } else if (key instanceof Integer || key instanceof Long) {
      dict.put(key.toString(), value);
    } else if (key instanceof Payload.InMemory bytes) {
      dict.put(bytes.latin1(), value);
    } else {
      throw new Refusal(
          "a dict has a key that is neither text nor a whole number: name its arrays");
    }
  }
}
