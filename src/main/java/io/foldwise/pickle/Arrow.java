package io.foldwise.pickle;

import io.foldwise.pickle.Elements.Endian;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Arrays of pyarrow as they are pickled: a type and buffers, laid out as the Arrow columnar format
 * 1.5 says (arrow.apache.org/docs/format/Columnar.html): bits of validity, perhaps offsets, values.
 */
final class Arrow {

  private final ByteSource file;
  private final Budget budget;

  Arrow(ByteSource file, Budget budget) {
    this.file = file;
    this.budget = budget;
  }

  /** What an Array holds: (type, length, missing, offset, buffers, children, dictionary). */
  private record Held(String type, int length, int offset, List<?> buffers) {}

  /** The values of an Array or of a ChunkedArray. */
  StoredArray array(Object object) throws IOException {
    if (object instanceof PickledObject chunked
        && chunked.is("chunked_array")
        && Sequences.isSequence(chunked.argument(0))) {
      return joined(Sequences.items(chunked.argument(0)));
    }
    Held held = held(object);
    Optional<NumberType> number = number(held.type);
    if (number.isPresent()) {
      return numbers(held, number.get());
    }
    return switch (held.type) {
      case "bool" -> NdArray.owning(bits(held, held.buffers.get(1)), held.length);
      case "string", "utf8" -> texts(held, Integer.BYTES);
      case "large_string", "large_utf8" -> texts(held, Long.BYTES);
      default -> throw unread(held.type);
    };
  }

  private static Refusal unread(String type) {
    return Refusal.ofValue(
        "is of the pyarrow type "
            + Refusal.quote(type)
            + ", which is not read: save it with .astype('float64') or .astype(str)");
  }

  private static Held held(Object object) {
    if (object instanceof PickledObject array
        && array.is("_restore_array")
        && array.argument(0) instanceof Object[] parts
        && parts.length >= 5
        && parts[1] instanceof Number length
        && parts[3] instanceof Number offset
        && Sequences.isSequence(parts[4])) {
      if (!(parts[0] instanceof PickledObject type && type.is("type_for_alias"))) {
        throw unread("of another kind");
      }
      long rows = length.longValue();
      long skipped = offset.longValue();
      if (rows < 0 || skipped < 0 || rows + skipped > Integer.MAX_VALUE - 16) {
        throw new Refusal("a pyarrow array is longer than any: damaged");
      }
      List<?> buffers = Sequences.items(parts[4]);
      if (buffers.size() < 2) {
        throw unread(String.valueOf(type.argument(0)));
      }
      return new Held(String.valueOf(type.argument(0)), (int) rows, (int) skipped, buffers);
    }
    throw Refusal.ofValue(
        "is a pyarrow array of a kind that is not read: save it with .to_numpy()");
  }

  private static Optional<NumberType> number(String type) {
    return switch (type) {
      case "float", "float32" -> Optional.of(NumberType.FLOAT32);
      case "double", "float64" -> Optional.of(NumberType.FLOAT64);
      case "halffloat", "float16" -> Optional.of(NumberType.FLOAT16);
      case "bool" -> Optional.empty();
      default -> NumberType.labelled(type);
    };
  }

  private static Payload buffer(Object buffer) {
    if (buffer == null) {
      return new Payload.InMemory(new byte[0]);
    }
    if (buffer instanceof PickledObject object
        && object.is("py_buffer")
        && object.argument(0) instanceof Payload payload) {
      return payload;
    }
    throw new Refusal("a buffer of a pyarrow array is not as pyarrow writes it: damaged");
  }

  /** So many numbers of a buffer from an offset on. */
  private EncodedArray numbers(Object of, NumberType type, int offset, int length) {
    Payload values = buffer(of);
    int width = type.width();
    budget.spend(length);
    require(values, ((long) offset + length) * width);
    int[] shape = {length};
    return new EncodedArray(
        type,
        new Elements(width, Endian.LITTLE, shape, values, (long) offset * width, width, width));
  }

  private NumberArray numbers(Held held, NumberType type) throws IOException {
    NumberArray numbers = numbers(held.buffers.get(1), type, held.offset, held.length);
    if (held.buffers.get(0) == null) {
      return numbers;
    }
    double[] missing = bits(held, held.buffers.get(0));
    for (int i = 0; i < missing.length; i++) {
      missing[i] = 1 - missing[i];
    }
    return new MaskedNumbers(numbers, NdArray.owning(missing, held.length));
  }

  private static void require(Payload buffer, long bytes) {
    if (buffer.length() < bytes) {
      throw new Refusal("a buffer of a pyarrow array is too short for its rows: damaged");
    }
  }

  /** Bits as 0 and 1, the least significant of a byte first; of a bool, missing ones are NaN. */
  private double[] bits(Held held, Object of) throws IOException {
    Payload buffer = buffer(of);
    byte[] bytes = bytes(buffer, ((long) held.offset + held.length + 7) / 8);
    double[] out = new double[held.length];
    for (int i = 0; i < out.length; i++) {
      int bit = held.offset + i;
      out[i] = bytes[bit >> 3] >> (bit & 7) & 1;
    }
    if (of == held.buffers.get(1) && held.buffers.get(0) != null) {
      double[] valid = bits(held, held.buffers.get(0));
      for (int i = 0; i < out.length; i++) {
        out[i] = valid[i] == 0 ? Double.NaN : out[i];
      }
    }
    return out;
  }

  private byte[] bytes(Payload buffer, long length) throws IOException {
    require(buffer, length);
    budget.hold(length / 8 + 1);
    byte[] bytes = new byte[Math.toIntExact(length)];
    buffer.readFully(file, 0, bytes, bytes.length);
    return bytes;
  }

  /** Texts in UTF-8, each between two offsets of so many bytes. */
  private StoredArray texts(Held held, int offsetWidth) throws IOException {
    budget.spend(held.length);
    budget.hold(held.length);
    String[] texts = new String[held.length];
    if (held.length == 0) {
      return new ListedText(texts, 0);
    }
    NumberType type = offsetWidth == Long.BYTES ? NumberType.INT64 : NumberType.INT32;
    double[] at =
        numbers(held.buffers.get(1), type, held.offset, held.length + 1)
            .rows(0, held.length + 1, file);
    Payload utf8 = buffer(held.buffers.size() > 2 ? held.buffers.get(2) : null);
    byte[] bytes = bytes(utf8, utf8.length());
    double[] valid = held.buffers.get(0) == null ? null : bits(held, held.buffers.get(0));
    for (int i = 0; i < texts.length; i++) {
      long from = (long) at[i];
      long to = (long) at[i + 1];
      if (from < 0 || to < from || to > bytes.length) {
        throw new Refusal("a text of a pyarrow array is not within its buffer: damaged");
      }
      texts[i] =
          valid != null && valid[i] == 0
              ? null
              : new String(bytes, (int) from, (int) (to - from), StandardCharsets.UTF_8);
    }
    return new ListedText(texts, texts.length);
  }

  /** Chunks one after the other, in memory. */
  private StoredArray joined(List<?> chunks) throws IOException {
    if (chunks.size() == 1) {
      return array(chunks.get(0));
    }
    StoredArray[] parts = new StoredArray[chunks.size()];
    int rows = 0;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = array(chunks.get(i));
      rows = Math.addExact(rows, parts[i].rows());
    }
    budget.hold(rows);
    boolean text = parts.length > 0 && parts[0] instanceof TextArray;
    String[] texts = new String[text ? rows : 0];
    double[] numbers = new double[text ? 0 : rows];
    int first = 0;
    for (StoredArray part : parts) {
      if (part instanceof TextArray own && text) {
        System.arraycopy(own.rows(0, own.rows(), file), 0, texts, first, own.rows());
      } else if (part instanceof NumberArray own && !text) {
        System.arraycopy(own.rows(0, own.rows(), file), 0, numbers, first, own.rows());
      } else {
        throw new Refusal("the chunks of a pyarrow array are of several types: damaged");
      }
      first += part.rows();
    }
    return text ? new ListedText(texts, rows) : NdArray.owning(numbers, rows);
  }
}
