package io.foldwise.pickle;

import io.foldwise.pickle.Elements.Endian;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;

/** An array of texts as NumPy encodes it, or of its times, which are read as texts. */
final class EncodedText implements TextArray {

  private static final long serialVersionUID = 1L;

  private final Encoding encoding;
  private final Elements elements;

  EncodedText(Encoding encoding, Elements elements) {
    this.encoding = encoding;
    this.elements = elements;
  }

  /** These times, known to be in UTC; texts as they are. */
  EncodedText inUtc() {
    return encoding instanceof DateTimes times ? new EncodedText(times.inUtc(), elements) : this;
  }

  @Override
  public String typeName() {
    return encoding.typeName();
  }

  @Override
  public int[] shape() {
    return elements.shape().clone();
  }

  @Override
  public boolean inFile() {
    return elements.payload() instanceof Payload.InFile;
  }

  @Override
  public String[] rows(int from, int to, ByteSource file) throws IOException {
    String[] out = new String[size(from, to)];
    elements.decode(
        from,
        to,
        columns(),
        file,
        (bytes, first, step, count, at, stride) -> {
          for (int i = 0; i < count; i++) {
            out[at + i * stride] = encoding.text(bytes, first + i * step);
          }
        });
    return out;
  }

  /** How an element is encoded. */
  sealed interface Encoding extends Serializable permits Units, DateTimes {
    /** What the elements are called. */
    String typeName();

    /** The text of the element that begins at a byte, null where it is missing. */
    String text(ByteBuffer bytes, int at);
  }

  /** The unit that a text is made of. */
  enum Unit {
    BYTE(1),
    /** A code point in UTF-32. */
    CODE_POINT(4);

    private final int width;

    Unit(int width) {
      this.width = width;
    }
  }

  /** Texts of so many units each, of which those behind a shorter text are 0. */
  record Units(Unit unit, int units, Endian endian) implements Encoding {

    @Override
    public String typeName() {
      return "text";
    }

    int width() {
      return Math.multiplyExact(unit.width, units);
    }

    @Override
    public String text(ByteBuffer bytes, int at) {
      return unit == Unit.BYTE ? ofBytes(bytes, at) : ofCodePoints(bytes, at);
    }

    private String ofBytes(ByteBuffer bytes, int at) {
      byte[] text = new byte[units];
      bytes.get(at, text);
      int length = units;
      while (length > 0 && text[length - 1] == 0) {
        length--;
      }
      return Payload.text(text, length);
    }

    private String ofCodePoints(ByteBuffer bytes, int at) {
      StringBuilder text = new StringBuilder(units);
      int zeros = 0;
      for (int i = 0; i < units; i++) {
        int point = bytes.getInt(at + 4 * i);
        text.appendCodePoint(Character.isValidCodePoint(point) ? point : 0xFFFD);
        zeros = point == 0 ? zeros + 1 : 0;
      }
      text.setLength(text.length() - zeros);
      return text.toString();
    }
  }
}
