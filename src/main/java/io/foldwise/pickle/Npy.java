package io.foldwise.pickle;

import io.foldwise.pickle.PythonLiteral.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of {@code numpy.save} and {@code numpy.savez}, versions 1 to 3 of the format that
 * numpy.lib.format describes: a header that says type, order and shape, then the elements; .npz is
 * a zip archive of such files.
 *
 * <p>Elements stay where they are. An array of objects is a pickle behind the header, which is read
 * by the same allow-list as any.
 */
final class Npy {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 20;
  private static final String SUFFIX = ".npy";

  private Npy() {}

  /** Whether a file begins as one of {@code numpy.save} does. */
  static boolean isArray(ByteSource file) throws IOException {
    return begins(file, MAGIC);
  }

  /** Whether a file begins as a zip archive does. */
  static boolean isArchive(ByteSource file) throws IOException {
    return begins(file, new byte[] {'P', 'K', 3, 4});
  }

  private static boolean begins(ByteSource file, byte[] magic) throws IOException {
    byte[] start = new byte[magic.length];
    if (file.length() < start.length) {
      return false;
    }
    file.readFully(0, start, 0, start.length);
    return Arrays.equals(start, magic);
  }

  /** The array of a file of {@code numpy.save}. */
  static Object array(ByteSource file) throws IOException {
    return array(file, 0, file.length());
  }

  /**
   * The arrays of a file of {@code numpy.savez} by their names; without names, {@code arr_0} and so
   * on, as one array or as a tuple.
   */
  static Object arrays(ByteSource file) throws IOException {
    Map<String, Object> arrays = new LinkedHashMap<>();
    for (ZipMembers.Member member : ZipMembers.of(file)) {
      String name = member.name();
      if (!name.endsWith(SUFFIX)) {
        arrays.put(name, new Unread("no NumPy array", "it holds no NumPy array"));
        continue;
      }
      arrays.put(
          name.substring(0, name.length() - SUFFIX.length()),
          array(file, member.offset(), member.offset() + member.length()));
    }
    Object[] numbered = new Object[arrays.size()];
    for (int i = 0; i < numbered.length; i++) {
      numbered[i] = arrays.get("arr_" + i);
      if (numbered[i] == null) {
        return arrays;
      }
    }
    return numbered.length == 1 ? numbered[0] : numbered;
  }

  private static Object array(ByteSource file, long start, long end) throws IOException {
    byte[] fixed = bytes(file, start, 12, end);
    if (!Arrays.equals(Arrays.copyOf(fixed, MAGIC.length), MAGIC)) {
      throw new Refusal("an array of the archive does not begin as NumPy writes it: damaged");
    }
    int version = fixed[6];
    ByteBuffer lengths = ByteBuffer.wrap(fixed).order(ByteOrder.LITTLE_ENDIAN);
    long length = version == 1 ? lengths.getShort(8) & 0xffff : lengths.getInt(8) & 0xffffffffL;
    if (version < 1 || version > 3 || length > LONGEST_HEADER) {
      throw new Refusal(
          "version %d of the format of NumPy's files is not known, or the header is damaged"
              .formatted(version));
    }
    long first = start + (version == 1 ? 10 : 12);
    Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    String header = new String(bytes(file, first, (int) length, end), charset);
    return array(file, parsed(header), first + length, end);
  }

  private static Map<?, ?> parsed(String header) {
    try {
      if (PythonLiteral.parse(header) instanceof Map<?, ?> said) {
        return said;
      }
    } catch (Malformed malformed) {
      throw new Refusal("the header of the array is not as NumPy writes it: damaged");
    }
    throw new Refusal("the header of the array is not as NumPy writes it: damaged");
  }

  private static Object array(ByteSource file, Map<?, ?> header, long first, long end)
      throws IOException {
    if (!(header.get("fortran_order") instanceof Boolean columnMajor)) {
      throw new Refusal("the header of the array does not say its order: damaged");
    }
    int[] shape = PickledArray.ints(header.get("shape"));
    PickledType type;
    try {
      type = PickledType.described(header.get("descr"));
    } catch (Refusal refusal) {
      if (refusal.isOfValue()) {
        return new Unread("an array that " + refusal.getMessage(), "it " + refusal.getMessage());
      }
      throw refusal;
    }
    if (type.isObjects()) {
      PickleInput pickle = new PickleInput(file, first, end);
      return new RestrictedUnpickler(pickle, new AllowedGlobals(new Budget(end - first))).next();
    }
    return PickledArray.lying(new Payload.InFile(first, end - first), type, shape, columnMajor);
  }

  private static byte[] bytes(ByteSource file, long from, int length, long end) throws IOException {
    if (from + length > end || end > file.length()) {
      throw new Refusal("the array is cut short: write the file again");
    }
    byte[] bytes = new byte[length];
    file.readFully(from, bytes, 0, length);
    return bytes;
  }
}
