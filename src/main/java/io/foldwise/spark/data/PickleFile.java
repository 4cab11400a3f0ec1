package io.foldwise.spark.data;

import io.foldwise.pickle.ByteSource;
import io.foldwise.pickle.PickleReader;
import io.foldwise.pickle.PickledLayout;
import io.foldwise.pickle.UnreadablePickleException;
import io.foldwise.search.InvalidInputException;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** An open pickle on any file system that Hadoop reads. */
final class PickleFile implements ByteSource, Closeable {

  private final FSDataInputStream stream;
  private final long length;

  private PickleFile(FSDataInputStream stream, long length) {
    this.stream = stream;
    this.length = length;
  }

  static PickleFile open(String path, Configuration configuration) throws IOException {
    Path file = new Path(path);
    FileSystem fileSystem = file.getFileSystem(configuration);
    FileStatus status = fileSystem.getFileStatus(file);
    if (status.isDirectory()) {
      throw new InvalidInputException(path + ": is a directory; give one pickle file");
    }
    return new PickleFile(fileSystem.open(file), status.getLen());
  }

  /** The path with its file system and without relative parts: the same file on every machine. */
  static String qualify(String path, Configuration configuration) throws IOException {
    Path file = new Path(path);
    return file.getFileSystem(configuration).makeQualified(file).toString();
  }

  /**
   * What a file holds.
   *
   * @throws InvalidInputException if it is missing or no pickle that is read: one line
   */
  static PickledLayout scan(String path, Configuration configuration) {
    try (PickleFile file = open(path, configuration)) {
      return PickleReader.scan(file);
    } catch (UnreadablePickleException | FileNotFoundException e) {
      throw new InvalidInputException(path + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void readFully(long position, byte[] target, int offset, int count) throws IOException {
    stream.readFully(position, target, offset, count);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
