package io.foldwise.pickle;

import java.util.Arrays;

/** An array of texts in memory, null where one is missing. */
final class ListedText implements TextArray {

  private static final long serialVersionUID = 1L;

  private final String[] texts;
  private final int[] shape;

  /** Takes the texts over, row-major, of that shape. */
  ListedText(String[] texts, int... shape) {
    this.texts = texts;
    this.shape = shape;
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public boolean inFile() {
    return false;
  }

  @Override
  public String[] rows(int from, int to, ByteSource file) {
    int count = size(from, to);
    int first = from * columns();
    return Arrays.copyOfRange(texts, first, first + count);
  }
}
