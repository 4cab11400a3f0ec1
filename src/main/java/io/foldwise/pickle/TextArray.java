package io.foldwise.pickle;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A {@link StoredArray} of texts. */
public sealed interface TextArray extends StoredArray permits EncodedText, ListedText, CodedText {

  @Override
  default String typeName() {
    return "text";
  }

  /**
   * The texts of rows from (inclusive) to (exclusive), row-major, (to − from) × d; null where one
   * is missing.
   *
   * @param file the bytes that the array was found in
   * @throws IndexOutOfBoundsException if there are no such rows
   */
  String[] rows(int from, int to, ByteSource file) throws IOException;

  @Override
  default TextArray part(int from, int to, ByteSource file) throws IOException {
    return new ListedText(rows(from, to, file), to - from, columns());
  }

  @Override
  default List<String> values(ByteSource file) throws IOException {
    return Arrays.asList(rows(0, rows(), file));
  }
}
