package io.foldwise.pickle;

import java.io.IOException;

/** Categories that are texts, and for each row the place of its own among them; −1 is none. */
record CodedText(NumberArray codes, String[] categories) implements TextArray {

  @Override
  public int[] shape() {
    return codes.shape();
  }

  @Override
  public String typeName() {
    return "category";
  }

  @Override
  public boolean inFile() {
    return codes.inFile();
  }

  @Override
  public String[] rows(int from, int to, ByteSource file) throws IOException {
    double[] own = codes.rows(from, to, file);
    String[] out = new String[own.length];
    for (int i = 0; i < out.length; i++) {
      int code = (int) own[i];
      out[i] = code < 0 || code >= categories.length ? null : categories[code];
    }
    return out;
  }
}
