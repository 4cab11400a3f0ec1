package io.foldwise.spark.data;

import io.foldwise.search.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * The files behind a path, looked at from the driver before Spark reads them.
 *
 * @param option the option that named the path, for messages
 * @param path as the user wrote it
 * @param first the first data file in path order; hidden files (._*) do not count
 * @param format never {@link Format#AUTO}
 */
record SourceFiles(String option, String path, Path first, Format format) {

  private static final String PARQUET = "PAR1";
  private static final int MAGIC_BYTES = 512;
  private static final int LISTED_FILES = 10_000;

  /** Finds the files and their format; refuses what is missing or evidently of another format. */
  static SourceFiles find(Configuration hadoop, String option, String path, Format wanted) {
    try {
      Path first = firstFile(new Path(path), hadoop);
      Format format = wanted == Format.AUTO ? bySuffix(option, path, first) : wanted;
      SourceFiles files = new SourceFiles(option, path, first, format);
      files.checkMagic(hadoop);
      return files;
    } catch (FileNotFoundException missing) {
      throw new InvalidInputException(
          "'" + option + "' (" + path + "): " + missing.getMessage() + ": check the path", missing);
    } catch (IOException | IllegalArgumentException failed) {
      throw new InvalidInputException(
          "'" + option + "' (" + path + ") cannot be read: " + failed.getMessage(), failed);
    }
  }

  /** The text of one file, decompressed by its suffix. */
  static InputStream open(Configuration hadoop, Path file) throws IOException {
    InputStream raw = file.getFileSystem(hadoop).open(file);
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    return codec == null ? raw : codec.createInputStream(raw);
  }

  private static Path firstFile(Path path, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    FileStatus[] roots =
        files.exists(path) ? new FileStatus[] {files.getFileStatus(path)} : files.globStatus(path);
    if (roots == null || roots.length == 0) {
      throw new FileNotFoundException("no such file or directory");
    }
    Path first = null;
    for (FileStatus root : roots) {
      Path candidate = root.isDirectory() ? firstWithin(files, root.getPath()) : root.getPath();
      first = earlier(first, candidate);
    }
    if (first == null) {
      throw new FileNotFoundException("the directory holds no data files");
    }
    return first;
  }

  private static Path firstWithin(FileSystem files, Path directory) throws IOException {
    RemoteIterator<org.apache.hadoop.fs.LocatedFileStatus> all = files.listFiles(directory, true);
    Path first = null;
    for (int seen = 0; seen < LISTED_FILES && all.hasNext(); seen++) {
      Path file = all.next().getPath();
      char start = file.getName().charAt(0);
      if (start != '.' && start != '_') {
        first = earlier(first, file);
      }
    }
    return first;
  }

  private static Path earlier(Path a, Path b) {
    return a == null || (b != null && b.compareTo(a) < 0) ? b : a;
  }

  private static Format bySuffix(String option, String path, Path first) {
    return Format.ofName(first.getName())
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "'"
                        + option
                        + "' ("
                        + path
                        + "): the suffix of '"
                        + first.getName()
                        + "' tells no format: use --format "
                        + Format.NAMES));
  }

  private void checkMagic(Configuration hadoop) throws IOException {
    byte[] start;
    try (InputStream in = open(hadoop, first)) {
      start = in.readNBytes(MAGIC_BYTES);
    }
    if (!fits(start)) {
      throw new InvalidInputException(
          "'%s' (%s): '%s' is %s, not %s: choose the right --format (%s)"
              .formatted(
                  option, path, first.getName(), kind(start), format.option(), Format.NAMES));
    }
  }

  private boolean fits(byte[] start) {
    boolean parquet = startsWith(start, PARQUET);
    return switch (format) {
      case PARQUET -> parquet || start.length == 0;
      case CSV, LIBSVM -> !isBinary(start);
      case PICKLE -> !parquet;
      case AUTO -> true;
    };
  }

  private static String kind(byte[] start) {
    if (startsWith(start, PARQUET)) {
      return "a Parquet file";
    }
    return isBinary(start) ? "a binary file" : "a text file";
  }

  private static boolean startsWith(byte[] bytes, String magic) {
    byte[] expected = magic.getBytes(StandardCharsets.US_ASCII);
    return bytes.length >= expected.length
        && Arrays.equals(bytes, 0, expected.length, expected, 0, expected.length);
  }

  private static boolean isBinary(byte[] start) {
    boolean pickled = start.length > 1 && (start[0] & 0xff) == 0x80 && start[1] < 8;
    for (byte b : start) {
      if (b == 0) {
        return true;
      }
    }
    return pickled || startsWith(start, PARQUET);
  }
}
