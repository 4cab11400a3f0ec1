package io.foldwise.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged files are read, or refused in one line; nothing else happens. */
@Timeout(120)
class PickleFuzzTest {

  private static final long SEED = 42;

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/pickle"))) {
      Stream<Path> pickles = files.filter(file -> file.toString().endsWith(".pkl")).sorted();
      return Stream.concat(pickles, Stream.of(Path.of("data/quiz_data.pkl"))).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileCutShortAnywhereIsRefused(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      ByteSource cut = ByteSource.of(Arrays.copyOf(bytes, length));
      UnreadablePickleException refused =
          assertThrows(UnreadablePickleException.class, () -> PickleReader.read(cut));
      assertEquals(1, refused.getMessage().lines().count());
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileWithOneBitTurnedIsReadOrRefused(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    // Every bit of the small files, a part of those of the large.
    int step = 1 + bytes.length / 128;
    for (int bit = 0; bit < 8 * bytes.length; bit += step) {
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      readOrRefuse(bytes);
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileWithBytesOverwrittenIsReadOrRefused(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(SEED);
    for (int trial = 0; trial < 500; trial++) {
      byte[] damaged = bytes.clone();
      for (int i = 0; i <= random.nextInt(8); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      readOrRefuse(damaged);
    }
  }

  private static void readOrRefuse(byte[] bytes) throws IOException {
    try {
      PickleReader.read(ByteSource.of(bytes));
    } catch (UnreadablePickleException refused) {
      assertEquals(1, refused.getMessage().lines().count());
    }
  }
}
