package io.foldwise.pickle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the members of a zip archive lie that are stored as they are (PKWARE, APPNOTE.TXT 6.3.10):
 * the end of the archive says where its directory is, which says where each member begins. Java's
 * own reader wants a file of this machine, and reads members through.
 */
final class ZipMembers {

  /**
   * A member.
   *
   * @param offset the byte at which its contents begin
   */
  record Member(String name, long offset, long length) {}

  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int END_64_LOCATOR = 0x07064b50;
  private static final int END_64 = 0x06064b50;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_LENGTH = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_LENGTH = 30;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final long ABOVE = 0xffffffffL;
  private static final int MOST_MEMBERS = 65_535;

  private final ByteSource file;

  private ZipMembers(ByteSource file) {
    this.file = file;
  }

  /**
   * The members, in the order of the directory.
   *
   * @throws Refusal if the archive is damaged, or one of them is compressed
   */
  static List<Member> of(ByteSource file) throws IOException {
    return new ZipMembers(file).members();
  }

  private List<Member> members() throws IOException {
    ByteBuffer end = end();
    long at = end.getInt(16) & ABOVE;
    long count = end.getShort(10) & 0xffff;
    if (at == ABOVE || count == 0xffff) {
      ByteBuffer locator = bytes(file.length() - end.capacity() - 20, 20, END_64_LOCATOR);
      ByteBuffer large = bytes(locator.getLong(8), 56, END_64);
      count = large.getLong(32);
      at = large.getLong(48);
    }
    if (count < 0 || count > MOST_MEMBERS) {
      throw damaged();
    }
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ByteBuffer entry = bytes(at, ENTRY_LENGTH, ENTRY);
      int name = entry.getShort(28) & 0xffff;
      int extra = entry.getShort(30) & 0xffff;
      ByteBuffer rest = bytes(at + ENTRY_LENGTH, name + extra);
      members.add(member(entry, rest, name));
      at += ENTRY_LENGTH + name + extra + (entry.getShort(32) & 0xffff);
    }
    return members;
  }

  /** The last record, behind which a comment may stand. */
  private ByteBuffer end() throws IOException {
    int length = (int) Math.min(file.length(), END_LENGTH + LONGEST_COMMENT);
    ByteBuffer tail = bytes(file.length() - length, length);
    for (int at = length - END_LENGTH; at >= 0; at--) {
      if (tail.getInt(at) == END && at + END_LENGTH + (tail.getShort(at + 20) & 0xffff) == length) {
        return bytes(file.length() - length + at, length - at);
      }
    }
    throw damaged();
  }

  private Member member(ByteBuffer entry, ByteBuffer rest, int nameLength) throws IOException {
    byte[] utf8 = new byte[nameLength];
    rest.get(0, utf8);
    String name = new String(utf8, StandardCharsets.UTF_8);
    if (entry.getShort(10) != 0) {
      throw new Refusal(
          Refusal.quote(name)
              + " is compressed and others are not: write the file again with np.savez");
    }
    long length = entry.getInt(24) & ABOVE;
    long local = entry.getInt(42) & ABOVE;
    // The extra field of large archives holds those numbers that have no room, in this order.
    int at = extra64(rest, nameLength);
    if (length == ABOVE && at >= 0) {
      length = rest.getLong(at);
      at += 8;
    }
    if ((entry.getInt(20) & ABOVE) == ABOVE && at >= 0) {
      at += 8;
    }
    if (local == ABOVE && at >= 0) {
      local = rest.getLong(at);
    }
    ByteBuffer head = bytes(local, LOCAL_LENGTH, LOCAL);
    long first = local + LOCAL_LENGTH + (head.getShort(26) & 0xffff) + (head.getShort(28) & 0xffff);
    if (length < 0 || first < 0 || length > file.length() - first) {
      throw damaged();
    }
    return new Member(name, first, length);
  }

  private static int extra64(ByteBuffer rest, int from) {
    for (int at = from; at + 4 <= rest.capacity(); ) {
      if (rest.getShort(at) == 1) {
        return at + 4;
      }
      at += 4 + (rest.getShort(at + 2) & 0xffff);
    }
    return -1;
  }

  private ByteBuffer bytes(long at, int length, int signature) throws IOException {
    ByteBuffer bytes = bytes(at, length);
    if (bytes.getInt(0) != signature) {
      throw damaged();
    }
    return bytes;
  }

  private ByteBuffer bytes(long at, int length) throws IOException {
    if (at < 0 || at > file.length() - length) {
      throw damaged();
    }
    byte[] bytes = new byte[length];
    file.readFully(at, bytes, 0, length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Refusal damaged() {
    return new Refusal("the archive is cut short or damaged: write it again");
  }
}
