package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Where something is written, whole or not at all: into a scratch sibling first, which takes its
 * name at the end. Any Hadoop file system will do; on those where a rename is a copy, as on object
 * stores, the last step is not atomic.
 */
final class OutputLocation implements AutoCloseable {
  private final FileSystem files;
  private final Path target;
  private final Path scratch;
  private final Terms terms;

  /** Drops the scratch before the JVM closes its file systems. */
  private final Runnable atExit;

  private OutputLocation(FileSystem files, Path target, Terms terms) {
    this.files = files;
    this.target = target;
    this.terms = terms;
    String mark = ".foldwise-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    this.scratch = new Path(target.getParent(), "." + target.getName() + mark);
    this.atExit = this::drop;
    ShutdownHookManager.get().addShutdownHook(atExit, FileSystem.SHUTDOWN_HOOK_PRIORITY + 1);
  }

  /**
   * Checks the place without touching it or starting Spark.
   *
   * @param overwrite whether what is there may be replaced
   * @param ours whether the names in a directory show that it is of the kind that may be replaced
   * @throws InvalidInputException if it is taken, or cannot be written
   */
  static OutputLocation at(String path, boolean overwrite, Predicate<String[]> ours) {
    try {
      Path given = new Path(path);
      FileSystem files =
          unchecked(given.getFileSystem(SparkHadoopUtil.get().newConfiguration(new SparkConf())));
      Path target = files.makeQualified(given);
      if (target.getParent() == null) {
        throw refusal(path, "is the root of a file system: name a folder below it");
      }
      Terms terms = new Terms(path, overwrite, ours);
      terms.checkFree(files, target);
      checkWritable(files, target.getParent(), path);
      return new OutputLocation(files, target, terms);
    } catch (InvalidInputException refused) {
      throw refused;
    } catch (IOException | IllegalArgumentException failed) {
      throw refusal(path, "cannot be written: " + failed.getMessage());
    }
  }

  /** A local file system without the hidden files of checksums beside each file. */
  private static FileSystem unchecked(FileSystem files) {
    return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
  }

  /** What may be replaced: see {@link #at}. */
  private record Terms(String path, boolean overwrite, Predicate<String[]> ours) {
    void checkFree(FileSystem files, Path target) throws IOException {
      if (!files.exists(target)) {
        return;
      }
      boolean directory = files.getFileStatus(target).isDirectory();
      String[] names =
          Arrays.stream(directory ? files.listStatus(target) : new FileStatus[0])
              .map(status -> status.getPath().getName())
              .toArray(String[]::new);
      if (directory && names.length == 0) {
        return;
      }
      if (!overwrite) {
        throw refusal(path, "exists: choose another or add --overwrite");
      }
      if (!ours.test(names)) {
        throw refusal(
            path,
            "holds what foldwise did not write, which --overwrite would delete: choose another");
      }
    }
  }

  private static void checkWritable(FileSystem files, Path parent, String path) throws IOException {
    Path existing = parent;
    while (!files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!files.getFileStatus(existing).isDirectory()) {
      throw refusal(path, "lies below '" + existing.toUri().getPath() + "', which is a file");
    }
    try {
      files.access(existing, FsAction.WRITE);
    } catch (AccessControlException denied) {
      throw refusal(path, "cannot be written: no permission in " + existing.toUri().getPath());
    }
  }

  private static InvalidInputException refusal(String path, String what) {
    return new InvalidInputException("'out' (" + path + ") " + what);
  }

  /** Where to write until {@link #commit}. */
  Path scratch() {
    return scratch;
  }

  FileSystem files() {
    return files;
  }

  /** Writes the text of a file. */
  interface Content {
    void write(Writer out) throws IOException;
  }

  /** Writes a file of text in or at {@link #scratch}. */
  void text(Path file, Content content) {
    try (Writer out =
        new BufferedWriter(new OutputStreamWriter(files.create(file), StandardCharsets.UTF_8))) {
      content.write(out);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Gives a file or directory in or at {@link #scratch} the place's name. What was there stays if
   * that fails.
   *
   * @throws InvalidInputException if the place was taken meanwhile
   */
  void commit(Path written) {
    try {
      terms.checkFree(files, target);
      if (files.exists(target)) {
        replace(written);
      } else {
        files.mkdirs(target.getParent());
        rename(written, target);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void replace(Path written) throws IOException {
    Path old = scratch.suffix(".old");
    rename(target, old);
    try {
      rename(written, target);
    } catch (IOException failed) {
      rename(old, target);
      throw failed;
    }
    files.delete(old, true);
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException("cannot rename " + from + " to " + to);
    }
  }

  /** The place's name: a plain path where it is local. */
  String shown() {
    return target.toUri().getScheme().equals("file") ? target.toUri().getPath() : target.toString();
  }

  /** Drops what was not committed, even in a thread that was interrupted. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    drop();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(atExit);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void drop() {
    try {
      if (files.exists(scratch)) {
        files.delete(scratch, true);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
