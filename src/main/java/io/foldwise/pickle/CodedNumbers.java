package io.foldwise.pickle;

import java.io.IOException;

/** Categories that are numbers, and for each row the place of its own among them; −1 is none. */
record CodedNumbers(NumberArray codes, double[] categories) implements NumberArray {

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
  public double[] rows(int from, int to, ByteSource file) throws IOException {
    double[] out = codes.rows(from, to, file);
    for (int i = 0; i < out.length; i++) {
      int code = (int) out[i];
      out[i] = code < 0 || code >= categories.length ? Double.NaN : categories[code];
    }
    return out;
  }
}
