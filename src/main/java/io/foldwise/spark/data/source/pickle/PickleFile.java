package io.foldwise.spark.data.source.pickle;

import io.foldwise.input.InvalidInputException;
import io.foldwise.pickle.ByteSource;
import io.foldwise.pickle.PickleReader;
import io.foldwise.pickle.PickledLayout;
import io.foldwise.pickle.UnreadablePickleException;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An open pickle on any file system that Hadoop reads. One that is packed by gzip is unpacked into
 * memory, up to a quarter of the heap; the one that was unpacked last stays there while memory
 * lasts, since every task and every look at the file opens it anew.
 */
public final class PickleFile implements ByteSource, Closeable {

  private static final long MOST_UNPACKED =
      Math.min(Integer.MAX_VALUE - 16, Runtime.getRuntime().maxMemory() / 4);

  private static SoftReference<Unpacked> last = new SoftReference<>(null);

  private final FSDataInputStream stream;
  private final long length;
  private final Optional<ByteSource> unpacked;

  private PickleFile(FSDataInputStream stream, long length, Optional<ByteSource> unpacked) {
    this.stream = stream;
    this.length = length;
    this.unpacked = unpacked;
  }

  static PickleFile open(String path, Configuration configuration) throws IOException {
    Path file = new Path(path);
    FileSystem fileSystem = file.getFileSystem(configuration);
    FileStatus status = fileSystem.getFileStatus(file);
    if (status.isDirectory()) {
      throw new InvalidInputException(path + ": is a directory; give one pickle file");
    }
    FSDataInputStream stream = fileSystem.open(file);
    try {
      Optional<ByteSource> unpacked =
          isPacked(stream, status.getLen())
              ? Optional.of(ByteSource.of(unpacked(path, status, stream)))
              : Optional.empty();
      return new PickleFile(stream, status.getLen(), unpacked);
    } catch (IOException | RuntimeException failed) {
      stream.close();
      throw failed;
    }
  }

  private static boolean isPacked(FSDataInputStream stream, long length) throws IOException {
    byte[] start = new byte[2];
    if (length < start.length) {
      return false;
    }
    stream.readFully(0, start);
    return ((start[0] & 0xff) | (start[1] & 0xff) << 8) == GZIPInputStream.GZIP_MAGIC;
  }

  /** The bytes of a packed file, and which file it was. */
  private record Unpacked(FileStatus of, byte[] bytes) {

    /** Whether the bytes are of a file; its status is equal to any other of the same path. */
    boolean isOf(FileStatus file) {
      return of.equals(file)
          && of.getLen() == file.getLen()
          && of.getModificationTime() == file.getModificationTime();
    }
  }

  private static synchronized byte[] unpacked(
      String path, FileStatus status, FSDataInputStream stream) {
    Unpacked known = last.get();
    if (known != null && known.isOf(status)) {
      return known.bytes();
    }
    byte[] bytes;
    try {
      stream.seek(0);
      long length = lengthUpTo(MOST_UNPACKED, new GZIPInputStream(stream));
      if (length > MOST_UNPACKED) {
        throw new InvalidInputException(
            "%s: unpacks to more than %,d bytes, a quarter of the memory: unpack it (gunzip), or give more with --driver-memory"
                .formatted(path, MOST_UNPACKED));
      }
      bytes = new byte[(int) length];
      stream.seek(0);
      new DataInputStream(new GZIPInputStream(stream)).readFully(bytes);
    } catch (IOException damaged) {
      throw new InvalidInputException(
          path + ": is packed by gzip and damaged or cut short: pack it again", damaged);
    }
    last = new SoftReference<>(new Unpacked(status, bytes));
    return bytes;
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

  /** The number of bytes of a stream, or some number above most where they are more; keeps none. */
  public static long lengthUpTo(long most, InputStream in) throws IOException {
    byte[] passing = new byte[1 << 16];
    long length = 0;
    for (int read = 0; read >= 0 && length <= most; read = in.read(passing)) {
      length += read;
    }
    return length;
  }

  @Override
  public long length() {
    return unpacked.map(ByteSource::length).orElse(length);
  }

  @Override
  public void readFully(long position, byte[] target, int offset, int count) throws IOException {
    if (unpacked.isPresent()) {
      unpacked.get().readFully(position, target, offset, count);
    } else {
      stream.readFully(position, target, offset, count);
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
