package io.foldwise.pickle;

import io.foldwise.pickle.Elements.Endian;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A {@code numpy.dtype} while it is built: a pickle first names it, then sets its byte order. */
final class PickledType {

  private static final String TEXT = "[US]\\d{1,8}";

  private final String code;
  private Endian endian = Endian.LITTLE;
  private List<Field> fields = List.of();
  private int itemSize;
  private PickledType element;
  private int[] elementShape = {};
  private String unit = "";
  private long unitCount = 1;

  /** A field of a structured type, which lies at a byte of each element. */
  private record Field(String name, PickledType type, int offset) {}

  private PickledType(String code) {
    this.code = code;
  }

  /** The type of {@code numpy.dtype(code, align, copy)}, whose code may be a class. */
  static Object of(Object[] arguments) {
    if (arguments.length > 0 && arguments[0] instanceof Unread unread) {
      return unread;
    }
    if (arguments.length > 0 && arguments[0] instanceof PickledObject.Known) {
      return new PickledType("V");
    }
    if (arguments.length == 0 || !(arguments[0] instanceof String text)) {
      throw new Refusal("numpy.dtype is called without the name of a type: the file is damaged");
    }
    return new PickledType(text);
  }

  /**
   * The type that a .npy file describes by a text such as {@code <f8}, or {@code <M8[ns]}, or by a
   * list of fields (name, type[, shape]).
   */
  static PickledType described(Object description) {
    if (description instanceof List<?> list) {
      return structured(list);
    }
    if (!(description instanceof String text) || text.length() < 2) {
      throw new Refusal("the type of the array is not as NumPy describes it: damaged");
    }
    boolean ordered = "<>|=".indexOf(text.charAt(0)) >= 0;
    String code = ordered ? text.substring(1) : text;
    int bracket = code.indexOf('[');
    PickledType type = new PickledType(bracket < 0 ? code : code.substring(0, bracket));
    type.endian = text.charAt(0) == '>' ? Endian.BIG : Endian.LITTLE;
    if (bracket >= 0 && code.endsWith("]")) {
      String steps = code.substring(bracket + 1, code.length() - 1);
      String digits = steps.replaceAll("\\D", "");
      type.unit = steps.substring(digits.length());
      type.unitCount = digits.isEmpty() ? 1 : Long.parseLong(digits);
    }
    return type;
  }

  private static PickledType structured(List<?> described) {
    PickledType type = new PickledType("V");
    List<Field> fields = new ArrayList<>();
    for (Object field : described) {
      if (!(field instanceof Object[] parts) || parts.length < 2) {
        throw new Refusal("a field of the array is not as NumPy describes it: damaged");
      }
      // A field has a title beside its name where the name is a tuple.
      Object name = parts[0] instanceof Object[] both && both.length == 2 ? both[1] : parts[0];
      PickledType element = described(parts[1]);
      if (parts.length > 2) {
        PickledType repeated = new PickledType("V");
        repeated.element = element;
        repeated.elementShape = PickledArray.ints(parts[2]);
        element = repeated;
      }
      // What only aligns the fields behind it has no name, and type V and its length.
      boolean padding = "".equals(name) && element.code.matches("V\\d{1,8}");
      int width = padding ? Integer.parseInt(element.code.substring(1)) : element.width();
      if (!padding) {
        fields.add(new Field(String.valueOf(name), element, type.itemSize));
      }
      type.itemSize = Math.addExact(type.itemSize, width);
    }
    type.fields = List.copyOf(fields);
    return type;
  }

  /** Sets NumPy's state: (version, byte order, subtype, names, fields, size, …, …, units). */
  void setState(Object[] state) {
    if (state.length < 5) {
      throw new Refusal("the state of a numpy.dtype is cut short: the file is damaged");
    }
    endian = ">".equals(state[1]) ? Endian.BIG : Endian.LITTLE;
    if (state[2] instanceof Object[] repeated && repeated.length == 2) {
      if (!(repeated[0] instanceof PickledType base)) {
        throw new Refusal("a numpy.dtype repeats no type: the file is damaged");
      }
      element = base;
      elementShape = PickledArray.ints(repeated[1]);
    }
    if (state[3] instanceof Object[] names && state[4] instanceof Map<?, ?> described) {
      itemSize = state.length > 5 && state[5] instanceof Number size ? size.intValue() : 0;
      List<Field> found = new ArrayList<>();
      for (Object name : names) {
        found.add(field(String.valueOf(name), described.get(String.valueOf(name))));
      }
      fields = List.copyOf(found);
    }
    if (state.length > 8
        && state[8] instanceof Object[] extra
        && extra.length == 2
        && extra[1] instanceof Object[] units
        && units.length > 1
        && units[0] instanceof Payload.InMemory name
        && units[1] instanceof Number count) {
      unit = name.text();
      unitCount = count.longValue();
    }
  }

  private static Field field(String name, Object described) {
    if (described instanceof Object[] parts
        && parts.length >= 2
        && parts[0] instanceof PickledType type
        && parts[1] instanceof Number offset
        && offset.longValue() >= 0) {
      return new Field(name, type, Math.toIntExact(offset.longValue()));
    }
    throw new Refusal("a field of a numpy.dtype is not as NumPy writes it: the file is damaged");
  }

  /** Whether the elements are any Python objects, which a pickle lists one by one. */
  boolean isObjects() {
    return fields.isEmpty() && element == null && code.startsWith("O");
  }

  /** Whether the elements are texts, or bytes of a fixed length. */
  boolean isText() {
    return code.matches(TEXT);
  }

  boolean isStructured() {
    return !fields.isEmpty();
  }

  /**
   * The bytes of an element.
   *
   * @throws Refusal of the value, unless the elements are texts, times or real numbers
   */
  int width() {
    if (isStructured()) {
      for (Field field : fields) {
        if ((long) field.offset + field.type.width() > itemSize) {
          throw new Refusal("a field of a numpy.dtype ends behind its element: damaged");
        }
      }
      return itemSize;
    }
    if (element != null) {
      return Math.toIntExact(Math.multiplyExact(Shapes.product(elementShape, 0), element.width()));
    }
    if (isText()) {
      return text().width();
    }
    return code.equals("M8") ? Long.BYTES : number().width();
  }

  /**
   * The array of elements of this type.
   *
   * @throws Refusal of the value, unless they are texts, times, real numbers or fields of these
   */
  StoredArray over(Elements elements) {
    if (isStructured()) {
      return table(elements);
    }
    if (isText()) {
      return new EncodedText(text(), elements);
    }
    return code.equals("M8")
        ? new EncodedText(new DateTimes(unit, unitCount, false), elements)
        : new EncodedArray(number(), elements);
  }

  /** Elements in the order of rows. */
  Elements rowMajor(int[] shape, Payload payload) {
    return Elements.rowMajor(width(), endian, shape, payload);
  }

  /** Elements of rank 2 in the order of columns. */
  Elements columnMajor(int[] shape, Payload payload) {
    return Elements.columnMajor(width(), endian, shape, payload);
  }

  private Table table(Elements elements) {
    if (elements.shape().length > 1) {
      throw Refusal.ofValue(
          "is a structured NumPy array of several axes: save it with .ravel(), rows along one axis");
    }
    List<String> names = new ArrayList<>();
    List<StoredArray> parts = new ArrayList<>();
    for (Field field : fields) {
      PickledType type = field.type.element == null ? field.type : field.type.element;
      if (type.isStructured() || type.isObjects() || type.element != null) {
        throw Refusal.ofValue(
            "is a structured NumPy array whose field "
                + Refusal.quote(field.name)
                + " holds fields or objects, which is not read: save that field as its own array");
      }
      int d = Math.toIntExact(Shapes.product(field.type.elementShape, 0));
      if (d > 0) {
        names.addAll(PickledLayout.columns(field.name, d));
        parts.add(type.over(elements.field(field.offset, type.width(), type.endian, d)));
      }
    }
    return new Table("record", names, parts, 0, elements.rows());
  }

  private EncodedText.Units text() {
    EncodedText.Unit kind =
        code.startsWith("U") ? EncodedText.Unit.CODE_POINT : EncodedText.Unit.BYTE;
    return new EncodedText.Units(kind, Integer.parseInt(code.substring(1)), endian);
  }

  private NumberType number() {
    return NumberType.of(code).orElseThrow(this::notNumeric);
  }

  private Refusal notNumeric() {
    return Refusal.ofValue(
        code.equals("m8")
            ? "holds durations (timedelta64), which are not read: save seconds, as .dt.total_seconds() or / np.timedelta64(1, 's') gives"
            : "is a NumPy array of type "
                + Refusal.quote(code)
                + ", which cannot be read, only text and bool, int, uint and float up to 64 bits:"
                + " save it with .astype(float)");
  }
}
