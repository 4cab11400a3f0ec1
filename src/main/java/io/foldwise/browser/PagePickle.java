package io.foldwise.browser;

import io.foldwise.pickle.ByteSource;
import io.foldwise.pickle.NdArray;
import io.foldwise.pickle.PickleReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.teavm.jso.JSExport;

/** The arrays of a pickle that was dropped on the page, read by the reader of the command line. */
public final class PagePickle {
  private final List<Map.Entry<String, NdArray>> arrays;

  private PagePickle(List<Map.Entry<String, NdArray>> arrays) {
    this.arrays = arrays;
  }

  /**
   * Reads a pickle.
   *
   * @throws io.foldwise.pickle.UnreadablePickleException if it is damaged or holds what is not read
   */
  static PagePickle of(byte[] bytes) throws IOException {
    return new PagePickle(
        List.copyOf(PickleReader.read(ByteSource.of(bytes)).arrays().entrySet()));
  }

  @JSExport
  public int count() {
    return arrays.size();
  }

  @JSExport
  public String name(int array) {
    return arrays.get(array).getKey();
  }

  /** The lengths along each axis. */
  @JSExport
  public int[] shape(int array) {
    return arrays.get(array).getValue().shape();
  }

  /** The numbers, row-major. */
  @JSExport
  public double[] numbers(int array) {
    return arrays.get(array).getValue().toArray();
  }
}
