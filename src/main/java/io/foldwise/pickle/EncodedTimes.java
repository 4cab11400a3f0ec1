package io.foldwise.pickle;

import java.io.IOException;

/** An array of NumPy's times, read as texts; see {@link DateTimes#text}. */
final class EncodedTimes implements TextArray {

  private static final long serialVersionUID = 1L;

  private final DateTimes times;
  private final Elements elements;

  EncodedTimes(DateTimes times, Elements elements) {
    this.times = times;
    this.elements = elements;
  }

  /** The same times, known to be in UTC. */
  EncodedTimes inUtc() {
    return new EncodedTimes(times.inUtc(), elements);
  }

  @Override
  public String typeName() {
    return "time";
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
            out[at + i * stride] = times.text(bytes.getLong(first + i * step));
          }
        });
    return out;
  }
}
