package io.foldwise.spark.data.source;

import io.foldwise.input.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.SparkSession;

/**
 * The files behind a path, looked at from the driver before Spark reads them.
 *
 * @param option the option that named the path, for messages
 * @param path the path as the user wrote it
 * @param all the data files in path order, at least one; hidden ones (._*) do not count; none where
 *     the path names a table
 * @param others the files of a folder that are left out, since their suffix is of another format
 * @param format the format that was asked for, or that of the first file whose suffix tells one, or
 *     that the first file looks like
 */
public record SourceFiles(
    String option, String path, List<Path> all, List<Path> others, Format format) {

  private static final int NAMED_FILES = 3;
  private static final String NOTHING = "no such file or directory";

  public SourceFiles {
    all = List.copyOf(all);
    others = List.copyOf(others);
  }

  /**
   * Finds the files and their format; refuses what is missing or evidently of another format.
   *
   * @param wanted the format; if empty, the suffix of the files tells it
   */
  public static SourceFiles find(
      Configuration hadoop, String option, String path, Optional<Format> wanted) {
    Optional<TableFormat> table = TableFormat.ofPath(path);
    if (table.isPresent()) {
      return table.get().named(option, path, wanted);
    }
    try {
      List<Path> all = listed(new Path(path), hadoop);
      SourceFiles files =
          wanted
              .map(format -> new SourceFiles(option, path, all, List.of(), format))
              .orElseGet(() -> told(hadoop, option, path, all));
      files.checkStart(hadoop);
      return files;
    } catch (FileNotFoundException missing) {
      throw missing(option, path, missing);
    } catch (InvalidInputException refused) {
      throw refused;
    } catch (UncheckedIOException failed) {
      throw unreadable(option, path, failed.getCause());
    } catch (IOException | IllegalArgumentException failed) {
      throw unreadable(option, path, failed);
    }
  }

  /**
   * Refuses a path of this machine as {@link #find} would; one of another file system, where
   * looking takes time, is not looked at.
   *
   * @param hadoop asked only where the path is there, or may be another file system's: it takes
   *     longer than the look
   */
  public static void check(
      Supplier<Configuration> hadoop, String option, String path, Optional<Format> wanted) {
    if (TableFormat.ofPath(path).isPresent()) {
      TableFormat.ofPath(path).get().named(option, path, wanted);
      return;
    }
    if (isPlain(path) && !Files.exists(java.nio.file.Path.of(path))) {
      throw missing(option, path, new FileNotFoundException(NOTHING));
    }
    Configuration configuration = hadoop.get();
    if (isLocal(configuration, option, path)) {
      find(configuration, option, path, wanted);
    }
  }

  /** Whether a path is certainly one of this machine, and no pattern. */
  private static boolean isPlain(String path) {
    return path.matches("[\\w./ -]+")
        && SourceFiles.class.getClassLoader().getResource("core-site.xml") == null
        && System.getProperty("spark.hadoop.fs.defaultFS") == null;
  }

  private static boolean isLocal(Configuration hadoop, String option, String path) {
    try {
      return new Path(path).getFileSystem(hadoop) instanceof LocalFileSystem;
    } catch (IOException | IllegalArgumentException unknown) {
      throw unreadable(option, path, unknown);
    }
  }

  private static InvalidInputException missing(
      String option, String path, FileNotFoundException missing) {
    return new InvalidInputException(
        "'" + option + "' (" + path + "): " + missing.getMessage() + ": check the path", missing);
  }

  private static InvalidInputException unreadable(String option, String path, Exception failed) {
    return new InvalidInputException(
        "'" + option + "' (" + path + ") cannot be read: " + failed.getMessage(), failed);
  }

  /** The contents of one file, decompressed by its suffix. */
  static InputStream open(Configuration hadoop, Path file) throws IOException {
    InputStream raw = file.getFileSystem(hadoop).open(file);
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    return codec == null ? raw : codec.createInputStream(raw);
  }

  /** The path of a file, as messages name it. */
  static String shown(Path file) {
    return file.toUri().getPath();
  }

  /** The paths as Spark's readers take them, in which no character is one of a pattern. */
  static String[] literal(List<Path> files) {
    return files.stream()
        .map(file -> file.toString().replaceAll("[{}\\[\\]*?\\\\]", "\\\\$0"))
        .toArray(String[]::new);
  }

  /** Whether a path names a table, whose rows have no order, and no files. */
  public static boolean isTable(String path) {
    return TableFormat.ofPath(path).isPresent();
  }

  /** How the first file begins. */
  FileStart firstStart(SparkSession spark) {
    return start(spark.sessionState().newHadoopConf(), all.get(0));
  }

  /** What a person should know of files that are not read. */
  List<String> notes() {
    if (others.isEmpty()) {
      return List.of();
    }
    String some =
        others.stream().limit(NAMED_FILES).map(Path::getName).collect(Collectors.joining(", "));
    int more = others.size() - NAMED_FILES;
    return List.of(
        "'%s' holds other files than %s, which are left out: %s%s"
            .formatted(path, format.option(), some, more > 0 ? " and " + more + " more" : ""));
  }

  private static List<Path> listed(Path path, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    FileStatus[] roots =
        files.exists(path) ? new FileStatus[] {files.getFileStatus(path)} : files.globStatus(path);
    if (roots == null || roots.length == 0) {
      throw new FileNotFoundException(NOTHING);
    }
    List<Path> found = new ArrayList<>();
    for (FileStatus root : roots) {
      if (root.isDirectory()) {
        addWithin(files, root.getPath(), found);
      } else {
        found.add(root.getPath());
      }
    }
    if (found.isEmpty()) {
      throw new FileNotFoundException("the directory holds no data files");
    }
    Collections.sort(found);
    return found;
  }

  private static void addWithin(FileSystem files, Path directory, List<Path> found)
      throws IOException {
    for (FileStatus entry : files.listStatus(directory)) {
      char start = entry.getPath().getName().charAt(0);
      if (start == '.' || start == '_') {
        continue;
      }
      if (entry.isDirectory()) {
        addWithin(files, entry.getPath(), found);
      } else {
        found.add(entry.getPath());
      }
    }
  }

  /**
   * The first file whose suffix tells a format decides it, else the first that may be looked at.
   */
  private static SourceFiles told(
      Configuration hadoop, String option, String path, List<Path> all) {
    Optional<Format> named =
        all.stream().flatMap(file -> Format.ofName(file.getName()).stream()).findFirst();
    if (named.isEmpty()) {
      return byLooks(hadoop, option, path, all);
    }
    return parted(
        option, path, all, named.get(), file -> Format.ofName(file.getName()).equals(named));
  }

  private static SourceFiles byLooks(
      Configuration hadoop, String option, String path, List<Path> all) {
    Path first =
        all.stream()
            .filter(file -> Format.isOpen(file.getName()))
            .findFirst()
            .orElseThrow(() -> unknown(option, path, all.get(0)));
    Format format =
        Format.ofStart(start(hadoop, first)).orElseThrow(() -> unknown(option, path, first));
    return parted(option, path, all, format, file -> Format.isOpen(file.getName()));
  }

  private static InvalidInputException unknown(String option, String path, Path file) {
    return new InvalidInputException(
        "'%s' (%s): %s".formatted(option, path, Format.unknown(file.getName())));
  }

  private static SourceFiles parted(
      String option, String path, List<Path> all, Format format, Predicate<Path> isRead) {
    Map<Boolean, List<Path>> parts = all.stream().collect(Collectors.partitioningBy(isRead));
    return new SourceFiles(option, path, parts.get(true), parts.get(false), format);
  }

  private static FileStart start(Configuration hadoop, Path file) {
    try (InputStream in = open(hadoop, file)) {
      return FileStart.of(in);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void checkStart(Configuration hadoop) {
    Path first = all.get(0);
    FileStart start = start(hadoop, first);
    if (format.isText() && start.isUtf16()) {
      throw new InvalidInputException(
          "'%s' (%s): '%s' is in UTF-16: save it as UTF-8, as iconv -f UTF-16 -t UTF-8 does"
              .formatted(option, path, first.getName()));
    }
    if (!format.fits(start)) {
      throw new InvalidInputException(
          "'%s' (%s): '%s' is %s, not %s: choose the right --format (%s)"
              .formatted(
                  option, path, first.getName(), start.kind(), format.option(), Format.names()));
    }
  }
}
