package io.foldwise.spark.data.source.pickle;

import io.foldwise.input.InvalidInputException;
import io.foldwise.pickle.ByteSource;
import io.foldwise.pickle.PickleReader;
import io.foldwise.pickle.PickledLayout;
import io.foldwise.pickle.UnreadablePickleException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An open pickle, or file of NumPy, on any file system that Hadoop reads. One that is packed by
 * gzip, or an archive whose arrays are compressed, is unpacked into memory, up to a quarter of the
 * heap; the one that was unpacked last stays there while memory lasts, since every task and every
 * look at the file opens it anew.
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
      Packing packing = Packing.of(stream, status.getLen());
      Optional<ByteSource> unpacked =
          packing == Packing.NONE
              ? Optional.empty()
              : Optional.of(ByteSource.of(unpacked(path, status, stream, packing)));
      return new PickleFile(stream, status.getLen(), unpacked);
    } catch (IOException | RuntimeException failed) {
      stream.close();
      throw failed;
    }
  }

  /** How the contents of a file are packed; what it says of itself in its first bytes. */
  private enum Packing {
    NONE,
    GZIP,
    /** An archive of NumPy whose arrays are compressed. */
    ZIP;

    private static final int ZIP_MAGIC = 0x04034b50;
    private static final int METHOD = 8;
    private static final int DEFLATED = 8;

    static Packing of(FSDataInputStream stream, long length) throws IOException {
      byte[] start = new byte[METHOD + 2];
      if (length < start.length) {
        return NONE;
      }
      stream.readFully(0, start);
      ByteBuffer numbers = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
      if ((numbers.getShort(0) & 0xffff) == GZIPInputStream.GZIP_MAGIC) {
        return GZIP;
      }
      boolean zip = numbers.getInt(0) == ZIP_MAGIC && numbers.getShort(METHOD) == DEFLATED;
      return zip ? ZIP : NONE;
    }
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
      String path, FileStatus status, FSDataInputStream stream, Packing packing) {
    Unpacked known = last.get();
    if (known != null && known.isOf(status)) {
      return known.bytes();
    }
    byte[] bytes;
    try {
      stream.seek(0);
      bytes = packing == Packing.ZIP ? stored(path, stream) : gunzipped(path, stream);
    } catch (IOException damaged) {
      throw new InvalidInputException(
          "%s: is packed by %s and damaged or cut short: pack it again"
              .formatted(path, packing.name().toLowerCase(Locale.ROOT)),
          damaged);
    }
    last = new SoftReference<>(new Unpacked(status, bytes));
    return bytes;
  }

  private static byte[] gunzipped(String path, FSDataInputStream stream) throws IOException {
    long length = lengthUpTo(MOST_UNPACKED, new GZIPInputStream(stream));
    if (length > MOST_UNPACKED) {
      throw tooLong(path, "unpack it (gunzip)");
    }
    byte[] bytes = new byte[(int) length];
    stream.seek(0);
    new DataInputStream(new GZIPInputStream(stream)).readFully(bytes);
    return bytes;
  }

  /** An archive of the same members, none of them compressed. */
  private static byte[] stored(String path, FSDataInputStream stream) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ZipInputStream members = new ZipInputStream(stream);
    ZipOutputStream out = new ZipOutputStream(bytes);
    out.setMethod(ZipOutputStream.STORED);
    for (ZipEntry member; (member = members.getNextEntry()) != null; ) {
      byte[] contents = members.readNBytes((int) (MOST_UNPACKED - bytes.size() + 1));
      if (bytes.size() + (long) contents.length > MOST_UNPACKED) {
        throw tooLong(path, "write it with np.savez");
      }
      ZipEntry entry = new ZipEntry(member.getName());
      CRC32 sum = new CRC32();
      sum.update(contents);
      entry.setCrc(sum.getValue());
      entry.setSize(contents.length);
      out.putNextEntry(entry);
      out.write(contents);
      out.closeEntry();
    }
    out.close();
    return bytes.toByteArray();
  }

  private static InvalidInputException tooLong(String path, String instead) {
    return new InvalidInputException(
        "%s: unpacks to more than %,d bytes, a quarter of the memory: %s, or give more with --driver-memory"
            .formatted(path, MOST_UNPACKED, instead));
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
