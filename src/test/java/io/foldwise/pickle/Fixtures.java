package io.foldwise.pickle;

import java.io.IOException;
import java.io.InputStream;

/** The files of src/test/resources/pickle, which make_fixtures.py there describes. */
final class Fixtures {

  private Fixtures() {}

  static byte[] bytes(String name) throws IOException {
    try (InputStream in = Fixtures.class.getResourceAsStream("/pickle/" + name + ".pkl")) {
      return in.readAllBytes();
    }
  }

  static PickledData read(String name) throws IOException {
    return PickleReader.read(ByteSource.of(bytes(name)));
  }
}
